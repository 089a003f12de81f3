//! What finished attempts came to: scored once, when they finish.

use std::collections::HashMap;

use rusqlite::{Connection, Row, ToSql, params};

use super::candidate::OWN;
use super::encoding::{json, number};
use super::{Error, Part, Store, Summary};
use examroom_core::checksum::Link;
use examroom_core::form::FormOutline;
use examroom_core::id::{ChoiceId, ExamId};
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{ItemScore, ScoreReport, ScoreSummary, score};
use examroom_core::session::{Confidence, Session};
use examroom_core::statistics::Evidence;

/// An attempt in a history: what it came to, if it is finished, or why that cannot be told.
pub type Entry = (Summary, Result<Option<ScoreSummary>, Error>);

/// A result, or why it cannot be read.
type Found = (AttemptId, Result<ScoreSummary, Error>);

impl Store {
    /// All attempts, the newest first, each with what it came to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history(&self) -> Result<Vec<Entry>, Error> {
        let results = self.results(include_str!("sql/result-list.sql"), params![OWN])?;
        let mut results: HashMap<AttemptId, _> = results.into_iter().collect();
        let entry = |summary: Summary| {
            let result = match results.remove(&summary.id) {
                Some(result) => result.map(Some),
                None if summary.finished_at.is_none() => Ok(None),
                // A result can be lost without the attempt.
                None => self.load(summary.id).map(|attempt| summary_of(&attempt.session)),
            };
            (summary, result)
        };
        Ok(self.list()?.into_iter().map(entry).collect())
    }

    /// What the new questions of all finished attempts at an exam say.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn evidence(&self, exam: &ExamId) -> Result<Evidence, Error> {
        let results = self.results(include_str!("sql/result-list-of-exam.sql"), params![OWN, exam.as_str()])?;
        // What cannot be read says nothing.
        let known = results.into_iter().filter_map(|(_, result)| result.ok());
        Ok(known.fold(Evidence::default(), |sum, result: ScoreSummary| sum.and(result.contribution)))
    }

    fn results(&self, sql: &str, parameters: &[&dyn ToSql]) -> Result<Vec<Found>, Error> {
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, |row| Ok((AttemptId(row.get(0)?), read(row)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// The result in a row that begins with attempt, body and sum.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Result<ScoreSummary, Error>> {
    let attempt = AttemptId(row.get(0)?);
    let (body, sum) = (row.get_ref(1)?.as_str().unwrap_or_default(), row.get::<_, i64>(2)?);
    if Link::START.then(&[body]).number() != sum {
        return Ok(Err(Error::Corrupt { attempt, part: Part::Result }));
    }
    Ok(serde_json::from_str(body).map_err(|source| Error::Unreadable { attempt, source }))
}

fn summary_of(session: &Session) -> Option<ScoreSummary> {
    session.is_finished().then(|| ScoreSummary::of(session, &score(session)))
}

/// Stores what a finished session came to.
pub(super) fn insert(db: &Connection, id: AttemptId, session: &Session, form: &FormOutline) -> Result<(), Error> {
    let report = score(session);
    let body = json(&ScoreSummary::of(session, &report))?;
    let sum = Link::START.then(&[&body]);
    db.prepare_cached(include_str!("sql/result-insert.sql"))?.execute(params![id.0, body, sum.number()])?;
    insert_responses(db, id, &report, form)
}

fn insert_responses(db: &Connection, id: AttemptId, report: &ScoreReport, form: &FormOutline) -> Result<(), Error> {
    let mut insert = db.prepare_cached(include_str!("sql/response-insert.sql"))?;
    for (score, hash) in report.items.iter().zip(form.questions()) {
        insert.execute(params![
            id.0,
            score.item.as_str(),
            hash.to_string(),
            choices(score),
            score.mark.word(),
            score.scored,
            score.time.as_secs_f64(),
            number(score.changes),
            score.seen_before,
            score.confidence.map(Confidence::word),
        ])?;
    }
    Ok(())
}

fn choices(score: &ItemScore) -> String {
    score.picked.iter().map(ChoiceId::as_str).collect::<Vec<_>>().join(" ")
}
