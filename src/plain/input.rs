//! Lines from standard input, read on a thread of their own so that the clock goes on while the prompt waits.

use std::io::BufRead;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Text(String),
    /// Standard input was closed.
    End,
    /// Nothing yet.
    Quiet,
}

/// The lines of an input.
pub struct Input(Receiver<String>);

impl Input {
    /// Reads standard input until it is closed. Bytes that are not UTF-8 become replacement characters.
    #[must_use]
    pub fn stdin() -> Self {
        Self::from(|| Box::new(std::io::stdin().lock()) as Box<dyn BufRead>)
    }

    /// Reads from what `open` gives, on a new thread.
    pub fn from(open: impl FnOnce() -> Box<dyn BufRead> + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut reader = open();
            loop {
                let mut bytes = Vec::new();
                match reader.read_until(b'\n', &mut bytes) {
                    Ok(0) | Err(_) => return,
                    Ok(_) if sender.send(String::from_utf8_lossy(&bytes).trim_end().to_owned()).is_err() => return,
                    Ok(_) => {}
                }
            }
        });
        Self(receiver)
    }

    /// The next line, waiting at most so long.
    #[must_use]
    pub fn next(&self, at_most: Duration) -> Line {
        match self.0.recv_timeout(at_most) {
            Ok(text) => Line::Text(text),
            Err(RecvTimeoutError::Timeout) => Line::Quiet,
            Err(RecvTimeoutError::Disconnected) => Line::End,
        }
    }
}
