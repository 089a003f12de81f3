//! What can still be read of a damaged store.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row, params};

use super::Store;

/// Copies every attempt whose rows can be read from the damaged file into the new store. How many there were.
pub(super) fn copy(damaged: &Path, store: &mut Store) -> usize {
    let Ok(old) = Connection::open_with_flags(damaged, OpenFlags::SQLITE_OPEN_READ_ONLY) else { return 0 };
    let ids = rows(&old, "SELECT id FROM attempt ORDER BY id", |row| row.get::<_, i64>(0));
    ids.into_iter().filter(|id| attempt(&old, *id, store).is_ok()).count()
}

fn attempt(old: &Connection, id: i64, store: &mut Store) -> rusqlite::Result<()> {
    let new = store.db.transaction()?;
    old.query_row(
        "SELECT exam, form, rules, created_at, last_seen_at, generation, finished_at FROM attempt WHERE id = ?1",
        [id],
        |row| {
            new.execute(
                "INSERT INTO attempt (id, exam, form, rules, created_at, last_seen_at, generation, finished_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    id,
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, i64>(3)?,
                    row.get::<_, i64>(4)?,
                    row.get::<_, i64>(5)?,
                    row.get::<_, Option<i64>>(6)?,
                ],
            )
        },
    )?;
    // A journal that breaks off is kept up to the break.
    let events = rows(old, &format!("SELECT seq, at, body FROM event WHERE attempt = {id} ORDER BY seq"), |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
    });
    for (seq, at, body) in events {
        new.execute(include_str!("sql/event-insert.sql"), params![id, seq, at, body])?;
    }
    let seen = rows(old, &format!("SELECT item FROM seen WHERE attempt = {id}"), |row| row.get::<_, String>(0));
    for item in seen {
        new.execute(include_str!("sql/seen-insert.sql"), params![id, item])?;
    }
    new.commit()
}

/// The rows up to the first that cannot be read.
fn rows<T>(db: &Connection, sql: &str, read: impl Fn(&Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let Ok(mut statement) = db.prepare(sql) else { return Vec::new() };
    let Ok(found) = statement.query_map([], read) else { return Vec::new() };
    found.map_while(Result::ok).collect()
}
