//! After the exam was left: waiting for the disk, and what is asked when that takes too long.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use super::input::{Input, Line};
use crate::signals::Signals;
use examroom_app::live::{GRACE, LeftSession};
use examroom_app::view::SafeText;
use examroom_app::view::ending::{Departure, leaving_now, still_waiting, waiting, written_elsewhere};

/// A disk that takes no longer is not worth a word.
const SHORT: Duration = Duration::from_millis(500);
/// Between two looks at the signals.
const LOOK: Duration = Duration::from_millis(100);

/// Waits until everything is saved, as long as it is worth waiting or the candidate wants to.
///
/// # Errors
/// When the output cannot be written.
pub(super) fn settle(
    left: &LeftSession,
    how: Departure,
    input: &Input,
    signals: &Signals,
    out: &mut dyn Write,
) -> io::Result<Departure> {
    if how == Departure::TakenOver || signals.is_ending() || left.flush(SHORT).is_final() {
        return Ok(how);
    }
    let mut say = |text: &str| -> io::Result<()> {
        writeln!(out, "{}", SafeText::new(text))?;
        out.flush()
    };
    say(&waiting(&left.durability(), GRACE))?;
    loop {
        if wait(left, signals) || !how.is_attended() {
            return Ok(how);
        }
        loop {
            let durability = left.durability();
            say(&still_waiting(&durability))?;
            say(&format!("Type wait, save FILE, or leave. {}", leaving_now(durability.unsaved)))?;
            match answer(left, input, signals) {
                Answer::Settled | Answer::Leave => return Ok(how),
                Answer::Nobody => return Ok(Departure::Interrupted),
                Answer::Wait => break,
                Answer::Save(file) => match left.write_to(Path::new(&file)) {
                    Ok(()) => say(&written_elsewhere(Path::new(&file)))?,
                    Err(error) => say(&format!("{file} could not be written: {error}."))?,
                },
                Answer::Unknown => {}
            }
        }
    }
}

/// Whether everything is settled before the time is over, or the program is to end.
fn wait(left: &LeftSession, signals: &Signals) -> bool {
    let mut waited = Duration::ZERO;
    while waited < GRACE {
        if left.flush(LOOK).is_final() || signals.is_ending() {
            return true;
        }
        waited += LOOK;
    }
    false
}

enum Answer {
    /// Everything is saved meanwhile.
    Settled,
    Leave,
    Wait,
    Save(String),
    /// The input has ended, or the program is to end.
    Nobody,
    Unknown,
}

fn answer(left: &LeftSession, input: &Input, signals: &Signals) -> Answer {
    loop {
        if left.saved().is_final() {
            return Answer::Settled;
        }
        if signals.is_ending() {
            return Answer::Nobody;
        }
        let line = match input.next(LOOK) {
            Line::Quiet => continue,
            Line::End => return Answer::Nobody,
            Line::TooLong => return Answer::Unknown,
            Line::Text(line) => line,
        };
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((&line, ""));
        return match (word.to_lowercase().as_str(), rest.trim()) {
            ("wait", _) => Answer::Wait,
            ("leave", _) => Answer::Leave,
            ("save", file) if !file.is_empty() => Answer::Save(file.to_owned()),
            _ => Answer::Unknown,
        };
    }
}
