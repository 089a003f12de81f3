//! What outlives the program: attempts and their journals, in one `SQLite` file.
//!
//! All SQL of the program is in this folder. Every commit is durable before it returns (`synchronous=FULL`): the
//! screen says "saved" only for what survives a cut of power.

#![warn(missing_docs)]

mod answered;
mod archive;
mod attempt;
mod attempt_lock;
mod candidate;
mod connection;
mod daily_check;
mod encoding;
mod event;
mod exposure;
mod fact;
mod file;
mod form;
mod mend;
mod migrate;
mod open;
mod practice;
mod pulse;
mod real_exam;
mod regrade;
mod result;
mod salvage;
mod settle;
mod sitting;
mod take_in;
mod tally;
mod watch;
mod worker;
mod writer;

use std::fmt;
use std::path::PathBuf;

use rusqlite::Connection;
use thiserror::Error;

use watch::Watch;

use examroom_core::form::FormPart;
use examroom_core::journal::AttemptId;

pub use attempt::{Attempt, Summary};
pub use attempt_lock::AttemptLock;
pub use mend::Recovered;
pub use real_exam::RealExam;
pub use regrade::Regrade;
pub use result::Entry;
pub use salvage::Salvaged;
pub use take_in::TakenIn;
pub use writer::{AttemptJournal, Writer};

/// The name of the store's file in the data folder.
pub const FILE: &str = "examroom.db";
/// The folder in it that says who writes which attempt, and until when.
const LOCKS: &str = "locks";

/// The open store.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    folder: PathBuf,
    watch: Watch,
}

/// Why the store cannot be used, or an attempt not be had.
#[derive(Debug, Error)]
pub enum Error {
    /// The folder or the file in it cannot be made or written.
    #[error("the data folder {} cannot be written", folder.display())]
    Folder {
        /// The data folder.
        folder: PathBuf,
        /// What the system or the database says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Its format is of a version that this program does not know.
    #[error("{} was written by a newer examroom (format {found}, this one knows {known})", path.display())]
    Newer {
        /// The store's file.
        path: PathBuf,
        /// The version of its format.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// Its format is of an earlier version, which only opening it for writing converts.
    #[error("{} was written by an older examroom", path.display())]
    Older {
        /// The store's file.
        path: PathBuf,
    },
    /// The folder may not be entered, or not be read.
    #[error("the data folder {} cannot be read", folder.display())]
    Unreachable {
        /// The data folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no store of this program.
    #[error("{} is a database of another program", path.display())]
    Foreign {
        /// The file that stands where the store's should.
        path: PathBuf,
    },
    /// Its file cannot be read as what it was.
    #[error("the file with your attempts, {}, is damaged", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The files that are open are no longer those that a later start would find.
    #[error("the file with your attempts, {}, was moved, replaced or removed while it was in use", path.display())]
    TakenAway {
        /// Where the file was.
        path: PathBuf,
    },
    /// No attempt has this number.
    #[error("there is no attempt {0}")]
    NoSuchAttempt(AttemptId),
    /// Something happened in the attempt already.
    #[error("attempt {0} has begun")]
    Begun(AttemptId),
    /// A living process has the right to write the attempt.
    #[error("attempt {0} is open in another examroom")]
    Held(AttemptId),
    /// Another process has taken the right to write the attempt.
    #[error("another examroom has taken over this attempt")]
    TakenOver,
    /// A part of the attempt is not what was written.
    #[error("attempt {attempt} is damaged: {part} is not what was written")]
    Corrupt {
        /// The attempt's number.
        attempt: AttemptId,
        /// The first part that is damaged.
        part: Part,
    },
    /// What is stored of the attempt is not what this program writes.
    #[error("attempt {attempt} cannot be understood")]
    Unreadable {
        /// The attempt's number.
        attempt: AttemptId,
        /// Where its JSON is not as expected.
        source: serde_json::Error,
    },
    /// A value has no form as JSON.
    #[error("the attempt cannot be put into the form in which it is stored")]
    Unstorable(#[source] serde_json::Error),
    /// Any other failure of the database.
    #[error("the database of your attempts reports an error")]
    Database(#[from] rusqlite::Error),
}

/// A part of a stored attempt, as a message names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its exam, rules and times.
    Description,
    /// Which questions it has, in which order.
    Form,
    /// A text of its form.
    Text(FormPart),
    /// An event, counted from 1; it, or one before it, may be missing.
    Event(usize),
    /// What it came to.
    Result,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Description => write!(f, "what it was begun with"),
            Self::Form => write!(f, "its form"),
            Self::Text(part) => write!(f, "the text of {part}"),
            Self::Event(number) => write!(f, "its event {number}"),
            Self::Result => write!(f, "its result"),
        }
    }
}

/// What a failure of the database comes from, as far as it can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The disk has no space left.
    Full,
    /// Another program holds the file.
    Held,
    /// The file may not be written.
    Refused,
    /// The disk does not do what it is told.
    Disk,
    /// Anything else.
    Other,
}

fn trouble(error: &rusqlite::Error) -> Trouble {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Trouble::Full,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Held,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Trouble::Refused,
        Some(ErrorCode::SystemIoFailure) => Trouble::Disk,
        _ => Trouble::Other,
    }
}

impl Error {
    /// What a failure of the database comes from.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        if let Self::Database(error) = self { trouble(error) } else { Trouble::Other }
    }

    /// Whether the file is damaged, so that opening it for writing replaces it by what can be read of it.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged { .. } => true,
            Self::Database(error) => matches!(
                error.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
            ),
            _ => false,
        }
    }
}
