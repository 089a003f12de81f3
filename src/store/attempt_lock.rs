//! One process at a time writes an attempt.
//!
//! The system's file lock says who is alive: it goes with its process, however that ends, so a killed sitting can be
//! resumed at once. A living holder can be pushed aside: every hold raises the attempt's generation, and whoever held it
//! before is refused at the next write, and ends. That is what keeps the history of an attempt linear; the lock only
//! spares candidates from pushing themselves aside by mistake.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::pulse::{last_beat, pulse_path};
use super::watch::Identity;
use super::{Error, Store};
use examroom_core::journal::AttemptId;
use examroom_core::time::Timestamp;

/// How long a holder that was pushed aside gets to release its lock.
const GRACE: Duration = Duration::from_secs(8);
/// So long after its last beat, the holder of a lock is taken for one that stands still.
const STILL: Duration = Duration::from_secs(5);

/// The right to write an attempt, for as long as it lives.
#[derive(Debug)]
pub struct AttemptLock {
    _file: File,
    /// Who may write.
    pub(super) generation: i64,
    /// Where the beats of this hold go.
    pub(super) pulse: PathBuf,
}

/// What became of a try to take the lock.
enum Try {
    Taken(File),
    Held,
}

impl Store {
    /// Takes the right to write an attempt: whoever held it before can write no more.
    ///
    /// # Errors
    /// [`Error::Held`] if a living process has it.
    pub fn lock(&self, id: AttemptId) -> Result<AttemptLock, Error> {
        match self.try_lock(id)? {
            Try::Taken(file) => self.hold(id, file),
            Try::Held => Err(Error::Held(id)),
        }
    }

    /// Pushes a living holder aside and takes the right to write. One that does not let go in some seconds stands still,
    /// for example because its window was stopped by Ctrl-Z; it is refused whenever it goes on.
    ///
    /// # Errors
    /// [`Error::Held`] if it does not let go, and the system does not let its lock be replaced.
    #[expect(clippy::disallowed_methods, reason = "waits for another process, outside any sitting's time")]
    pub fn take_over(&self, id: AttemptId, now: Timestamp) -> Result<AttemptLock, Error> {
        self.raise_generation(id)?;
        let grace = if self.stands_still(id, now) { Duration::ZERO } else { GRACE };
        let began = Instant::now();
        loop {
            match self.try_lock(id)? {
                Try::Taken(file) => return self.hold(id, file),
                Try::Held if began.elapsed() < grace => std::thread::sleep(Duration::from_millis(50)),
                Try::Held => return self.replace_lock(id),
            }
        }
    }

    /// Whether the holder of an attempt has not been heard of for some time, though it is alive.
    #[must_use]
    pub fn stands_still(&self, id: AttemptId, now: Timestamp) -> bool {
        last_beat(&self.folder, id).is_some_and(|beat| now.since(beat) > STILL)
    }

    /// Makes sure that an attempt of this number could be locked.
    pub(super) fn open_lock(&self, id: AttemptId) -> Result<File, Error> {
        let path = self.lock_path(id);
        let open = || {
            fs::create_dir_all(self.folder.join(super::LOCKS))?;
            File::options().create(true).write(true).truncate(false).open(&path)
        };
        open().map_err(|error| self.unusable(error))
    }

    fn try_lock(&self, id: AttemptId) -> Result<Try, Error> {
        loop {
            let file = self.open_lock(id)?;
            match file.try_lock() {
                // Its name may have gone to another file meanwhile, which somebody else has locked.
                Ok(()) if !self.has_name(id, &file) => {}
                Ok(()) => return Ok(Try::Taken(file)),
                Err(TryLockError::WouldBlock) => return Ok(Try::Held),
                Err(TryLockError::Error(error)) => return Err(self.unusable(error)),
            }
        }
    }

    fn has_name(&self, id: AttemptId, file: &File) -> bool {
        let named = fs::metadata(self.lock_path(id)).ok().and_then(|found| Identity::of(&found));
        named.is_none() || named == file.metadata().ok().and_then(|found| Identity::of(&found))
    }

    fn hold(&self, id: AttemptId, file: File) -> Result<AttemptLock, Error> {
        let generation = self.raise_generation(id)?;
        Ok(AttemptLock { _file: file, generation, pulse: pulse_path(&self.folder, id) })
    }

    /// Puts a lock of this process where that of a process stands that does not let go.
    fn replace_lock(&self, id: AttemptId) -> Result<AttemptLock, Error> {
        let path = self.lock_path(id);
        let new = path.with_extension(format!("{}.lock", std::process::id()));
        let take = || -> io::Result<File> {
            let file = File::create(&new)?;
            file.try_lock().map_err(io::Error::from)?;
            fs::rename(&new, &path)?;
            Ok(file)
        };
        match take() {
            Ok(file) => self.hold(id, file),
            Err(_) => Err(Error::Held(id)),
        }
    }

    fn lock_path(&self, id: AttemptId) -> PathBuf {
        self.folder.join(super::LOCKS).join(format!("attempt-{id}.lock"))
    }

    fn unusable(&self, error: io::Error) -> Error {
        Error::Folder { folder: self.folder.join(super::LOCKS), source: error.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::journal::conformance::{RULES, form};

    fn store() -> (tempfile::TempDir, Store, AttemptId) {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let id = store.create(&form(), RULES, Timestamp(0)).unwrap().id;
        (folder, store, id)
    }

    #[test]
    fn every_hold_raises_the_generation() {
        let (_folder, store, id) = store();
        let first = store.lock(id).unwrap().generation;
        let second = store.lock(id).unwrap().generation;
        assert!(second > first);
        assert!(store.take_over(id, Timestamp(0)).unwrap().generation > second);
    }

    #[test]
    fn a_second_holder_is_told() {
        let (_folder, store, id) = store();
        let _held = store.lock(id).unwrap();
        assert!(matches!(store.lock(id), Err(Error::Held(held)) if held == id));
    }

    #[cfg(unix)]
    #[test]
    fn a_holder_that_stands_still_is_replaced_at_once_and_a_third_meets_the_second() {
        let (folder, store, id) = store();
        let stopped = store.lock(id).unwrap();
        fs::write(&stopped.pulse, super::super::pulse::encode(Timestamp(1000))).unwrap();
        let taken = store.take_over(id, Timestamp(60_000)).unwrap();
        assert!(taken.generation > stopped.generation);
        assert!(matches!(store.lock(id), Err(Error::Held(_))));
        drop(stopped);
        assert!(matches!(store.lock(id), Err(Error::Held(_))), "the lock that was replaced frees nothing");
        drop(taken);
        assert!(store.lock(id).is_ok());
        assert!(folder.path().join(super::super::LOCKS).join(format!("attempt-{id}.lock")).exists());
    }

    #[test]
    fn an_attempt_that_could_not_be_locked_is_not_made() {
        let (folder, mut store, _) = store();
        fs::remove_dir_all(folder.path().join(super::super::LOCKS)).unwrap();
        fs::write(folder.path().join(super::super::LOCKS), "in the way").unwrap();
        assert!(matches!(store.create(&form(), RULES, Timestamp(0)), Err(Error::Folder { .. })));
        assert_eq!(store.list().unwrap().len(), 1);
    }
}
