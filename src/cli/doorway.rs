//! What lets a page in a browser outlive its program: the port and the secrets of the exam room, kept in the data folder
//! for as long as the attempt is open. Only the owner of the folder can read them: who knows them can sit the exam.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use examroom_core::journal::AttemptId;
use examroom_web::{Door, Secret};

/// The name of the file in the data folder.
const FILE: &str = "page.json";

/// The port and the secrets of an exam room.
#[derive(Clone, Debug)]
pub struct Doorway {
    pub port: u16,
    pub token: Secret,
    pub cookie: Secret,
}

/// A doorway with the attempt that it is kept for, as it is written.
#[derive(Serialize, Deserialize)]
struct Kept {
    attempt: AttemptId,
    port: u16,
    token: String,
    cookie: String,
}

impl Doorway {
    /// The doorway that was kept, and for which attempt; `None` where none was, or it cannot be read.
    pub fn kept(data: &Path) -> Option<(AttemptId, Self)> {
        let kept: Kept = serde_json::from_slice(&fs::read(path(data)).ok()?).ok()?;
        let doorway = Self { port: kept.port, token: Secret::read(&kept.token)?, cookie: Secret::read(&kept.cookie)? };
        Some((kept.attempt, doorway))
    }

    /// Keeps the doorway until it is [discarded](Self::discard).
    ///
    /// # Errors
    /// When the file cannot be written; then a page does not outlive the program, and nothing else is lost.
    pub fn keep(&self, data: &Path, attempt: AttemptId) -> io::Result<()> {
        let (token, cookie) = (self.token.as_str().to_owned(), self.cookie.as_str().to_owned());
        let text = serde_json::to_vec(&Kept { attempt, port: self.port, token, cookie })?;
        // A file of before may be readable by others.
        Self::discard(data);
        create_for_owner(&path(data))?.write_all(&text)
    }

    /// Forgets the doorway: the next exam room has another one.
    pub fn discard(data: &Path) {
        let _ = fs::remove_file(path(data));
    }

    /// The way in.
    pub fn door(&self) -> Door {
        Door::new(self.port, self.token.clone(), self.cookie.clone())
    }
}

fn path(data: &Path) -> PathBuf {
    data.join(FILE)
}

#[cfg(unix)]
fn create_for_owner(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// On Windows a user's folder is the user's alone.
#[cfg(not(unix))]
fn create_for_owner(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}
