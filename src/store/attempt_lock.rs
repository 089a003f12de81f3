//! One process at a time writes an attempt.
//!
//! The system's file lock says who is alive: it goes with its process, however that ends, so a killed sitting can be
//! resumed at once. A living holder can be pushed aside: the attempt's generation is raised, the holder's next write is
//! refused, and it ends.

use std::fs::{File, TryLockError};
use std::time::{Duration, Instant};

use super::{Attempt, Error, Store};
use examroom_core::journal::AttemptId;

/// How long a holder that was pushed aside gets to release its lock.
const GRACE: Duration = Duration::from_secs(8);

/// The right to write an attempt, for as long as it lives.
#[derive(Debug)]
pub struct AttemptLock {
    _file: File,
}

impl Store {
    /// Takes the right to write an attempt.
    ///
    /// # Errors
    /// [`Error::Held`] if a living process has it.
    pub fn lock(&self, id: AttemptId) -> Result<AttemptLock, Error> {
        let folder = self.folder.join("locks");
        let failed = |error: std::io::Error| Error::Folder { folder: folder.clone(), source: error.into() };
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let file = File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(folder.join(format!("attempt-{id}.lock")))
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(AttemptLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::Held(id)),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Pushes a living holder aside, waits until it has released its lock, and takes the right to write.
    ///
    /// # Errors
    /// [`Error::Held`] if it does not release it.
    #[expect(clippy::disallowed_methods, reason = "waits for another process, outside any sitting's time")]
    pub fn take_over(&mut self, attempt: &mut Attempt) -> Result<AttemptLock, Error> {
        attempt.generation = self.raise_generation(attempt.id)?;
        let began = Instant::now();
        loop {
            match self.lock(attempt.id) {
                Err(Error::Held(_)) if began.elapsed() < GRACE => std::thread::sleep(Duration::from_millis(50)),
                outcome => return outcome,
            }
        }
    }
}
