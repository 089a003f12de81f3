//! From version 1, which kept each form whole in its attempt's row, and no results.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, params};

use crate::Error;
use crate::attempt::{Batch, Description, insert, insert_row};
use crate::encoding::number;
use crate::form::StoredForm;
use crate::tally::Tally;
use examroom_core::checksum::{Checksum, Link};
use examroom_core::form::{Background, Exposure, Form, Origin, Outliner};
use examroom_core::id::{AttemptUid, ExamId};
use examroom_core::journal::{AttemptId, AttemptOrigin};
use examroom_core::scoring::{ScoreSummary, score};
use examroom_core::session::{JournalEntry, Rules, Session};
use examroom_core::statistics::Evidence;
use examroom_core::time::Timestamp;

/// The exams that borrowed their questions while version 1 was written, which did not note it.
const BORROWERS: [(&str, &str); 2] = [("rhit-2023", "rhit"), ("ods", "ctr")];

/// An attempt's row.
struct Old {
    id: AttemptId,
    exam: String,
    form: String,
    rules: String,
    created_at: Timestamp,
    last_seen: Timestamp,
    generation: i64,
    finished_at: Option<i64>,
}

/// Converts every attempt. One that cannot be understood is taken as it is: no attempt keeps another from its new store.
pub(super) fn convert(db: &Connection) -> Result<(), Error> {
    let ids: Vec<i64> = db
        .prepare(include_str!("../sql/from-1-id-list.sql"))?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut conversion = Conversion::default();
    for id in ids {
        let old = old(db, id)?;
        let bodies: Vec<String> = db
            .prepare_cached(include_str!("../sql/from-1-event-list.sql"))?
            .query_map([id], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        match understood(&old, &bodies) {
            Ok((form, rules, entries)) => conversion.attempt(db, &old, form, rules, &entries)?,
            Err(_) => as_it_is(db, &old, &bodies)?,
        }
        let kept = params![id, old.last_seen.0, old.generation, old.finished_at];
        db.execute(include_str!("../sql/from-1-attempt-keep.sql"), kept)?;
    }
    Ok(db.execute_batch(include_str!("../sql/from-1-drop.sql"))?)
}

fn old(db: &Connection, id: i64) -> rusqlite::Result<Old> {
    db.query_row(include_str!("../sql/from-1-load.sql"), [id], |row| {
        Ok(Old {
            id: AttemptId(id),
            exam: row.get(0)?,
            form: row.get(1)?,
            rules: row.get(2)?,
            created_at: Timestamp(row.get(3)?),
            last_seen: Timestamp(row.get(4)?),
            generation: row.get(5)?,
            finished_at: row.get(6)?,
        })
    })
}

fn understood(old: &Old, bodies: &[String]) -> Result<(Form, Rules, Vec<JournalEntry>), serde_json::Error> {
    let entries = bodies.iter().map(|body| serde_json::from_str(body)).collect::<Result<_, _>>()?;
    Ok((serde_json::from_str(&old.form)?, serde_json::from_str(&old.rules)?, entries))
}

/// The same identity wherever a copy of the store is converted.
fn uid(old: &Old) -> AttemptUid {
    let origin = format!("{} {} {}", old.id, old.created_at.0, old.form);
    AttemptUid::new(&Checksum::of(origin.as_bytes()).short())
}

/// What the conversion must remember of the attempts before.
#[derive(Default)]
struct Conversion {
    outliner: Outliner,
    past: HashMap<ExamId, (Exposure, Evidence)>,
}

impl Conversion {
    fn attempt(
        &mut self,
        db: &Connection,
        old: &Old,
        mut form: Form,
        rules: Rules,
        entries: &[JournalEntry],
    ) -> Result<(), Error> {
        let lender = BORROWERS.iter().find(|(borrower, _)| form.exam.as_str() == *borrower);
        form.borrowed_from = lender.map(|(_, lender)| ExamId::new(lender));
        let (exposure, evidence) = self.past.entry(form.exam.clone()).or_default();
        if form.background.is_none() {
            let known = Background::new(Origin::Reconstructed, &form, exposure);
            form.background = Some(Background { earlier: *evidence, ..known });
        }
        let form = Arc::new(form);
        let origin = AttemptOrigin { uid: uid(old), created_at: old.created_at };
        let id = insert(db, Some(old.id), origin, &form, rules, &mut self.outliner)?;
        let mut tally = Tally::default();
        Batch { id, generation: 1, first: 0, entries, alive: Timestamp(0), form: &form }
            .write_events(db, &mut tally)?;
        tally.write_shown(db)?;
        db.execute(include_str!("../sql/attempt-touch.sql"), params![id.0, 1, 0, number(entries.len())])?;
        let session = Session::replay(Arc::clone(&form), rules, entries.iter().cloned());
        for (_, question) in form.questions().filter(|(slot, _)| session.item_state(*slot).is_seen()) {
            *exposure.0.entry(question.item.id.clone()).or_default() += 1;
        }
        if session.is_finished() {
            *evidence = evidence.and(ScoreSummary::of(&session, &score(&session)).contribution);
        }
        Ok(())
    }
}

/// Takes an attempt whose parts cannot be understood: whoever reads it is told why.
fn as_it_is(db: &Connection, old: &Old, bodies: &[String]) -> Result<(), Error> {
    let new = Description {
        uid: uid(old),
        exam: old.exam.clone(),
        edition: String::new(),
        kind: String::new(),
        home: old.exam.clone(),
        bank_checksum: None,
        form_code: None,
        rules: old.rules.clone(),
        created_at: old.created_at,
    };
    let form = StoredForm::of(old.form.clone());
    insert_row(db, Some(old.id), &new, &form, &[])?;
    let mut sum =
        Link::from(db.query_row(include_str!("../sql/attempt-sum.sql"), [old.id.0], |row| row.get::<_, i64>(0))?);
    for (seq, body) in bodies.iter().enumerate() {
        sum = sum.then(&[&old.created_at.0.to_string(), body]);
        let event = params![old.id.0, number(seq), old.created_at.0, body, sum.number()];
        db.execute(include_str!("../sql/event-insert.sql"), event)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::{Check, connect_at};
    use crate::encoding::json;
    use crate::{FILE, Store};
    use examroom_core::journal::conformance::{RULES, questions};
    use examroom_core::session::Command;

    /// A store of version 1 with these attempts, each a form and its events.
    fn first_version(attempts: &[(String, Vec<String>)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let db = connect_at(&folder.path().join(FILE), 1, Check::Rows).unwrap();
        let insert = "INSERT INTO attempt (exam, form, rules, created_at, last_seen_at, generation, finished_at)
                      VALUES ('x', ?1, ?2, 5, 77, 3, NULL)";
        for (form, events) in attempts {
            db.execute(insert, params![form, json(&RULES).unwrap()]).unwrap();
            let id = db.last_insert_rowid();
            for (seq, body) in events.iter().enumerate() {
                let event = params![id, number(seq), body];
                db.execute("INSERT INTO event (attempt, seq, at, body) VALUES (?1, ?2, 0, ?3)", event).unwrap();
            }
        }
        folder
    }

    fn finished() -> Session {
        let mut session = Session::new(questions(2), RULES);
        session.apply(Command::Begin, Timestamp(10)).unwrap();
        session.apply(Command::Select("a".into()), Timestamp(20)).unwrap();
        session.apply(Command::Submit, Timestamp(30)).unwrap();
        session
    }

    fn bodies(session: &Session) -> Vec<String> {
        session.journal().iter().map(|entry| json(entry).unwrap()).collect()
    }

    fn open(folder: &tempfile::TempDir) -> Store {
        Store::open(folder.path(), Timestamp(0)).unwrap().0
    }

    #[test]
    fn an_attempt_keeps_its_journal_and_learns_what_was_seen_before_it() {
        let session = finished();
        let form = json(&**session.form()).unwrap();
        let folder = first_version(&[(form.clone(), bodies(&session)), (form, bodies(&session))]);
        let store = open(&folder);
        for (id, seen) in [(1, 0), (2, 1)] {
            let attempt = store.load(AttemptId(id)).unwrap();
            assert_eq!(attempt.session.journal(), session.journal());
            assert_eq!(attempt.last_seen, Timestamp(77));
            let background = attempt.session.form().background.clone().unwrap();
            assert_eq!((background.origin, background.seen.len()), (Origin::Reconstructed, seen));
        }
        assert_eq!(store.exposure(&"x".into()).unwrap().times(&"q1".into()), 2);
        assert!(store.history().unwrap().iter().all(|(_, result)| matches!(result, Ok(Some(_)))));
    }

    #[test]
    fn one_that_cannot_be_understood_is_kept_and_keeps_no_other_from_the_new_store() {
        let session = finished();
        let form = json(&**session.form()).unwrap();
        let strange = vec![r#"{"at":1,"event":"from-the-future"}"#.to_owned()];
        let attempts = [("{}".to_owned(), bodies(&session)), (form.clone(), strange), (form, bodies(&session))];
        let store = open(&first_version(&attempts));
        for id in [1, 2] {
            assert!(matches!(store.load(AttemptId(id)), Err(Error::Unreadable { .. })), "{id}");
        }
        assert_eq!(store.load(AttemptId(3)).unwrap().session.journal(), session.journal());
        let events: i64 = store.db.query_row("SELECT COUNT(*) FROM event", [], |row| row.get(0)).unwrap();
        assert_eq!(events, 2 * i64::try_from(session.journal().len()).unwrap() + 1);
    }
}
