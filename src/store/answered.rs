//! How a candidate's last attempts went, question by question: kept as they finish, so that practice after a thousand
//! attempts reads none of them.

use std::sync::Arc;

use rusqlite::{Connection, params};

use super::attempt::StoredAttempt;
use super::candidate::OWN;
use super::form::{restore, text};
use super::tally::Tally;
use super::{Error, Store};
use examroom_core::form::Texts;
use examroom_core::id::{ExamId, ItemId};
use examroom_core::journal::AttemptId;
use examroom_core::session::Session;
use examroom_core::study::LastAnswer;
use examroom_core::time::Timestamp;

impl Store {
    /// How the questions of a home bank went the last time that an attempt with them was finished, in whatever exam.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_answers(&self, home: &ExamId) -> Result<Vec<(ItemId, LastAnswer)>, Error> {
        let mut statement = self.db.prepare_cached(include_str!("sql/answered-list.sql"))?;
        let rows = statement.query_map(params![OWN, home.as_str()], |row| {
            let answer = LastAnswer { at: Timestamp(row.get(1)?), is_right: row.get(2)?, is_flagged: row.get(3)? };
            Ok((ItemId::new(row.get_ref(0)?.as_str()?), answer))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The attempts in which a problem was noted with a question.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn with_problems(&self) -> Result<Vec<AttemptId>, Error> {
        let mut statement = self.db.prepare(include_str!("sql/problem-id-list.sql"))?;
        let ids = statement.query_map([], |row| row.get(0).map(AttemptId))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }
}

/// Notes how every finished attempt went, in a store that has not noted it as they finished. One that cannot be read says
/// nothing.
pub(super) fn convert(db: &Connection) -> Result<(), Error> {
    let ids: Vec<i64> = db
        .prepare(include_str!("sql/finished-id-list.sql"))?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut tally = Tally::default();
    let mut texts = Texts::new(|hash| text(db, hash));
    for id in ids.into_iter().map(AttemptId) {
        let mut session = || -> Result<Session, Error> {
            let stored = StoredAttempt::load(db, id)?;
            let form = restore(&stored.form.outline(id)?, id, &mut texts)?;
            Ok(Session::replay(Arc::new(form), stored.rules()?, stored.entries(db)?))
        };
        match session() {
            Ok(session) => tally.finish(id, &session),
            Err(Error::Corrupt { .. } | Error::Unreadable { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(tally.write(db)?)
}

/// Notes how every finished attempt of a salvaged store went: where the last one with a question was lost or cut short, the
/// one before it tells of the question again.
pub(super) fn tell_again(db: &mut Connection) -> Result<(), Error> {
    let told = db.transaction()?;
    convert(&told)?;
    Ok(told.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempt::Batch;
    use examroom_core::journal::conformance::{RULES, questions};
    use examroom_core::session::Command;

    /// Answers the first of two questions, changes to and fro until its events fill pages, and submits at this time.
    fn long(at: i64) -> Session {
        let mut session = Session::new(questions(2), RULES);
        session.apply(Command::Begin, Timestamp(1)).unwrap();
        for choice in ["a", "b"].into_iter().cycle().take(400) {
            session.apply(Command::Select(choice.into()), Timestamp(2)).unwrap();
        }
        session.apply(Command::Flag, Timestamp(3)).unwrap();
        session.apply(Command::Submit, Timestamp(at)).unwrap();
        session
    }

    /// Answers the first of two questions, flags it if so wished, and submits at this time.
    fn finished(choice: &str, flag: bool, at: i64) -> Session {
        let mut session = Session::new(questions(2), RULES);
        session.apply(Command::Begin, Timestamp(1)).unwrap();
        session.apply(Command::Select(choice.into()), Timestamp(2)).unwrap();
        if flag {
            session.apply(Command::Flag, Timestamp(3)).unwrap();
        }
        session.apply(Command::Submit, Timestamp(at)).unwrap();
        session
    }

    fn sit(store: &mut Store, session: &Session) {
        let form = session.form();
        let id = store.create(form, RULES, Timestamp(0)).unwrap().id;
        let entries = session.journal();
        store.append(&[Batch { id, generation: 1, first: 0, entries, alive: Timestamp(0), form }]).unwrap();
    }

    #[test]
    fn the_attempt_that_was_finished_last_tells_of_each_question_and_a_conversion_finds_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let key = questions(2).questions().next().unwrap().1.item.key[0].clone();
        let wrong = questions(2).questions().next().unwrap().1.order.iter().find(|id| **id != key).unwrap().clone();
        let home = questions(2).home().clone();
        assert!(store.last_answers(&home).unwrap().is_empty());
        for (choice, flag, at) in [(&wrong, true, 50), (&key, false, 90), (&wrong, true, 70)] {
            sit(&mut store, &finished(choice.as_str(), flag, at));
        }
        let answers = store.last_answers(&home).unwrap();
        let last = LastAnswer { at: Timestamp(90), is_right: true, is_flagged: false };
        assert_eq!(answers, [(questions(2).item_ids().next().unwrap().clone(), last)], "the other was not reached");
        store.db.execute_batch("DELETE FROM answered").unwrap();
        convert(&store.db).unwrap();
        assert_eq!(store.last_answers(&home).unwrap(), answers);
        assert!(store.with_problems().unwrap().is_empty());
    }

    #[test]
    fn of_an_attempt_that_damage_cut_short_the_one_before_it_tells() {
        const PAGE: usize = 4096;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(crate::FILE);
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        sit(&mut store, &finished("a", false, 50));
        let home = questions(2).home().clone();
        let before = store.last_answers(&home).unwrap();
        sit(&mut store, &long(90));
        assert_ne!(store.last_answers(&home).unwrap(), before);
        drop(store);
        let bytes = std::fs::read(&path).unwrap();
        let mut cut_short = 0;
        for page in 1..bytes.len() / PAGE {
            let damaged = tempfile::tempdir().unwrap();
            let mut bytes = bytes.clone();
            bytes[page * PAGE..(page + 1) * PAGE].fill(0);
            std::fs::write(damaged.path().join(crate::FILE), bytes).unwrap();
            let (store, recovered) = Store::open_checked(damaged.path(), Timestamp(99)).unwrap();
            let salvaged = recovered.map(|recovered| recovered.salvaged).unwrap_or_default();
            if salvaged.cut_short.iter().any(|(id, _)| *id == AttemptId(2)) && salvaged.whole.contains(&AttemptId(1)) {
                assert_eq!(store.last_answers(&home).unwrap(), before, "page {page}");
                let responses = "SELECT COUNT(*) FROM response WHERE attempt = 2";
                assert_eq!(store.db.query_row(responses, [], |row| row.get::<_, i64>(0)).unwrap(), 0, "page {page}");
                cut_short += 1;
            }
        }
        assert!(cut_short > 0, "no page cuts the attempt short");
    }
}
