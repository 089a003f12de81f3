//! Second results: what a finished attempt came to by the bank of a later day. They stand beside the result that was
//! given, which nothing replaces: estimates rest on that one alone.

use rusqlite::params;

use super::candidate::OWN;
use super::encoding::json;
use super::{Error, Store, result};
use examroom_core::checksum::Link;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::ScoreSummary;
use examroom_core::time::Timestamp;

/// A second result.
#[derive(Clone, Debug, PartialEq)]
pub struct Regrade {
    /// The attempt.
    pub attempt: AttemptId,
    /// When it was kept.
    pub at: Timestamp,
    /// What the attempt came to by the bank of that time.
    pub score: ScoreSummary,
}

impl Store {
    /// Keeps a second result beside the first and those before it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_regrade(&mut self, regrade: &Regrade) -> Result<(), Error> {
        let body = json(&regrade.score)?;
        let sum = Link::START.then(&[&body]).number();
        let row = params![regrade.attempt.0, regrade.at.0, body, sum];
        self.db.execute(include_str!("sql/regrade-insert.sql"), row)?;
        Ok(())
    }

    /// All second results that can be read, by attempt and time.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn regrades(&self) -> Result<Vec<Regrade>, Error> {
        let mut statement = self.db.prepare(include_str!("sql/regrade-list.sql"))?;
        let rows = statement.query_map([OWN], |row| {
            let (attempt, at) = (AttemptId(row.get(0)?), Timestamp(row.get(3)?));
            // What is damaged says nothing; the first result stands by itself.
            Ok(result::read(row)?.ok().map(|score| Regrade { attempt, at, score }))
        })?;
        Ok(rows.filter_map(Result::transpose).collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::journal::conformance::{RULES, questions};
    use examroom_core::scoring::score;
    use examroom_core::session::{Command, Session};

    #[test]
    fn second_results_are_added_and_the_first_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let mut session = Session::new(questions(2), RULES);
        session.apply(Command::Begin, Timestamp(1)).unwrap();
        session.apply(Command::Submit, Timestamp(2)).unwrap();
        let attempt = store.create(session.form(), RULES, Timestamp(0)).unwrap().id;
        let first = ScoreSummary::of(&session, &score(&session));
        let second = ScoreSummary { new_questions: Some(1), ..first.clone() };
        let kept =
            [(5, &first), (9, &second)].map(|(at, score)| Regrade { attempt, at: Timestamp(at), score: score.clone() });
        for regrade in &kept {
            store.keep_regrade(regrade).unwrap();
        }
        assert_eq!(store.regrades().unwrap(), kept);
    }
}
