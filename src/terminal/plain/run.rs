//! The loop of the prompt: lines, the time and signals come in, and whatever happens, the attempt is left in order.

use std::io::{self, Write};
use std::time::Duration;

use super::dispatch::{Passed, PromptSession};
use super::input::{Input, Line};
use super::options::Options;
use super::settle::settle;
use crate::signals::{self, Signal, Signals};
use examroom_app::live::{LeftSession, LiveSession};
use examroom_app::view::ending::Departure;

/// How often the clock is looked at while a line is awaited.
const LOOK: Duration = Duration::from_millis(250);

/// Sits an exam. Leaving waits until everything is saved, or the candidate does not want to wait longer.
pub fn run(
    live: LiveSession,
    input: &Input,
    signals: &Signals,
    out: &mut dyn Write,
    options: Options,
) -> (LeftSession, Departure) {
    let mut session = PromptSession::new(live, out, signals, options);
    let outcome = sit(&mut session, input, signals);
    // Whatever happened to the output, the attempt is left in order.
    let left = session.leave();
    let how = outcome.and_then(|how| settle(&left, how, input, signals, out));
    // An output that cannot be written is a terminal that is gone.
    (left, how.unwrap_or(Departure::TerminalGone))
}

fn sit(session: &mut PromptSession<'_>, input: &Input, signals: &Signals) -> io::Result<Departure> {
    session.show_place()?;
    loop {
        session.prompt()?;
        let end = await_line(session, input, signals)?;
        if let Some(end) = end.or(session.end()) {
            session.begin_line()?;
            return Ok(end);
        }
    }
}

/// Waits until something has been said or a line has been done; how the exam ended, if that ended it.
fn await_line(session: &mut PromptSession<'_>, input: &Input, signals: &Signals) -> io::Result<Option<Departure>> {
    loop {
        let line = input.next(LOOK);
        if matches!(line, Line::Text(_) | Line::TooLong) {
            session.line_ended();
        }
        let passed = session.pass_time()?;
        if let Some(end) = session.end() {
            return Ok(Some(end));
        }
        match signals.pending() {
            Some(Signal::Terminate | Signal::HangUp) => return Ok(Some(Departure::Interrupted)),
            Some(Signal::Suspend) => signals::suspend()?,
            Some(Signal::Resumed) | None => {}
        }
        match (line, passed) {
            (Line::Quiet, Passed::Silently) => continue,
            (Line::End, _) => return Ok(Some(Departure::Interrupted)),
            // A line typed while the time ran out was meant for what is gone.
            (Line::Quiet, _) | (Line::Text(_) | Line::TooLong, Passed::WithEvents) => {}
            (Line::Text(text), _) => session.understand(&text)?,
            (Line::TooLong, _) => session.say("This line is longer than 4 KB. Nothing was done with it.")?,
        }
        return Ok(None);
    }
}
