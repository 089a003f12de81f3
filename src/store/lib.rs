//! What outlives the program: attempts and their journals, in one `SQLite` file.
//!
//! All SQL of the program is in this folder. Every commit is durable before it returns (`synchronous=FULL`): the
//! screen says "saved" only for what survives a cut of power.

mod attempt;
mod attempt_lock;
mod journal_writer;
mod open;
mod salvage;

use std::path::PathBuf;

use rusqlite::Connection;
use thiserror::Error;

use examroom_core::journal::AttemptId;

pub use attempt::{Attempt, Summary};
pub use attempt_lock::AttemptLock;
pub use journal_writer::JournalWriter;
pub use open::Recovered;

/// The name of the store's file in the data folder.
pub const FILE: &str = "examroom.db";

/// The open store.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    folder: PathBuf,
}

/// Why the store cannot be used, or an attempt not be had.
#[derive(Debug, Error)]
pub enum Error {
    #[error("the data folder {} cannot be written: {cause}", folder.display())]
    Folder { folder: PathBuf, cause: String },
    #[error("{} was written by a newer examroom (format {found}, this one knows {known})", path.display())]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("{} is a database of another program", path.display())]
    Foreign { path: PathBuf },
    #[error("there is no attempt {0}")]
    NoSuchAttempt(AttemptId),
    #[error("attempt {0} is open in another examroom")]
    Held(AttemptId),
    #[error("another examroom has taken this attempt over")]
    TakenOver,
    #[error("attempt {attempt} cannot be understood: {cause}")]
    Unreadable { attempt: AttemptId, cause: String },
    #[error("the store answered: {0}")]
    Database(#[from] rusqlite::Error),
}
