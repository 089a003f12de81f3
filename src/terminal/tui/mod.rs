//! The exam room: the test center's screen in the terminal, on the same engine as the line mode.

mod app;
mod areas;
mod controller;
mod event_loop;
mod footer;
mod header;
mod input;
mod keys;
mod layout;
mod line_editor;
mod look_back;
mod number_field;
mod options;
mod overlay;
mod page;
mod request;
mod screen;
mod screens;
mod scroll;
mod snapshot;
mod status;
mod terminal;
mod text_lines;
mod theme;
mod too_small;
mod typed_line;

use std::io;

use thiserror::Error;

use controller::Controller;
use event_loop::Host;
use terminal::TerminalScreen;

use crate::signals::{self, Signal, Signals};
use examroom_app::live::LiveSession;
use examroom_core::journal::Saved;
use examroom_core::session::Session;

pub use app::App;
pub use event_loop::{End, Flow, LONGEST, Screen};
pub use look_back::LookBack;
pub use options::{Mouse, Options};
pub use request::Effect;
pub use snapshot::Snapshot;
pub use theme::ColorMode;

/// The sitting behind the exam room.
#[derive(Debug)]
pub struct Finish {
    pub session: Session,
    pub saved: Saved,
    pub end: End,
    /// Who has the mouse now.
    pub mouse: Mouse,
}

/// Why the exam room could not be opened.
#[derive(Debug, Error)]
#[error("the terminal does not take a full screen")]
pub struct Error(#[from] io::Error);

/// Sits an exam: the welcome and a tutorial if it has not begun, then to its end or until it is left.
///
/// # Errors
/// When the terminal cannot be taken over; the sitting is left in order.
pub fn run(live: LiveSession, options: Options) -> Result<Finish, Error> {
    let mut exam = Controller::new(live, options);
    let shown = show(&mut exam);
    let mouse = exam.mouse();
    // By now the terminal is given back, so that a slow disk keeps nobody before a dead screen.
    let (session, saved) = exam.leave();
    Ok(Finish { session, saved, end: shown?, mouse })
}

/// Shows the report of a finished attempt and looks back at its questions.
///
/// # Errors
/// When the terminal cannot be taken over.
pub fn look_back(session: &Session, options: Options) -> Result<End, Error> {
    Ok(show(&mut LookBack::new(session, options))?)
}

/// Puts a room on the terminal until it ends; the terminal is given back however that happens.
///
/// # Errors
/// When the terminal cannot be taken over.
pub fn show(screen: &mut dyn Screen) -> io::Result<End> {
    let mouse = screen.mouse();
    let mut terminal = TerminalScreen::enter(mouse)?;
    let mut host = TerminalHost { signals: Signals::watch(), mouse };
    let inputs = input::inputs();
    Ok(event_loop::run(&mut terminal.canvas, &inputs, &mut host, screen))
}

/// The system as it is.
struct TerminalHost {
    signals: Signals,
    mouse: Mouse,
}

impl Host for TerminalHost {
    fn pending(&mut self) -> Option<Signal> {
        self.signals.pending()
    }

    fn is_alive(&mut self) -> bool {
        terminal::is_alive()
    }

    fn give_mouse(&mut self, to: Mouse) -> io::Result<()> {
        self.mouse = to;
        terminal::give_mouse(to)
    }

    fn suspend(&mut self) -> io::Result<()> {
        terminal::give_back();
        signals::suspend()?;
        terminal::take(self.mouse)
    }

    fn resume(&mut self) -> io::Result<()> {
        // The shell may have set the terminal otherwise meanwhile: what crossterm remembers is of before.
        terminal::give_back();
        terminal::take(self.mouse)
    }
}
