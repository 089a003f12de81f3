//! What can still be read of a damaged store.
//!
//! Rows are copied as they are, table by table, into a store of the same version: what belongs to an attempt is in a table
//! with a column `attempt`, and a table without one is everybody's. So a migration that keeps to this needs nothing here, unless
//! it says what finished attempts came to ([`OF_THE_FINISH`]).

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

use super::connection::open_copy;
use super::encoding::number;
use super::migrate::{self, LATEST, Version};
use super::{Trouble, trouble};
use examroom_core::journal::AttemptId;

const ID_LIST: &str = include_str!("sql/salvage-id-list.sql");
const ID_LIST_BACK: &str = include_str!("sql/salvage-id-list-back.sql");
const EVENT_ID_LIST: &str = include_str!("sql/salvage-event-id-list.sql");

/// The tables that say what finished attempts came to.
const OF_THE_FINISH: [&str; 4] = ["result", "response", "regrade", "answered"];

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

/// The version of a damaged store; the latest where not even that can be read.
pub(super) fn version(damaged: &Path) -> Version {
    open_copy(damaged).and_then(|db| migrate::version(&db)).ok().flatten().unwrap_or(LATEST)
}

/// Copies every attempt whose rows can be read from the damaged file into the new store.
///
/// # Errors
/// When the new store cannot be written: what is not copied for that reason is not lost, and is tried again.
pub(super) fn copy(damaged: &Path, new: &mut Connection) -> rusqlite::Result<Salvaged> {
    let mut salvaged = Salvaged::default();
    let tables = tables(new)?;
    let Ok(old) = open_copy(damaged) else { return Ok(salvaged) };
    for table in tables.iter().filter(|table| table.owner == Owner::Everybody) {
        // What cannot be copied is missed by the attempts that need it.
        let (found, _) = rows(&old, &format!("SELECT * FROM {}", table.name), params![], values);
        for row in found {
            table.insert(new, row).map(drop).or_else(unless_of_the_disk)?;
        }
    }
    // A list that breaks off is read from its other end too, and the events name their attempts.
    let lists = [ID_LIST, ID_LIST_BACK, EVENT_ID_LIST];
    let ids = lists.iter().flat_map(|sql| rows(&old, sql, params![], |row| row.get::<_, i64>(0)).0);
    for id in ids.collect::<BTreeSet<i64>>() {
        match attempt(&old, id, new, &tables) {
            Ok((_, Extent::Whole)) => salvaged.whole.push(AttemptId(id)),
            Ok((events, Extent::CutShort)) => salvaged.cut_short.push((AttemptId(id), events)),
            Err(error) => {
                unless_of_the_disk(error)?;
                salvaged.lost.push(AttemptId(id));
            }
        }
    }
    Ok(salvaged)
}

/// Passes on an error that does not come from what was read, but from where it was to be written.
fn unless_of_the_disk(error: rusqlite::Error) -> rusqlite::Result<()> {
    if trouble(&error) == Trouble::Other { Ok(()) } else { Err(error) }
}

/// Whether something could be read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Whole,
    CutShort,
}

/// Whose rows a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// Each attempt's, by its number.
    Attempt,
    Everybody,
}

struct Table {
    name: String,
    columns: usize,
    owner: Owner,
}

impl Table {
    fn insert(&self, db: &Connection, row: Vec<Value>) -> rusqlite::Result<usize> {
        let places = vec!["?"; self.columns].join(", ");
        db.prepare_cached(&format!("INSERT OR REPLACE INTO {} VALUES ({places})", self.name))?
            .execute(params_from_iter(row))
    }
}

/// The tables of the new store but that of the attempts, in the order in which they were made.
fn tables(db: &Connection) -> rusqlite::Result<Vec<Table>> {
    let mut statement = db.prepare(include_str!("sql/salvage-table-list.sql"))?;
    let tables = statement.query_map([], |row| {
        let owner = if row.get(2)? { Owner::Attempt } else { Owner::Everybody };
        Ok(Table { name: row.get(0)?, columns: usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0), owner })
    })?;
    tables.collect()
}

fn attempt(old: &Connection, id: i64, new: &mut Connection, tables: &[Table]) -> rusqlite::Result<(usize, Extent)> {
    let new = new.transaction()?;
    let columns = old.query_row("SELECT * FROM attempt WHERE id = ?1", [id], values)?;
    let attempts = Table { name: "attempt".to_owned(), columns: columns.len(), owner: Owner::Attempt };
    attempts.insert(&new, columns)?;
    let mut whole = (0, Extent::Whole);
    for table in tables.iter().filter(|table| table.owner == Owner::Attempt) {
        // What breaks off is kept up to the break.
        let sql = format!("SELECT * FROM {} WHERE attempt = ?1", table.name);
        let (found, extent) = rows(old, &sql, params![id], values);
        if table.name == "event" {
            whole = (found.len(), extent);
        }
        for row in found {
            table.insert(&new, row)?;
        }
    }
    if whole.1 == Extent::CutShort && tables.iter().any(|table| table.name == "result") {
        // It goes on from the break, and what it came to there is not known yet.
        new.execute(include_str!("sql/salvage-cut-short.sql"), params![id, number(whole.0)])?;
        for table in tables.iter().filter(|table| OF_THE_FINISH.contains(&&*table.name)) {
            new.execute(&format!("DELETE FROM {} WHERE attempt = ?1", table.name), [id])?;
        }
    }
    new.commit()?;
    Ok(whole)
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
