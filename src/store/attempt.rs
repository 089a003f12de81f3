//! Attempts: made, written to, read back.

use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;

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
    /// The last time that the program was known to be running it.
    pub last_seen: Timestamp,
    /// Who may write: raised by every take-over.
    pub generation: i64,
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
        self.db.execute(
            include_str!("sql/attempt-insert.sql"),
            params![form.exam.as_str(), json(&**form)?, json(&rules)?, now.0],
        )?;
        let id = AttemptId(self.db.last_insert_rowid());
        let session = Session::new(Arc::clone(form), rules);
        Ok(Attempt { id, session, last_seen: now, generation: 1 })
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
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, Timestamp(row.get(2)?), row.get::<_, i64>(3)?))
            })
            .optional()?;
        let (form, rules, last_seen, generation) = row.ok_or(Error::NoSuchAttempt(id))?;
        let form: Form = serde_json::from_str(&form).map_err(unreadable)?;
        let rules: Rules = serde_json::from_str(&rules).map_err(unreadable)?;
        let mut statement = self.db.prepare(include_str!("sql/event-list.sql"))?;
        let bodies = statement.query_map([id.0], |row| row.get::<_, String>(0))?;
        let mut events: Vec<JournalEntry> = Vec::new();
        for body in bodies {
            events.push(serde_json::from_str(&body?).map_err(unreadable)?);
        }
        let session = Session::replay(Arc::new(form), rules, events);
        Ok(Attempt { id, session, last_seen, generation })
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
    /// When nothing could be written.
    pub(super) fn append(&mut self, batches: &[Batch<'_>]) -> Result<Vec<Result<(), Error>>, Error> {
        let write = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let outcomes = batches.iter().map(|batch| batch.write(&write)).collect::<Result<Vec<bool>, Error>>()?;
        write.commit()?;
        Ok(outcomes.into_iter().map(|written| if written { Ok(()) } else { Err(Error::TakenOver) }).collect())
    }

    /// Raises the generation, so that whoever held the attempt before can write no more.
    pub(super) fn raise_generation(&mut self, id: AttemptId) -> Result<i64, Error> {
        Ok(self.db.query_row(include_str!("sql/attempt-take-over.sql"), [id.0], |row| row.get(0))?)
    }
}

/// What is to be written of one attempt.
pub(super) struct Batch<'b> {
    pub id: AttemptId,
    pub generation: i64,
    /// The number of events already there.
    pub first: usize,
    pub entries: &'b [JournalEntry],
    /// When the program was running the attempt, as far as is known.
    pub alive: Option<Timestamp>,
    pub form: &'b Form,
}

impl Batch<'_> {
    /// Writes it into a transaction; false, and nothing written, if another process has taken the attempt over.
    fn write(&self, to: &Transaction<'_>) -> Result<bool, Error> {
        let seen_at = self.entries.last().map(|entry| entry.at).max(self.alive);
        let Some(seen_at) = seen_at else { return Ok(true) };
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
