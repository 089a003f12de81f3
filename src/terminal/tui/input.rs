//! Keys come from a thread of their own into a channel, so that time goes on with nobody at the keyboard.
//!
//! The thread lives as long as the program and is never waited for: when a terminal dies, its reader may never come
//! back. It serves every screen of the program in turn.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use ratatui::crossterm::event::{self, Event};

/// What the keyboard's thread says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Event(Event),
    /// Nothing can be read any more.
    Gone,
}

static INPUTS: OnceLock<Mutex<Receiver<Input>>> = OnceLock::new();

/// The channel of keys; what was typed for the screen before is dropped.
pub fn inputs() -> MutexGuard<'static, Receiver<Input>> {
    let inputs = INPUTS.get_or_init(|| {
        let (sender, receiver) = channel();
        thread::spawn(move || {
            loop {
                let input = event::read().map_or(Input::Gone, Input::Event);
                let gone = input == Input::Gone;
                if sender.send(input).is_err() || gone {
                    return;
                }
            }
        });
        Mutex::new(receiver)
    });
    let inputs = inputs.lock().unwrap_or_else(PoisonError::into_inner);
    while inputs.try_recv().is_ok() {}
    inputs
}
