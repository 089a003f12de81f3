//! The question on the screen: what is pointed at, what has been seen of it, and what its keys do.

use std::collections::BTreeSet;

use ratatui::crossterm::event::MouseButton;

use super::component::{Component, Content, PageStyle, Seen};
use super::question_page;
use crate::tui::keys::{Action, Context};
use crate::tui::request::Request;
use crate::tui::scroll::{Movement, Scroll};
use crate::tui::snapshot::Snapshot;
use examroom_app::view::question::QuestionView;
use examroom_core::form::Slot;
use examroom_core::session::{Command, Session};

/// The question that is looked at, and which were read to their end.
#[derive(Clone, Debug, Default)]
pub struct Question {
    slot: Option<Slot>,
    pointed: Option<usize>,
    scroll: Scroll,
    /// Told that there is more below, and not gone on since.
    warned: bool,
    /// The next letter strikes a choice out.
    striking: bool,
    /// Questions whose end was on the screen.
    seen: BTreeSet<Slot>,
}

/// The present question, in words.
fn view(session: &Session) -> Option<QuestionView> {
    session.current_slot().and_then(|slot| QuestionView::new(session, slot))
}

/// The letters of the present question's choices, as they are typed; none where no question is on the screen.
#[must_use]
pub fn letters(session: &Session) -> Vec<char> {
    view(session)
        .map_or_else(Vec::new, |view| view.choices.iter().map(|choice| choice.letter.to_ascii_lowercase()).collect())
}

impl Question {
    /// Turns to a question; nothing of another one's state stays.
    pub fn turn_to(&mut self, slot: Slot) {
        if self.slot != Some(slot) {
            *self = Self { slot: Some(slot), seen: std::mem::take(&mut self.seen), ..Self::default() };
        }
    }

    /// Turns away from the question, to the list: which one it was.
    pub fn turn_away(&mut self) -> Option<Slot> {
        self.slot.take()
    }

    /// Notes that the end of the question was on the screen.
    pub fn saw_end(&mut self) {
        self.seen.extend(self.slot);
    }

    /// What a key means after the key before it: after `x` a letter strikes out instead of picking, and any other key is
    /// itself again.
    pub fn interpret(&mut self, action: Option<Action>, context: Context) -> Option<Action> {
        let striking = std::mem::take(&mut self.striking) && context == Context::Question;
        let action = match (action?, self.pointed) {
            (Action::Choose(index), _) | (Action::Strike | Action::Pick, Some(index)) if striking => {
                Action::StrikeOut(index)
            }
            (action, _) => action,
        };
        self.warned &= action == Action::Next;
        Some(action)
    }

    /// What a click on a choice means: picking it, or with another button than the left one, striking it out.
    pub fn click(&mut self, choice: usize, button: MouseButton) -> Action {
        self.striking = false;
        if button == MouseButton::Left {
            self.warned = false;
            Action::Choose(choice)
        } else {
            Action::StrikeOut(choice)
        }
    }

    fn point_at(&mut self, index: usize, seen: Seen<'_>) {
        self.pointed = Some(index);
        self.show_pointed(seen);
    }

    fn show_pointed(&mut self, seen: Seen<'_>) {
        if let Some(stop) = self.pointed.and_then(|index| seen.page.stops.get(index)) {
            self.scroll.show(stop, seen.rows);
        }
    }

    /// Down: to the next choice if it is on the screen, else a line further in the text.
    fn point_down(&mut self, seen: Seen<'_>) {
        let next = self.pointed.map_or(0, |pointed| pointed + 1);
        let at_end = self.scroll.top + seen.rows >= seen.page.lines.len();
        match seen.page.stops.get(next) {
            Some(stop) if at_end || self.scroll.shows(stop, seen.rows) => {
                self.pointed = Some(next);
                self.scroll.show(stop, seen.rows);
            }
            _ => self.scroll.by(1),
        }
    }

    fn point_up(&mut self, seen: Seen<'_>) {
        let before = self.pointed.and_then(|pointed| pointed.checked_sub(1));
        match before.and_then(|before| Some((before, seen.page.stops.get(before)?))) {
            Some((before, stop)) if self.scroll.shows(stop, seen.rows) => self.pointed = Some(before),
            _ => {
                if self.scroll.top == 0 || before.is_none() {
                    self.pointed = None;
                }
                self.scroll.by(-1);
            }
        }
    }

    fn ask_what_to_strike(&mut self, view: &QuestionView, seen: Seen<'_>) -> Request {
        self.striking = true;
        self.show_pointed(seen);
        Request::Say(match self.pointed.and_then(|index| view.choices.get(index)) {
            Some(choice) => format!("Strike out which choice? Type its letter, or x again for {}.", choice.letter),
            None => "Strike out which choice? Type its letter.".to_owned(),
        })
    }

    fn next(&mut self, slot: Slot) -> Request {
        if self.seen.contains(&slot) || self.warned {
            return Request::send(Command::Next);
        }
        self.warned = true;
        Request::Say("There is more below that you have not seen. Press next again to continue without it.".to_owned())
    }
}

/// Picks a choice, or clears it where several are wanted.
fn choose(view: &QuestionView, index: usize) -> Option<Request> {
    let choice = view.choices.get(index)?;
    let id = choice.id.clone();
    match (choice.selected, view.wanted) {
        (false, _) => Some(Request::send(Command::Select(id))),
        (true, 1) => None,
        (true, _) => Some(Request::send(Command::Deselect(id))),
    }
}

impl Component for Question {
    fn context(&self) -> Context {
        Context::Question
    }

    fn act(&mut self, action: Action, session: &Session, seen: Seen<'_>) -> Vec<Request> {
        let Some(view) = view(session) else { return Vec::new() };
        let request = match (action, self.pointed) {
            (Action::Choose(index), _) | (Action::Pick, Some(index)) => {
                self.point_at(index, seen);
                choose(&view, index)
            }
            (Action::Pick, None) => {
                Some(Request::Say("Point at a choice with ↓ first, or type its letter.".to_owned()))
            }
            (Action::StrikeOut(index), _) => {
                self.point_at(index, seen);
                view.choices.get(index).map(|choice| Request::send(Command::Strike(choice.id.clone())))
            }
            (Action::Strike, _) => Some(self.ask_what_to_strike(&view, seen)),
            (Action::Next, _) => Some(self.next(view.slot)),
            (Action::Previous, _) => Some(Request::send(Command::Previous)),
            (Action::Clear, _) => Some(Request::send(Command::Clear)),
            (Action::Flag, _) => Some(Request::send(Command::Flag)),
            (Action::Review, _) => Some(Request::send(Command::Review)),
            (Action::Note, _) => Some(Request::WriteNote),
            _ => None,
        };
        request.into_iter().collect()
    }

    fn content(&mut self, snapshot: Snapshot<'_>, style: PageStyle) -> Content {
        view(snapshot.session).map(|view| question_page::page(&view, self.pointed, style).into()).unwrap_or_default()
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(&mut self.scroll)
    }

    fn travel(&mut self, movement: Movement, seen: Seen<'_>) {
        match movement {
            Movement::Down => self.point_down(seen),
            Movement::Up => self.point_up(seen),
            _ => self.scroll.by(movement.steps(seen.rows)),
        }
    }
}
