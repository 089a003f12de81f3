//! The question on the screen: what is pointed at, what has been seen of it, and what its keys do.

use std::collections::BTreeSet;

use ratatui::crossterm::event::MouseButton;

use super::component::{Component, Content, PageStyle, Seen};
use super::explanation::{self, Order};
use super::question_page;
use crate::tui::keys::{Action, Context};
use crate::tui::request::{Request, Writing};
use crate::tui::scroll::{Movement, Scroll};
use crate::tui::snapshot::Snapshot;
use examroom_app::view::explanation::ExplanationView;
use examroom_app::view::question::QuestionView;
use examroom_core::form::Slot;
use examroom_core::session::{Command, Confidence, Mode, Passage, Session};

/// How the question on the screen is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Exam,
    Practice,
    /// In practice, with its reasons.
    Revealed,
}

/// The question that is looked at, and which were read to their end.
#[derive(Clone, Debug, Default)]
pub struct Question {
    slot: Option<Slot>,
    stage: Stage,
    pointed: Option<usize>,
    scroll: Scroll,
    /// Told that there is more below, and not gone on since.
    warned: bool,
    /// The next letter strikes a choice out.
    striking: bool,
    /// The mouse is being dragged over the stem: where that began, and where it is.
    dragged: Option<(Passage, Passage)>,
    /// What of the stem is selected with the keys.
    selected: Option<Passage>,
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
    pub fn turn_to(&mut self, slot: Slot, session: &Session) {
        let stage = match session.rules().mode {
            Mode::Practice if session.item_state(slot).is_revealed() => Stage::Revealed,
            Mode::Practice => Stage::Practice,
            _ => Stage::Exam,
        };
        if std::mem::replace(&mut self.stage, stage) != stage {
            self.scroll = Scroll::default();
        }
        if self.slot != Some(slot) {
            *self = Self { slot: Some(slot), stage, seen: std::mem::take(&mut self.seen), ..Self::default() };
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
        let striking = std::mem::take(&mut self.striking) && context.is_asking();
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

    /// The left button is pressed on the stem.
    pub fn begin_drag(&mut self, at: Passage) {
        self.dragged = Some((at, at));
    }

    /// The mouse is dragged on; whether that began on the stem.
    pub fn drag(&mut self, to: Option<Passage>) -> bool {
        if let (Some((_, end)), Some(to)) = (&mut self.dragged, to) {
            *end = to;
        }
        self.dragged.is_some()
    }

    /// The button is released: what was dragged over. A click without a drag selects nothing.
    pub fn drop(&mut self) -> Option<Passage> {
        self.dragged.take().filter(|(from, to)| from != to).map(|(from, to)| between(from, to))
    }

    /// Shows what is selected with the keys.
    pub fn show_selected(&mut self, selected: Option<Passage>) {
        self.selected = selected;
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

    /// Shows whether the answer is right, once there is one; before that, picks what is pointed at.
    fn check(&self, view: &QuestionView) -> Option<Request> {
        match self.pointed {
            Some(index) if view.picked() == 0 => choose(view, index),
            _ if view.picked() == 0 => {
                Some(Request::Say("Pick a choice first; or press z to see the answer without.".to_owned()))
            }
            _ => Some(Request::send(Command::Reveal)),
        }
    }

    fn next(&mut self, slot: Slot) -> Request {
        if self.seen.contains(&slot) || self.warned || self.stage == Stage::Revealed {
            return Request::send(Command::Next);
        }
        self.warned = true;
        Request::Say("There is more below that you have not seen. Press next again to continue without it.".to_owned())
    }
}

/// All from one passage to another, whichever is first.
fn between(one: Passage, other: Passage) -> Passage {
    Passage { from: one.from.min(other.from), to: one.to.max(other.to) }
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

/// How sure the candidate is, one step on.
fn confidence(view: &QuestionView) -> Request {
    // The last step takes back what was said, as saying it again does.
    let next = view.confidence.map_or(Some(Confidence::Sure), Confidence::next);
    Request::send(Command::Confidence(next.or(view.confidence).unwrap_or(Confidence::Sure)))
}

impl Component for Question {
    fn context(&self) -> Context {
        match self.stage {
            Stage::Exam => Context::Question,
            Stage::Practice => Context::Practice,
            Stage::Revealed => Context::Reasons,
        }
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
            (Action::Note, _) => Some(Request::Write(Writing::Note)),
            (Action::Problem, _) => Some(Request::Write(Writing::Problem)),
            (Action::Highlight, _) => Some(Request::Write(Writing::Highlight)),
            (Action::Confidence, _) => Some(confidence(&view)),
            (Action::Check, _) => self.check(&view),
            (Action::Show, _) => Some(Request::send(Command::Reveal)),
            _ => None,
        };
        request.into_iter().collect()
    }

    fn content(&mut self, snapshot: Snapshot<'_>, style: PageStyle) -> Content {
        let session = snapshot.session;
        if let Some(view) = session.current_slot().and_then(|slot| ExplanationView::of_revealed(session, slot)) {
            return explanation::page(&view, Order::ReasonsFirst, style.width, style.theme).into();
        }
        let dragged = self.dragged.filter(|(from, to)| from != to).map(|(from, to)| between(from, to));
        let selected = self.selected.or(dragged);
        view(snapshot.session)
            .map(|view| question_page::page(&view, self.pointed, selected, style).into())
            .unwrap_or_default()
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(&mut self.scroll)
    }

    fn travel(&mut self, movement: Movement, seen: Seen<'_>) {
        match movement {
            _ if self.stage == Stage::Revealed => self.scroll.by(movement.steps(seen.rows)),
            Movement::Down => self.point_down(seen),
            Movement::Up => self.point_up(seen),
            _ => self.scroll.by(movement.steps(seen.rows)),
        }
    }
}
