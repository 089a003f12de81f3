//! A connection to the store's file: its settings, and whether the file is a store of a known version at all.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::Error;
use super::file::{beside, is_garbled, is_hollow};
use super::migrate::{APPLICATION, LATEST, Version, climb};

/// How long another process's write is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// A store that is larger is not checked as a whole, which would keep the candidate waiting.
const CHECKED: u64 = 64 << 20;

/// How much of a store is looked at when it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// Every page, unless the file is very large.
    Whole,
    /// The attempts' own rows.
    Rows,
}

/// Opens a file as a store, with all its settings, and makes it if it is not there.
pub(super) fn connect(path: &Path, check: Check) -> Result<Connection, Error> {
    connect_at(path, LATEST, check)
}

/// Opens a file as a store that climbs to this version, which is the latest but where an older store is rebuilt.
#[expect(clippy::disallowed_methods, reason = "the one place that opens the store")]
pub(super) fn connect_at(path: &Path, version: Version, check: Check) -> Result<Connection, Error> {
    if is_hollow(path) || is_garbled(path) {
        return Err(Error::Damaged { path: path.to_owned() });
    }
    // A journal that was not moved into the file: the last end was not in order, or somebody else is at work.
    let interrupted = beside(path, "-wal").metadata().is_ok_and(|journal| journal.len() > 0);
    let mut db = Connection::open(path)?;
    db.busy_timeout(PATIENCE)?;
    check_origin(&db, path)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    // On Apple's systems a plain sync stops at the drive's cache; elsewhere these change nothing.
    db.pragma_update(None, "fullfsync", true)?;
    db.pragma_update(None, "checkpoint_fullfsync", true)?;
    db.pragma_update(None, "foreign_keys", true)?;
    climb(&mut db, version)?;
    let is_due = interrupted || check == Check::Whole;
    if is_due && path.metadata().is_ok_and(|file| file.len() < CHECKED) {
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
            Connection::open_with_flags(format!("{}?immutable=1", uri(path)), flags | OpenFlags::SQLITE_OPEN_URI)?
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

/// Goes through the attempts' rows, so that damage there is met now, when there is a way out, and not in the middle of a
/// sitting. What belongs to an attempt has checksums, and is not read before it is wanted: a long history would cost every
/// start.
fn walk(db: &Connection) -> rusqlite::Result<()> {
    db.query_row(include_str!("sql/row-count.sql"), [], |row| row.get::<_, i64>(0)).map(drop)
}

pub(super) fn check_origin(db: &Connection, path: &Path) -> Result<(), Error> {
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = db.query_row(include_str!("sql/schema-count.sql"), [], |row| row.get(0))?;
    if application != APPLICATION && tables > 0 {
        return Err(Error::Foreign { path: path.to_owned() });
    }
    if version < 1 && tables > 0 {
        return Err(Error::Damaged { path: path.to_owned() });
    }
    let known = i64::try_from(LATEST).unwrap_or(i64::MAX);
    if version > known {
        return Err(Error::Newer { path: path.to_owned(), found: version, known });
    }
    Ok(())
}

/// A digit of a hexadecimal number.
fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0')
}

/// A path as a URI without a host: whatever its bytes are, and however many slashes it begins with.
fn uri(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = String::from(if cfg!(windows) { "file:///" } else { "file://" });
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b':' => uri.push(char::from(*byte)),
            _ => uri.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    uri
}
