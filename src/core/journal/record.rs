//! An attempt as one text: what is kept elsewhere when the store cannot take it, and what a later start reads back.
//!
//! The first line names the format and its version. Each further line is a checksum and JSON: first the attempt, then its
//! events in order, then their number. A line's checksum covers all lines before it too, so that a text that was cut
//! short or changed anywhere is read up to there, and known to be no more.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::AttemptId;
use crate::checksum::Checksum;
use crate::form::Form;
use crate::session::{JournalEntry, Rules, Session};

const TITLE: &str = "examroom attempt record, version ";
/// A version that was released is never changed: what is new gets a new one.
const VERSION: u32 = 1;

/// An attempt with everything that happened in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its number in the store that it comes from.
    pub attempt: AttemptId,
    /// The form that was sat, with its questions.
    pub form: Arc<Form>,
    /// The rules that it was sat under.
    pub rules: Rules,
    /// What happened, in order.
    pub entries: Vec<JournalEntry>,
    /// Whether the text went to its end; if not, there may have been more events.
    pub whole: bool,
}

#[derive(Serialize, Deserialize)]
struct Head {
    attempt: AttemptId,
    rules: Rules,
    form: Arc<Form>,
}

/// Why a text is no record that this program can read.
#[derive(Debug, Error)]
pub enum RecordError {
    /// It does not begin as a record does.
    #[error("this is not a record of an attempt")]
    Foreign,
    /// Its format is of a version that this program does not know.
    #[error("the record was written by a newer examroom (version {found}, this one knows {VERSION})")]
    Newer {
        /// Its version.
        found: u32,
    },
    /// Not even the attempt itself can be read.
    #[error("the record is damaged")]
    Damaged,
    /// Its checksum is right, and yet it is nothing that this program writes.
    #[error("the record cannot be understood")]
    Unreadable(#[from] serde_json::Error),
}

impl Record {
    /// The record of a session.
    #[must_use]
    pub fn of(attempt: AttemptId, session: &Session) -> Self {
        Self {
            attempt,
            form: Arc::clone(session.form()),
            rules: session.rules(),
            entries: session.journal().to_vec(),
            whole: true,
        }
    }

    /// The record as a text.
    ///
    /// # Errors
    /// When a part of it has no form as JSON.
    pub fn encode(&self) -> Result<String, serde_json::Error> {
        let mut text = format!("{TITLE}{VERSION}\n");
        let mut sum = Checksum::START;
        let mut line = |json: &str| {
            sum = sum.then(json.as_bytes());
            text.push_str(&sum.short());
            text.push(' ');
            text.push_str(json);
            text.push('\n');
        };
        let head = Head { attempt: self.attempt, rules: self.rules, form: Arc::clone(&self.form) };
        line(&serde_json::to_string(&head)?);
        for entry in &self.entries {
            line(&serde_json::to_string(entry)?);
        }
        line(&self.entries.len().to_string());
        Ok(text)
    }

    /// Reads a record, as far as it is undamaged.
    ///
    /// # Errors
    /// When it is none, or not one of this version, or nothing of it can be read.
    pub fn decode(text: &[u8]) -> Result<Self, RecordError> {
        let mut lines = text.split_inclusive(|byte| *byte == b'\n');
        let title =
            lines.next().and_then(complete).and_then(|line| line.strip_prefix(TITLE)).ok_or(RecordError::Foreign)?;
        let found = title.parse().map_err(|_| RecordError::Foreign)?;
        if found != VERSION {
            return Err(RecordError::Newer { found });
        }
        let mut sum = Checksum::START;
        let mut intact = lines.map_while(|line| {
            let (short, json) = complete(line)?.split_once(' ')?;
            sum = sum.then(json.as_bytes());
            (sum.short() == short).then_some(json)
        });
        let head: Head = serde_json::from_str(intact.next().ok_or(RecordError::Damaged)?)?;
        let mut entries = Vec::new();
        let mut whole = false;
        for json in intact {
            if json.starts_with('{') {
                entries.push(serde_json::from_str(json)?);
            } else {
                whole = serde_json::from_str::<usize>(json)? == entries.len();
            }
        }
        Ok(Self { attempt: head.attempt, form: head.form, rules: head.rules, entries, whole })
    }
}

/// A line that was written to its end.
fn complete(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line.strip_suffix(b"\n")?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::conformance::{RULES, form};
    use crate::session::Command;
    use crate::time::Timestamp;

    fn record() -> Record {
        let mut session = Session::new(form(), RULES);
        session.apply(Command::Begin, Timestamp(1)).unwrap();
        session.apply(Command::Leave, Timestamp(2)).unwrap();
        Record::of(AttemptId(7), &session)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let record = record();
        assert!(record.entries.len() > 2);
        assert_eq!(Record::decode(record.encode().unwrap().as_bytes()).unwrap(), record);
    }

    #[test]
    fn a_record_that_was_cut_short_anywhere_is_read_up_to_there_and_never_called_whole() {
        let record = record();
        let text = record.encode().unwrap();
        for length in 0..text.len() {
            if let Ok(cut) = Record::decode(&text.as_bytes()[..length]) {
                assert!(!cut.whole && record.entries.starts_with(&cut.entries), "cut at {length}");
            }
        }
    }

    #[test]
    fn no_changed_byte_changes_an_event() {
        let record = record();
        let text = record.encode().unwrap().into_bytes();
        for at in 0..text.len() {
            let mut changed = text.clone();
            changed[at] ^= 1;
            if let Ok(read) = Record::decode(&changed) {
                assert!(!read.whole && record.entries.starts_with(&read.entries), "byte {at}");
            }
        }
    }

    #[test]
    fn a_newer_record_and_another_file_are_refused() {
        let text = record().encode().unwrap().replacen("version 1", "version 2", 1);
        assert!(matches!(Record::decode(text.as_bytes()), Err(RecordError::Newer { found: 2 })));
        assert!(matches!(Record::decode(b"a letter\n"), Err(RecordError::Foreign)));
        assert!(matches!(Record::decode(b""), Err(RecordError::Foreign)));
    }
}
