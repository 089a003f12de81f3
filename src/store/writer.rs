//! Writes the journals of all live sessions of a process, on one thread, so that no frame waits for the disk.
//!
//! Whatever is waiting is committed together: a disk that takes a second to sync falls two commits behind, not one for
//! each answer, and a thousand sessions need one thread. A write that fails is kept and tried again until it succeeds:
//! a full disk costs nothing but the word "saved".

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::pulse::{Pulse, Pulses};
use super::sitting::{Guard, Look, Place, Progress, Shared, Sitting};
use super::worker::{Job, RETRY, Route, Worker};
use super::{Attempt, AttemptLock, Store};
use examroom_core::journal::{AttemptId, Journal, Saved};
use examroom_core::session::JournalEntry;
use examroom_core::time::Timestamp;

/// Between two looks at whether another process has taken an attempt over, or the files were taken away.
const LOOK: Duration = Duration::from_secs(2);

/// Writes to one store, for as many attempts as are opened on it.
pub struct Writer {
    thread: Arc<Thread>,
    pulses: Pulses,
}

impl Writer {
    /// Starts the thread.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (jobs, inbox) = channel();
        let handle = std::thread::spawn(move || Worker::new(store).run(&inbox));
        let thread = Thread {
            jobs,
            handle: Mutex::new(Some(handle)),
            unwritten: AtomicUsize::new(0),
            routes: AtomicUsize::new(0),
        };
        Self { thread: Arc::new(thread), pulses: Pulses::start() }
    }

    /// Opens the journal of an attempt. The thread lives until the last journal is closed.
    #[must_use]
    pub fn open(&self, lock: AttemptLock, attempt: &Attempt) -> AttemptJournal {
        let session = &attempt.session;
        let durable = session.journal().len();
        let shared = Arc::new(Shared::new(durable));
        let route = Route(self.thread.routes.fetch_add(1, SeqCst));
        let pulse = self.pulses.of(&lock.pulse);
        let sitting = Sitting {
            id: attempt.id,
            generation: lock.generation,
            form: Arc::clone(session.form()),
            rules: session.rules(),
            entries: session.journal().to_vec(),
            durable,
            alive: attempt.last_seen,
            noted: attempt.last_seen,
            look: Look::Taken,
            place: Place::Here,
            guard: Guard { shared: Arc::clone(&shared), lock: Some(lock) },
        };
        let _ = self.thread.jobs.send(Job::Open(route, Box::new(sitting)));
        AttemptJournal {
            route,
            thread: Arc::clone(&self.thread),
            shared,
            sent: durable,
            last_look: Timestamp(i64::MIN),
            pulse,
        }
    }
}

/// The thread, as those see it who send it jobs.
struct Thread {
    jobs: Sender<Job>,
    handle: Mutex<Option<JoinHandle<()>>>,
    /// How many journals were closed before everything was durable.
    unwritten: AtomicUsize,
    /// The next route.
    routes: AtomicUsize,
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

/// The journal of one attempt.
pub struct AttemptJournal {
    route: Route,
    thread: Arc<Thread>,
    shared: Arc<Shared>,
    sent: usize,
    last_look: Timestamp,
    pulse: Pulse,
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
        let _ = self.thread.jobs.send(Job::Events(self.route, events));
    }

    fn heartbeat(&mut self, now: Timestamp) {
        self.pulse.beat(now);
        if now.since(self.last_look) >= LOOK {
            self.last_look = now;
            let _ = self.thread.jobs.send(Job::Alive(self.route, now));
        }
    }

    fn saved(&self) -> Saved {
        self.judge(&self.shared.lock())
    }

    fn durable(&self) -> usize {
        self.shared.lock().durable
    }

    fn resettled(&self) -> Option<AttemptId> {
        self.shared.lock().resettled
    }

    fn wait(&self, at_most: Duration) -> Saved {
        self.wait_until(at_most, |_, saved| *saved != Saved::NotYet)
    }

    fn flush(&self, at_most: Duration) -> Saved {
        self.wait_until(at_most, |progress, saved| progress.ended || saved.is_final())
    }

    fn close(self: Box<Self>) {
        let _ = self.thread.jobs.send(Job::Close(self.route));
        if self.saved().is_final() {
            // So that whoever opens the attempt next finds it free.
            self.wait_until(RETRY, |progress, _| progress.ended);
        } else {
            self.thread.unwritten.fetch_add(1, SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;
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
