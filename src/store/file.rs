//! The store as a file: what its first bytes say without `SQLite`, and what lies beside it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Whether the store's file is empty or gone while its journal is not: `SQLite` would take it for new, and throw the
/// journal away.
pub(super) fn is_hollow(path: &Path) -> bool {
    is_empty(path) && !is_empty(&beside(path, "-wal"))
}

/// Whether a file is not there, or has nothing in it.
pub(super) fn is_empty(path: &Path) -> bool {
    fs::metadata(path).map_or(0, |found| found.len()) == 0
}

/// A copy of a store and its journal among the temporary files, until it is dropped; who has it open can read on.
pub(super) struct ReadCopy(PathBuf);

impl ReadCopy {
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let name = |number: u32| format!("examroom-read-{}-{number}", std::process::id());
        let make = |number| {
            let folder = std::env::temp_dir().join(name(number));
            make_private(&folder).map(|()| folder)
        };
        let copy = Self((0..100).find_map(|number| make(number).ok()).map_or_else(|| make(100), Ok)?);
        for side in ["", "-wal"] {
            fs::copy(beside(path, side), beside(&copy.file(), side))?;
        }
        Ok(copy)
    }

    pub(super) fn file(&self) -> PathBuf {
        self.0.join(super::FILE)
    }
}

impl Drop for ReadCopy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

/// The bytes of the header that are the same in every store of this program, with their places.
pub(super) const CONSTANT: [(usize, &[u8]); 6] = [
    (0, b"SQLite format 3\0"),
    // The page size, and after the journal mode the reserved space and the payload fractions.
    (16, &[0x10, 0]),
    (20, &[0, 64, 32, 32]),
    (44, &[0, 0, 0, 4]),
    // No largest root, the cache's size, UTF-8.
    (52, &[0, 0, 0, 0, 0, 0, 0, 1]),
    (72, &[0; 20]),
];
pub(super) const OWNER: (usize, &[u8]) = (68, b"EXRM");

/// Whether a header says that the file is this program's, and says something that no store of this program says. `SQLite`
/// would call some of these files too new, or fit for reading only.
pub(super) fn is_garbled(path: &Path) -> bool {
    let mut header = [0; 100];
    let read = File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut header));
    let has = |(at, field): (usize, &[u8])| header.get(at..at + field.len()) == Some(field);
    let is_mode = |at: usize| header.get(at).is_some_and(|mode| (1..=2).contains(mode));
    read.is_ok() && has(OWNER) && !(CONSTANT.into_iter().all(has) && is_mode(18) && is_mode(19))
}

/// A file of the store's: `-wal` is its journal.
pub(super) fn beside(path: &Path, side: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(side);
    name.into()
}
