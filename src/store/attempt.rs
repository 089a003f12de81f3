//! Attempts: made, written to, read back.

use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;

use super::pulse::last_beat;
use super::{Error, Store};
use examroom_core::form::{Exposure, Form};
use examroom_core::id::{ExamId, ItemId};
use examroom_core::journal::AttemptId;
use examroom_core::session::{Event, JournalEntry, Rules, Session};
use examroom_core::time::Timestamp;

/// A stored attempt.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Its number.
    pub id: AttemptId,
    /// The session, replayed from the journal.
    pub session: Session,
    /// Up to when its time is spent: the last time that the program was known to be running it.
    pub last_seen: Timestamp,
}

/// A line of the list of attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its number.
    pub id: AttemptId,
    /// The exam that is sat.
    pub exam: ExamId,
    /// When its form was drawn.
    pub created_at: Timestamp,
    /// When it ended; `None` while it is under way or has not begun.
    pub finished_at: Option<Timestamp>,
}

impl Store {
    /// Stores a new attempt, before anything has happened in it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(&mut self, form: &Arc<Form>, rules: Rules, now: Timestamp) -> Result<Attempt, Error> {
        self.create_as(None, form, rules, now)
    }

    /// Stores a new attempt under this number, or the next that is free.
    pub(super) fn create_as(
        &mut self,
        id: Option<AttemptId>,
        form: &Arc<Form>,
        rules: Rules,
        now: Timestamp,
    ) -> Result<Attempt, Error> {
        let new = self.db.unchecked_transaction()?;
        new.execute(
            include_str!("sql/attempt-insert.sql"),
            params![id.map(|id| id.0), form.exam.as_str(), json(&**form)?, json(&rules)?, now.0],
        )?;
        let id = AttemptId(new.last_insert_rowid());
        // One that nobody could sit is not made.
        self.open_lock(id)?;
        new.commit()?;
        let session = Session::new(Arc::clone(form), rules);
        Ok(Attempt { id, session, last_seen: now })
    }

    /// Reads an attempt back and replays its journal.
    ///
    /// # Errors
    /// When there is none, or it cannot be understood.
    pub fn load(&self, id: AttemptId) -> Result<Attempt, Error> {
        let unreadable = |source| Error::Unreadable { attempt: id, source };
        let row = self
            .db
            .query_row(include_str!("sql/attempt-load.sql"), [id.0], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, Timestamp(row.get(2)?)))
            })
            .optional()?;
        let (form, rules, last_seen) = row.ok_or(Error::NoSuchAttempt(id))?;
        let form: Form = serde_json::from_str(&form).map_err(unreadable)?;
        let rules: Rules = serde_json::from_str(&rules).map_err(unreadable)?;
        let mut statement = self.db.prepare(include_str!("sql/event-list.sql"))?;
        let bodies = statement.query_map([id.0], |row| row.get::<_, String>(0))?;
        let mut events: Vec<JournalEntry> = Vec::new();
        for body in bodies {
            events.push(serde_json::from_str(&body?).map_err(unreadable)?);
        }
        let session = Session::replay(Arc::new(form), rules, events);
        let last_seen = last_beat(&self.folder, id).map_or(last_seen, |beat| beat.max(last_seen));
        Ok(Attempt { id, session, last_seen })
    }

    /// All attempts, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn list(&self) -> Result<Vec<Summary>, Error> {
        let mut statement = self.db.prepare(include_str!("sql/attempt-list.sql"))?;
        let rows = statement.query_map([], |row| {
            Ok(Summary {
                id: AttemptId(row.get(0)?),
                exam: ExamId::new(&row.get::<_, String>(1)?),
                created_at: Timestamp(row.get(2)?),
                finished_at: row.get::<_, Option<i64>>(3)?.map(Timestamp),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How often the questions of an exam have been seen, over all attempts.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn exposure(&self, exam: &ExamId) -> Result<Exposure, Error> {
        let mut statement = self.db.prepare(include_str!("sql/seen-count.sql"))?;
        let rows = statement
            .query_map([exam.as_str()], |row| Ok((ItemId::new(&row.get::<_, String>(0)?), row.get::<_, u32>(1)?)))?;
        Ok(Exposure(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// Commits what is to be written of several attempts, durably, in one transaction. The answer has an outcome for each
    /// of them: [`Error::TakenOver`], of which nothing was written, or success.
    ///
    /// # Errors
    /// When nothing could be written, or not to where a later start would find it.
    pub(super) fn append(&mut self, batches: &[Batch<'_>]) -> Result<Vec<Result<(), Error>>, Error> {
        self.watch.check()?;
        let write = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let outcomes = batches.iter().map(|batch| batch.write(&write)).collect::<Result<Vec<bool>, Error>>()?;
        write.commit()?;
        self.watch.check()?;
        Ok(outcomes.into_iter().map(|written| if written { Ok(()) } else { Err(Error::TakenOver) }).collect())
    }

    /// Raises the generation, so that whoever held the attempt before can write no more.
    pub(super) fn raise_generation(&self, id: AttemptId) -> Result<i64, Error> {
        let raised = self.db.query_row(include_str!("sql/attempt-take-over.sql"), [id.0], |row| row.get(0));
        raised.optional()?.ok_or(Error::NoSuchAttempt(id))
    }

    /// Whether this generation of an attempt may still write, as far as the store can be asked.
    pub(super) fn may_write(&self, id: AttemptId, generation: i64) -> bool {
        let present = self.db.query_row(include_str!("sql/attempt-generation.sql"), [id.0], |row| row.get::<_, i64>(0));
        present.map_or(true, |present| present == generation)
    }

    /// Moves what was committed from the journal into the file, so that little rests in the journal alone.
    pub(super) fn checkpoint(&self) {
        // What cannot be moved now is moved by a later one.
        let _ = self.db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}

/// What is to be written of one attempt.
pub(super) struct Batch<'b> {
    pub id: AttemptId,
    pub generation: i64,
    /// The number of events already there.
    pub first: usize,
    pub entries: &'b [JournalEntry],
    /// When the program was last known to be running the attempt.
    pub alive: Timestamp,
    pub form: &'b Form,
}

impl Batch<'_> {
    /// Writes it into a transaction; false, and nothing written, if another process has taken the attempt over.
    fn write(&self, to: &Transaction<'_>) -> Result<bool, Error> {
        let seen_at = self.entries.last().map_or(self.alive, |entry| entry.at.max(self.alive));
        let touched = to.prepare_cached(include_str!("sql/attempt-touch.sql"))?.execute(params![
            self.id.0,
            self.generation,
            seen_at.0
        ])?;
        if touched == 0 {
            return Ok(false);
        }
        for (seq, entry) in (self.first..).zip(self.entries) {
            let seq = i64::try_from(seq).unwrap_or(i64::MAX);
            let event = params![self.id.0, seq, entry.at.0, json(entry)?];
            to.prepare_cached(include_str!("sql/event-insert.sql"))?.execute(event)?;
            match &entry.event {
                Event::Showed { slot } => {
                    if let Some(question) = self.form.question(*slot) {
                        to.prepare_cached(include_str!("sql/seen-insert.sql"))?
                            .execute(params![self.id.0, question.item.id.as_str()])?;
                    }
                }
                Event::Finished { .. } => {
                    to.execute(include_str!("sql/attempt-finish.sql"), params![self.id.0, entry.at.0])?;
                }
                _ => {}
            }
        }
        Ok(true)
    }
}

/// A value as it is stored.
fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::Unstorable)
}
