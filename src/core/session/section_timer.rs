//! The clock of a section or a break. It counts the time that has passed against a limit, and can be stopped.
//!
//! It holds no clock of its own: every method that depends on the time takes it as an argument.

use std::time::Duration;

use crate::time::Timestamp;

/// A time limit and how much of it has been used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SectionTimer {
    limit: Duration,
    /// The time used up to the last stop.
    used: Duration,
    /// When the timer last started running; `None` while it is stopped.
    running_since: Option<Timestamp>,
}

impl SectionTimer {
    /// A timer that starts running now.
    pub fn start(limit: Duration, now: Timestamp) -> Self {
        Self { limit, used: Duration::ZERO, running_since: Some(now) }
    }

    /// Stops the timer. Has no effect if it is stopped.
    pub fn stop(&mut self, now: Timestamp) {
        if let Some(since) = self.running_since.take() {
            self.used += now.since(since);
        }
    }

    /// Lets the timer run on. Has no effect if it is running.
    pub fn resume(&mut self, now: Timestamp) {
        self.running_since.get_or_insert(now);
    }

    /// Raises the limit.
    pub fn extend(&mut self, by: Duration) {
        self.limit += by;
    }

    /// The time left; zero once the limit is reached.
    pub fn left(&self, now: Timestamp) -> Duration {
        let running = self.running_since.map_or(Duration::ZERO, |since| now.since(since));
        self.limit.saturating_sub(self.used + running)
    }

    /// When the limit will be reached if the timer keeps running; `None` while it is stopped.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.running_since.map(|since| since + self.limit.saturating_sub(self.used))
    }
}
