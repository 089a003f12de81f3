//! A journal that keeps nothing beyond the process: for tests, and for sessions that nobody wants to keep.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Journal, Saved};
use crate::session::JournalEntry;
use crate::time::Timestamp;

/// Where a [`MemoryJournal`] keeps its events. It can be made to refuse them, as a disk does.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    entries: Vec<JournalEntry>,
    waiting: Vec<JournalEntry>,
    trouble: Option<String>,
    taken_over: bool,
}

impl State {
    fn write(&mut self) {
        if self.trouble.is_none() && !self.taken_over {
            self.entries.append(&mut self.waiting);
        }
    }
}

impl MemoryStore {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The events that are kept.
    #[must_use]
    pub fn entries(&self) -> Vec<JournalEntry> {
        self.state().entries.clone()
    }

    /// Refuses every write from now on, for this reason.
    pub fn fail(&self, why: &str) {
        self.state().trouble = Some(why.to_owned());
    }

    /// Takes writes again, first those that were refused.
    pub fn mend(&self) {
        let mut state = self.state();
        state.trouble = None;
        state.write();
    }

    /// Gives the attempt to somebody else.
    pub fn take_over(&self) {
        self.state().taken_over = true;
    }

    /// A journal that continues after what is kept.
    #[must_use]
    pub fn journal(&self) -> MemoryJournal {
        MemoryJournal { store: self.clone() }
    }
}

/// A journal in memory.
#[derive(Debug)]
pub struct MemoryJournal {
    store: MemoryStore,
}

impl Journal for MemoryJournal {
    fn append(&mut self, events: Vec<JournalEntry>) {
        let mut state = self.store.state();
        state.waiting.extend(events);
        state.write();
    }

    fn heartbeat(&mut self, _: Timestamp) {}

    fn saved(&self) -> Saved {
        let state = self.store.state();
        match &state.trouble {
            _ if state.taken_over => Saved::TakenOver,
            Some(why) if !state.waiting.is_empty() => Saved::No { why: why.clone() },
            _ => Saved::Yes,
        }
    }

    fn durable(&self) -> usize {
        self.store.state().entries.len()
    }

    fn wait(&self, _: Duration) -> Saved {
        self.saved()
    }

    fn flush(&self, _: Duration) -> Saved {
        self.saved()
    }

    fn close(self: Box<Self>) {
        self.store.state().waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::conformance::{self, Backend};

    struct Memory(MemoryStore);

    impl Backend for Memory {
        fn open(&mut self) -> Box<dyn Journal> {
            Box::new(self.0.journal())
        }

        fn kept(&mut self) -> Vec<JournalEntry> {
            self.0.entries()
        }

        fn fail(&mut self, why: &str) {
            self.0.fail(why);
        }

        fn mend(&mut self) {
            self.0.mend();
        }

        fn take_over(&mut self) {
            self.0.take_over();
        }
    }

    #[test]
    fn it_keeps_what_every_journal_owes() {
        conformance::run(|| Memory(MemoryStore::default()));
    }
}
