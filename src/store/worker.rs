//! The thread that writes: it takes in what is waiting, commits it together, and looks after what it commits to.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::attempt::Batch;
use super::sitting::{Look, Place, Sitting};
use super::{Error, Store};
use examroom_core::session::JournalEntry;
use examroom_core::time::Timestamp;

/// Between two tries of a write that failed.
pub(super) const RETRY: Duration = Duration::from_millis(500);
/// After so many commits, what is in the journal is moved into the store's file,
const COMMITS: u32 = 50;
/// once nobody has waited for the disk for so long.
const IDLE: Duration = Duration::from_millis(200);

/// Which sitting a job is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Route(pub usize);

/// What the thread is told.
pub(super) enum Job {
    Open(Route, Box<Sitting>),
    Events(Route, Vec<JournalEntry>),
    /// The program was running the session at this time.
    Alive(Route, Timestamp),
    Close(Route),
    End,
}

pub(super) struct Worker {
    /// None while the files are taken away.
    store: Option<Store>,
    folder: PathBuf,
    sittings: BTreeMap<Route, Sitting>,
    /// Since what is in the journal was last moved into the store's file.
    commits: u32,
}

impl Worker {
    pub(super) fn new(store: Store) -> Self {
        Self { folder: store.folder.clone(), store: Some(store), sittings: BTreeMap::new(), commits: COMMITS }
    }

    pub(super) fn run(mut self, inbox: &Receiver<Job>) {
        while self.turn(inbox).is_continue() {}
        if let Some(store) = self.store {
            store.leave();
        }
    }

    /// Takes in what is waiting and commits it.
    fn turn(&mut self, inbox: &Receiver<Job>) -> ControlFlow<()> {
        let mut closed = Vec::new();
        match self.wait(inbox) {
            Ok(first) => {
                for job in std::iter::once(first).chain(inbox.try_iter()) {
                    match job {
                        Job::End => return ControlFlow::Break(()),
                        Job::Close(route) => closed.push(route),
                        job => self.take(job),
                    }
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
        }
        for route in closed {
            self.sittings.remove(&route);
        }
        if let Err(error) = self.settle().and_then(|()| self.look()).and_then(|()| self.commit()) {
            self.lose(&error);
        }
        ControlFlow::Continue(())
    }

    fn wait(&mut self, inbox: &Receiver<Job>) -> Result<Job, RecvTimeoutError> {
        if !self.sittings.values().all(Sitting::is_quiet) {
            return inbox.recv_timeout(RETRY);
        }
        if self.commits >= COMMITS
            && let Some(store) = &self.store
        {
            match inbox.recv_timeout(IDLE) {
                Err(RecvTimeoutError::Timeout) => {
                    store.checkpoint();
                    self.commits = 0;
                }
                first => return first,
            }
        }
        inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
    }

    fn take(&mut self, job: Job) {
        match job {
            Job::Open(route, sitting) => drop(self.sittings.insert(route, *sitting)),
            Job::Events(route, events) => {
                if let Some(sitting) = self.sittings.get_mut(&route) {
                    sitting.entries.extend(events);
                }
            }
            Job::Alive(route, now) => {
                if let Some(sitting) = self.sittings.get_mut(&route) {
                    (sitting.alive, sitting.look) = (now, Look::Due);
                }
            }
            Job::Close(_) | Job::End => {}
        }
    }

    /// Opens the store that is where one was taken away, if there is none open, and makes a place in it for every sitting
    /// that has lost its own.
    fn settle(&mut self) -> Result<(), Error> {
        let store = if let Some(store) = &mut self.store {
            store
        } else {
            let now = self.sittings.values().map(|sitting| sitting.alive).max().unwrap_or_default();
            self.store.insert(Store::open(&self.folder, now)?.0)
        };
        for sitting in self.sittings.values_mut().filter(|sitting| sitting.place == Place::Lost) {
            sitting.settle(store);
        }
        Ok(())
    }

    /// Looks after sittings in which nothing happens, and which no commit would tell what became of their attempt.
    fn look(&mut self) -> Result<(), Error> {
        let Some(store) = &mut self.store else { return Ok(()) };
        let mut outcome = Ok(());
        self.sittings.retain(|_, sitting| {
            if std::mem::replace(&mut sitting.look, Look::Taken) == Look::Taken || !sitting.is_quiet() {
                return true;
            }
            outcome = store.is_in_place();
            store.may_write(sitting.id, sitting.generation) || sitting.note(Err(Error::TakenOver)).is_continue()
        });
        outcome
    }

    /// Commits everything that waits, in one transaction; where that fails, each attempt by itself, so that one that
    /// cannot be written holds up no other.
    ///
    /// # Errors
    /// [`Error::TakenAway`] alone: what else fails is the sitting's, and is tried again.
    fn commit(&mut self) -> Result<(), Error> {
        let Some(store) = &mut self.store else { return Ok(()) };
        let (routes, batches): (Vec<Route>, Vec<Batch<'_>>) = self
            .sittings
            .iter()
            .filter(|(_, sitting)| sitting.is_due())
            .map(|(route, sitting)| (*route, sitting.batch()))
            .unzip();
        if batches.is_empty() {
            return Ok(());
        }
        let outcomes: Vec<Result<(), Error>> = match store.append(&batches) {
            Ok(outcomes) => outcomes,
            Err(error @ Error::TakenAway { .. }) => return Err(error),
            Err(error) if batches.len() == 1 => vec![Err(error)],
            Err(_) => batches
                .iter()
                .map(|batch| {
                    store.append(std::slice::from_ref(batch)).and_then(|mut alone| alone.pop().unwrap_or(Ok(())))
                })
                .collect(),
        };
        for (route, outcome) in routes.into_iter().zip(outcomes) {
            if self.sittings.get_mut(&route).is_some_and(|sitting| sitting.note(outcome).is_break()) {
                self.sittings.remove(&route);
            }
        }
        self.commits = self.commits.saturating_add(1);
        Ok(())
    }

    /// The files were taken away: nothing of any sitting is where a later start would find it.
    fn lose(&mut self, why: &Error) {
        if let Some(store) = self.store.take() {
            store.leave();
        }
        for sitting in self.sittings.values_mut() {
            sitting.lose(why);
        }
    }
}
