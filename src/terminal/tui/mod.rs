//! The exam room: the test center's screen in the terminal, on the same engine as the line mode.

mod app;
mod areas;
mod bars;
mod controller;
mod event_loop;
mod footer;
mod gesture;
mod header;
mod home;
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
mod stem;
mod terminal;
mod text_lines;
mod theme;
mod too_small;
mod typed_line;
mod unsaved;

use std::cell::RefCell;
use std::io;
use std::time::Duration;

use thiserror::Error;

use controller::Controller;
use event_loop::Host;
use terminal::TerminalScreen;
use unsaved::UnsavedScreen;

use crate::signals::{self, Signal, Signals};
use examroom_app::live::{LeftSession, LiveSession};
use examroom_app::view::announcement;
use examroom_app::view::ending::{Departure, report_line};
use examroom_core::form::Slot;

pub use app::App;
pub use event_loop::{Flow, LONGEST, Screen};
pub use home::{Chooser, Chosen, Home, PracticeWish};
pub use look_back::LookBack;
pub use options::{Mouse, Options};
pub use request::Effect;
pub use snapshot::Snapshot;
pub use theme::ColorMode;

/// A disk that takes no longer is not worth a screen.
const SHORT: Duration = Duration::from_millis(500);

/// Why the exam room could not be opened.
#[derive(Debug, Error)]
#[error("the terminal does not take a full screen")]
pub struct Error(#[from] io::Error);

/// A sitting that is over, and how it ended. Where the terminal could not be taken over, that is what ended it.
pub type Sat = (LeftSession, Result<Departure, Error>);

/// Sits an exam: the welcome and a tutorial if it has not begun, then to its end or until it is left. A finished exam is
/// looked back at; and leaving waits until everything is saved, or the candidate does not want to wait longer.
pub fn run(live: LiveSession, options: Options) -> Sat {
    let mut exam = Controller::new(live, options);
    let shown = show(&mut exam);
    let options = Options { mouse: exam.mouse(), ..options };
    // By now the terminal is given back, so that a slow disk keeps nobody before a dead screen.
    let mut left = exam.leave();
    let ended = shown.and_then(|how| after(&mut left, how, options));
    (left, ended.map_err(Error))
}

/// What follows on the screen when a sitting is over.
fn after(left: &mut LeftSession, mut how: Departure, options: Options) -> io::Result<Departure> {
    let mut options = options;
    if how == Departure::Finished {
        let session = left.session().clone();
        let left = RefCell::new(&mut *left);
        let keep = |slot: Slot, text: &str| {
            let mut left = left.borrow_mut();
            left.note_problem(slot, text).map_err(announcement::refusal)?;
            Ok(left.session().clone())
        };
        let alarm = || report_line(&left.borrow().durability());
        let mut past = LookBack::new(&session, options).with_alarm(alarm).with_problems(keep);
        how = match show(&mut past)? {
            Departure::Left => Departure::Finished,
            cut_short => cut_short,
        };
        options.mouse = past.mouse();
    }
    if !how.is_attended() || left.flush(SHORT).is_final() {
        return Ok(how);
    }
    Ok(match show(&mut UnsavedScreen::new(left, options))? {
        Departure::Left => how,
        cut_short => cut_short,
    })
}

/// Shows a finished attempt: its report, and each question with its reasons.
///
/// # Errors
/// When the terminal cannot be taken over.
pub fn look_back(mut past: LookBack<'_>) -> Result<(), Error> {
    show(&mut past)?;
    Ok(())
}

/// Shows the home screen until something is chosen.
///
/// # Errors
/// When the terminal cannot be taken over.
pub fn home(mut home: Home<'_>) -> Result<Chosen, Error> {
    match show(&mut home)? {
        Departure::Left => Ok(home.chosen()),
        _ => Ok(Chosen::Leave),
    }
}

/// Asks what to practice; `None` if nothing.
///
/// # Errors
/// When the terminal cannot be taken over.
pub fn choose_practice(mut chooser: Chooser<'_>) -> Result<Option<PracticeWish>, Error> {
    match show(&mut chooser)? {
        Departure::Left => Ok(chooser.wish()),
        _ => Ok(None),
    }
}

/// Puts a room on the terminal until it ends; the terminal is given back however that happens.
///
/// # Errors
/// When the terminal cannot be taken over.
pub fn show(screen: &mut dyn Screen) -> io::Result<Departure> {
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
