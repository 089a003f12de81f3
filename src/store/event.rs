//! The events of an attempt, each with a checksum over it and all before it.

use rusqlite::{Connection, params};

use super::encoding::{json, number};
use super::{Error, Part};
use examroom_core::checksum::Link;
use examroom_core::journal::AttemptId;
use examroom_core::session::{Event, JournalEntry};
use examroom_core::time::Timestamp;

/// Adds events to an attempt that has `first` of them.
pub(super) fn append(db: &Connection, id: AttemptId, first: usize, entries: &[JournalEntry]) -> Result<(), Error> {
    let mut sum = match first.checked_sub(1) {
        None => db.prepare_cached(include_str!("sql/attempt-sum.sql"))?.query_row([id.0], link)?,
        Some(last) => {
            db.prepare_cached(include_str!("sql/event-sum.sql"))?.query_row(params![id.0, number(last)], link)?
        }
    };
    let mut insert = db.prepare_cached(include_str!("sql/event-insert.sql"))?;
    for (seq, entry) in (first..).zip(entries) {
        let body = json(&entry.event)?;
        sum = following(sum, entry.at, &body);
        insert.execute(params![id.0, number(seq), entry.at.0, body, sum.number()])?;
    }
    Ok(())
}

/// All events of an attempt that should have so many.
pub(super) fn list(db: &Connection, id: AttemptId, mut sum: Link, count: usize) -> Result<Vec<JournalEntry>, Error> {
    let mut statement = db.prepare_cached(include_str!("sql/event-list.sql"))?;
    let mut rows = statement.query([id.0])?;
    let mut entries = Vec::with_capacity(count);
    while let Some(row) = rows.next()? {
        let corrupt = Error::Corrupt { attempt: id, part: Part::Event(entries.len() + 1) };
        let Ok(body) = row.get_ref(2)?.as_str() else { return Err(corrupt) };
        let at = Timestamp(row.get(1)?);
        sum = following(sum, at, body);
        if row.get::<_, i64>(0)? != number(entries.len()) || row.get::<_, i64>(3)? != sum.number() {
            return Err(corrupt);
        }
        let event: Event = serde_json::from_str(body).map_err(|source| Error::Unreadable { attempt: id, source })?;
        entries.push(JournalEntry { at, event });
    }
    if entries.len() < count {
        return Err(Error::Corrupt { attempt: id, part: Part::Event(entries.len() + 1) });
    }
    Ok(entries)
}

fn following(sum: Link, at: Timestamp, body: &str) -> Link {
    sum.then(&[&at.0.to_string(), body])
}

fn link(row: &rusqlite::Row<'_>) -> rusqlite::Result<Link> {
    row.get::<_, i64>(0).map(Link::from)
}
