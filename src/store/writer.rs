//! Writes the journals of all live sessions of a process, on one thread, so that no frame waits for the disk.
//!
//! Whatever is waiting is committed together: a disk that takes a second to sync falls two commits behind, not one for
//! each answer, and a thousand sessions need one thread. A write that fails is kept and tried again until it succeeds:
//! a full disk costs nothing but the word "saved".

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::attempt::Batch;
use super::{Attempt, AttemptLock, Error, Store};
use examroom_core::causes::with_causes;
use examroom_core::form::Form;
use examroom_core::journal::{AttemptId, Journal, Saved};
use examroom_core::session::JournalEntry;
use examroom_core::time::Timestamp;

/// Between two tries of a write that failed.
const RETRY: Duration = Duration::from_millis(500);
/// Between two notes that the program is still running.
const HEARTBEAT: Duration = Duration::from_secs(2);

enum Job {
    Open(Box<Sitting>),
    Events(AttemptId, Vec<JournalEntry>),
    Alive(AttemptId, Timestamp),
    Close(AttemptId),
    End,
}

/// Writes to one store, for as many attempts as are opened on it.
pub struct Writer {
    thread: Arc<Thread>,
}

impl Writer {
    /// Starts the thread.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (jobs, inbox) = channel();
        let handle = std::thread::spawn(move || Worker { store, sittings: BTreeMap::new() }.run(&inbox));
        Self { thread: Arc::new(Thread { jobs, handle: Mutex::new(Some(handle)), unwritten: AtomicUsize::new(0) }) }
    }

    /// Opens the journal of an attempt. The thread lives until the last journal is closed.
    #[must_use]
    pub fn open(&self, lock: AttemptLock, attempt: &Attempt) -> AttemptJournal {
        let durable = attempt.session.journal().len();
        let shared = Arc::new(Shared {
            progress: Mutex::new(Progress { durable, ..Progress::default() }),
            moved: Condvar::new(),
        });
        let sitting = Sitting {
            id: attempt.id,
            generation: attempt.generation,
            form: Arc::clone(attempt.session.form()),
            durable,
            waiting: Vec::new(),
            alive: None,
            guard: Guard { shared: Arc::clone(&shared), lock: Some(lock) },
        };
        let _ = self.thread.jobs.send(Job::Open(Box::new(sitting)));
        AttemptJournal {
            id: attempt.id,
            thread: Arc::clone(&self.thread),
            shared,
            sent: durable,
            last_alive: Timestamp(i64::MIN),
        }
    }
}

/// The thread, as those see it who send it jobs.
struct Thread {
    jobs: Sender<Job>,
    handle: Mutex<Option<JoinHandle<()>>>,
    /// How many journals were closed before everything was durable.
    unwritten: AtomicUsize,
}

impl Drop for Thread {
    fn drop(&mut self) {
        let _ = self.jobs.send(Job::End);
        let handle = self.handle.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A thread that never got something onto the disk may be stuck there; nobody waits for it.
        if self.unwritten.load(SeqCst) == 0
            && let Some(handle) = handle
        {
            let _ = handle.join();
        }
    }
}

#[derive(Default)]
struct Progress {
    durable: usize,
    trouble: Option<String>,
    taken_over: bool,
    /// Nothing more will be written.
    ended: bool,
}

struct Shared {
    progress: Mutex<Progress>,
    moved: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn update(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.lock());
        self.moved.notify_all();
    }
}

/// What the thread holds of an attempt. However it lets go of it, nobody waits in vain.
struct Guard {
    shared: Arc<Shared>,
    lock: Option<AttemptLock>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Whoever hears that it has ended may open the attempt at once.
        self.lock = None;
        self.shared.update(|progress| progress.ended = true);
    }
}

/// The journal of one attempt.
pub struct AttemptJournal {
    id: AttemptId,
    thread: Arc<Thread>,
    shared: Arc<Shared>,
    sent: usize,
    last_alive: Timestamp,
}

impl AttemptJournal {
    fn judge(&self, progress: &Progress) -> Saved {
        if progress.taken_over {
            Saved::TakenOver
        } else if progress.durable >= self.sent {
            Saved::Yes
        } else if let Some(why) = &progress.trouble {
            Saved::No { why: why.clone() }
        } else if progress.ended {
            Saved::No { why: "the writer has stopped".to_owned() }
        } else {
            Saved::NotYet
        }
    }

    #[expect(clippy::disallowed_methods, reason = "bounds a wait for the disk, outside any sitting's time")]
    fn wait_until(&self, at_most: Duration, enough: impl Fn(&Progress, &Saved) -> bool) -> Saved {
        let end = Instant::now() + at_most;
        let mut progress = self.shared.lock();
        loop {
            let saved = self.judge(&progress);
            let left = end.saturating_duration_since(Instant::now());
            if enough(&progress, &saved) || left.is_zero() {
                return saved;
            }
            progress = self.shared.moved.wait_timeout(progress, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Journal for AttemptJournal {
    fn append(&mut self, events: Vec<JournalEntry>) {
        if events.is_empty() {
            return;
        }
        self.sent += events.len();
        // Where the thread has ended, `saved` says so.
        let _ = self.thread.jobs.send(Job::Events(self.id, events));
    }

    fn heartbeat(&mut self, now: Timestamp) {
        if now.since(self.last_alive) >= HEARTBEAT {
            self.last_alive = now;
            let _ = self.thread.jobs.send(Job::Alive(self.id, now));
        }
    }

    fn saved(&self) -> Saved {
        self.judge(&self.shared.lock())
    }

    fn durable(&self) -> usize {
        self.shared.lock().durable
    }

    fn wait(&self, at_most: Duration) -> Saved {
        self.wait_until(at_most, |_, saved| *saved != Saved::NotYet)
    }

    fn flush(&self, at_most: Duration) -> Saved {
        self.wait_until(at_most, |progress, saved| progress.ended || saved.is_final())
    }

    fn close(self: Box<Self>) {
        let _ = self.thread.jobs.send(Job::Close(self.id));
        if self.saved().is_final() {
            // So that whoever opens the attempt next finds it free.
            self.wait_until(RETRY, |progress, _| progress.ended);
        } else {
            self.thread.unwritten.fetch_add(1, SeqCst);
        }
    }
}

/// An attempt whose journal is open.
struct Sitting {
    id: AttemptId,
    generation: i64,
    form: Arc<Form>,
    durable: usize,
    waiting: Vec<JournalEntry>,
    alive: Option<Timestamp>,
    guard: Guard,
}

impl Sitting {
    fn batch(&self) -> Batch<'_> {
        Batch {
            id: self.id,
            generation: self.generation,
            first: self.durable,
            entries: &self.waiting,
            alive: self.alive,
            form: &self.form,
        }
    }

    fn is_quiet(&self) -> bool {
        self.waiting.is_empty() && self.alive.is_none()
    }

    /// Notes what came of a write; false where nothing more can be written.
    fn note(&mut self, outcome: Result<(), Error>) -> bool {
        match outcome {
            Ok(()) => {
                self.durable += self.waiting.len();
                self.waiting.clear();
                self.alive = None;
                let durable = self.durable;
                self.guard.shared.update(|progress| {
                    progress.durable = durable;
                    progress.trouble = None;
                });
            }
            Err(Error::TakenOver) => {
                self.guard.shared.update(|progress| progress.taken_over = true);
                return false;
            }
            // A missed heartbeat is made good by the next.
            Err(_) if self.waiting.is_empty() => self.alive = None,
            Err(error) => self.guard.shared.update(|progress| progress.trouble = Some(with_causes(&error))),
        }
        true
    }
}

struct Worker {
    store: Store,
    sittings: BTreeMap<AttemptId, Sitting>,
}

impl Worker {
    fn run(mut self, inbox: &Receiver<Job>) {
        loop {
            let first = if self.sittings.values().all(Sitting::is_quiet) {
                inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                inbox.recv_timeout(RETRY)
            };
            let mut closed = Vec::new();
            match first {
                Ok(job) => {
                    for job in std::iter::once(job).chain(inbox.try_iter()) {
                        match job {
                            Job::End => return,
                            Job::Close(id) => closed.push(id),
                            job => self.take(job),
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            for id in closed {
                self.sittings.remove(&id);
            }
            self.commit();
        }
    }

    fn take(&mut self, job: Job) {
        match job {
            Job::Open(sitting) => drop(self.sittings.insert(sitting.id, *sitting)),
            Job::Events(id, events) => {
                if let Some(sitting) = self.sittings.get_mut(&id) {
                    sitting.waiting.extend(events);
                }
            }
            Job::Alive(id, now) => {
                if let Some(sitting) = self.sittings.get_mut(&id) {
                    sitting.alive = Some(now);
                }
            }
            Job::Close(_) | Job::End => {}
        }
    }

    /// Commits everything that waits, in one transaction; where that fails, each attempt by itself, so that one that
    /// cannot be written holds up no other.
    fn commit(&mut self) {
        let Self { store, sittings } = self;
        let waiting = || sittings.values().filter(|sitting| !sitting.is_quiet());
        let batches: Vec<Batch<'_>> = waiting().map(Sitting::batch).collect();
        if batches.is_empty() {
            return;
        }
        let outcomes: Vec<Result<(), Error>> = match store.append(&batches) {
            Ok(outcomes) => outcomes,
            Err(error) if batches.len() == 1 => vec![Err(error)],
            Err(_) => batches
                .iter()
                .map(|batch| {
                    store.append(std::slice::from_ref(batch)).and_then(|mut alone| alone.pop().unwrap_or(Ok(())))
                })
                .collect(),
        };
        let ids: Vec<AttemptId> = batches.iter().map(|batch| batch.id).collect();
        for (id, outcome) in ids.into_iter().zip(outcomes) {
            if sittings.get_mut(&id).is_some_and(|sitting| !sitting.note(outcome)) {
                sittings.remove(&id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::journal::conformance::{self, Backend, RULES, form};
    use examroom_core::session::Event;
    use tempfile::TempDir;

    const LONG: Duration = Duration::from_mins(1);

    /// A store in a folder, with a second connection that looks on and interferes.
    struct Files {
        _folder: TempDir,
        writer: Writer,
        other: Store,
        id: AttemptId,
    }

    impl Files {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let (store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
            let (mut other, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
            let id = other.create(&form(), RULES, Timestamp(0)).unwrap().id;
            Self { _folder: folder, writer: Writer::start(store), other, id }
        }

        fn open_attempt(&self, id: AttemptId) -> AttemptJournal {
            // Whoever closed it last may still be in the middle of a write.
            let lock = loop {
                match self.other.lock(id) {
                    Err(Error::Held(_)) => std::thread::yield_now(),
                    lock => break lock.unwrap(),
                }
            };
            self.writer.open(lock, &self.other.load(id).unwrap())
        }

        fn kept_of(&self, id: AttemptId) -> Vec<JournalEntry> {
            self.other.load(id).unwrap().session.journal().to_vec()
        }
    }

    impl Backend for Files {
        fn open(&mut self) -> Box<dyn Journal> {
            Box::new(self.open_attempt(self.id))
        }

        fn kept(&mut self) -> Vec<JournalEntry> {
            self.kept_of(self.id)
        }

        fn fail(&mut self, why: &str) {
            let trigger = format!("CREATE TRIGGER f BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, '{why}'); END");
            self.other.db.execute_batch(&trigger).unwrap();
        }

        fn mend(&mut self) {
            self.other.db.execute_batch("DROP TRIGGER f").unwrap();
        }

        fn take_over(&mut self) {
            self.other.raise_generation(self.id).unwrap();
        }
    }

    fn began(at: i64) -> JournalEntry {
        JournalEntry { at: Timestamp(at), event: Event::Began }
    }

    #[test]
    fn it_keeps_what_every_journal_owes() {
        conformance::run(Files::new);
    }

    #[test]
    fn whoever_was_pushed_aside_lets_go_of_the_lock() {
        let mut files = Files::new();
        let mut journal = files.open_attempt(files.id);
        assert!(matches!(files.other.lock(files.id), Err(Error::Held(_))));
        files.take_over();
        journal.append(vec![began(1)]);
        assert_eq!(journal.wait(LONG), Saved::TakenOver);
        Box::new(journal).close();
        assert!(files.other.lock(files.id).is_ok());
    }

    #[test]
    fn a_disk_that_was_away_for_forty_answers_gets_them_in_one_commit() {
        let files = Files::new();
        let mut journal = files.open_attempt(files.id);
        // Nobody else can write while this is open: the writer waits for it as for a slow disk.
        files.other.db.execute_batch("BEGIN IMMEDIATE").unwrap();
        for at in 0..40 {
            journal.append(vec![began(at)]);
        }
        files.other.db.execute_batch("ROLLBACK").unwrap();
        let mut seen = std::collections::BTreeSet::new();
        while journal.saved() != Saved::Yes {
            seen.insert(journal.durable());
        }
        seen.insert(journal.durable());
        // Those that the writer had in its hands when it began to wait, and then all the others.
        assert!(seen.len() <= 3 && seen.last() == Some(&40), "{seen:?}");
    }

    #[test]
    fn an_attempt_that_cannot_be_written_holds_up_no_other() {
        let mut files = Files::new();
        let second = files.other.create(&form(), RULES, Timestamp(0)).unwrap().id;
        let (mut bad, mut good) = (files.open_attempt(files.id), files.open_attempt(second));
        let trigger = format!(
            "CREATE TRIGGER f BEFORE INSERT ON event WHEN new.attempt = {} BEGIN SELECT RAISE(ABORT, 'no'); END",
            files.id
        );
        files.other.db.execute_batch(&trigger).unwrap();
        files.other.db.execute_batch("BEGIN IMMEDIATE").unwrap();
        bad.append(vec![began(1)]);
        good.append(vec![began(1)]);
        files.other.db.execute_batch("ROLLBACK").unwrap();
        assert_eq!(good.flush(LONG), Saved::Yes);
        assert!(matches!(bad.wait(LONG), Saved::No { .. }));
        assert_eq!((files.kept_of(second).len(), files.kept_of(files.id).len()), (1, 0));
        files.mend();
        assert_eq!(bad.flush(LONG), Saved::Yes);
    }

    #[test]
    fn a_hundred_attempts_are_written_by_one_thread_and_none_loses_anything() {
        let mut files = Files::new();
        let ids: Vec<AttemptId> =
            (0..100).map(|_| files.other.create(&form(), RULES, Timestamp(0)).unwrap().id).collect();
        let mut journals: Vec<AttemptJournal> = ids.iter().map(|id| files.open_attempt(*id)).collect();
        for at in 0..10 {
            for journal in &mut journals {
                journal.append(vec![began(at)]);
            }
        }
        for (journal, id) in journals.into_iter().zip(ids) {
            assert_eq!(journal.flush(LONG), Saved::Yes);
            assert_eq!(files.kept_of(id), (0..10).map(began).collect::<Vec<_>>());
            Box::new(journal).close();
        }
    }
}
