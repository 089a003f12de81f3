//! Lines from standard input, read on a thread of their own so that the clock keeps running while the prompt waits.
//!
//! What comes in may be anything: a pipe of a terabyte without a line end must neither fill the memory nor keep the
//! prompt busy. So a line has a length, the thread is never far ahead, and an input that gives no line is at its end.

use std::io::{self, BufRead};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line, without its end or blanks before that.
    Text(String),
    /// A line that is longer than any that is read; nothing of it is kept.
    TooLong,
    /// Standard input was closed.
    End,
    /// Nothing yet.
    Quiet,
}

/// The longest line, in bytes, without its end.
pub const LONGEST: usize = 4096;
/// What continues for this many bytes without a line end is nobody's typing.
const ENDLESS: usize = 1 << 29;
/// How many lines are read ahead of the one that is being worked on.
const AHEAD: usize = 64;

/// The lines of an input.
pub struct Input(Receiver<Line>);

impl Input {
    /// Reads standard input until it is closed. Bytes that are not UTF-8 become replacement characters.
    #[must_use]
    pub fn stdin() -> Self {
        Self::from(|| Box::new(io::stdin().lock()) as Box<dyn BufRead>)
    }

    /// Reads from what `open` gives, on a new thread.
    pub fn from(open: impl FnOnce() -> Box<dyn BufRead> + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(AHEAD);
        std::thread::spawn(move || read_lines(&mut *open(), &sender));
        Self(receiver)
    }

    /// The next line, waiting at most this long.
    #[must_use]
    pub fn next(&self, at_most: Duration) -> Line {
        match self.0.recv_timeout(at_most) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => Line::Quiet,
            Err(RecvTimeoutError::Disconnected) => Line::End,
        }
    }
}

/// Sends every line; `None` when there are no more, or nobody takes them.
fn read_lines(reader: &mut dyn BufRead, lines: &SyncSender<Line>) -> Option<()> {
    loop {
        let mut bytes = Vec::new();
        // One byte more, which distinguishes a line of just that length from a longer one; the line end does not count.
        let read = io::Read::take(&mut *reader, LONGEST as u64 + 2).read_until(b'\n', &mut bytes).ok()?;
        if read == 0 {
            return None;
        }
        let ended = bytes.pop_if(|last| *last == b'\n').is_some();
        if bytes.len() <= LONGEST {
            lines.send(Line::Text(String::from_utf8_lossy(&bytes).trim_end().to_owned())).ok()?;
        } else {
            lines.send(Line::TooLong).ok()?;
            if !ended {
                skip_line(reader)?;
            }
        }
    }
}

/// Reads on to the end of the line; `None` when there is none.
fn skip_line(reader: &mut dyn BufRead) -> Option<()> {
    let mut skipped = 0;
    while skipped < ENDLESS {
        let found = reader.fill_buf().ok()?;
        if found.is_empty() {
            return None;
        }
        let end = found.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(found.len(), |end| end + 1);
        reader.consume(used);
        if end.is_some() {
            return Some(());
        }
        skipped += used;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;

    const PATIENCE: Duration = Duration::from_mins(1);

    fn lines(input: impl Read + Send + 'static) -> Vec<Line> {
        let input = Input::from(|| Box::new(BufReader::new(input)));
        std::iter::repeat_with(|| input.next(PATIENCE)).take_while(|line| *line != Line::End).collect()
    }

    #[test]
    fn a_line_has_a_length_and_the_next_one_is_read_whatever_went_before() {
        let text = |length| Line::Text("x".repeat(length));
        let typed = [LONGEST, LONGEST + 1, 3, 5 * LONGEST, 0, LONGEST + 2, 1].map(|length| "x".repeat(length) + "\n");
        assert_eq!(
            lines(io::Cursor::new(typed.concat())),
            [text(LONGEST), Line::TooLong, text(3), Line::TooLong, text(0), Line::TooLong, text(1)]
        );
    }

    #[test]
    fn the_last_line_needs_no_end() {
        assert_eq!(lines(io::Cursor::new("a\nb\r")), [Line::Text("a".into()), Line::Text("b".into())]);
        assert_eq!(lines(io::Cursor::new("x".repeat(2 * LONGEST))), [Line::TooLong]);
    }

    #[test]
    fn an_input_without_any_line_end_is_at_its_end() {
        assert_eq!(lines(io::repeat(0)), [Line::TooLong]);
    }
}
