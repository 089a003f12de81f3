//! What a candidate has cleared of practice.

use rusqlite::{OptionalExtension, params};

use super::candidate::OWN;
use super::{Error, Store};
use examroom_core::id::ExamId;
use examroom_core::time::Timestamp;

impl Store {
    /// Notes that the answers up to now to the questions of a home bank no longer count for what is practiced.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn clear_practice(&mut self, home: &ExamId, now: Timestamp) -> Result<(), Error> {
        self.db.execute(include_str!("sql/practice-clear.sql"), params![OWN, home.as_str(), now.0])?;
        Ok(())
    }

    /// Up to when answers no longer count for what is practiced; `None` where nothing was cleared.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn practice_cleared_at(&self, home: &ExamId) -> Result<Option<Timestamp>, Error> {
        let mut statement = self.db.prepare_cached(include_str!("sql/practice-cleared-at.sql"))?;
        let at = statement.query_row(params![OWN, home.as_str()], |row| row.get(0)).optional()?;
        Ok(at.map(Timestamp))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cleared_is_known_by_home_bank_and_never_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let (own, other) = (ExamId::new("x"), ExamId::new("y"));
        assert_eq!(store.practice_cleared_at(&own).unwrap(), None);
        for at in [5, 9, 7] {
            store.clear_practice(&own, Timestamp(at)).unwrap();
        }
        assert_eq!(store.practice_cleared_at(&own).unwrap(), Some(Timestamp(9)));
        assert_eq!(store.practice_cleared_at(&other).unwrap(), None);
    }
}
