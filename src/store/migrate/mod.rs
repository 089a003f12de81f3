//! The ladder from an empty file to the present format. Each step is an SQL script, and Rust where SQL is not enough; a
//! step that has been released is never changed.

mod from_1;

use rusqlite::{Connection, TransactionBehavior};

use super::{Error, answered};

/// Marks the file as ours (`PRAGMA application_id`): "EXRM".
pub(super) const APPLICATION: i64 = 0x4558_524d;

type Conversion = fn(&Connection) -> Result<(), Error>;

/// A step of the ladder.
struct Migration {
    sql: &'static str,
    /// Converts what the version before held, after the script.
    convert: Option<Conversion>,
}

const MIGRATIONS: &[Migration] = &[
    Migration { sql: include_str!("../migrations/0001-attempts.sql"), convert: None },
    Migration { sql: include_str!("../migrations/0002-forms-apart.sql"), convert: Some(from_1::convert) },
    Migration { sql: include_str!("../migrations/0003-real-exams.sql"), convert: None },
    Migration { sql: include_str!("../migrations/0004-practice-cleared.sql"), convert: None },
    Migration { sql: include_str!("../migrations/0005-regrades.sql"), convert: None },
    Migration { sql: include_str!("../migrations/0006-answered.sql"), convert: Some(answered::convert) },
];

/// The version of a store's format: how many steps it has climbed.
pub(super) type Version = usize;

/// The present version.
pub(super) const LATEST: Version = MIGRATIONS.len();

/// The version of a file; `None` where it is none that this program has written.
pub(super) fn version(db: &Connection) -> rusqlite::Result<Option<Version>> {
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(Version::try_from(version).ok().filter(|version| (1..=LATEST).contains(version)))
}

/// Climbs the ladder up to a version, from wherever the file stands.
pub(super) fn climb(db: &mut Connection, to: Version) -> Result<(), Error> {
    if version(db)?.is_some_and(|version| version >= to) {
        return Ok(());
    }
    // Asked again inside the transaction: another process may have climbed meanwhile.
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&step)?.unwrap_or(0);
    for migration in MIGRATIONS.iter().take(to).skip(from) {
        step.execute_batch(migration.sql)?;
        if let Some(convert) = migration.convert {
            convert(&step)?;
        }
    }
    step.pragma_update(None, "application_id", APPLICATION)?;
    step.pragma_update(None, "user_version", i64::try_from(to.max(from)).unwrap_or(i64::MAX))?;
    Ok(step.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_has_every_script_of_its_folder_in_order() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        let numbers: Vec<String> = (1..=LATEST).map(|number| format!("{number:04}-")).collect();
        assert_eq!(names.len(), LATEST, "{names:?}");
        for ((name, number), migration) in names.iter().zip(&numbers).zip(MIGRATIONS) {
            assert!(name.starts_with(number), "{name} is not number {number}");
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(name);
            assert_eq!(std::fs::read_to_string(path).unwrap(), migration.sql, "{name}");
        }
    }
}
