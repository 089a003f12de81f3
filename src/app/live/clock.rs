//! The clock of a live session.
//!
//! The wall clock can be set, by a person or by the network, and tells nothing about how much time has passed. A clock
//! that nobody can set and that goes on while the machine sleeps does: it alone moves the session's time. A wall clock
//! that disagrees with it was set, which is noted and has no other effect. A gap that cannot be the program's own doing
//! (the machine slept, the program was stopped) is reported as an absence, so that the sitting's rules decide about it in
//! the same way on every system.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::zone::zone;
use examroom_core::session::AbsenceReason;
use examroom_core::time::Timestamp;

/// From this difference between two clocks on, one was set, or stood still while the machine slept.
const STEP: Duration = Duration::from_secs(5);
/// The loops look at the clock every second; so long without a look means that the program stood still.
const STILL: Duration = Duration::from_secs(15);

/// What a look at the clock found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Nobody was there since the last look, for this reason.
    pub gap: Option<AbsenceReason>,
    /// The wall clock was set by so many seconds.
    pub set_by: Option<i64>,
}

/// A clock that never goes back.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The session's time at the last reading.
    now: Timestamp,
    /// The clock that stands while the machine sleeps, on systems that have one.
    awake: Instant,
    /// The clock that goes on.
    running: Duration,
    wall: Timestamp,
}

impl Clock {
    /// Starts at the wall clock's time, or at the last time that is known of the session if the wall clock was set back
    /// before it; by how many seconds it was is the second value.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn start(known: Option<Timestamp>) -> (Self, Option<i64>) {
        let wall = system_now();
        let now = known.map_or(wall, |known| wall.max(known));
        (Self { now, awake: Instant::now(), running: running(), wall }, seconds(wall, now))
    }

    /// The time now, without looking for gaps.
    #[must_use]
    pub fn time(&self) -> Timestamp {
        self.now + running().saturating_sub(self.running)
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

    /// Looks at the clocks.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn poll(&mut self) -> Reading {
        let (awake, running, wall) = (Instant::now(), running(), system_now());
        let reading = self.classify(awake.duration_since(self.awake), running.saturating_sub(self.running), wall);
        (self.awake, self.running, self.wall) = (awake, running, wall);
        reading
    }

    fn classify(&mut self, awake: Duration, passed: Duration, wall: Timestamp) -> Reading {
        let expected = self.wall + passed;
        self.now = self.now + passed;
        let gap = if passed.saturating_sub(awake) > STEP {
            Some(AbsenceReason::Asleep)
        } else if passed > STILL {
            Some(AbsenceReason::Suspended)
        } else {
            None
        };
        Reading { gap, set_by: seconds(wall, expected) }
    }
}

/// How many seconds the wall clock is from where it should be, if that is too much for chance.
fn seconds(wall: Timestamp, expected: Timestamp) -> Option<i64> {
    let by = wall.since(expected).max(expected.since(wall));
    let seconds = i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
    (by > STEP).then_some(if wall < expected { -seconds } else { seconds })
}

/// A clock that nobody can set, and that goes on while the machine sleeps.
#[cfg(unix)]
fn running() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    // On Apple's systems it is the monotonic clock that goes on.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let clock = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let clock = ClockId::Monotonic;
    let time = clock_gettime(clock);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// A clock that nobody can set, and that goes on while the machine sleeps.
#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn running() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    START.elapsed()
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

    /// What a look finds so many milliseconds later by each of the clocks, and how far the session's time has moved.
    fn look(awake: u64, passed: u64, wall: i64) -> (Reading, i64) {
        let (mut clock, _) = Clock::start(None);
        let start = clock.now;
        let wall = Timestamp(clock.wall.0 + wall);
        let reading = clock.classify(Duration::from_millis(awake), Duration::from_millis(passed), wall);
        (reading, clock.now.0 - start.0)
    }

    const STEADY: Reading = Reading { gap: None, set_by: None };

    fn gap(reason: AbsenceReason) -> Reading {
        Reading { gap: Some(reason), ..STEADY }
    }

    fn set(by: i64) -> Reading {
        Reading { set_by: Some(by), ..STEADY }
    }

    #[test]
    fn small_differences_of_the_wall_clock_are_nothing() {
        assert_eq!(look(1000, 1000, 3000), (STEADY, 1000));
        assert_eq!(look(1000, 1000, -2000), (STEADY, 1000));
    }

    #[test]
    fn a_sleeping_machine_is_an_absence_as_long_as_it_slept() {
        assert_eq!(look(500, 3_600_000, 3_600_000), (gap(AbsenceReason::Asleep), 3_600_000));
    }

    #[test]
    fn a_wall_clock_that_is_set_is_noted_and_moves_nothing_in_either_direction() {
        assert_eq!(look(1000, 1000, -59_000), (set(-60), 1000));
        assert_eq!(look(1000, 1000, 3_601_000), (set(3600), 1000), "it is no sleep, and ends no exam");
    }

    #[test]
    fn a_wall_clock_that_is_set_while_the_machine_sleeps_changes_nothing_about_the_sleep() {
        let both = Reading { gap: Some(AbsenceReason::Asleep), set_by: Some(-3600) };
        assert_eq!(look(0, 60_000, -3_540_000), (both, 60_000));
    }

    #[test]
    fn a_program_that_stood_still_was_suspended() {
        assert_eq!(look(60_000, 60_000, 60_000), (gap(AbsenceReason::Suspended), 60_000));
    }

    #[test]
    fn a_start_before_the_last_known_time_is_at_that_time_and_noted() {
        let ahead = system_now() + Duration::from_hours(1);
        let (clock, set_by) = Clock::start(Some(ahead));
        assert_eq!(clock.last_reading(), ahead);
        assert!(set_by.is_some_and(|by| (-3600..-3590).contains(&by)), "{set_by:?}");
        assert_eq!(Clock::start(Some(Timestamp(0))).1, None);
    }
}
