//! An attempt whose journal is open, as the thread knows it that writes it.

use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::attempt::Batch;
use super::{AttemptLock, Error, Store};
use examroom_core::causes::with_causes;
use examroom_core::form::Form;
use examroom_core::journal::AttemptId;
use examroom_core::session::{JournalEntry, Rules};
use examroom_core::time::Timestamp;

/// Between two durable notes that the program is still running, while nothing happens: as much time, at most, comes back
/// by a cut of power. A kill of the program gives none back.
const NOTE: Duration = Duration::from_secs(30);

/// How far the writing has come, as the sitting's front end sees it.
#[derive(Default)]
pub(super) struct Progress {
    pub durable: usize,
    pub trouble: Option<String>,
    pub taken_over: bool,
    /// Nothing more will be written.
    pub ended: bool,
    /// The attempt's number in the store that took the place of one that was taken away.
    pub resettled: Option<AttemptId>,
}

pub(super) struct Shared {
    pub progress: Mutex<Progress>,
    pub moved: Condvar,
}

impl Shared {
    pub(super) fn new(durable: usize) -> Self {
        Self { progress: Mutex::new(Progress { durable, ..Progress::default() }), moved: Condvar::new() }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn update(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.lock());
        self.moved.notify_all();
    }
}

/// What the thread holds of an attempt. However it lets go of it, nobody waits in vain.
pub(super) struct Guard {
    pub shared: Arc<Shared>,
    pub lock: Option<AttemptLock>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Whoever hears that it has ended may open the attempt at once.
        self.lock = None;
        self.shared.update(|progress| progress.ended = true);
    }
}

/// Whether the files that an attempt is written to are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Here,
    /// They were taken away, and no others have taken their place yet.
    Lost,
}

/// Whether somebody has to look what became of an attempt in which nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Due,
    Taken,
}

/// An attempt whose journal is open.
pub(super) struct Sitting {
    pub id: AttemptId,
    pub generation: i64,
    pub form: Arc<Form>,
    pub rules: Rules,
    /// All of it, so that it can be written anew.
    pub entries: Vec<JournalEntry>,
    /// How many of them are in the store.
    pub durable: usize,
    /// When the program was last known to be running it,
    pub alive: Timestamp,
    /// and what the store knows of that.
    pub noted: Timestamp,
    pub look: Look,
    pub place: Place,
    pub guard: Guard,
}

impl Sitting {
    pub(super) fn batch(&self) -> Batch<'_> {
        Batch {
            id: self.id,
            generation: self.generation,
            first: self.durable,
            entries: self.waiting(),
            alive: self.alive,
            form: &self.form,
        }
    }

    pub(super) fn waiting(&self) -> &[JournalEntry] {
        self.entries.get(self.durable..).unwrap_or_default()
    }

    /// Whether there is nothing to do for it until it is heard of again.
    pub(super) fn is_quiet(&self) -> bool {
        self.place == Place::Here && self.waiting().is_empty()
    }

    /// Whether something of it is to be written now.
    pub(super) fn is_due(&self) -> bool {
        self.place == Place::Here && (!self.waiting().is_empty() || self.alive.since(self.noted) >= NOTE)
    }

    /// Notes what came of a write; breaks off where nothing more can be written.
    pub(super) fn note(&mut self, outcome: Result<(), Error>) -> ControlFlow<()> {
        match outcome {
            Ok(()) => {
                self.durable = self.entries.len();
                self.noted = self.alive;
                let durable = self.durable;
                self.guard.shared.update(|progress| {
                    progress.durable = durable;
                    progress.trouble = None;
                });
            }
            Err(Error::TakenOver) => {
                self.guard.shared.update(|progress| progress.taken_over = true);
                return ControlFlow::Break(());
            }
            // What was missed is made good by the next.
            Err(_) if self.waiting().is_empty() => self.noted = self.alive,
            Err(error) => self.report(&error),
        }
        ControlFlow::Continue(())
    }

    fn report(&self, error: &Error) {
        let trouble = with_causes(error);
        self.guard.shared.update(|progress| progress.trouble = Some(trouble));
    }

    /// Its files were taken away, so nothing of it is durable.
    pub(super) fn lose(&mut self, why: &Error) {
        self.place = Place::Lost;
        self.durable = 0;
        self.report(why);
        self.guard.shared.update(|progress| progress.durable = 0);
    }

    /// Makes a place for it in another store, where it is written next.
    pub(super) fn settle(&mut self, store: &mut Store) {
        // It may lie where the new one will.
        self.guard.lock = None;
        match store.settle(self.id, &self.form, self.rules, &self.entries) {
            Ok(settled) => {
                (self.id, self.generation, self.durable) = (settled.id, settled.lock.generation, settled.durable);
                self.guard.lock = Some(settled.lock);
                self.place = Place::Here;
                let (id, durable) = (self.id, self.durable);
                self.guard.shared.update(|progress| {
                    progress.durable = durable;
                    progress.resettled = Some(id);
                });
            }
            Err(error) => self.report(&error),
        }
    }
}
