//! The state of the screen during an exam, and what keys do to it. Pure: it is told the sitting as it stands, and
//! answers with what is to be done; it reads no clock, touches no terminal and sends nothing itself.

use std::collections::BTreeSet;
use std::time::Duration;

use ratatui::crossterm::event::KeyEvent;

use super::keys::{self, Action, Context};
use super::layout::{Main, ScreenLayout};
use super::line_editor::{Edit, LineEditor};
use super::options::{Mouse, Options};
use super::overlay::{Effect, Overlay};
use super::screen::calculator::Calculator;
use super::screen::confirm::Button;
use super::screen::shelf::Shelf;
use super::screen::{review as review_screen, tutorial};
use super::scroll::Scroll;
use super::theme::Theme;
use examroom_app::view::confirmation::Confirmation;
use examroom_app::view::notice::Notices;
use examroom_app::view::pause::PauseView;
use examroom_app::view::question::QuestionView;
use examroom_app::view::review::{Filter, ReviewView};
use examroom_core::blueprint::Book;
use examroom_core::form::Slot;
use examroom_core::journal::Saved;
use examroom_core::session::{Command, Focus, NOTE_LENGTH, Phase, Refusal, Session};

/// The sitting at one moment.
#[derive(Clone, Copy)]
pub struct Snapshot<'m> {
    pub session: &'m Session,
    pub left: Duration,
    pub saved: &'m Saved,
}

/// Whether something is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    #[default]
    Yes,
    No,
}

impl Visibility {
    const fn turned(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
        }
    }
}

/// A word to the candidate, until the next key or a time left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatusMessage {
    pub text: String,
    pub until: Option<Duration>,
}

/// The question that is looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct QuestionState {
    slot: Option<Slot>,
    pub pointed: Option<usize>,
    pub scroll: Scroll,
    /// Told that there is more below, and not gone on since.
    warned: bool,
    /// The next letter strikes a choice out.
    pub striking: bool,
}

/// The review list.
#[derive(Clone, Debug, Default)]
pub(super) struct ReviewState {
    pub filter: Filter,
    pub pointed: usize,
    pub scroll: Scroll,
}

/// The pages before the clock starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intro {
    Welcome,
    Tutorial(usize),
}

/// So long after a change, a note being typed is kept as it is.
const NOTE_KEPT: Duration = Duration::from_secs(5);

/// The screen's state.
pub struct App {
    pub(super) theme: Theme,
    pub(super) intro: Intro,
    /// The scroll of pages that have no state of their own.
    pub(super) reading: Scroll,
    pub(super) question: QuestionState,
    /// Questions whose end was on the screen.
    seen: BTreeSet<Slot>,
    pub(super) review: ReviewState,
    pub(super) shelf: Option<Shelf>,
    /// Whether keys go to the shelf.
    pub(super) on_shelf: bool,
    pub(super) calculator: Calculator,
    pub(super) stack: Vec<Overlay>,
    pub(super) status: Option<StatusMessage>,
    pub(super) clock: Visibility,
    pub(super) number: Visibility,
    /// Whether the clock has come back by itself in this section.
    pub(super) returned: bool,
    pub(super) notices: Notices,
    pub(super) layout: ScreenLayout,
    mouse: Mouse,
}

impl App {
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            theme: Theme::new(options.color),
            mouse: options.mouse,
            intro: Intro::Welcome,
            reading: Scroll::default(),
            question: QuestionState::default(),
            seen: BTreeSet::new(),
            review: ReviewState::default(),
            shelf: None,
            on_shelf: false,
            calculator: Calculator::default(),
            stack: Vec::new(),
            status: None,
            clock: Visibility::Yes,
            number: Visibility::Yes,
            returned: false,
            notices: Notices::default(),
            layout: ScreenLayout::default(),
        }
    }

    /// Who has the mouse.
    #[must_use]
    pub fn mouse_wanted(&self) -> Mouse {
        self.mouse
    }

    /// Where a key goes.
    #[must_use]
    pub fn context(&self, session: &Session) -> Context {
        if let Some(top) = self.stack.last() {
            return top.context();
        }
        if let Some(shelf) = self.shelf.as_ref().filter(|_| self.on_shelf) {
            return if shelf.typing.is_some() { Context::Search } else { Context::Shelf };
        }
        self.base(session)
    }

    /// Where a key goes when nothing lies over the screen.
    pub(super) fn base(&self, session: &Session) -> Context {
        match (session.phase(), session.focus(), self.intro) {
            (Phase::Ready, _, Intro::Welcome) => Context::Welcome,
            (Phase::Ready, _, Intro::Tutorial(_)) => Context::Tutorial,
            (Phase::Section(_), Focus::Question(_), _) => Context::Question,
            (Phase::Break { .. }, ..) => Context::Break,
            (Phase::Section(_), Focus::Review, _) | (Phase::Finished { .. }, ..) => Context::Review,
        }
    }

    fn view(session: &Session) -> Option<QuestionView> {
        session.current_slot().and_then(|slot| QuestionView::new(session, slot))
    }

    pub(super) fn set_status(&mut self, text: impl Into<String>) {
        self.status = Some(StatusMessage { text: text.into(), until: None });
    }

    /// What a key does.
    pub fn press(&mut self, key: KeyEvent, snapshot: Snapshot<'_>) -> Vec<Effect> {
        let context = self.context(snapshot.session);
        let choices = Self::view(snapshot.session).map_or(0, |view| view.choices.len());
        self.status = None;
        let action = keys::action(key, context, choices);
        if std::mem::take(&mut self.question.striking) && context == Context::Question {
            // Only here does a letter strike out instead of picking; any other key is itself again.
            match (action, self.question.pointed) {
                (Some(Action::Choose(index)), _) | (Some(Action::Strike | Action::Pick), Some(index)) => {
                    return self.strike(index, snapshot.session);
                }
                _ => {}
            }
        }
        if let Some(action) = action {
            return self.act(action, context, snapshot);
        }
        if context.is_typing()
            && let Some(edit) = Edit::of(key)
        {
            self.edit(edit, snapshot);
        }
        if !context.is_typing()
            && let Some(text) = keys::foreign(key)
        {
            self.set_status(text);
        }
        Vec::new()
    }

    /// Does what was asked for.
    pub fn act(&mut self, action: Action, context: Context, snapshot: Snapshot<'_>) -> Vec<Effect> {
        let session = snapshot.session;
        if action != Action::Next {
            self.question.warned = false;
        }
        match action {
            Action::Suspend => return vec![Effect::Suspend],
            Action::Redraw => return vec![Effect::Redraw],
            Action::Mouse => {
                self.mouse = self.mouse.turned();
                self.set_status(self.mouse.announcement());
                return Vec::new();
            }
            Action::Help => {
                self.stack.push(Overlay::Help { of: context, scroll: Scroll::default() });
                return Vec::new();
            }
            Action::Leave => return self.ask_to_leave(session),
            Action::Move(movement) => {
                self.scroll(movement, session);
                return Vec::new();
            }
            _ => {}
        }
        match context {
            Context::Welcome | Context::Tutorial => self.before(action),
            Context::Question => self.on_question(action, session),
            Context::Review => self.on_review(action, session),
            Context::Break => self.on_break(action, session),
            Context::Shelf | Context::Search => {
                self.consult(action, session);
                Vec::new()
            }
            Context::Help => {
                self.stack.pop();
                Vec::new()
            }
            Context::Calculator => {
                match action {
                    Action::Accept => self.calculator.work_out(),
                    _ => drop(self.stack.pop()),
                }
                Vec::new()
            }
            Context::Note => self.keep_note(session),
            Context::GoTo => self.go_to(action, session),
            Context::Confirm => self.on_confirm(action),
            Context::Report | Context::LookBack => Vec::new(),
        }
    }

    fn before(&mut self, action: Action) -> Vec<Effect> {
        self.reading = Scroll::default();
        self.intro = match (self.intro, action) {
            (_, Action::Begin) => return vec![Effect::Send(Command::Begin)],
            (Intro::Tutorial(page), Action::Next) if page + 1 >= tutorial::PAGES => {
                return vec![Effect::Send(Command::Begin)];
            }
            (Intro::Welcome, Action::Tutorial) => Intro::Tutorial(0),
            (Intro::Tutorial(page), Action::Next) => Intro::Tutorial(page + 1),
            (Intro::Tutorial(0), Action::Previous) => Intro::Welcome,
            (Intro::Tutorial(page), Action::Previous) => Intro::Tutorial(page - 1),
            (intro, _) => intro,
        };
        Vec::new()
    }

    fn on_question(&mut self, action: Action, session: &Session) -> Vec<Effect> {
        let Some(view) = Self::view(session) else { return Vec::new() };
        match action {
            Action::Choose(index) => {
                self.question.pointed = Some(index);
                self.show_pointed();
                Self::choose(&view, index)
            }
            Action::Pick => {
                if let Some(index) = self.question.pointed {
                    self.show_pointed();
                    return Self::choose(&view, index);
                }
                self.set_status("Point at a choice with ↓ first, or type its letter.");
                Vec::new()
            }
            Action::Strike => {
                self.question.striking = true;
                self.show_pointed();
                let pointed = self.question.pointed.and_then(|index| view.choices.get(index));
                self.set_status(match pointed {
                    Some(choice) => {
                        format!("Strike out which choice? Type its letter, or x again for {}.", choice.letter)
                    }
                    None => "Strike out which choice? Type its letter.".to_owned(),
                });
                Vec::new()
            }
            Action::Next if !self.seen.contains(&view.slot) && !self.question.warned => {
                self.question.warned = true;
                self.set_status("There is more below that you have not seen. Press next again to continue without it.");
                Vec::new()
            }
            Action::Next => vec![Effect::Send(Command::Next)],
            Action::Previous => vec![Effect::Send(Command::Previous)],
            Action::Clear => vec![Effect::Send(Command::Clear)],
            Action::Flag => vec![Effect::Send(Command::Flag)],
            Action::Review => vec![Effect::Send(Command::Review)],
            Action::Note => {
                let line = LineEditor::new(session.item_state(view.slot).note());
                self.stack.push(Overlay::Note { line, keep_at: None });
                Vec::new()
            }
            action => {
                self.anywhere(action, session);
                Vec::new()
            }
        }
    }

    fn choose(view: &QuestionView, index: usize) -> Vec<Effect> {
        let Some(choice) = view.choices.get(index) else { return Vec::new() };
        let id = choice.id.clone();
        match (choice.selected, view.wanted) {
            (false, _) => vec![Effect::Send(Command::Select(id))],
            (true, 1) => Vec::new(),
            (true, _) => vec![Effect::Send(Command::Deselect(id))],
        }
    }

    pub(super) fn strike(&mut self, index: usize, session: &Session) -> Vec<Effect> {
        self.question.pointed = Some(index);
        self.show_pointed();
        Self::view(session)
            .and_then(|view| Some(Effect::Send(Command::Strike(view.choices.get(index)?.id.clone()))))
            .into_iter()
            .collect()
    }

    fn on_review(&mut self, action: Action, session: &Session) -> Vec<Effect> {
        let Some((section, _)) = session.section() else { return Vec::new() };
        match action {
            Action::Open => {
                let review = ReviewView::new(session, section);
                let row = review_screen::rows(&review, self.review.filter).nth(self.review.pointed);
                row.map(|row| Effect::Send(Command::GoTo(row.slot))).into_iter().collect()
            }
            Action::Previous => vec![Effect::Send(Command::GoTo(session.last_question()))],
            Action::Filter => {
                self.review = ReviewState { filter: self.review.filter.next(), ..ReviewState::default() };
                Vec::new()
            }
            Action::EndSection | Action::Submit => {
                let of = if action == Action::Submit { Confirmation::Submit } else { Confirmation::EndSection };
                self.stack.extend(Overlay::confirm(of, session));
                Vec::new()
            }
            action => {
                self.anywhere(action, session);
                Vec::new()
            }
        }
    }

    /// What can be done on a question, on the list and on the shelf alike.
    fn anywhere(&mut self, action: Action, session: &Session) {
        match action {
            Action::HideClock => self.clock = self.clock.turned(),
            Action::HideNumber => self.number = self.number.turned(),
            Action::Calculator => self.stack.push(Overlay::Calculator),
            Action::Extend => self.stack.push(Overlay::Extend(LineEditor::default())),
            Action::GoTo(digit) => {
                let text = digit.map_or_else(String::new, |digit| digit.to_string());
                self.stack.push(Overlay::GoTo(LineEditor::new(&text)));
            }
            Action::Shelf => match session.section() {
                Some((_, section)) if section.book == Book::Open => {
                    self.shelf.get_or_insert_with(|| Shelf::open_for(session));
                    self.on_shelf = true;
                }
                _ => self.set_status("This section is closed-book: there is no reference shelf."),
            },
            Action::OtherSide if self.shelf.is_some() => self.on_shelf = !self.on_shelf,
            _ => {}
        }
    }

    fn on_break(&mut self, action: Action, session: &Session) -> Vec<Effect> {
        match action {
            Action::TakeBreak => vec![Effect::Send(Command::StartBreak)],
            Action::Continue => {
                if offers(Action::Continue, session) {
                    self.stack.extend(Overlay::confirm(Confirmation::EndBreak, session));
                } else {
                    self.refused(Refusal::BreakNotOver);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn consult(&mut self, action: Action, session: &Session) {
        let library = &session.form().shelf;
        let Some(open) = &mut self.shelf else { return };
        match action {
            Action::Search => open.typing = Some(LineEditor::default()),
            Action::Accept => {
                let message = open.search(library, &session.form().synonyms);
                self.status = message.map(|text| StatusMessage { text, until: None });
            }
            Action::NextHit => {
                let message = open.step(1);
                self.set_status(message);
            }
            Action::PreviousHit => {
                let message = open.step(-1);
                self.set_status(message);
            }
            Action::Next => open.turn(library.len(), 1),
            Action::Previous => open.turn(library.len(), -1),
            Action::Close if open.typing.is_some() => open.typing = None,
            Action::Close => {
                self.shelf = None;
                self.on_shelf = false;
            }
            action => self.anywhere(action, session),
        }
    }

    fn ask_to_leave(&mut self, session: &Session) -> Vec<Effect> {
        let asked =
            matches!(self.stack.last(), Some(Overlay::Confirm { asking, .. }) if asking.of == Confirmation::Leave);
        if asked || matches!(session.phase(), Phase::Ready | Phase::Finished { .. }) {
            return self.leave_now(session);
        }
        self.stack.extend(Overlay::confirm(Confirmation::Leave, session));
        Vec::new()
    }

    fn leave_now(&mut self, session: &Session) -> Vec<Effect> {
        let mut effects = self.draft(session);
        effects.push(Effect::Leave);
        effects
    }

    fn on_confirm(&mut self, action: Action) -> Vec<Effect> {
        let Some(Overlay::Confirm { asking, button, .. }) = self.stack.last_mut() else { return Vec::new() };
        let of = asking.of;
        match (action, *button) {
            (Action::OtherButton, Button::Back) => *button = Button::Yes,
            (Action::OtherButton, Button::Yes) => *button = Button::Back,
            (Action::Yes, _) | (Action::Accept, Button::Yes) => {
                self.stack.pop();
                return vec![of.command().map_or(Effect::Leave, Effect::Send)];
            }
            _ => drop(self.stack.pop()),
        }
        Vec::new()
    }

    fn go_to(&mut self, action: Action, session: &Session) -> Vec<Effect> {
        let typed = self.stack.pop();
        let (Action::Accept, Some((section, _))) = (action, session.section()) else { return Vec::new() };
        let line = match typed {
            Some(Overlay::GoTo(line)) => line,
            Some(Overlay::Extend(line)) => {
                return vec![Effect::Send(Command::Extend(line.text().parse().unwrap_or(0)))];
            }
            _ => return Vec::new(),
        };
        let number = line.text().parse().unwrap_or(0);
        if let Some(slot) = session.form().slot(section, number) {
            return vec![Effect::Send(Command::GoTo(slot))];
        }
        self.refused(Refusal::NoSuchQuestion { last: session.form().range(section).len() });
        Vec::new()
    }

    fn keep_note(&mut self, session: &Session) -> Vec<Effect> {
        let effects = self.draft(session);
        self.stack.retain(|overlay| !matches!(overlay, Overlay::Note { .. }));
        effects
    }

    /// The note being typed, if it is not kept yet.
    pub(super) fn draft(&self, session: &Session) -> Vec<Effect> {
        let Some(slot) = session.current_slot() else { return Vec::new() };
        let typed = self.stack.iter().find_map(|overlay| match overlay {
            Overlay::Note { line, .. } => Some(line.text()),
            _ => None,
        });
        typed
            .filter(|text| text.trim() != session.item_state(slot).note())
            .map(|text| Effect::Send(Command::Note(text)))
            .into_iter()
            .collect()
    }

    fn edit(&mut self, edit: Edit, snapshot: Snapshot<'_>) {
        match (self.stack.last_mut(), &mut self.shelf) {
            (Some(Overlay::Calculator), _) => {
                self.calculator.line.apply(edit);
                self.calculator.touched();
            }
            (Some(Overlay::GoTo(line) | Overlay::Extend(line)), _) => match edit {
                Edit::Insert(c) if !c.is_ascii_digit() || line.text().len() > 5 => {}
                edit => line.apply(edit),
            },
            (Some(Overlay::Note { line, keep_at }), _) => {
                let full = line.text().chars().count() >= NOTE_LENGTH;
                if !(full && matches!(edit, Edit::Insert(_))) {
                    line.apply(edit);
                    keep_at.get_or_insert(snapshot.left.saturating_sub(NOTE_KEPT));
                }
            }
            (None, Some(Shelf { typing: Some(line), .. })) => line.apply(edit),
            _ => {}
        }
    }

    /// Pasted text goes where text is typed, and nowhere else: pasted letters pick no choices.
    pub fn paste(&mut self, text: &str, snapshot: Snapshot<'_>) {
        for c in text.chars().map(|c| if c == '\n' { ' ' } else { c }).take(NOTE_LENGTH) {
            self.edit(Edit::Insert(c), snapshot);
        }
    }

    pub(super) fn close_all(&mut self) {
        self.stack.clear();
        self.reading = Scroll::default();
    }

    fn show_pointed(&mut self) {
        if let Some(stop) = self.question.pointed.and_then(|index| self.layout.page.stops.get(index)) {
            self.question.scroll.show(stop, self.layout.rows());
        }
    }

    /// Makes the question's state that of the question on the screen; called before it is laid out.
    pub(super) fn follow(&mut self, session: &Session) {
        let slot = session.current_slot();
        if slot != self.question.slot && slot.is_some() {
            self.question = QuestionState { slot, ..QuestionState::default() };
        }
        if slot.is_none()
            && let Some(last) = self.question.slot.take()
            && let Some((section, _)) = session.section()
        {
            // The list opens at the question that it was opened from.
            let review = ReviewView::new(session, section);
            let at = review_screen::rows(&review, self.review.filter).position(|row| row.slot == last);
            self.review.pointed = at.unwrap_or(self.review.pointed);
            self.review.scroll.top = self.review.pointed.saturating_sub(3);
        }
    }

    /// Notes that the end of the question was on the screen.
    pub(super) fn saw_end(&mut self) {
        if let (Some(slot), Main::Question) = (self.question.slot, self.layout.main) {
            self.seen.insert(slot);
        }
    }
}

/// Whether an action is worth offering now; those that are not are refused, or change nothing.
pub(super) fn offers(action: Action, session: &Session) -> bool {
    match (action, PauseView::new(session)) {
        (Action::Continue, Some(pause)) => pause.optional,
        (Action::TakeBreak, Some(pause)) => !pause.taken,
        _ => true,
    }
}
