//! How the real exam went: recorded by the candidate, and read back beside the estimates.

use jiff::civil::Date;
use rusqlite::params;
use rusqlite::types::Type;

use super::candidate::OWN;
use super::{Error, Store};
use examroom_core::id::ExamId;
use examroom_core::scoring::Outcome;
use examroom_core::time::Timestamp;

/// A real exam that was sat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealExam {
    /// The exam.
    pub exam: ExamId,
    /// The day on which it was sat.
    pub day: Date,
    /// Whether it was passed.
    pub outcome: Outcome,
}

impl Store {
    /// Records how a real exam went. What was recorded for the same exam and day is replaced.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn record_real_exam(&mut self, real: &RealExam, now: Timestamp) -> Result<(), Error> {
        let row = params![OWN, real.exam.as_str(), real.day.to_string(), real.outcome.word(), now.0];
        self.db.execute(include_str!("sql/real-exam-insert.sql"), row)?;
        Ok(())
    }

    /// All real exams that were recorded, by day.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn real_exams(&self) -> Result<Vec<RealExam>, Error> {
        Ok(self.real_exams_as_recorded()?.into_iter().map(|(real, _)| real).collect())
    }

    /// All real exams, by day, each with when it was recorded.
    pub(super) fn real_exams_as_recorded(&self) -> Result<Vec<(RealExam, Timestamp)>, Error> {
        let mut statement = self.db.prepare(include_str!("sql/real-exam-list.sql"))?;
        let rows = statement.query_map([OWN], |row| {
            let unknown = |column| rusqlite::Error::InvalidColumnType(column, "real_exam".to_owned(), Type::Text);
            let real = RealExam {
                exam: ExamId::new(row.get_ref(0)?.as_str()?),
                day: row.get_ref(1)?.as_str()?.parse().map_err(|_| unknown(1))?,
                outcome: row.get_ref(2)?.as_str()?.parse().map_err(|_| unknown(2))?,
            };
            Ok((real, Timestamp(row.get(3)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_recorded_again_for_a_day_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        assert_eq!(store.real_exams().unwrap(), []);
        let sat = |exam: &str, day, outcome| RealExam { exam: ExamId::new(exam), day, outcome };
        let failed = sat("rhit", date(2026, 11, 24), Outcome::Fail);
        let passed = sat("rhit", date(2027, 2, 1), Outcome::Pass);
        for real in [&passed, &sat("rhit", date(2026, 11, 24), Outcome::Pass), &failed] {
            store.record_real_exam(real, Timestamp(1)).unwrap();
        }
        assert_eq!(store.real_exams().unwrap(), [failed, passed]);
    }
}
