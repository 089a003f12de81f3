//! When the whole store was last looked through. That reads every page, which a start has no time for: it is done once a
//! day, and after an end that was not in order.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::connection::Check;
use super::{LOCKS, Store};
use examroom_core::time::Timestamp;

const DAY: Duration = Duration::from_hours(24);

/// What an opening at this time looks at.
pub(super) fn due(folder: &Path, now: Timestamp) -> Check {
    match last(folder) {
        // A later one is of a clock that was wrong.
        Some(last) if last <= now && now.since(last) < DAY => Check::Rows,
        _ => Check::Whole,
    }
}

/// Notes that everything was looked through, and was in order.
pub(super) fn note(folder: &Path, now: Timestamp) {
    // What cannot be noted is only done again.
    let _ = fs::create_dir_all(folder.join(LOCKS)).and_then(|()| fs::write(path(folder), now.0.to_string()));
}

impl Store {
    /// When all pages of the store of a folder were last looked through and found in order.
    #[must_use]
    pub fn last_check(folder: &Path) -> Option<Timestamp> {
        last(folder)
    }
}

fn last(folder: &Path) -> Option<Timestamp> {
    fs::read_to_string(path(folder)).ok()?.parse().ok().map(Timestamp)
}

fn path(folder: &Path) -> PathBuf {
    folder.join(LOCKS).join("checked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_due_once_a_day_and_where_nobody_knows() {
        let folder = tempfile::tempdir().unwrap();
        let at = |hours: i64| Timestamp(hours * 3_600_000);
        assert_eq!(due(folder.path(), at(0)), Check::Whole);
        note(folder.path(), at(10));
        assert_eq!(
            [9, 10, 33, 34].map(|hours| due(folder.path(), at(hours))),
            [Check::Whole, Check::Rows, Check::Rows, Check::Whole]
        );
    }
}
