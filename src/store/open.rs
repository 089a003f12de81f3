//! Opening the store, and what is done with a file that is damaged, foreign or newer. Nothing is ever overwritten.

use std::path::Path;

use rusqlite::{Connection, ErrorCode};

use super::connection::{Check, Reading, check_origin, connect, open_to_read};
use super::daily_check;
use super::file::{ReadCopy, beside, is_empty, is_garbled, is_hollow};
use super::mend::{self, Recovered};
use super::migrate::{LATEST, version};
use super::watch::Watch;
use super::{Error, FILE, Store};
use examroom_core::time::Timestamp;

impl Store {
    /// Opens the store of a data folder for writing, and makes both if there are none.
    ///
    /// # Errors
    /// When the folder cannot be written, or the file belongs to another program or to a newer version of this one.
    pub fn open(folder: &Path, now: Timestamp) -> Result<(Self, Option<Recovered>), Error> {
        Self::open_with(folder, daily_check::due(folder, now), now)
    }

    /// Opens the store as [`Self::open`] does, after every page of it was looked at.
    ///
    /// # Errors
    /// As of [`Self::open`].
    pub fn open_checked(folder: &Path, now: Timestamp) -> Result<(Self, Option<Recovered>), Error> {
        Self::open_with(folder, Check::Whole, now)
    }

    fn open_with(folder: &Path, check: Check, now: Timestamp) -> Result<(Self, Option<Recovered>), Error> {
        let unwritable = |source| Error::Folder { folder: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(|error| unwritable(error.into()))?;
        let path = folder.join(FILE);
        mend::finish(folder).map_err(|error| unwritable(error.into()))?;
        let store = |db| Self::over(db, &path);
        match connect(&path, check) {
            Ok(db) => {
                if check == Check::Whole {
                    daily_check::note(folder, now);
                }
                Ok((store(db), None))
            }
            Err(error) if error.is_damage() => {
                let _alone = mend::alone(folder).map_err(|error| unwritable(error.into()))?;
                // Another process may have replaced it meanwhile.
                if let Ok(db) = connect(&path, Check::Whole) {
                    return Ok((store(db), None));
                }
                let recovered = mend::replace(folder, now)?;
                Ok((store(connect(&path, Check::Rows)?), Some(recovered)))
            }
            Err(Error::Database(error)) if is_refusal(&error) => Err(unwritable(error.into())),
            Err(error) => Err(error),
        }
    }

    /// Opens the store for looking back only; `None` where there is none yet.
    ///
    /// # Errors
    /// When the file cannot be read, or belongs to another program or to another version of this one.
    pub fn open_to_read(folder: &Path) -> Result<Option<Self>, Error> {
        let path = folder.join(FILE);
        if is_hollow(&path) || is_garbled(&path) {
            return Err(Error::Damaged { path });
        }
        // A folder that may not be entered is another matter than one without a store.
        if !path.try_exists().map_err(|source| Error::Unreachable { folder: folder.to_owned(), source })? {
            return Ok(None);
        }
        let open = |file: &Path, reading| -> Result<Self, Error> {
            let db = open_to_read(file, reading)?;
            check_origin(&db, &path)?;
            check_version(&db, &path)?;
            Ok(Self::over(db, &path))
        };
        match open(&path, Reading::Shared) {
            Err(error @ Error::Database(_)) if !error.is_damage() => {
                if is_empty(&beside(&path, "-wal")) {
                    return open(&path, Reading::Alone).map(Some);
                }
                // What is in the journal can be read only where an index of it can be made.
                let copy =
                    ReadCopy::of(&path).map_err(|source| Error::Unreachable { folder: folder.to_owned(), source })?;
                open(&copy.file(), Reading::Shared).map(Some)
            }
            opened => opened.map(Some),
        }
    }
}

impl Store {
    /// A store whose file is open.
    pub(super) fn over(db: Connection, path: &Path) -> Self {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Self { db, folder, watch: Watch::over(path) }
    }
}

/// A store of an older version is converted by opening it for writing.
fn check_version(db: &Connection, path: &Path) -> Result<(), Error> {
    let is_old = version(db)?.is_some_and(|version| version < LATEST);
    if is_old { Err(Error::Older { path: path.to_owned() }) } else { Ok(()) }
}

#[cfg(feature = "mutation")]
impl Store {
    /// Changes what a commit waits for.
    ///
    /// # Errors
    /// When the database does not know the word.
    pub fn set_synchronous(&self, word: &str) -> Result<(), Error> {
        Ok(self.db.pragma_update(None, "synchronous", word)?)
    }
}

fn is_refusal(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::DiskFull)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Salvaged;
    use examroom_core::journal::conformance::{RULES, form};

    fn pragma(store: &Store, name: &str) -> i64 {
        store.db.pragma_query_value(None, name, |row| row.get(0)).unwrap()
    }

    #[test]
    fn commits_are_durable_and_the_format_is_the_latest() {
        let folder = tempfile::tempdir().unwrap();
        let (store, recovered) = Store::open(folder.path(), Timestamp(0)).unwrap();
        assert_eq!(recovered, None);
        // 2 is FULL: with NORMAL a cut of power could take back what the screen called saved.
        assert_eq!(pragma(&store, "synchronous"), 2);
        assert_eq!(pragma(&store, "user_version"), i64::try_from(LATEST).unwrap());
        let mode: String = store.db.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
    }

    #[test]
    fn a_live_journal_is_read_where_no_index_of_it_can_be_made() {
        let (written, locked) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (mut store, _) = Store::open(written.path(), Timestamp(0)).unwrap();
        store.create(&form(), RULES, Timestamp(0)).unwrap();
        let path = locked.path().join(FILE);
        for side in ["", "-wal"] {
            std::fs::copy(beside(&written.path().join(FILE), side), beside(&path, side)).unwrap();
        }
        // As in a folder that cannot be written.
        std::fs::create_dir(beside(&path, "-shm")).unwrap();
        let read = Store::open_to_read(locked.path()).unwrap().unwrap();
        assert_eq!(read.list().unwrap(), store.list().unwrap());
        assert_eq!(read.list().unwrap().len(), 1);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_may_have_any_name() {
        use std::os::unix::ffi::OsStrExt as _;
        let parent = tempfile::tempdir().unwrap();
        let odd = std::ffi::OsStr::from_bytes(b"a?b%20c#d\xff");
        let slashed = format!("/{}", parent.path().join("two slashes").display());
        for folder in [parent.path().join(odd), slashed.into()] {
            let (mut store, _) = Store::open(&folder, Timestamp(0)).unwrap();
            store.create(&form(), RULES, Timestamp(0)).unwrap();
            drop(store);
            assert_eq!(Store::open_to_read(&folder).unwrap().unwrap().list().unwrap().len(), 1);
            // Where its side files cannot be made, it is read without them.
            let index = beside(&folder.join(FILE), "-shm");
            std::fs::remove_file(&index).unwrap();
            std::fs::create_dir(&index).unwrap();
            assert_eq!(Store::open_to_read(&folder).unwrap().unwrap().list().unwrap().len(), 1);
        }
    }

    #[test]
    fn a_newer_store_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        store.db.pragma_update(None, "user_version", 99).unwrap();
        drop(store);
        let before = std::fs::read(folder.path().join(FILE)).unwrap();
        assert!(matches!(Store::open(folder.path(), Timestamp(0)), Err(Error::Newer { found: 99, .. })));
        assert_eq!(std::fs::read(folder.path().join(FILE)).unwrap(), before);
    }

    #[test]
    fn a_database_of_another_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        #[expect(clippy::disallowed_methods, reason = "another program's file")]
        let db = Connection::open(folder.path().join(FILE)).unwrap();
        db.execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
        drop(db);
        assert!(matches!(Store::open(folder.path(), Timestamp(0)), Err(Error::Foreign { .. })));
    }

    #[test]
    fn a_damaged_store_is_moved_aside_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "not a database, but somebody's hours of work").unwrap();
        let (_, recovered) = Store::open(folder.path(), Timestamp(7)).unwrap();
        let recovered = recovered.unwrap();
        assert_eq!(recovered.salvaged, Salvaged::default());
        assert!(std::fs::read_to_string(recovered.moved_to).unwrap().contains("hours of work"));
    }
}
