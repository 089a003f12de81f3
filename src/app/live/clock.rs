//! The clock of a live session.
//!
//! The wall clock can be set, and the steady clock stands while the machine sleeps (on most systems). So both are
//! read: small differences follow the steady clock, a wall clock that is set back is noted and not followed, and a
//! gap that cannot be the program's own doing (the machine slept, the program was stopped) is reported as an absence, so
//! that the sitting's rules decide about it in the same way on every system.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::zone::zone;
use examroom_core::session::AbsenceReason;
use examroom_core::time::Timestamp;

/// From this difference between the two clocks on, the wall clock was set or the machine slept.
const STEP: Duration = Duration::from_secs(5);
/// The loops look at the clock every second; so long without a look means that the program stood still.
const STILL: Duration = Duration::from_secs(15);

/// What a look at the clock found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Steady,
    /// Nobody was there since the last look.
    Gap(AbsenceReason),
    /// The wall clock was set back by so much.
    SetBack {
        by_seconds: i64,
    },
}

/// A clock that never goes back.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The session's time at the last reading.
    now: Timestamp,
    steady: Instant,
    wall: Timestamp,
}

impl Clock {
    /// Starts at the wall clock's time, or at the last event's if the wall clock was set back before it.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn start(last_event: Option<Timestamp>) -> Self {
        let wall = system_now();
        Self { now: last_event.map_or(wall, |last| wall.max(last)), steady: Instant::now(), wall }
    }

    /// The time now, without looking for gaps.
    #[must_use]
    pub fn time(&self) -> Timestamp {
        self.now + self.steady.elapsed()
    }

    /// The time of the last reading.
    #[must_use]
    pub fn last_reading(&self) -> Timestamp {
        self.now
    }

    /// Looks at the clock and takes the time.
    pub fn now(&mut self) -> Timestamp {
        self.poll();
        self.now
    }

    /// Looks at both clocks.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn poll(&mut self) -> Reading {
        let (steady, wall) = (Instant::now(), system_now());
        let reading = self.classify(steady.duration_since(self.steady), wall);
        self.steady = steady;
        self.wall = wall;
        reading
    }

    fn classify(&mut self, passed: Duration, wall: Timestamp) -> Reading {
        let by_wall = wall.since(self.wall);
        if by_wall > passed + STEP {
            self.now = self.now + by_wall;
            return Reading::Gap(AbsenceReason::Asleep);
        }
        self.now = self.now + passed;
        let back = (self.wall + passed).since(wall);
        if back > STEP {
            return Reading::SetBack { by_seconds: -i64::try_from(back.as_secs()).unwrap_or(i64::MAX) };
        }
        if passed > STILL { Reading::Gap(AbsenceReason::Suspended) } else { Reading::Steady }
    }
}

/// The system's time.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub fn system_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Today's date where the computer is.
#[must_use]
pub fn today() -> jiff::civil::Date {
    jiff::Timestamp::from_millisecond(system_now().0)
        .map(|now| now.to_zoned_datetime(zone()).date())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(passed_ms: u64, wall_ms: i64) -> (Reading, i64) {
        let mut clock = Clock::start(None);
        let start = clock.now;
        let wall = Timestamp(clock.wall.0 + wall_ms);
        let reading = clock.classify(Duration::from_millis(passed_ms), wall);
        (reading, clock.now.0 - start.0)
    }

    #[test]
    fn small_differences_follow_the_steady_clock() {
        assert_eq!(look(1000, 3000), (Reading::Steady, 1000));
        assert_eq!(look(1000, -2000), (Reading::Steady, 1000));
    }

    #[test]
    fn a_sleeping_machine_is_an_absence_until_the_wall_clocks_time() {
        assert_eq!(look(500, 3_600_000), (Reading::Gap(AbsenceReason::Asleep), 3_600_000));
    }

    #[test]
    fn a_clock_set_back_is_noted_and_not_followed() {
        assert_eq!(look(1000, -59_000), (Reading::SetBack { by_seconds: -60 }, 1000));
    }

    #[test]
    fn a_program_that_stood_still_was_suspended() {
        assert_eq!(look(60_000, 60_000), (Reading::Gap(AbsenceReason::Suspended), 60_000));
    }
}
