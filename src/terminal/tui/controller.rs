//! The exam room: the screen's state joined with the live sitting.

use std::time::Duration;

use ratatui::Frame;
use ratatui::crossterm::event::{Event, KeyEventKind};

use super::app::App;
use super::event_loop::{Flow, LONGEST, SAVING, Screen};
use super::options::{Mouse, Options};
use super::request::Effect;
use super::snapshot::Snapshot;
use examroom_app::live::{LeftSession, LiveSession};
use examroom_app::view::announcement::welcome_back;
use examroom_app::view::ending::Departure;
use examroom_core::journal::Saved;
use examroom_core::session::Command;

/// A sitting on the screen.
pub struct Controller {
    app: App,
    live: LiveSession,
    saved: Saved,
    /// The second that the clock showed last.
    second: u128,
}

impl Controller {
    #[must_use]
    pub fn new(live: LiveSession, options: Options) -> Self {
        let mut app = App::new(options);
        if let Some(text) = welcome_back(live.session()) {
            app.say(text);
        }
        let saved = live.saved();
        Self { app, live, saved, second: 0 }
    }

    /// Leaves: keeps what is being typed, and releases the attempt.
    #[must_use]
    pub fn leave(mut self) -> LeftSession {
        if let Some(command) = self.app.draft(self.live.session()) {
            let _ = self.live.apply(command);
        }
        self.live.leave()
    }

    fn with_snapshot<T>(&mut self, act: impl FnOnce(&mut App, Snapshot<'_>) -> T) -> T {
        let snapshot = Snapshot { session: self.live.session(), left: self.live.time_left(), saved: &self.saved };
        act(&mut self.app, snapshot)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Flow {
        let mut flow = Flow::Draw;
        for effect in effects {
            match effect {
                Effect::Send(command) => self.send(command),
                Effect::Leave => return Flow::End(Departure::Left),
                Effect::Suspend => flow = Flow::Suspend,
                Effect::Redraw => flow = Flow::Redraw,
            }
        }
        self.after(flow)
    }

    fn send(&mut self, command: Command) {
        match self.live.apply(command) {
            Ok(events) => self.app.on_events(&events, self.live.session().rules()),
            Err(refusal) => self.app.refused(refusal),
        }
    }

    /// The journal tells when the shelf is opened and closed and what it shows, however the screen does it.
    fn follow_shelf(&mut self) {
        let session = self.live.session();
        let is_within = session.section().is_some() && !session.is_away();
        match (self.app.is_shelf_open(), session.is_shelf_open()) {
            (true, false) if is_within => self.send(Command::OpenShelf),
            (false, true) => self.send(Command::CloseShelf),
            _ => {}
        }
        if let Some(sheet) = self.app.sheet(self.live.session()) {
            let is_new = self.live.session().shown_sheet() != Some(&sheet);
            if is_new && self.live.session().is_shelf_open() {
                self.send(Command::ShowSheet(sheet));
            }
        }
    }

    /// Whether the sitting has ended, by itself or by another process.
    fn after(&mut self, flow: Flow) -> Flow {
        self.follow_shelf();
        self.saved = self.live.saved();
        if self.saved == Saved::TakenOver {
            return Flow::End(Departure::TakenOver);
        }
        if self.live.session().is_finished() {
            return Flow::End(Departure::Finished);
        }
        flow
    }

    /// What the clock shows; always the same where there is none.
    fn shown_second(&self) -> u128 {
        if !self.live.session().rules().time_allowance.is_limited() {
            return 0;
        }
        self.live.time_left().as_millis().div_ceil(1000)
    }
}

impl Screen for Controller {
    fn handle(&mut self, event: &Event) -> Flow {
        let effects = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                let key = *key;
                self.with_snapshot(|app, snapshot| app.press(key, snapshot))
            }
            Event::Mouse(mouse) => {
                let mouse = *mouse;
                match self.with_snapshot(|app, snapshot| app.mouse(mouse, snapshot)) {
                    Some(effects) => effects,
                    None => return Flow::Idle,
                }
            }
            Event::Paste(text) => {
                self.with_snapshot(|app, snapshot| app.paste(text, snapshot));
                Vec::new()
            }
            Event::Resize(..) => Vec::new(),
            _ => return Flow::Idle,
        };
        self.carry_out(effects)
    }

    fn tick(&mut self) -> Flow {
        let before = self.saved.clone();
        let events = self.live.tick();
        self.app.on_events(&events, self.live.session().rules());
        let message = self.app.message().map(str::to_owned);
        let effects = self.with_snapshot(App::tick);
        let shown = self.shown_second();
        let second = std::mem::replace(&mut self.second, shown);
        let typed = !effects.is_empty();
        let flow = self.carry_out(effects);
        let changed = !events.is_empty()
            || typed
            || self.saved != before
            || self.second != second
            || self.app.message() != message.as_deref();
        match flow {
            Flow::Draw if !changed => Flow::Idle,
            flow => flow,
        }
    }

    fn mouse(&self) -> Mouse {
        self.app.mouse_wanted()
    }

    fn draw(&mut self, frame: &mut Frame<'_>) {
        self.with_snapshot(|app, snapshot| app.draw(frame, snapshot));
    }

    fn sleep(&self) -> Duration {
        if self.saved == Saved::NotYet {
            return SAVING;
        }
        let part = u64::from(self.live.time_left().subsec_millis());
        if part == 0 { LONGEST } else { Duration::from_millis(part + 1) }
    }
}
