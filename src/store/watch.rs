//! Whether the files that are written are still those that a later start will find.
//!
//! Whoever has a file open can go on writing it after it was removed, renamed or replaced by another, and nothing that is
//! written then is ever read again. So a commit counts only if the paths still lead to the files that were opened.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use super::file::beside;
use super::{Error, Store};

/// The store's file and its journal, as they were when they were opened.
#[derive(Debug)]
pub(super) struct Watch {
    path: PathBuf,
    files: [Sight; 2],
}

/// A file as its path showed it.
#[derive(Debug)]
struct Sight {
    path: PathBuf,
    identity: Option<Identity>,
    /// Neither the store's file nor its journal ever gets shorter while it is open.
    length: u64,
}

impl Store {
    /// Whether the files that are open are those that a later start would find.
    ///
    /// # Errors
    /// [`Error::TakenAway`] if they are not.
    pub(super) fn is_in_place(&mut self) -> Result<(), Error> {
        self.watch.check()
    }

    /// Closes the store. One whose file was taken away is left open until the program ends: closing it would remove the
    /// journal at its path, which is another store's by now.
    pub(super) fn leave(self) {
        if !self.watch.has_its_name() {
            std::mem::forget(self);
        }
    }
}

impl Watch {
    /// Watches over the files of a store that was just opened.
    pub(super) fn over(path: &Path) -> Self {
        let files = ["", "-wal"].map(|side| {
            let path = beside(path, side);
            let found = fs::metadata(&path).ok();
            let (identity, length) = found.map_or((None, 0), |found| (Identity::of(&found), found.len()));
            Sight { path, identity, length }
        });
        Self { path: path.to_owned(), files }
    }

    /// Whether the path still leads to the store's file, whatever became of its journal.
    fn has_its_name(&self) -> bool {
        self.files.first().is_some_and(|file| fs::metadata(&file.path).is_ok_and(|found| file.is(&found)))
    }

    /// Looks whether the files are where they were, and no shorter.
    ///
    /// # Errors
    /// [`Error::TakenAway`] if not.
    pub(super) fn check(&mut self) -> Result<(), Error> {
        if self.files.iter_mut().all(Sight::holds) { Ok(()) } else { Err(Error::TakenAway { path: self.path.clone() }) }
    }
}

impl Sight {
    fn holds(&mut self) -> bool {
        let Ok(found) = fs::metadata(&self.path) else { return false };
        let holds = self.is(&found) && found.len() >= self.length;
        if holds {
            (self.identity, self.length) = (Identity::of(&found), found.len());
        }
        holds
    }

    fn is(&self, found: &Metadata) -> bool {
        self.identity.is_none() || self.identity == Identity::of(found)
    }
}

/// Which file it is, whatever its path.
#[cfg(unix)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    inode: u64,
}

/// Where a file that is open can be neither removed nor renamed, there is nothing to tell apart.
#[cfg(not(unix))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity {}

impl Identity {
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems cannot tell")]
    pub(super) fn of(file: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self { device: file.dev(), inode: file.ino() })
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Metadata) -> Option<Self> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched() -> (tempfile::TempDir, PathBuf, Watch) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db");
        fs::write(&path, "store").unwrap();
        fs::write(beside(&path, "-wal"), "journal").unwrap();
        let watch = Watch::over(&path);
        (folder, path, watch)
    }

    #[test]
    fn files_that_only_grow_are_in_place() {
        let (_folder, path, mut watch) = watched();
        assert!(watch.check().is_ok());
        fs::OpenOptions::new().append(true).open(beside(&path, "-wal")).unwrap().set_len(100).unwrap();
        assert!(watch.check().is_ok());
        fs::OpenOptions::new().write(true).open(beside(&path, "-wal")).unwrap().set_len(99).unwrap();
        assert!(watch.check().is_err(), "it was cut short after it had grown");
    }

    #[cfg(unix)]
    #[test]
    fn files_that_were_removed_renamed_replaced_or_cut_short_are_not() {
        let changes: [fn(&Path); 6] = [
            |path| fs::remove_file(path).unwrap(),
            |path| fs::remove_file(beside(path, "-wal")).unwrap(),
            |path| fs::rename(path, beside(path, "-old")).unwrap(),
            |path| {
                fs::copy(path, beside(path, "-copy")).unwrap();
                fs::rename(beside(path, "-copy"), path).unwrap();
            },
            |path| fs::write(beside(path, "-wal"), "").unwrap(),
            |path| fs::remove_dir_all(path.parent().unwrap()).unwrap(),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let (_folder, path, mut watch) = watched();
            change(&path);
            assert!(matches!(watch.check(), Err(Error::TakenAway { .. })), "change {number}");
        }
    }
}
