//! The interface between a live session and whatever stores its events.
//!
//! A session does no I/O, and a front end must not wait for a disk, yet it must never say "saved" of what is not. So a
//! journal takes events without waiting, writes them in the background, and says how far it has come.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::session::JournalEntry;
use crate::time::Timestamp;

/// The number of a stored attempt, as a candidate types it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttemptId(pub i64);

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether all events handed to a journal are durable, that is, would survive a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// All of them.
    Yes,
    /// Some are still being written.
    NotYet,
    /// Writing failed. The journal keeps trying.
    No {
        /// What failed, in words for the candidate.
        why: String,
    },
    /// Another process has taken over the attempt. This journal writes nothing more.
    TakenOver,
}

/// Stores the events of one attempt, in order.
pub trait Journal {
    /// Queues events to be written, and returns at once.
    fn append(&mut self, events: Vec<JournalEntry>);

    /// Records that the session was alive at `now`. After a crash, the absence begins there. Cheap enough to call
    /// often.
    fn heartbeat(&mut self, now: Timestamp);

    /// Whether all events so far are durable.
    fn saved(&self) -> Saved;

    /// Waits until all events are durable, writing fails, or `at_most` has passed, and says which.
    fn wait(&self, at_most: Duration) -> Saved;

    /// Writes the remaining events, waiting for `at_most` at the longest, and releases the attempt for other processes.
    fn close(self: Box<Self>, at_most: Duration) -> Saved;
}
