//! A sitting whose store was taken away is in memory as a whole, and goes on in the store that is in its place.

use std::sync::Arc;

use super::{AttemptLock, Error, Store};
use examroom_core::form::Form;
use examroom_core::journal::AttemptId;
use examroom_core::session::{JournalEntry, Rules};
use examroom_core::time::Timestamp;

/// Where a sitting goes on.
#[derive(Debug)]
pub(super) struct Settled {
    pub id: AttemptId,
    pub lock: AttemptLock,
    /// The number of its events that this store has.
    pub durable: usize,
}

impl Store {
    /// Makes a place for a sitting, and holds it: in the same attempt where this store has an earlier state of it, such as
    /// a restored copy, else in a new one, under its own number if that is free.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(super) fn settle(
        &mut self,
        id: AttemptId,
        form: &Arc<Form>,
        rules: Rules,
        entries: &[JournalEntry],
    ) -> Result<Settled, Error> {
        let wanted = match self.lock(id) {
            Ok(lock) => {
                if let Some(durable) = self.events_of(id, form, rules, entries) {
                    return Ok(Settled { id, lock, durable });
                }
                None
            }
            Err(Error::NoSuchAttempt(_)) => Some(id),
            // Somebody goes on with a copy of it; what was done here is not theirs.
            Err(Error::Held(_)) => None,
            Err(error) => return Err(error),
        };
        let began = entries.first().map_or(Timestamp(0), |entry| entry.at);
        let id = self.create_as(wanted, form, rules, began)?.id;
        Ok(Settled { id, lock: self.lock(id)?, durable: 0 })
    }

    /// How many events of a sitting an attempt has, if it is that sitting.
    fn events_of(&self, id: AttemptId, form: &Arc<Form>, rules: Rules, entries: &[JournalEntry]) -> Option<usize> {
        let session = self.load(id).ok()?.session;
        let is_it = session.form() == form && session.rules() == rules && entries.starts_with(session.journal());
        is_it.then(|| session.journal().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::journal::conformance::{RULES, form};
    use examroom_core::session::Event;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        (folder, store)
    }

    fn began(at: i64) -> JournalEntry {
        JournalEntry { at: Timestamp(at), event: Event::Began }
    }

    fn settle(store: &mut Store, id: i64) -> (i64, usize) {
        let settled = store.settle(AttemptId(id), &form(), RULES, &[began(1), began(2)]).unwrap();
        (settled.id.0, settled.durable)
    }

    #[test]
    fn in_an_empty_store_it_keeps_its_number() {
        let (_folder, mut store) = store();
        assert_eq!(settle(&mut store, 7), (7, 0));
    }

    #[test]
    fn in_a_restored_copy_it_goes_on_after_what_is_there() {
        let (_folder, mut store) = store();
        let id = store.create(&form(), RULES, Timestamp(0)).unwrap().id;
        assert_eq!(settle(&mut store, id.0), (id.0, 0));
        let generation = store.lock(id).unwrap().generation;
        let entries = [began(1)];
        let batch =
            crate::attempt::Batch { id, generation, first: 0, entries: &entries, alive: Timestamp(0), form: &form() };
        store.append(&[batch]).unwrap();
        assert_eq!(settle(&mut store, id.0), (id.0, 1));
    }

    #[test]
    fn a_form_is_the_same_when_it_is_read_back_whatever_its_ratings() {
        let (_folder, mut store) = store();
        for thirds in 1..300 {
            let form = Arc::new(Form { default_rating: f64::from(thirds) / 300.0, ..Form::clone(&form()) });
            let id = store.create(&form, RULES, Timestamp(0)).unwrap().id;
            assert_eq!(store.settle(id, &form, RULES, &[began(1)]).unwrap().id, id, "{thirds} of 300");
        }
    }

    #[test]
    fn where_its_number_is_another_attempts_or_is_in_use_it_gets_the_next() {
        let (_folder, mut store) = store();
        let id = store.create(&form(), RULES, Timestamp(0)).unwrap().id;
        let held = store.lock(id).unwrap();
        assert_eq!(settle(&mut store, id.0), (id.0 + 1, 0));
        let entries = [began(5)];
        let batch = crate::attempt::Batch {
            id,
            generation: held.generation,
            first: 0,
            entries: &entries,
            alive: Timestamp(0),
            form: &form(),
        };
        store.append(&[batch]).unwrap();
        drop(held);
        assert_eq!(settle(&mut store, id.0), (id.0 + 2, 0));
    }
}
