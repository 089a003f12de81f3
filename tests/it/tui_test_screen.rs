//! A desk in the exam room for tests: the sample form, time that only the test moves, and a screen made of text.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use examroom_core::form::Form;
use examroom_core::id::ChoiceId;
use examroom_core::journal::Saved;
use examroom_core::session::{Command, Observation, Rules, Session};
use examroom_core::time::Timestamp;
use examroom_terminal::tui::{App, ColorMode, Effect, Options, Snapshot};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::style::{Color, Modifier};

use crate::forms::{RULES, sample};

/// The screen's state and a session, with time that stands until it is moved.
pub struct TestScreen {
    pub app: App,
    pub session: Session,
    pub saved: Saved,
    pub now: Timestamp,
    pub left_room: bool,
    screen: Terminal<TestBackend>,
}

impl TestScreen {
    pub fn new(width: u16, height: u16) -> Self {
        Self::with(ColorMode::On, width, height)
    }

    pub fn with(color: ColorMode, width: u16, height: u16) -> Self {
        Self::of(Arc::new(sample()), color, width, height)
    }

    pub fn of(form: Arc<Form>, color: ColorMode, width: u16, height: u16) -> Self {
        Self::under(RULES, form, color, width, height)
    }

    pub fn under(rules: Rules, form: Arc<Form>, color: ColorMode, width: u16, height: u16) -> Self {
        let mut desk = Self {
            app: App::new(Options { color, ..Options::default() }),
            session: Session::new(form, rules),
            saved: Saved::Yes,
            now: Timestamp(1_700_000_000_000),
            left_room: false,
            screen: Terminal::new(TestBackend::new(width, height)).unwrap(),
        };
        desk.draw();
        desk
    }

    /// With the clock started.
    pub fn begun(color: ColorMode, width: u16, height: u16) -> Self {
        let mut desk = Self::with(color, width, height);
        desk.keys("s");
        desk
    }

    pub fn left(&self) -> Duration {
        self.session.time_left(self.now)
    }

    fn with_moment<T>(&mut self, act: impl FnOnce(&mut App, Snapshot<'_>) -> T) -> T {
        let left = self.left();
        act(&mut self.app, Snapshot { session: &self.session, left, saved: &self.saved })
    }

    pub fn draw(&mut self) {
        let left = self.left();
        let snapshot = Snapshot { session: &self.session, left, saved: &self.saved };
        self.screen.draw(|frame| self.app.draw(frame, snapshot)).unwrap();
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.screen.backend_mut().resize(width, height);
        self.draw();
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(command) => self.send(command),
                Effect::Leave => self.left_room = true,
                Effect::Suspend | Effect::Redraw => {}
            }
        }
        self.draw();
    }

    pub fn send(&mut self, command: Command) {
        match self.session.apply(command, self.now) {
            Ok(events) => self.app.on_events(&events, self.session.rules()),
            Err(refusal) => self.app.refused(refusal),
        }
    }

    pub fn press(&mut self, code: KeyCode) {
        let effects = self.with_moment(|app, moment| app.press(KeyEvent::from(code), moment));
        self.carry_out(effects);
    }

    /// Presses the key of each character.
    pub fn keys(&mut self, keys: &str) {
        for key in keys.chars() {
            self.press(KeyCode::Char(key));
        }
    }

    pub fn paste(&mut self, text: &str) {
        self.with_moment(|app, moment| app.paste(text, moment));
        self.draw();
    }

    pub fn click(&mut self, column: u16, row: u16) {
        let kind = MouseEventKind::Down(MouseButton::Left);
        let mouse = MouseEvent { kind, column, row, modifiers: ratatui::crossterm::event::KeyModifiers::NONE };
        let effects = self.with_moment(|app, moment| app.mouse(mouse, moment));
        self.carry_out(effects.unwrap_or_default());
    }

    /// Presses the left button in a place, drags the mouse to others, and releases it at the last.
    pub fn drag(&mut self, places: &[(u16, u16)]) {
        let kinds = std::iter::once(MouseEventKind::Down(MouseButton::Left))
            .chain(std::iter::repeat(MouseEventKind::Drag(MouseButton::Left)));
        let last = places.last().map(|place| (MouseEventKind::Up(MouseButton::Left), *place));
        for (kind, (column, row)) in kinds.zip(places.iter().copied()).chain(last) {
            let mouse = MouseEvent { kind, column, row, modifiers: ratatui::crossterm::event::KeyModifiers::NONE };
            let effects = self.with_moment(|app, moment| app.mouse(mouse, moment));
            self.carry_out(effects.unwrap_or_default());
        }
    }

    /// Lets time pass, with a look at the clock at its end.
    pub fn pass(&mut self, time: Duration) {
        self.now = self.now + time;
        let events = self.session.observe(Observation::Tick, self.now);
        self.app.on_events(&events, self.session.rules());
        let effects = self.with_moment(App::tick);
        self.carry_out(effects);
    }

    pub fn buffer(&self) -> &Buffer {
        self.screen.backend().buffer()
    }

    pub fn text(&self) -> String {
        text(self.buffer())
    }

    /// The row on which a text stands.
    pub fn row(&self, wanted: &str) -> u16 {
        let text = self.text();
        let row = text.lines().position(|line| line.contains(wanted));
        u16::try_from(row.unwrap_or_else(|| panic!("\"{wanted}\" is not on the screen:\n{text}"))).unwrap()
    }

    /// What is highlighted in the present question.
    pub fn highlighted(&self) -> Vec<String> {
        let slot = self.session.current_slot().unwrap();
        let stem = &self.session.form().question(slot).unwrap().item.stem;
        self.session.item_state(slot).highlights().iter().map(|passage| passage.of(stem)).collect()
    }

    /// The choice of the present question that a letter stands for is picked.
    pub fn picked(&self) -> String {
        let slot = self.session.current_slot().unwrap();
        self.session.item_state(slot).selected().iter().map(ChoiceId::as_str).collect()
    }
}

/// The symbols of a screen, without the space at the ends of lines.
pub fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width).max(1)) {
        let mut line = String::new();
        let mut skip = 0;
        for cell in row {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            line.push_str(cell.symbol());
            skip = cell.symbol().cell_width().saturating_sub(1);
        }
        writeln!(text, "{}", line.trim_end()).unwrap();
    }
    text
}

/// The text of a screen, and below it which stretches of it are styled and how.
pub fn styled(buffer: &Buffer) -> String {
    let mut out = text(buffer);
    let width = usize::from(buffer.area.width).max(1);
    for (row, cells) in buffer.content.chunks(width).enumerate() {
        let mut at = 0;
        while at < width {
            let style = (cells[at].fg, cells[at].modifier);
            let end = (at..width).find(|to| (cells[*to].fg, cells[*to].modifier) != style).unwrap_or(width);
            if style != (Color::Reset, Modifier::empty()) {
                let words: String = cells[at..end].iter().map(ratatui::buffer::Cell::symbol).collect();
                let words = words.trim().chars().take(24).collect::<String>();
                writeln!(out, "{row}:{at}-{end} {:?} {:?} {words}", style.0, style.1).unwrap();
            }
            at = end;
        }
    }
    out
}
