//! Where the events of a live session are kept, whatever keeps them.
//!
//! A session knows nothing of disks, and a front end must never call saved what is not. Between them stands this trait:
//! events are handed over and written elsewhere, and the journal is asked how far it has come.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::session::JournalEntry;
use crate::time::Timestamp;

/// An attempt's number, as a student types it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttemptId(pub i64);

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether what has happened is durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// All of it.
    Yes,
    /// It is being written.
    NotYet,
    /// It could not be written, and is being tried again.
    No { why: String },
    /// Another process has taken the attempt over; nothing more will be written from here.
    TakenOver,
}

/// Keeps the events of one attempt, in their order.
pub trait Journal {
    /// Hands events over to be written, and returns at once.
    fn append(&mut self, events: Vec<JournalEntry>);

    /// Says that the session goes on. Cheap to call often.
    fn heartbeat(&mut self, now: Timestamp);

    /// How far the journal has come.
    fn saved(&self) -> Saved;

    /// Waits until everything is durable, or it is clear that it is not, or the time is over.
    fn wait(&self, at_most: Duration) -> Saved;

    /// Writes what is left, waiting at most so long, and lets go of the attempt.
    fn close(self: Box<Self>, at_most: Duration) -> Saved;
}
