//! A clock that can be stopped, read from the outside.

use std::time::Duration;

use crate::time::Timestamp;

/// How much of a limit has been spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SectionTimer {
    limit: Duration,
    spent: Duration,
    running_since: Option<Timestamp>,
}

impl SectionTimer {
    /// A meter that starts now.
    #[must_use]
    pub fn start(limit: Duration, now: Timestamp) -> Self {
        Self { limit, spent: Duration::ZERO, running_since: Some(now) }
    }

    pub fn stop(&mut self, now: Timestamp) {
        if let Some(since) = self.running_since.take() {
            self.spent += now.since(since);
        }
    }

    pub fn resume(&mut self, now: Timestamp) {
        self.running_since.get_or_insert(now);
    }

    pub fn extend(&mut self, by: Duration) {
        self.limit += by;
    }

    #[must_use]
    pub fn left(&self, now: Timestamp) -> Duration {
        let running = self.running_since.map_or(Duration::ZERO, |since| now.since(since));
        self.limit.saturating_sub(self.spent + running)
    }

    /// When the limit is reached if the meter keeps running; `None` while it stands.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.running_since.map(|since| since + self.limit.saturating_sub(self.spent))
    }
}
