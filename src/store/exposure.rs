//! What a candidate has seen, counted as it is shown, so that no draw reads the history.

use rusqlite::params;

use super::candidate::OWN;
use super::{Error, Store};
use examroom_core::form::Exposure;
use examroom_core::id::{ExamId, ItemId};

impl Store {
    /// In how many attempts the candidate has seen the questions of a home bank, in whatever exam.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn exposure(&self, home: &ExamId) -> Result<Exposure, Error> {
        let mut statement = self.db.prepare_cached(include_str!("sql/exposure-list.sql"))?;
        let rows = statement.query_map(params![OWN, home.as_str()], |row| {
            Ok((ItemId::new(row.get_ref(0)?.as_str()?), row.get::<_, u32>(1)?))
        })?;
        Ok(Exposure(rows.collect::<rusqlite::Result<_>>()?))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::attempt::Batch;
    use examroom_core::form::{Form, Slot};
    use examroom_core::journal::conformance::{RULES, questions};
    use examroom_core::session::{Event, JournalEntry};
    use examroom_core::time::Timestamp;

    fn show(store: &mut Store, form: &Arc<Form>, slots: &[u32]) {
        let id = store.create(form, RULES, Timestamp(0)).unwrap().id;
        let entry = |slot: &u32| JournalEntry { at: Timestamp(1), event: Event::Showed { slot: Slot(*slot) } };
        let entries: Vec<JournalEntry> = slots.iter().map(entry).collect();
        let batch = Batch { id, generation: 1, first: 0, entries: &entries, alive: Timestamp(0), form };
        store.append(&[batch]).unwrap();
    }

    #[test]
    fn a_question_counts_once_in_an_attempt_and_in_every_exam_that_borrows_it() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let own = questions(3);
        let borrowing = Form { exam: "y".into(), borrowed_from: Some(own.exam.clone()), ..Form::clone(&own) };
        let unrelated = Form { exam: "z".into(), ..Form::clone(&own) };
        show(&mut store, &own, &[0, 1, 0, 9]);
        show(&mut store, &Arc::new(borrowing), &[0]);
        show(&mut store, &Arc::new(unrelated), &[0, 2]);
        let exposure = store.exposure(&own.exam).unwrap();
        let times: Vec<u32> = own.item_ids().map(|item| exposure.times(item)).collect();
        assert_eq!(times, [2, 1, 0]);
    }
}
