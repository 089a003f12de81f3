//! The files that questions come from.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// How many bytes a file may have: of 10,000 questions it has 10 MB.
const SIZE_LIMIT: u64 = 64_000_000;

/// A file as it was named, with its content.
#[derive(Clone, Debug)]
pub struct Given {
    /// As it was named.
    pub path: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Given {
    /// Its name without folders.
    #[must_use]
    pub fn name(&self) -> String {
        self.path
            .file_name()
            .map_or_else(|| self.path.display().to_string(), |name| name.to_string_lossy().into_owned())
    }
}

/// A file that is not read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not there, or closed to us.
    #[error("{} cannot be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder or a device.
    #[error("{} is no plain file", .0.display())]
    NotAFile(PathBuf),
    /// More than anybody has written.
    #[error("{} is larger than {} MB", .0.display(), SIZE_LIMIT / 1_000_000)]
    TooLong(PathBuf),
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read, or holds more than a file of questions can.
pub fn read_file(path: &Path) -> Result<Given, FileError> {
    let failed = |source| FileError::Io { path: path.to_owned(), source };
    // Opening a pipe would wait for whoever writes to it.
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(FileError::NotAFile(path.to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(FileError::TooLong(path.to_owned()));
    }
    Ok(Given { path: path.to_owned(), bytes })
}
