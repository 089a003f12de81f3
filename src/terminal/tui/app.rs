//! The exam room: routes keys, the mouse, time and events to the screens, and puts them on the screen. Pure: it is told
//! the sitting as it stands, and answers with what is to be done; it reads no clock, touches no terminal and sends
//! nothing itself.

use ratatui::Frame;
use ratatui::crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::areas::{is_too_small, words_width};
use super::header::HeaderState;
use super::keys::{self, Action, Context};
use super::layout::{ScreenLayout, Surroundings};
use super::line_editor::Edit;
use super::options::{Mouse, Options};
use super::overlay::Purpose;
use super::request::{Effect, Request};
use super::screen::component::Component as _;
use super::screen::question;
use super::screens::{Place, Screens};
use super::scroll::Movement;
use super::snapshot::Snapshot;
use super::status::Status;
use super::stem;
use super::theme::Theme;
use super::too_small;
use examroom_app::view::confirmation::Confirmation;
use examroom_app::view::question::QuestionView;
use examroom_app::view::shelf::CLOSED;
use examroom_core::blueprint::Book;
use examroom_core::id::SheetId;
use examroom_core::session::{
    Command, Event, JournalEntry, Mode, NOTE_LENGTH, Passage, Phase, Refusal, Rules, Session,
};

/// The state of the screen during an exam.
pub struct App {
    theme: Theme,
    mouse: Mouse,
    screens: Screens,
    header: HeaderState,
    status: Status,
    layout: ScreenLayout,
}

impl App {
    /// The screen before anything has happened.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            theme: Theme::new(options.color),
            mouse: options.mouse,
            screens: Screens::default(),
            header: HeaderState::default(),
            status: Status::default(),
            layout: ScreenLayout::default(),
        }
    }

    /// Who has the mouse.
    #[must_use]
    pub fn mouse_wanted(&self) -> Mouse {
        self.mouse
    }

    /// The message to the candidate that stands.
    pub(super) fn message(&self) -> Option<&str> {
        self.status.message()
    }

    /// What a key does.
    pub fn press(&mut self, key: KeyEvent, snapshot: Snapshot<'_>) -> Vec<Effect> {
        let session = snapshot.session;
        let context = self.screens.context(session);
        let choices = question::letters(session).len();
        self.status.clear();
        let action = self.screens.question.interpret(keys::action(key, context, choices), context);
        if let Some(action) = action {
            return self.act(action, context, session);
        }
        if context.is_typing() {
            if let Some(edit) = Edit::of(key) {
                self.edit(edit, snapshot);
            }
        } else if let Some(text) = keys::foreign(key) {
            self.status.say(text);
        }
        Vec::new()
    }

    /// Does what was asked for: here what is the same on every screen, and the rest where the keys go.
    fn act(&mut self, action: Action, context: Context, session: &Session) -> Vec<Effect> {
        match action {
            Action::Suspend => return vec![Effect::Suspend],
            Action::Redraw => return vec![Effect::Redraw],
            Action::Leave => return self.ask_to_leave(session),
            Action::Mouse => {
                self.mouse = self.mouse.turned();
                self.status.say(self.mouse.announcement());
            }
            Action::Help => self.screens.overlays.help(context, &question::letters(session)),
            Action::Move(movement) => self.travel(movement, session),
            Action::HideClock => self.header.turn_clock(),
            Action::HideNumber => self.header.turn_number(),
            Action::Calculator => self.screens.overlays.calculate(),
            Action::Extend => self.screens.overlays.ask_number(Purpose::Extend, None),
            Action::GoTo(digit) => self.screens.overlays.ask_number(Purpose::GoTo, digit),
            Action::Shelf => self.open_shelf(session),
            Action::OtherSide => self.screens.shelf.turn_keys(),
            action => {
                let keyboard = self.screens.keyboard(session);
                let requests = self.screens.at(keyboard).act(action, session, self.layout.seen());
                return self.grant(requests, session);
            }
        }
        Vec::new()
    }

    /// Does what a screen asks for, and hands on what the loop is to do.
    fn grant(&mut self, requests: Vec<Request>, session: &Session) -> Vec<Effect> {
        let mut effects = Vec::new();
        for request in requests {
            match request {
                Request::Effect(effect) => effects.push(effect),
                Request::Say(text) => self.status.say(text),
                Request::Refuse(refusal) => self.status.refuse(refusal),
                Request::Confirm(kind) => self.screens.overlays.confirm(kind, session),
                Request::Write(what) => self.screens.overlays.write(what, session),
                Request::Close => self.screens.overlays.close(),
            }
        }
        effects
    }

    /// Moves through the shelf where it has the keys, else through what the candidate saw in the body.
    fn travel(&mut self, movement: Movement, session: &Session) {
        if self.screens.keyboard(session) == Place::Shelf {
            self.screens.shelf.travel(movement, self.layout.seen_at_side());
        } else {
            let body = self.screens.body();
            self.screens.at(body).travel(movement, self.layout.seen());
        }
    }

    /// Whether the reference shelf is open.
    pub(super) fn is_shelf_open(&self) -> bool {
        self.screens.shelf.is_open()
    }

    /// The sheet of the shelf that is shown; `None` at its contents, and while it is closed.
    pub(super) fn sheet(&self, session: &Session) -> Option<SheetId> {
        let place = self.screens.shelf.place().filter(|_| self.is_shelf_open())?;
        session.form().shelf.get(place).map(|sheet| sheet.id.clone())
    }

    fn open_shelf(&mut self, session: &Session) {
        match session.section() {
            Some((_, section)) if section.book == Book::Open => self.screens.shelf.open(),
            _ => self.status.say(CLOSED),
        }
    }

    fn ask_to_leave(&mut self, session: &Session) -> Vec<Effect> {
        let asked = self.screens.overlays.is_asking(Confirmation::Leave);
        let costs_nothing = session.rules().mode == Mode::Practice;
        if asked || costs_nothing || matches!(session.phase(), Phase::Ready | Phase::Finished { .. }) {
            return self.draft(session).into_iter().map(Effect::Send).chain([Effect::Leave]).collect();
        }
        self.screens.overlays.confirm(Confirmation::Leave, session);
        Vec::new()
    }

    /// The note being typed, if it is not kept yet.
    pub(super) fn draft(&self, session: &Session) -> Option<Command> {
        self.screens.overlays.draft(session)
    }

    fn edit(&mut self, edit: Edit, snapshot: Snapshot<'_>) {
        let keyboard = self.screens.keyboard(snapshot.session);
        self.screens.at(keyboard).edit(edit, snapshot.left);
    }

    /// Pasted text goes where text is typed, and nowhere else: pasted letters pick no choices.
    pub fn paste(&mut self, text: &str, snapshot: Snapshot<'_>) {
        for c in text.chars().map(|c| if c == '\n' { ' ' } else { c }).take(NOTE_LENGTH) {
            self.edit(Edit::Insert(c), snapshot);
        }
    }

    /// What the mouse does; `None` where it changes nothing.
    pub fn mouse(&mut self, mouse: MouseEvent, snapshot: Snapshot<'_>) -> Option<Vec<Effect>> {
        let at = Position { x: mouse.column, y: mouse.row };
        match mouse.kind {
            MouseEventKind::ScrollDown => self.wheel(at, 3),
            MouseEventKind::ScrollUp => self.wheel(at, -3),
            MouseEventKind::Down(button) => return self.click(at, button, snapshot.session),
            MouseEventKind::Drag(MouseButton::Left) => return self.drag(at, snapshot.session),
            MouseEventKind::Up(MouseButton::Left) => return self.drop(),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn wheel(&mut self, at: Position, lines: isize) {
        let place = if self.layout.is_at_side(at) { Place::Shelf } else { self.screens.body() };
        if let Some(scroll) = self.screens.at(place).scroll() {
            scroll.by(lines);
        }
    }

    /// The passage in a place of the stem.
    fn passage_at(&self, (line, column): (usize, u16), session: &Session) -> Option<Passage> {
        let stem = session.current_slot().and_then(|slot| QuestionView::new(session, slot))?.stem;
        stem::passage_at(&stem, self.layout.columns(), line, usize::from(column))
    }

    fn drag(&mut self, at: Position, session: &Session) -> Option<Vec<Effect>> {
        let to = self.layout.nearest_of_stem(at).and_then(|place| self.passage_at(place, session));
        self.screens.question.drag(to).then(Vec::new)
    }

    /// The mouse is let go of: what it was dragged over is highlighted, or no longer.
    fn drop(&mut self) -> Option<Vec<Effect>> {
        self.screens.question.drop().map(|passage| vec![Effect::Send(Command::Highlight(passage))])
    }

    fn click(&mut self, at: Position, button: MouseButton, session: &Session) -> Option<Vec<Effect>> {
        let free = self.screens.overlays.is_empty();
        let at_side = self.layout.is_at_side(at);
        if self.layout.has_side() && free && self.screens.shelf.has_keys() != at_side {
            self.screens.shelf.turn_keys();
        }
        if at_side || !self.layout.is_on_page(at) {
            return Some(Vec::new());
        }
        if let (Place::Question, true, MouseButton::Left, Some(place)) =
            (self.screens.body(), free, button, self.layout.stem_at(at))
            && let Some(passage) = self.passage_at(place, session)
        {
            self.screens.question.begin_drag(passage);
        }
        let (stop, column) = self.layout.stop_at(at)?;
        self.status.clear();
        Some(match self.screens.body() {
            Place::Question if free => {
                let action = self.screens.question.click(stop, button);
                let context = self.screens.context(session);
                self.act(action, context, session)
            }
            Place::Review if free => {
                self.screens.review.point_at(stop);
                self.act(Action::Open, Context::Review, session)
            }
            Place::Overlay
                if self.screens.overlays.point_at_button(stop, self.layout.seen().page.stops.len(), column) =>
            {
                self.act(Action::Accept, Context::Confirm, session)
            }
            _ => Vec::new(),
        })
    }

    /// Time has passed: notices, the clock's return, a note that is kept as it is.
    pub fn tick(&mut self, snapshot: Snapshot<'_>) -> Vec<Effect> {
        let Phase::Section(_) = snapshot.session.phase() else {
            self.status.rest();
            return Vec::new();
        };
        self.status.tick(snapshot.left);
        self.header.tick(snapshot.left);
        let draft = self.screens.overlays.due_draft(snapshot.session, snapshot.left);
        draft.map(Effect::Send).into_iter().collect()
    }

    /// What has happened in the sitting.
    pub fn on_events(&mut self, events: &[JournalEntry], rules: Rules) {
        self.status.announce(events, rules);
        for entry in events {
            match &entry.event {
                Event::Entered { .. } => {
                    self.screens.enter_section();
                    self.header.enter_section();
                }
                Event::BreakOffered { .. } | Event::Finished { .. } => self.screens.start_over(),
                Event::Showed { .. } | Event::ReviewOpened => self.screens.overlays.close_note(),
                _ => {}
            }
        }
    }

    /// Says something before anything has happened here.
    pub(super) fn say(&mut self, text: String) {
        self.status.say(text);
    }

    /// Says why a command was not carried out.
    pub fn refused(&mut self, refusal: Refusal) {
        self.status.refuse(refusal);
    }

    /// Lays the screen out and draws it.
    pub fn draw(&mut self, frame: &mut Frame<'_>, snapshot: Snapshot<'_>) {
        let window = frame.area();
        self.lay_out(window, snapshot);
        if is_too_small(window) {
            let runs = matches!(snapshot.session.phase(), Phase::Section(_) | Phase::Break { .. })
                && snapshot.session.rules().time_allowance.is_limited();
            too_small::draw(frame.buffer_mut(), window, runs.then_some(snapshot.left), self.theme);
        } else {
            self.layout.draw(frame.buffer_mut(), self.theme);
        }
    }

    fn lay_out(&mut self, window: Rect, snapshot: Snapshot<'_>) {
        let around = Surroundings {
            header: self.header.header(snapshot),
            messages: self.status.lines(snapshot.alarm().as_deref(), words_width(window), self.theme),
            ..Surroundings::default()
        };
        self.layout = self.screens.lay_out(window, around, snapshot, self.theme);
    }
}
