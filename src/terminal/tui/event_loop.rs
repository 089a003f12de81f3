//! The loop: keys, time and signals in; frames out. It draws only when something on the screen has changed, and wakes
//! at most four times a second when nothing does.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use ratatui::backend::Backend;
use ratatui::crossterm::event::Event;
use ratatui::{Frame, Terminal};

use super::input::Input;
use super::options::Mouse;
use crate::signals::Signal;
use examroom_app::view::ending::Departure;

/// The longest sleep.
pub const LONGEST: Duration = Duration::from_millis(250);
/// Between two looks at whether the disk has caught up.
pub const SAVING: Duration = Duration::from_millis(20);
/// A storm of keys or sizes is taken in so many at a time before the next frame.
const AT_ONCE: usize = 256;
/// Every so many wakes the terminal is asked whether it is still there.
const PROBE: u32 = 2;

/// What follows from a key, or from the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Nothing on the screen has changed.
    Idle,
    /// Something on the screen has changed.
    Draw,
    /// Everything is to be drawn anew.
    Redraw,
    /// The program is to be stopped, as by Ctrl-Z.
    Suspend,
    /// The screen is done.
    End(Departure),
}

/// What is on the screen.
pub trait Screen {
    /// Takes a key, a paste, the mouse or a new size.
    fn handle(&mut self, event: &Event) -> Flow;
    /// Looks at the clock.
    fn tick(&mut self) -> Flow;
    /// Draws all of it.
    fn draw(&mut self, frame: &mut Frame<'_>);
    /// When it wants to be woken.
    fn sleep(&self) -> Duration;
    /// Who is to have the mouse.
    fn mouse(&self) -> Mouse {
        Mouse::default()
    }
}

/// The system around the program.
pub trait Host {
    fn pending(&mut self) -> Option<Signal>;
    fn is_alive(&mut self) -> bool;
    /// Takes the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn give_mouse(&mut self, to: Mouse) -> io::Result<()>;
    /// Gives the terminal back, stops, and takes it again.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    fn suspend(&mut self) -> io::Result<()>;
    /// Sets the terminal up anew.
    ///
    /// # Errors
    /// When it cannot be.
    fn resume(&mut self) -> io::Result<()>;
}

/// Runs a room until it ends, or the terminal does.
pub fn run<B: Backend>(
    terminal: &mut Terminal<B>,
    inputs: &Receiver<Input>,
    host: &mut dyn Host,
    screen: &mut dyn Screen,
) -> Departure {
    let mut flow = Flow::Redraw;
    let mut wakes = 0_u32;
    let mut mouse = screen.mouse();
    loop {
        if std::mem::replace(&mut mouse, screen.mouse()) != mouse && host.give_mouse(mouse).is_err() {
            return Departure::TerminalGone;
        }
        match flow {
            Flow::Idle => {}
            Flow::Draw => {
                if terminal.draw(|frame| screen.draw(frame)).is_err() {
                    return Departure::TerminalGone;
                }
            }
            Flow::Redraw => {
                if anew(terminal).is_err() || terminal.draw(|frame| screen.draw(frame)).is_err() {
                    return Departure::TerminalGone;
                }
            }
            Flow::Suspend => {
                if host.suspend().is_err() {
                    return Departure::TerminalGone;
                }
                flow = more(screen.tick(), Flow::Redraw);
                continue;
            }
            Flow::End(end) => return end,
        }
        flow = match inputs.recv_timeout(screen.sleep().min(LONGEST)) {
            Ok(Input::Event(event)) => {
                let mut flow = screen.handle(&event);
                for _ in 0..AT_ONCE {
                    if matches!(flow, Flow::Suspend | Flow::End(_)) {
                        break;
                    }
                    match inputs.try_recv() {
                        Ok(Input::Event(event)) => flow = more(flow, screen.handle(&event)),
                        Ok(Input::Gone) => return Departure::TerminalGone,
                        Err(_) => break,
                    }
                }
                flow
            }
            Ok(Input::Gone) | Err(RecvTimeoutError::Disconnected) => return Departure::TerminalGone,
            Err(RecvTimeoutError::Timeout) => {
                wakes = wakes.wrapping_add(1);
                if wakes.is_multiple_of(PROBE) && !host.is_alive() {
                    return Departure::TerminalGone;
                }
                screen.tick()
            }
        };
        match host.pending() {
            None => {}
            Some(Signal::Terminate) => return Departure::Interrupted,
            Some(Signal::HangUp) => return Departure::TerminalGone,
            Some(Signal::Suspend) => flow = more(flow, Flow::Suspend),
            Some(Signal::Resumed) => {
                if host.resume().is_err() {
                    return Departure::TerminalGone;
                }
                flow = more(flow, Flow::Redraw);
            }
        }
    }
}

/// Forgets what is on the screen. `Terminal::clear` would ask the terminal where its cursor is, which not every
/// terminal answers, and whose answer the keyboard's thread would take away.
fn anew<B: Backend>(terminal: &mut Terminal<B>) -> Result<(), B::Error> {
    let size = terminal.size()?;
    terminal.resize(size.into())
}

/// The one of two that does more.
fn more(first: Flow, second: Flow) -> Flow {
    let weight = |flow: Flow| match flow {
        Flow::Idle => 0,
        Flow::Draw => 1,
        Flow::Redraw => 2,
        Flow::Suspend => 3,
        Flow::End(_) => 4,
    };
    if weight(second) > weight(first) { second } else { first }
}
