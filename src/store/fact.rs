//! What a candidate noted beside the attempts, carried to another data folder and taken in there.

use rusqlite::{TransactionBehavior, params};

use super::candidate::OWN;
use super::{Error, Store};
use examroom_core::id::ExamId;
use examroom_core::journal::Fact;
use examroom_core::scoring::Outcome;
use examroom_core::time::Timestamp;

impl Store {
    /// Everything that the candidate noted beside the attempts.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn facts(&self) -> Result<Vec<Fact>, Error> {
        let mut facts = Vec::new();
        for (real, recorded_at) in self.real_exams_as_recorded()? {
            let passed = real.outcome == Outcome::Pass;
            facts.push(Fact::RealExam { exam: real.exam, day: real.day, passed, recorded_at });
        }
        let mut statement = self.db.prepare(include_str!("sql/practice-cleared-list.sql"))?;
        let rows = statement.query_map([OWN], |row| {
            Ok(Fact::PracticeCleared { home: ExamId::new(row.get_ref(0)?.as_str()?), at: Timestamp(row.get(1)?) })
        })?;
        for fact in rows {
            facts.push(fact?);
        }
        Ok(facts)
    }

    /// Takes in what was noted in another data folder. What was noted later, there or here, holds. Those that changed
    /// something here.
    ///
    /// # Errors
    /// When the store cannot be written; nothing was changed.
    pub fn take_in_facts<'f>(&mut self, facts: &'f [Fact]) -> Result<Vec<&'f Fact>, Error> {
        let write = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut new = Vec::new();
        for fact in facts {
            let changed = match fact {
                Fact::RealExam { exam, day, passed, recorded_at } => {
                    let outcome = if *passed { Outcome::Pass } else { Outcome::Fail };
                    let row = params![OWN, exam.as_str(), day.to_string(), outcome.word(), recorded_at.0];
                    write.execute(include_str!("sql/real-exam-take-in.sql"), row)?
                }
                Fact::PracticeCleared { home, at } => {
                    write.execute(include_str!("sql/practice-clear.sql"), params![OWN, home.as_str(), at.0])?
                }
            };
            if changed > 0 {
                new.push(fact);
            }
        }
        write.commit()?;
        Ok(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RealExam;
    use jiff::civil::date;

    #[test]
    fn what_was_noted_later_holds_whichever_way_it_is_carried_and_twice_changes_nothing() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let open = |folder: &tempfile::TempDir| Store::open(folder.path(), Timestamp(0)).unwrap().0;
        let (mut here, mut there) = (open(&here), open(&there));
        let sat = |outcome| RealExam { exam: ExamId::new("x"), day: date(2026, 11, 24), outcome };
        here.record_real_exam(&sat(Outcome::Fail), Timestamp(5)).unwrap();
        there.record_real_exam(&sat(Outcome::Pass), Timestamp(9)).unwrap();
        here.clear_practice(&ExamId::new("x"), Timestamp(7)).unwrap();

        let later = there.facts().unwrap();
        assert_eq!(here.take_in_facts(&later).unwrap().len(), 1);
        assert!(here.take_in_facts(&later).unwrap().is_empty());
        assert_eq!(here.real_exams().unwrap(), [sat(Outcome::Pass)]);
        let both = here.facts().unwrap();
        assert_eq!(
            there.take_in_facts(&both).unwrap(),
            [&Fact::PracticeCleared { home: "x".into(), at: Timestamp(7) }]
        );
        assert_eq!(there.facts().unwrap(), both);
    }
}
