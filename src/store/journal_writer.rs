//! Writes the journal of one live session on a thread of its own, so that no frame waits for the disk.
//!
//! It is asked how much is durable; what is not yet, is not called saved. A write that fails is kept and tried again
//! until it succeeds: a full disk costs nothing but the word "saved".

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{AttemptLock, Error, Store};
use examroom_core::causes::with_causes;
use examroom_core::form::Form;
use examroom_core::journal::{AttemptId, Journal, Saved};
use examroom_core::session::{JournalEntry, Session};
use examroom_core::time::Timestamp;

/// Between two tries of a write that failed.
const RETRY: Duration = Duration::from_millis(500);
/// Between two notes that the program is still running.
const HEARTBEAT: Duration = Duration::from_secs(2);

enum Job {
    Events(Vec<JournalEntry>),
    Alive(Timestamp),
    Close,
}

#[derive(Default)]
struct Progress {
    durable: usize,
    trouble: Option<String>,
    taken_over: bool,
    /// The thread has ended.
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

/// Writes the journal of one attempt.
pub struct JournalWriter {
    jobs: Sender<Job>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    sent: usize,
    last_alive: Timestamp,
}

impl JournalWriter {
    /// Starts to keep an attempt of which `session` has what is on disk.
    #[must_use]
    pub fn start(store: Store, lock: AttemptLock, id: AttemptId, generation: i64, session: &Session) -> Self {
        let durable = session.journal().len();
        let shared = Arc::new(Shared {
            progress: Mutex::new(Progress { durable, ..Progress::default() }),
            moved: Condvar::new(),
        });
        let (jobs, inbox) = channel();
        let worker = Worker {
            store,
            _lock: lock,
            id,
            generation,
            form: Arc::clone(session.form()),
            shared: Arc::clone(&shared),
        };
        let thread = std::thread::spawn(move || {
            // However the thread ends, nobody waits for it in vain.
            let _ended = Ended(Arc::clone(&worker.shared));
            worker.run(&inbox, durable);
        });
        Self { jobs, shared, thread: Some(thread), sent: durable, last_alive: Timestamp(i64::MIN) }
    }

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
}

impl Journal for JournalWriter {
    fn append(&mut self, events: Vec<JournalEntry>) {
        if events.is_empty() {
            return;
        }
        self.sent += events.len();
        // The thread ends only after a take-over or a close; `saved` tells of the first.
        let _ = self.jobs.send(Job::Events(events));
    }

    fn heartbeat(&mut self, now: Timestamp) {
        if now.since(self.last_alive) >= HEARTBEAT {
            self.last_alive = now;
            let _ = self.jobs.send(Job::Alive(now));
        }
    }

    fn saved(&self) -> Saved {
        self.judge(&self.shared.lock())
    }

    #[expect(clippy::disallowed_methods, reason = "bounds a wait for the disk, outside any sitting's time")]
    fn wait(&self, at_most: Duration) -> Saved {
        let end = Instant::now() + at_most;
        let mut progress = self.shared.lock();
        loop {
            let saved = self.judge(&progress);
            let left = end.saturating_duration_since(Instant::now());
            if saved != Saved::NotYet || left.is_zero() {
                return saved;
            }
            progress = self.shared.moved.wait_timeout(progress, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn close(mut self: Box<Self>, at_most: Duration) -> Saved {
        let saved = self.wait(at_most);
        let _ = self.jobs.send(Job::Close);
        if matches!(saved, Saved::Yes | Saved::TakenOver)
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
        saved
    }
}

struct Worker {
    store: Store,
    _lock: AttemptLock,
    id: AttemptId,
    generation: i64,
    form: Arc<Form>,
    shared: Arc<Shared>,
}

impl Worker {
    fn run(mut self, inbox: &Receiver<Job>, mut durable: usize) {
        let mut waiting: Vec<JournalEntry> = Vec::new();
        let mut alive = None;
        loop {
            let job = if waiting.is_empty() {
                inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                inbox.recv_timeout(RETRY)
            };
            match job {
                Ok(Job::Events(events)) => waiting.extend(events),
                Ok(Job::Alive(now)) => alive = Some(now),
                Ok(Job::Close) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let outcome = if waiting.is_empty() {
                alive.take().map_or(Ok(()), |now| self.store.touch(self.id, self.generation, now))
            } else {
                self.store.append(self.id, self.generation, durable, &waiting, &self.form)
            };
            match outcome {
                Ok(()) => {
                    durable += waiting.len();
                    waiting.clear();
                    self.shared.update(|progress| {
                        progress.durable = durable;
                        progress.trouble = None;
                    });
                }
                Err(Error::TakenOver) => {
                    self.shared.update(|progress| progress.taken_over = true);
                    break;
                }
                Err(error) if waiting.is_empty() => drop(error), // a missed heartbeat is made good by the next
                Err(error) => self.shared.update(|progress| progress.trouble = Some(with_causes(&error))),
            }
        }
    }
}

/// Says that the thread has ended, also when it ends by a panic.
struct Ended(Arc<Shared>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.update(|progress| progress.ended = true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::form::{FormSection, Kind, ScalePoints};
    use examroom_core::id::{ExamId, SectionId};
    use examroom_core::seed::Seed;
    use examroom_core::session::{AwayPolicy, Command, Rules, TimeAllowance};

    /// A form with one section and no questions: enough to keep a journal of.
    fn form() -> Arc<Form> {
        Arc::new(Form {
            exam: ExamId::new("x"),
            name: "X".to_owned(),
            owner: None,
            edition: String::new(),
            seed: Seed(1),
            kind: Kind::Mock,
            scale: ScalePoints { lowest: 100, pass: 300, highest: 400 },
            default_rating: 0.7,
            sections: vec![FormSection {
                id: SectionId::new("main"),
                name: "Main".to_owned(),
                time: Duration::from_mins(1),
                book: examroom_core::blueprint::Book::Closed,
                break_after: None,
                questions: Vec::new(),
            }],
            domains: Vec::new(),
            cases: std::collections::BTreeMap::new(),
            shelf: Vec::new(),
            synonyms: examroom_core::bank::Synonyms::default(),
            near_duplicates: 0,
            overrides: examroom_core::bank::Overrides::default(),
        })
    }

    const RULES: Rules = Rules { time_allowance: TimeAllowance::Ordinary, away_policy: AwayPolicy::StopsClock };
    const LONG: Duration = Duration::from_secs(30);

    #[test]
    fn what_cannot_be_written_is_never_called_saved_and_is_tried_until_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let attempt = store.create(&form(), RULES, Timestamp(0)).unwrap();
        let lock = store.lock(attempt.id).unwrap();
        let (other, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let mut session = attempt.session;
        let mut writer = JournalWriter::start(store, lock, attempt.id, attempt.generation, &session);

        other
            .db
            .execute_batch(
                "CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
            )
            .unwrap();
        writer.append(session.apply(Command::Begin, Timestamp(1)).unwrap());
        match writer.wait(LONG) {
            Saved::No { why } => assert!(why.contains("the disk is full"), "{why}"),
            saved => panic!("{saved:?}"),
        }
        assert_eq!(other.load(attempt.id).unwrap().session.journal(), []);

        other.db.execute_batch("DROP TRIGGER full").unwrap();
        while writer.saved() != Saved::Yes {
            std::thread::yield_now();
        }
        assert_eq!(Box::new(writer).close(LONG), Saved::Yes);
        assert_eq!(other.load(attempt.id).unwrap().session, session);
    }

    #[test]
    fn whoever_was_pushed_aside_writes_nothing_more() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let attempt = store.create(&form(), RULES, Timestamp(0)).unwrap();
        let lock = store.lock(attempt.id).unwrap();
        let (mut other, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        assert!(matches!(other.lock(attempt.id), Err(Error::Held(_))));
        let mut session = attempt.session;
        let mut writer = JournalWriter::start(store, lock, attempt.id, attempt.generation, &session);
        other.raise_generation(attempt.id).unwrap();
        writer.append(session.apply(Command::Begin, Timestamp(1)).unwrap());
        assert_eq!(writer.wait(LONG), Saved::TakenOver);
        assert_eq!(other.load(attempt.id).unwrap().session.journal(), []);
        assert_eq!(Box::new(writer).close(LONG), Saved::TakenOver);
        assert!(other.lock(attempt.id).is_ok(), "the lock is let go");
    }
}
