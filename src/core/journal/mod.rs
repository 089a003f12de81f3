//! Where the events of a live session are kept, whatever keeps them.
//!
//! A session knows nothing of disks, and a front end must never call saved what is not. Between them stands this trait:
//! events are handed over and written elsewhere, and the journal is asked how far it has come. What every such journal
//! owes its callers is in `conformance`, which each implementation runs as its tests.

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod memory;
mod record;
mod unsaved;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::session::JournalEntry;
use crate::time::Timestamp;

pub use memory::{MemoryJournal, MemoryStore};
pub use record::{AttemptOrigin, Candidate, Damage, Fact, Record, RecordError, Recorder, Records};
pub use unsaved::Unsaved;

/// An attempt's number, as a student types it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    No {
        /// What the system said, for people.
        why: String,
    },
    /// Another process has taken the attempt over; nothing more will be written from here.
    TakenOver,
}

impl Saved {
    /// Whether this is how it stays: everything is durable, or nothing more will be.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Yes | Self::TakenOver)
    }
}

/// Keeps the events of one attempt, in their order.
///
/// What could not be written is tried again until it is, for as long as the journal lives.
pub trait Journal: Send {
    /// Hands events over to be written, and returns at once.
    fn append(&mut self, events: Vec<JournalEntry>);

    /// Says that the session goes on. Cheap to call often.
    fn heartbeat(&mut self, now: Timestamp);

    /// How far the journal has come.
    fn saved(&self) -> Saved;

    /// The number of the attempt's events that are durable, counted from its first.
    fn durable(&self) -> usize;

    /// The attempt's number in the store that took the place of one that was taken away while it was sat; `None` where
    /// none was.
    fn resettled(&self) -> Option<AttemptId> {
        None
    }

    /// Waits until everything is durable, or a write has failed, or the time is over.
    fn wait(&self, at_most: Duration) -> Saved;

    /// Waits until everything is durable, through writes that fail, or until the time is over.
    fn flush(&self, at_most: Duration) -> Saved;

    /// Lets go of the attempt. What is not durable by now stays unwritten.
    fn close(self: Box<Self>);
}
