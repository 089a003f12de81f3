//! Takes an attempt from a record: what was kept elsewhere when the store could not be written.

use super::attempt::Batch;
use super::{Error, Store};
use examroom_core::journal::{AttemptId, Record, Unsaved};
use examroom_core::time::Timestamp;

/// What came of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenIn {
    /// The store had all of it.
    Known(AttemptId),
    /// The store lacked this much of the attempt, and has it now.
    Continued(AttemptId, Unsaved),
    /// The store had no such attempt, and has it now, with this number.
    New(AttemptId),
    /// The attempt went on otherwise meanwhile; nothing was changed.
    Differs(AttemptId),
}

impl Store {
    /// Takes in what a record has and the store lacks, durably.
    ///
    /// # Errors
    /// [`Error::Held`] if a living process writes the attempt, or when the store cannot be written.
    pub fn take_in(&mut self, record: &Record) -> Result<TakenIn, Error> {
        let id = record.attempt;
        let known = match self.load(id) {
            Ok(attempt) if attempt.session.form() == &record.form && attempt.session.rules() == record.rules => attempt,
            // Another attempt of that number, from another store or of another time.
            Ok(_) | Err(Error::NoSuchAttempt(_)) => return self.take_in_new(record),
            Err(error) => return Err(error),
        };
        let stored = known.session.journal();
        if stored.starts_with(&record.entries) {
            return Ok(TakenIn::Known(id));
        }
        let Some(rest) = record.entries.strip_prefix(stored) else { return Ok(TakenIn::Differs(id)) };
        // Whoever could not write it, and may still be trying, is told so by the next generation.
        let lock = self.lock(id)?;
        self.append_record(id, lock.generation, stored.len(), record)?;
        Ok(TakenIn::Continued(id, Unsaved::of(rest)))
    }

    fn take_in_new(&mut self, record: &Record) -> Result<TakenIn, Error> {
        let began = record.entries.first().map_or(Timestamp(0), |entry| entry.at);
        let attempt = self.create(&record.form, record.rules, began)?;
        let lock = self.lock(attempt.id)?;
        self.append_record(attempt.id, lock.generation, 0, record)?;
        Ok(TakenIn::New(attempt.id))
    }

    fn append_record(&mut self, id: AttemptId, generation: i64, first: usize, record: &Record) -> Result<(), Error> {
        let entries = record.entries.get(first..).unwrap_or_default();
        let batch = Batch { id, generation, first, entries, alive: Timestamp(0), form: &record.form };
        self.append(&[batch])?.pop().unwrap_or(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::journal::Journal as _;
    use examroom_core::journal::conformance::{RULES, form};
    use examroom_core::session::{Command, Session};
    use std::time::Duration;

    fn begun() -> Session {
        let mut session = Session::new(form(), RULES);
        session.apply(Command::Begin, Timestamp(1000)).unwrap();
        session.apply(Command::Leave, Timestamp(2000)).unwrap();
        session
    }

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        (folder, store)
    }

    #[test]
    fn what_the_store_lacks_is_added_once() {
        let (_folder, mut store) = store();
        let id = store.create(&form(), RULES, Timestamp(0)).unwrap().id;
        let session = begun();
        let record = Record::of(id, &session);
        let unsaved = Unsaved::of(session.journal());
        assert_eq!(store.take_in(&record).unwrap(), TakenIn::Continued(id, unsaved));
        assert_eq!(store.take_in(&record).unwrap(), TakenIn::Known(id));
        assert_eq!(store.load(id).unwrap().session, session);
    }

    #[test]
    fn an_attempt_that_went_on_otherwise_is_left_alone() {
        let (_folder, mut store) = store();
        let id = store.create(&form(), RULES, Timestamp(0)).unwrap().id;
        store.take_in(&Record::of(id, &begun())).unwrap();
        let mut other = Session::new(form(), RULES);
        other.apply(Command::Begin, Timestamp(5000)).unwrap();
        assert_eq!(store.take_in(&Record::of(id, &other)).unwrap(), TakenIn::Differs(id));
        assert_eq!(store.load(id).unwrap().session, begun());
    }

    #[test]
    fn an_attempt_of_a_lost_store_is_new_in_the_next() {
        let (_folder, mut store) = store();
        let session = begun();
        assert_eq!(store.take_in(&Record::of(AttemptId(9), &session)).unwrap(), TakenIn::New(AttemptId(1)));
        assert_eq!(store.load(AttemptId(1)).unwrap().session, session);
    }

    #[test]
    fn an_attempt_that_somebody_writes_is_not_touched() {
        let (folder, mut store) = store();
        let attempt = store.create(&form(), RULES, Timestamp(0)).unwrap();
        let (other, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let journal = crate::Writer::start(other).open(store.lock(attempt.id).unwrap(), &attempt);
        assert!(matches!(store.take_in(&Record::of(attempt.id, &begun())), Err(Error::Held(_))));
        assert!(journal.flush(Duration::ZERO).is_final());
    }
}
