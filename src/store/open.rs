//! Opening the store: its settings, its ladder of migrations, and what is done with a file that is damaged, foreign
//! or newer. Nothing is ever overwritten.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::mend::{self, Recovered, is_garbled, is_hollow};
use super::{Error, FILE, Store};
use examroom_core::time::Timestamp;

/// Marks the file as ours (`PRAGMA application_id`): "EXRM".
const APPLICATION: i64 = 0x4558_524d;

/// The steps from an empty file to the present format; a step that has been released is never changed.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("migrations/0001-attempts.sql")];

/// How long another process's write is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

impl Store {
    /// Opens the store of a data folder for writing, and makes both if there are none.
    ///
    /// # Errors
    /// When the folder cannot be written, or the file belongs to another program or to a newer version of this one.
    pub fn open(folder: &Path, now: Timestamp) -> Result<(Self, Option<Recovered>), Error> {
        let unwritable = |source| Error::Folder { folder: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(|error| unwritable(error.into()))?;
        let path = folder.join(FILE);
        mend::finish(folder).map_err(|error| unwritable(error.into()))?;
        let store = |db| Self { db, folder: folder.to_owned() };
        match connect(&path) {
            Ok(db) => Ok((store(db), None)),
            Err(error) if error.is_damage() => {
                let _alone = mend::alone(folder).map_err(|error| unwritable(error.into()))?;
                // Another process may have replaced it meanwhile.
                if let Ok(db) = connect(&path) {
                    return Ok((store(db), None));
                }
                let recovered = mend::replace(folder, now)?;
                Ok((store(connect(&path)?), Some(recovered)))
            }
            Err(Error::Database(error)) if is_refusal(&error) => Err(unwritable(error.into())),
            Err(error) => Err(error),
        }
    }

    /// Opens the store for looking back only; `None` where there is none yet.
    ///
    /// # Errors
    /// When the file cannot be read, or belongs to another program or to a newer version of this one.
    pub fn open_to_read(folder: &Path) -> Result<Option<Self>, Error> {
        let path = folder.join(FILE);
        if is_hollow(&path) || is_garbled(&path) {
            return Err(Error::Damaged { path });
        }
        if !path.exists() {
            return Ok(None);
        }
        let open = |reading| -> Result<Self, Error> {
            let db = open_to_read(&path, reading)?;
            check_origin(&db, &path)?;
            Ok(Self { db, folder: folder.to_owned() })
        };
        match open(Reading::Shared) {
            Err(error @ Error::Database(_)) if !error.is_damage() => open(Reading::Alone).map(Some),
            opened => opened.map(Some),
        }
    }
}

/// A store that is larger is not checked as a whole, which would keep the candidate waiting.
const CHECKED: u64 = 64 << 20;

/// Opens a file as a store, with all its settings, and makes it if it is not there.
#[expect(clippy::disallowed_methods, reason = "the one place that opens the store")]
pub(super) fn connect(path: &Path) -> Result<Connection, Error> {
    if is_hollow(path) || is_garbled(path) {
        return Err(Error::Damaged { path: path.to_owned() });
    }
    // A journal that was not moved into the file: the last end was not in order, or somebody else is at work.
    let interrupted = mend::beside(path, "-wal").metadata().is_ok_and(|journal| journal.len() > 0);
    let mut db = Connection::open(path)?;
    db.busy_timeout(PATIENCE)?;
    check_origin(&db, path)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    migrate(&mut db)?;
    if interrupted && path.metadata().is_ok_and(|file| file.len() < CHECKED) {
        let found: String = db.pragma_query_value(None, "quick_check", |row| row.get(0))?;
        if found != "ok" {
            return Err(Error::Damaged { path: path.to_owned() });
        }
    } else {
        walk(&db)?;
    }
    Ok(db)
}

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Others may write it meanwhile.
    Shared,
    /// Without its side files, which a folder that cannot be written does not let `SQLite` make.
    Alone,
}

#[expect(clippy::disallowed_methods, reason = "the one place that opens a file for reading only")]
pub(super) fn open_to_read(path: &Path, reading: Reading) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let db = match reading {
        Reading::Shared => Connection::open_with_flags(path, flags)?,
        Reading::Alone => {
            let uri = format!("file:{}?immutable=1", escaped(path));
            Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?
        }
    };
    db.busy_timeout(PATIENCE)?;
    Ok(db)
}

/// Opens a copy of a damaged file, to read what can be read; its journal is taken in.
#[expect(clippy::disallowed_methods, reason = "the one place that opens a copy of a damaged store")]
pub(super) fn open_copy(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open(path)
}

/// Goes through the tables' pages, so that damage in the middle of the file is met now, when there is a way out, and not
/// in the middle of a sitting. The texts themselves lie outside these pages and are not read.
fn walk(db: &Connection) -> rusqlite::Result<()> {
    db.query_row(include_str!("sql/row-count.sql"), [], |row| row.get::<_, i64>(0)).map(drop)
}

fn check_origin(db: &Connection, path: &Path) -> Result<(), Error> {
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = db.query_row(include_str!("sql/schema-count.sql"), [], |row| row.get(0))?;
    if application != APPLICATION && tables > 0 {
        return Err(Error::Foreign { path: path.to_owned() });
    }
    if version < 1 && tables > 0 {
        return Err(Error::Damaged { path: path.to_owned() });
    }
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if version > known {
        return Err(Error::Newer { path: path.to_owned(), found: version, known });
    }
    Ok(())
}

fn migrate(db: &mut Connection) -> rusqlite::Result<()> {
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if usize::try_from(version).is_ok_and(|version| version == MIGRATIONS.len()) {
        return Ok(());
    }
    // Asked again inside the transaction: another process may have climbed the ladder meanwhile.
    let step = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: i64 = step.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for migration in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(0)) {
        step.execute_batch(migration)?;
    }
    step.pragma_update(None, "application_id", APPLICATION)?;
    step.pragma_update(None, "user_version", i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX))?;
    step.commit()
}

fn is_refusal(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::DiskFull)
    )
}

fn escaped(path: &Path) -> String {
    path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Salvaged;

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
        assert_eq!(pragma(&store, "user_version"), i64::try_from(MIGRATIONS.len()).unwrap());
        let mode: String = store.db.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
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
