//! The notices of time left: at 30, 10, 5 and 1 minute, and never in between.

use std::time::Duration;

use super::announcement::time_left;
use examroom_core::time::minutes;

/// Minutes left at which a notice is given, the longest first.
pub const MARKS: [u32; 4] = [30, 10, 5, 1];

/// Below this much time the clock stands out.
pub const LAST_MINUTES: Duration = Duration::from_mins(5);

/// Remembers which notices were given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// The time left when it was last looked at; `None` at the start of a section.
    before: Option<Duration>,
}

impl Notices {
    /// The notice that falls due now, if any: the smallest mark passed since the last look.
    pub fn due(&mut self, left: Duration) -> Option<String> {
        let before = self.before.replace(left)?;
        let passed =
            MARKS.iter().rev().find(|mark| before > minutes(**mark) && left <= minutes(**mark) && !left.is_zero())?;
        Some(time_left(minutes(*passed)))
    }

    /// Forgets, for a new section or after time was added.
    pub fn reset(&mut self) {
        self.before = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_is_noticed_once_and_a_late_look_notices_only_the_nearest() {
        let mut notices = Notices::default();
        let mut look = |seconds| notices.due(Duration::from_secs(seconds));
        assert_eq!(look(1900), None);
        assert_eq!(look(1800).as_deref(), Some("30 minutes left."));
        assert_eq!(look(1799), None);
        assert_eq!(look(200).as_deref(), Some("5 minutes left."));
        assert_eq!(look(60).as_deref(), Some("1 minute left."));
        assert_eq!(look(0), None);
    }

    #[test]
    fn a_section_that_starts_below_a_mark_gives_no_notice_of_it() {
        let mut notices = Notices::default();
        assert_eq!(notices.due(Duration::from_mins(20)), None);
        assert_eq!(notices.due(Duration::from_secs(1100)), None);
    }
}
