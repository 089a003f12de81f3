//! Attempts: made, written to, read back.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::candidate::OWN;
use super::encoding::{json, number};
use super::form::{StoredForm, insert_texts, restore, text};
use super::pulse::last_beat;
use super::tally::Tally;
use super::{Error, Part, Store, event, result};
use examroom_core::checksum::Link;
use examroom_core::form::{Form, Outliner, Text, Texts};
use examroom_core::id::{AttemptUid, ExamId};
use examroom_core::journal::{AttemptId, AttemptOrigin};
use examroom_core::session::{AttemptKind, Event, JournalEntry, Rules, Session};
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
    /// What it is to the candidate; `None` where the store holds no such word.
    pub kind: Option<AttemptKind>,
    /// When its form was drawn.
    pub created_at: Timestamp,
    /// When its first event happened; `None` while it has not begun.
    pub began_at: Option<Timestamp>,
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
        let origin = AttemptOrigin { uid: new_uid(&new)?, created_at: now };
        let id = insert(&new, id, origin, form, rules, &mut Outliner::default())?;
        // One that nobody could sit is not made.
        self.open_lock(id)?;
        new.commit()?;
        let session = Session::new(Arc::clone(form), rules);
        Ok(Attempt { id, session, last_seen: now })
    }

    /// Reads an attempt back and replays its journal.
    ///
    /// # Errors
    /// When there is none, or a part of it is damaged or cannot be understood.
    pub fn load(&self, id: AttemptId) -> Result<Attempt, Error> {
        let stored = StoredAttempt::load(&self.db, id)?;
        let mut texts = Texts::new(|hash| text(&self.db, hash));
        let form = restore(&stored.form.outline(id)?, id, &mut texts)?;
        let session = Session::replay(Arc::new(form), stored.rules()?, stored.entries(&self.db)?);
        let last_seen = last_beat(&self.folder, id).map_or(stored.last_seen, |beat| beat.max(stored.last_seen));
        Ok(Attempt { id, session, last_seen })
    }

    /// All attempts, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn list(&self) -> Result<Vec<Summary>, Error> {
        let mut statement = self.db.prepare_cached(include_str!("sql/attempt-list.sql"))?;
        let time = |row: &Row<'_>, column| row.get::<_, Option<i64>>(column).map(|time| time.map(Timestamp));
        let rows = statement.query_map([OWN], |row| {
            Ok(Summary {
                id: AttemptId(row.get(0)?),
                exam: ExamId::new(row.get_ref(1)?.as_str()?),
                kind: row.get_ref(2)?.as_str()?.parse().ok(),
                created_at: Timestamp(row.get(3)?),
                began_at: time(row, 4)?,
                finished_at: time(row, 5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Commits what is to be written of several attempts, durably, in one transaction. The answer has an outcome for each
    /// of them: [`Error::TakenOver`], of which nothing was written, or success.
    ///
    /// # Errors
    /// When nothing could be written, or not to where a later start would find it.
    pub(super) fn append(&mut self, batches: &[Batch<'_>]) -> Result<Vec<Result<(), Error>>, Error> {
        self.watch.check()?;
        let write = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let mut tally = Tally::default();
        let outcomes =
            batches.iter().map(|batch| batch.write(&write, &mut tally)).collect::<Result<Vec<bool>, Error>>()?;
        tally.write(&write)?;
        write.commit()?;
        self.watch.check()?;
        Ok(outcomes.into_iter().map(|written| if written { Ok(()) } else { Err(Error::TakenOver) }).collect())
    }

    /// Raises the generation, so that whoever held the attempt before can write no more.
    pub(super) fn raise_generation(&self, id: AttemptId) -> Result<i64, Error> {
        // A row is returned before its statement is committed, and a commit that fails has to be heard of.
        let raise = self.db.unchecked_transaction()?;
        let raised = raise.query_row(include_str!("sql/attempt-take-over.sql"), [id.0], |row| row.get(0));
        let generation = raised.optional()?.ok_or(Error::NoSuchAttempt(id))?;
        raise.commit()?;
        Ok(generation)
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

/// A random identity.
pub(super) fn new_uid(db: &Connection) -> Result<AttemptUid, Error> {
    let uid: String = db.query_row(include_str!("sql/uid-make.sql"), [], |row| row.get(0))?;
    Ok(AttemptUid::new(&uid))
}

/// What of an attempt never changes, but for its form.
pub(super) struct Description {
    pub uid: AttemptUid,
    pub exam: String,
    pub edition: String,
    pub kind: String,
    pub home: String,
    /// They are known for nothing but statistics, and in no checksum.
    pub bank_checksum: Option<String>,
    pub form_code: Option<String>,
    pub rules: String,
    pub created_at: Timestamp,
}

impl Description {
    fn new(origin: AttemptOrigin, form: &Form, rules: Rules) -> Result<Self, Error> {
        let AttemptOrigin { uid, created_at } = origin;
        Ok(Self {
            uid,
            exam: form.exam.to_string(),
            edition: form.edition.clone(),
            kind: AttemptKind::of(form, rules).to_string(),
            home: form.home().to_string(),
            bank_checksum: form.bank_checksum.clone(),
            form_code: form.code.clone(),
            rules: json(&rules)?,
            created_at,
        })
    }

    /// Where the chain of the attempt's checksums begins.
    fn sum(&self, form: Link) -> Link {
        let (created_at, form) = (self.created_at.0.to_string(), form.number().to_string());
        let texts = [self.uid.as_str(), &self.exam, &self.edition, &self.kind, &self.home, &self.rules];
        Link::START.then(&texts).then(&[&created_at, &form])
    }
}

/// Writes a new attempt with its form and those texts of it that the outliner has met in no other.
pub(super) fn insert(
    db: &Connection,
    id: Option<AttemptId>,
    origin: AttemptOrigin,
    form: &Form,
    rules: Rules,
    outliner: &mut Outliner,
) -> Result<AttemptId, Error> {
    let (outline, texts) = outliner.outline(form).map_err(Error::Unstorable)?;
    let new = Description::new(origin, form, rules)?;
    insert_row(db, id, &new, &StoredForm::of(json(&outline)?), &texts)
}

/// Writes the rows of a new attempt and its form, and the texts of that.
pub(super) fn insert_row(
    db: &Connection,
    id: Option<AttemptId>,
    new: &Description,
    form: &StoredForm,
    texts: &[Text],
) -> Result<AttemptId, Error> {
    db.prepare_cached(include_str!("sql/attempt-insert.sql"))?.execute(params![
        id.map(|id| id.0),
        new.uid.as_str(),
        OWN,
        new.exam,
        new.edition,
        new.kind,
        new.home,
        new.bank_checksum,
        new.form_code,
        new.rules,
        new.created_at.0,
        new.sum(form.sum).number(),
    ])?;
    let id = AttemptId(db.last_insert_rowid());
    form.insert(db, id)?;
    insert_texts(db, texts)?;
    Ok(id)
}

/// An attempt as it is stored, without its events.
pub(super) struct StoredAttempt {
    pub id: AttemptId,
    pub description: Description,
    pub form: StoredForm,
    pub last_seen: Timestamp,
    /// How many events there should be.
    events: usize,
    sum: Link,
}

impl StoredAttempt {
    pub fn load(db: &Connection, id: AttemptId) -> Result<Self, Error> {
        let stored = db
            .prepare_cached(include_str!("sql/attempt-load.sql"))?
            .query_row([id.0], |row| {
                let description = Description {
                    uid: AttemptUid::new(&row.get::<_, String>(0)?),
                    exam: row.get(1)?,
                    edition: row.get(2)?,
                    kind: row.get(3)?,
                    home: row.get(4)?,
                    bank_checksum: None,
                    form_code: None,
                    rules: row.get(5)?,
                    created_at: Timestamp(row.get(6)?),
                };
                let events = usize::try_from(row.get::<_, i64>(8)?).unwrap_or(0);
                Ok((description, Timestamp(row.get(7)?), events, Link::from(row.get::<_, i64>(9)?)))
            })
            .optional()?;
        let (description, last_seen, events, sum) = stored.ok_or(Error::NoSuchAttempt(id))?;
        let form = StoredForm::load(db, id)?;
        if description.sum(form.sum) != sum {
            return Err(Error::Corrupt { attempt: id, part: Part::Description });
        }
        Ok(Self { id, description, form, last_seen, events, sum })
    }

    pub fn rules(&self) -> Result<Rules, Error> {
        serde_json::from_str(&self.description.rules).map_err(|source| Error::Unreadable { attempt: self.id, source })
    }

    pub fn entries(&self, db: &Connection) -> Result<Vec<JournalEntry>, Error> {
        event::list(db, self.id, self.sum, self.events)
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
    pub form: &'b Arc<Form>,
}

impl Batch<'_> {
    /// Writes it into a transaction; false, and nothing written, if another process has taken the attempt over. What it
    /// comes to for the whole bank goes into the tally, which is to be written in the same transaction.
    pub(super) fn write(&self, to: &Connection, tally: &mut Tally) -> Result<bool, Error> {
        let seen_at = self.entries.last().map_or(self.alive, |entry| entry.at.max(self.alive));
        let touched = to.prepare_cached(include_str!("sql/attempt-touch.sql"))?.execute(params![
            self.id.0,
            self.generation,
            seen_at.0,
            number(self.first + self.entries.len()),
        ])?;
        if touched == 0 {
            return Ok(false);
        }
        self.write_events(to, tally)?;
        Ok(true)
    }

    /// Writes the events and what follows from them.
    pub(super) fn write_events(&self, to: &Connection, tally: &mut Tally) -> Result<(), Error> {
        event::append(to, self.id, self.first, self.entries)?;
        for entry in self.entries {
            let now = params![self.id.0, entry.at.0];
            match &entry.event {
                Event::Began => drop(to.prepare_cached(include_str!("sql/attempt-begin.sql"))?.execute(now)?),
                Event::Showed { slot } => tally.show(to, self.id, self.form, *slot)?,
                Event::Finished { .. } => {
                    to.prepare_cached(include_str!("sql/attempt-finish.sql"))?.execute(now)?;
                    match self.write_result(to, tally) {
                        // The events are worth more than what they came to, which can be told later.
                        Err(Error::Corrupt { .. } | Error::Unreadable { .. }) => {}
                        written => written?,
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn write_result(&self, to: &Connection, tally: &mut Tally) -> Result<(), Error> {
        let stored = StoredAttempt::load(to, self.id)?;
        let entries = if self.first == 0 { self.entries.to_vec() } else { stored.entries(to)? };
        let session = Session::replay(Arc::clone(self.form), stored.rules()?, entries);
        if !session.is_finished() {
            return Ok(());
        }
        tally.finish(self.id, &session);
        result::insert(to, self.id, &session, &stored.form.outline(self.id)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FILE;
    use examroom_core::form::FormPart;
    use examroom_core::journal::conformance::{RULES, questions};
    use rusqlite::StatementStatus::{FullscanStep, VmStep};
    use tempfile::TempDir;

    /// A store of so many attempts of two questions, each left after its first answer.
    fn store(attempts: usize) -> (TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        // What is asked here is not whether it lasts.
        store.db.pragma_update(None, "synchronous", "OFF").unwrap();
        for _ in 0..attempts {
            let id = store.create(&questions(2), RULES, Timestamp(0)).unwrap().id;
            append(&mut store, id, 0, &session().journal()[..4]);
        }
        (folder, store)
    }

    fn session() -> Session {
        use examroom_core::session::Command;
        let mut session = Session::new(questions(2), RULES);
        session.apply(Command::Begin, Timestamp(1)).unwrap();
        session.apply(Command::Select("a".into()), Timestamp(2)).unwrap();
        session.apply(Command::Submit, Timestamp(3)).unwrap();
        session
    }

    fn append(store: &mut Store, id: AttemptId, first: usize, entries: &[JournalEntry]) {
        let batch = Batch { id, generation: 1, first, entries, alive: Timestamp(0), form: &questions(2) };
        store.append(&[batch]).unwrap().pop().unwrap().unwrap();
    }

    const ANSWER: [&str; 5] = [
        include_str!("sql/attempt-touch.sql"),
        include_str!("sql/event-sum.sql"),
        include_str!("sql/event-insert.sql"),
        include_str!("sql/seen-insert.sql"),
        include_str!("sql/exposure-add.sql"),
    ];

    /// What the statements of a new attempt's events do.
    fn work(attempts: usize) -> Vec<(i32, i32)> {
        let (_folder, mut store) = store(attempts);
        let id = store.create(&questions(2), RULES, Timestamp(0)).unwrap().id;
        let session = session();
        append(&mut store, id, 0, &session.journal()[..1]);
        for sql in ANSWER {
            let statement = store.db.prepare_cached(sql).unwrap();
            statement.reset_status(VmStep);
            statement.reset_status(FullscanStep);
        }
        append(&mut store, id, 1, &session.journal()[1..4]);
        let status = |sql: &str| {
            let statement = store.db.prepare_cached(sql).unwrap();
            (statement.get_status(VmStep), statement.get_status(FullscanStep))
        };
        ANSWER.map(status).to_vec()
    }

    #[test]
    fn an_answer_costs_the_same_however_long_the_history_is() {
        let few = work(3);
        assert!(few.iter().all(|(steps, scans)| *steps > 0 && *scans == 0), "{few:?}");
        assert_eq!(work(300), few);
    }

    #[test]
    fn a_part_that_was_changed_or_lost_is_named() {
        let cases = [
            ("UPDATE event SET body = replace(body, '\"a\"', '\"b\"')", Part::Event(4)),
            ("UPDATE event SET at = at + 1 WHERE seq = 1", Part::Event(2)),
            ("DELETE FROM event WHERE seq = 2", Part::Event(3)),
            ("DELETE FROM event WHERE seq = 3", Part::Event(4)),
            ("UPDATE event SET seq = 9 - seq", Part::Event(1)),
            ("UPDATE attempt SET rules = replace(rules, 'ordinary', 'double')", Part::Description),
            ("UPDATE form SET body = replace(body, 'true', 'false')", Part::Form),
            ("DELETE FROM form", Part::Form),
            ("UPDATE text SET body = replace(body, 'Which', 'What')", Part::Text(FormPart::Question(1))),
            ("DELETE FROM text", Part::Text(FormPart::Question(1))),
        ];
        for (damage, wanted) in cases {
            let (_folder, store) = store(1);
            assert!(store.load(AttemptId(1)).is_ok());
            assert!(store.db.execute(damage, []).unwrap() > 0, "{damage}");
            match store.load(AttemptId(1)) {
                Err(Error::Corrupt { part, .. }) => assert_eq!(part, wanted, "{damage}"),
                other => panic!("{damage}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_result_is_stored_at_the_finish_and_told_again_where_it_is_lost() {
        let (_folder, mut store) = store(1);
        let session = session();
        append(&mut store, AttemptId(1), 4, &session.journal()[4..]);
        let told = |store: &Store| store.history().unwrap().pop().unwrap().1.unwrap().unwrap();
        let result = told(&store);
        assert_eq!(result.raw, examroom_core::scoring::score(&session).raw);
        let responses: i64 = store.db.query_row("SELECT COUNT(*) FROM response", [], |row| row.get(0)).unwrap();
        assert_eq!(responses, 2);
        store.db.execute("DELETE FROM result", []).unwrap();
        assert_eq!(told(&store), result);
    }

    #[test]
    fn a_form_that_was_damaged_meanwhile_keeps_no_event_from_being_saved() {
        let (_folder, mut store) = store(1);
        store.db.execute("UPDATE form SET body = replace(body, 'true', 'false')", []).unwrap();
        append(&mut store, AttemptId(1), 4, &session().journal()[4..]);
        let events: i64 = store.db.query_row("SELECT COUNT(*) FROM event", [], |row| row.get(0)).unwrap();
        assert_eq!(events, number(session().journal().len()));
        assert!(store.list().unwrap()[0].finished_at.is_some());
    }

    #[test]
    fn a_text_is_stored_once_however_many_forms_have_it() {
        let count = |store: &Store| store.db.query_row("SELECT COUNT(*) FROM text", [], |row| row.get::<_, i64>(0));
        let (folder, one) = store(1);
        assert!(folder.path().join(FILE).exists());
        let (_folder, ten) = store(10);
        assert_eq!(count(&one).unwrap(), count(&ten).unwrap());
    }
}
