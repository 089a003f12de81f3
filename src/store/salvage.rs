//! What can still be read of a damaged store.
//!
//! Rows are copied as they are, column by column: the SQL of this module names every column of every table a second
//! time, and each migration must visit it (a test here compares the two).

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

use super::Store;
use super::connection::open_copy;
use examroom_core::journal::AttemptId;

const ID_LIST: &str = include_str!("sql/salvage-id-list.sql");
const ID_LIST_BACK: &str = include_str!("sql/salvage-id-list-back.sql");
const EVENT_ID_LIST: &str = include_str!("sql/salvage-event-id-list.sql");
const ATTEMPT_LOAD: &str = include_str!("sql/salvage-attempt-load.sql");
const ATTEMPT_INSERT: &str = include_str!("sql/salvage-attempt-insert.sql");
const EVENT_LIST: &str = include_str!("sql/salvage-event-list.sql");
const EVENT_INSERT: &str = include_str!("sql/event-insert.sql");
const SEEN_LIST: &str = include_str!("sql/salvage-seen-list.sql");
const SEEN_INSERT: &str = include_str!("sql/seen-insert.sql");

/// What could be read of a damaged store, by attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Those of which everything could be read.
    pub whole: Vec<AttemptId>,
    /// Those whose events could be read only so far, with the number of events.
    pub cut_short: Vec<(AttemptId, usize)>,
    /// Those that are known to have been there, and of which nothing could be read.
    pub lost: Vec<AttemptId>,
}

/// Copies every attempt whose rows can be read from the damaged file into the new store.
pub(super) fn copy(damaged: &Path, store: &mut Store) -> Salvaged {
    let mut salvaged = Salvaged::default();
    let Ok(old) = open_copy(damaged) else { return salvaged };
    // A list that breaks off is read from its other end too, and the events name their attempts.
    let lists = [ID_LIST, ID_LIST_BACK, EVENT_ID_LIST];
    let ids = lists.iter().flat_map(|sql| rows(&old, sql, params![], |row| row.get::<_, i64>(0)).0);
    for id in ids.collect::<BTreeSet<i64>>() {
        match attempt(&old, id, store) {
            Ok((_, Extent::Whole)) => salvaged.whole.push(AttemptId(id)),
            Ok((events, Extent::CutShort)) => salvaged.cut_short.push((AttemptId(id), events)),
            Err(_) => salvaged.lost.push(AttemptId(id)),
        }
    }
    salvaged
}

/// Whether something could be read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Whole,
    CutShort,
}

fn attempt(old: &Connection, id: i64, store: &mut Store) -> rusqlite::Result<(usize, Extent)> {
    let new = store.db.transaction()?;
    let columns = old.query_row(ATTEMPT_LOAD, [id], values)?;
    new.execute(ATTEMPT_INSERT, params_from_iter(columns))?;
    // A journal that breaks off is kept up to the break.
    let (events, extent) = rows(old, EVENT_LIST, params![id], values);
    let count = events.len();
    for event in events {
        new.execute(EVENT_INSERT, params_from_iter(event))?;
    }
    for seen in rows(old, SEEN_LIST, params![id], values).0 {
        // What was seen only decides what is drawn next.
        let _ = new.execute(SEEN_INSERT, params_from_iter(seen));
    }
    new.commit()?;
    Ok((count, extent))
}

/// The columns of a row.
fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|column| row.get(column)).collect()
}

/// The rows up to the first that cannot be read, and whether there was none such.
fn rows<T>(
    db: &Connection,
    sql: &str,
    parameters: &[&dyn rusqlite::ToSql],
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> (Vec<T>, Extent) {
    let mut found = Vec::new();
    let read_all = || -> rusqlite::Result<()> {
        for row in db.prepare(sql)?.query_map(parameters, read)? {
            found.push(row?);
        }
        Ok(())
    };
    let extent = if read_all().is_ok() { Extent::Whole } else { Extent::CutShort };
    (found, extent)
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
        let columns = rows(&store.db, sql, params![], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).0;
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
