//! Takes attempts from records: what was kept elsewhere when the store could not be written, and what another computer
//! wrote.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::attempt::{Batch, StoredAttempt, insert, new_uid};
use super::tally::Tally;
use super::{Error, Store};
use examroom_core::form::Outliner;
use examroom_core::id::AttemptUid;
use examroom_core::journal::{AttemptId, AttemptOrigin, Record, Unsaved};
use examroom_core::session::JournalEntry;
use examroom_core::time::Timestamp;

/// What came of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenIn {
    /// The store had all of it, and perhaps more.
    Known(AttemptId),
    /// The store lacked this much of the attempt, and has it now.
    Continued(AttemptId, Unsaved),
    /// The store had no such attempt, and has it now, with this number.
    New(AttemptId),
    /// The attempt went on otherwise meanwhile; nothing was changed.
    Differs(AttemptId),
    /// A living process writes the attempt; nothing was changed.
    Held(AttemptId),
    /// What the store has of the attempt is damaged; nothing was changed.
    Damaged(AttemptId),
}

impl Store {
    /// Takes in what a record has and the store lacks, durably.
    ///
    /// # Errors
    /// When the store cannot be written; nothing was changed.
    pub fn take_in(&mut self, record: &Record) -> Result<TakenIn, Error> {
        Ok(self.take_in_all(std::slice::from_ref(record))?.pop().unwrap_or(TakenIn::Known(record.attempt)))
    }

    /// Takes in what these records have and the store lacks, durably and all at once. The answer has an outcome for each.
    ///
    /// # Errors
    /// When the store cannot be written; nothing was changed.
    pub fn take_in_all(&mut self, records: &[Record]) -> Result<Vec<TakenIn>, Error> {
        let plans = records.iter().map(|record| self.plan(record)).collect::<Result<Vec<_>, _>>()?;
        let write = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (mut outliner, mut tally) = (Outliner::default(), Tally::default());
        let taken =
            records.iter().zip(plans).map(|(record, plan)| plan.carry_out(record, &write, &mut outliner, &mut tally));
        let taken = taken.collect::<Result<_, _>>()?;
        tally.write(&write)?;
        write.commit()?;
        Ok(taken)
    }

    /// What is to be done with a record. An attempt that is to be continued is held by the time of the answer.
    fn plan(&self, record: &Record) -> Result<Plan, Error> {
        let plan = match self.compare(record) {
            Ok(Plan::Continue { id, .. }) => match self.lock(id) {
                Err(Error::Held(id)) => return Ok(Plan::Leave(TakenIn::Held(id))),
                // Whoever wrote it until now can write no more.
                lock => (self.compare(record), lock?.generation),
            },
            plan => (plan, FIRST_GENERATION),
        };
        match plan {
            (Ok(Plan::Continue { id, first, .. }), generation) => Ok(Plan::Continue { id, first, generation }),
            (Err(Error::Corrupt { attempt, .. } | Error::Unreadable { attempt, .. }), _) => {
                Ok(Plan::Leave(TakenIn::Damaged(attempt)))
            }
            (plan, _) => plan,
        }
    }

    fn compare(&self, record: &Record) -> Result<Plan, Error> {
        let Some((id, stored)) = self.known(record)? else { return Ok(Plan::Add) };
        Ok(if stored.starts_with(&record.entries) {
            Plan::Leave(TakenIn::Known(id))
        } else if record.entries.starts_with(&stored) {
            Plan::Continue { id, first: stored.len(), generation: FIRST_GENERATION }
        } else {
            Plan::Leave(TakenIn::Differs(id))
        })
    }

    /// The attempt that a record is of, with what the store has of it.
    fn known(&self, record: &Record) -> Result<Option<(AttemptId, Vec<JournalEntry>)>, Error> {
        if let Some(origin) = &record.origin {
            let Some(id) = by_uid(&self.db, &origin.uid)? else { return Ok(None) };
            return Ok(Some((id, StoredAttempt::load(&self.db, id)?.entries(&self.db)?)));
        }
        // Its number says who it is only where it has the same form.
        match self.load(record.attempt) {
            Ok(attempt) if attempt.session.form() == &record.form && attempt.session.rules() == record.rules => {
                Ok(Some((record.attempt, attempt.session.journal().to_vec())))
            }
            Ok(_) | Err(Error::NoSuchAttempt(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// What is to be done with a record.
enum Plan {
    Leave(TakenIn),
    /// The attempt has so many of its events.
    Continue {
        id: AttemptId,
        first: usize,
        generation: i64,
    },
    Add,
}

impl Plan {
    fn carry_out(
        self,
        record: &Record,
        to: &Connection,
        outliner: &mut Outliner,
        tally: &mut Tally,
    ) -> Result<TakenIn, Error> {
        match self {
            Self::Leave(taken) => Ok(taken),
            Self::Continue { id, first, generation } => {
                append(to, id, generation, first, record, tally)?;
                Ok(TakenIn::Continued(id, Unsaved::of(record.entries.get(first..).unwrap_or_default())))
            }
            Self::Add => add(record, to, outliner, tally),
        }
    }
}

/// Under its own number if that is free.
fn add(record: &Record, to: &Connection, outliner: &mut Outliner, tally: &mut Tally) -> Result<TakenIn, Error> {
    let began = record.entries.first().map_or(Timestamp(0), |entry| entry.at);
    let origin = match &record.origin {
        Some(origin) => origin.clone(),
        None => AttemptOrigin { uid: new_uid(to)?, created_at: began },
    };
    // A file may name an attempt twice.
    if let Some(id) = by_uid(to, &origin.uid)? {
        return Ok(TakenIn::Known(id));
    }
    let id = if has(to, record.attempt)? { None } else { Some(record.attempt) };
    let id = insert(to, id, origin, &record.form, record.rules, outliner)?;
    append(to, id, FIRST_GENERATION, 0, record, tally)?;
    Ok(TakenIn::New(id))
}

fn append(
    to: &Connection,
    id: AttemptId,
    generation: i64,
    first: usize,
    record: &Record,
    tally: &mut Tally,
) -> Result<(), Error> {
    let entries = record.entries.get(first..).unwrap_or_default();
    let batch = Batch { id, generation, first, entries, alive: Timestamp(i64::MIN), form: &record.form };
    if batch.write(to, tally)? { Ok(()) } else { Err(Error::TakenOver) }
}

/// Of an attempt that nobody has held yet.
const FIRST_GENERATION: i64 = 1;

fn by_uid(db: &Connection, uid: &AttemptUid) -> rusqlite::Result<Option<AttemptId>> {
    let mut statement = db.prepare_cached(include_str!("sql/attempt-by-uid.sql"))?;
    statement.query_row([uid.as_str()], |row| row.get(0).map(AttemptId)).optional()
}

fn has(db: &Connection, id: AttemptId) -> rusqlite::Result<bool> {
    db.prepare_cached(include_str!("sql/attempt-generation.sql"))?.exists([id.0])
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
        assert_eq!(store.take_in(&Record::of(AttemptId(9), &session)).unwrap(), TakenIn::New(AttemptId(9)));
        assert_eq!(store.load(AttemptId(9)).unwrap().session, session);
    }

    #[test]
    fn an_attempt_that_somebody_writes_is_not_touched() {
        let (folder, mut store) = store();
        let attempt = store.create(&form(), RULES, Timestamp(0)).unwrap();
        let (other, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let journal = crate::Writer::start(other).open(store.lock(attempt.id).unwrap(), &attempt);
        assert_eq!(store.take_in(&Record::of(attempt.id, &begun())).unwrap(), TakenIn::Held(attempt.id));
        assert!(journal.flush(Duration::ZERO).is_final());
    }
}
