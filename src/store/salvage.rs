//! What can still be read of a damaged store.
//!
//! Rows are copied as they are, column by column: the SQL of this module names every column of every table a second
//! time, and each migration must visit it (a test here compares the two).

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

use super::Store;
use super::open::{Reading, open_to_read};

const ID_LIST: &str = include_str!("sql/salvage-id-list.sql");
const ATTEMPT_LOAD: &str = include_str!("sql/salvage-attempt-load.sql");
const ATTEMPT_INSERT: &str = include_str!("sql/salvage-attempt-insert.sql");
const EVENT_LIST: &str = include_str!("sql/salvage-event-list.sql");
const EVENT_INSERT: &str = include_str!("sql/event-insert.sql");
const SEEN_LIST: &str = include_str!("sql/salvage-seen-list.sql");
const SEEN_INSERT: &str = include_str!("sql/seen-insert.sql");

/// Copies every attempt whose rows can be read from the damaged file into the new store. Returns how many there were.
pub(super) fn copy(damaged: &Path, store: &mut Store) -> usize {
    let Ok(old) = open_to_read(damaged, Reading::Shared) else { return 0 };
    let ids = rows(&old, ID_LIST, params![], |row| row.get::<_, i64>(0));
    ids.into_iter().filter(|id| attempt(&old, *id, store).is_ok()).count()
}

fn attempt(old: &Connection, id: i64, store: &mut Store) -> rusqlite::Result<()> {
    let new = store.db.transaction()?;
    let columns = old.query_row(ATTEMPT_LOAD, [id], values)?;
    new.execute(ATTEMPT_INSERT, params_from_iter(columns))?;
    // A journal that breaks off is kept up to the break.
    for event in rows(old, EVENT_LIST, params![id], values) {
        new.execute(EVENT_INSERT, params_from_iter(event))?;
    }
    for seen in rows(old, SEEN_LIST, params![id], values) {
        new.execute(SEEN_INSERT, params_from_iter(seen))?;
    }
    new.commit()
}

/// The columns of a row.
fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|column| row.get(column)).collect()
}

/// The rows up to the first that cannot be read.
fn rows<T>(
    db: &Connection,
    sql: &str,
    parameters: &[&dyn rusqlite::ToSql],
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Vec<T> {
    let Ok(mut statement) = db.prepare(sql) else { return Vec::new() };
    let Ok(found) = statement.query_map(parameters, read) else { return Vec::new() };
    found.map_while(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::time::Timestamp;

    #[test]
    fn every_column_of_every_table_is_salvaged() {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let sql = "SELECT tables.name, columns.name FROM sqlite_schema tables, pragma_table_info(tables.name) columns \
                   WHERE tables.type = 'table'";
        let columns = rows(&store.db, sql, params![], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
        assert!(columns.contains(&("event".to_owned(), "body".to_owned())), "{columns:?}");
        for (table, column) in columns {
            let salvaged = match table.as_str() {
                "attempt" => [ATTEMPT_LOAD, ATTEMPT_INSERT],
                "event" => [EVENT_LIST, EVENT_INSERT],
                "seen" => [SEEN_LIST, SEEN_INSERT],
                other => panic!("the table {other} is not salvaged"),
            };
            for sql in salvaged {
                let names = sql.split(|c: char| !c.is_alphanumeric() && c != '_');
                assert!(names.into_iter().any(|name| name == column), "{table}.{column} is not in: {sql}");
            }
        }
    }
}
