//! Points in time, durations, and how they are written.
//!
//! The core reads no clock. The event loops of the front ends do, and pass the time on.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::text::counted;

/// Milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The time that has passed since `earlier`; zero if `earlier` is later, so that setting the clock back never makes
    /// a duration negative.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(millis(span)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(millis(span)))
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// A duration of whole minutes.
#[must_use]
pub const fn minutes(count: u32) -> Duration {
    Duration::from_secs(count as u64 * 60)
}

/// A duration as a clock shows it: `3:29:07`, or `9:07` if it is less than an hour.
///
/// Rounds up to whole seconds, so that `0:00` appears only once the time has run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockFace(pub Duration);

impl fmt::Display for ClockFace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_millis().div_ceil(1000);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let face =
            if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") };
        f.pad(&face)
    }
}

/// A duration in words, as a screen reader can read it: `3 hours 29 minutes`, `1 minute 5 seconds`, `40 seconds`.
///
/// Rounds up to whole seconds, and leaves the seconds out from ten minutes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpokenDuration(pub Duration);

impl fmt::Display for SpokenDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = usize::try_from(self.0.as_millis().div_ceil(1000)).unwrap_or(usize::MAX);
        let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
        let mut parts = Vec::with_capacity(2);
        if hours > 0 {
            parts.push(counted(hours, "hour"));
        }
        if minutes > 0 {
            parts.push(counted(minutes, "minute"));
        }
        if (seconds > 0 && hours == 0 && minutes < 10) || parts.is_empty() {
            parts.push(counted(seconds, "second"));
        }
        f.pad(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_face_drops_hours_when_there_are_none_and_never_shows_zero_early() {
        assert_eq!(ClockFace(Duration::from_secs(12_547)).to_string(), "3:29:07");
        assert_eq!(ClockFace(Duration::from_secs(547)).to_string(), "9:07");
        assert_eq!(ClockFace(Duration::from_millis(1)).to_string(), "0:01");
        assert_eq!(ClockFace(Duration::ZERO).to_string(), "0:00");
    }

    #[test]
    fn words_name_only_what_matters_at_that_size() {
        assert_eq!(SpokenDuration(Duration::from_secs(12_547)).to_string(), "3 hours 29 minutes");
        assert_eq!(SpokenDuration(Duration::from_secs(65)).to_string(), "1 minute 5 seconds");
        assert_eq!(SpokenDuration(Duration::from_mins(30)).to_string(), "30 minutes");
        assert_eq!(SpokenDuration(Duration::ZERO).to_string(), "0 seconds");
    }

    #[test]
    fn a_clock_that_was_set_back_gives_no_negative_time() {
        assert_eq!(Timestamp(5).since(Timestamp(9)), Duration::ZERO);
    }
}
