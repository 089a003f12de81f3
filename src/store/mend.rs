//! A damaged store is replaced by a new one with whatever can still be read, and kept.
//!
//! The new store is built aside from a copy, and takes its place only when it is whole and durable. So a kill at any
//! point leaves either the damaged store with its journal, or the new one, and the next start continues there.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::connection::{Check, connect_at};
use super::file::{CONSTANT, OWNER, beside, is_empty};
use super::migrate::{self, LATEST};
use super::salvage::{self, Salvaged};
use super::{Error, FILE, answered};
use examroom_core::time::Timestamp;

/// The new store while it is built; whatever is found of it at a start is the remains of one that was not finished.
const PART: &str = "examroom-new.db.part";
/// The new store when it is whole: it only has to take its place.
const NEW: &str = "examroom-new.db";
/// What the damaged store is read from, so that reading changes nothing in it.
const COPY: &str = "examroom-copy.db";

/// A damaged store was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Where the damaged file is now.
    pub moved_to: PathBuf,
    /// What could be read of it and is in the new store.
    pub salvaged: Salvaged,
}

/// Keeps other processes from replacing the same store, for as long as it lives.
pub(super) fn alone(folder: &Path) -> io::Result<File> {
    let lock = File::options().create(true).write(true).truncate(false).open(folder.join("examroom.lock"))?;
    lock.lock()?;
    Ok(lock)
}

/// Replaces the damaged store of a folder. The caller is [`alone`].
pub(super) fn replace(folder: &Path, now: Timestamp) -> Result<Recovered, Error> {
    let unwritable = |source: io::Error| Error::Folder { folder: folder.to_owned(), source: source.into() };
    let (path, part, copy) = (folder.join(FILE), folder.join(PART), folder.join(COPY));
    clear(folder).map_err(unwritable)?;
    for side in ["", "-wal"] {
        let from = beside(&path, side);
        if from.exists() {
            fs::copy(from, beside(&copy, side)).map_err(unwritable)?;
        }
    }
    rebuild_header(&copy).map_err(unwritable)?;
    // Rows are copied as they are, and then converted as those of an undamaged store.
    let mut db = connect_at(&part, salvage::version(&copy), Check::Rows)?;
    let salvaged = salvage::copy(&copy, &mut db)?;
    migrate::climb(&mut db, LATEST)?;
    answered::tell_again(&mut db)?;
    // Closing would do this too, and say nothing where it cannot.
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    db.close().map_err(|(_, error)| Error::Database(error))?;
    if !is_empty(&beside(&part, "-wal")) {
        return Err(unwritable(io::Error::other("the new file is not complete without its journal")));
    }
    File::open(&part).and_then(|file| file.sync_all()).map_err(unwritable)?;
    let moved_to = keep(&path, now).map_err(unwritable)?;
    // A new store that is found is put in place without another look: by then the damaged one has to be kept for good.
    sync_folder(folder).map_err(unwritable)?;
    fs::rename(&part, folder.join(NEW)).map_err(unwritable)?;
    put_in_place(folder).map_err(unwritable)?;
    Ok(Recovered { moved_to, salvaged })
}

/// Lets a new store that is whole take its place, if there is one.
pub(super) fn finish(folder: &Path) -> io::Result<()> {
    if !folder.join(NEW).exists() {
        return Ok(());
    }
    let _alone = alone(folder)?;
    // Another process may have done it meanwhile.
    if folder.join(NEW).exists() { put_in_place(folder) } else { Ok(()) }
}

fn put_in_place(folder: &Path) -> io::Result<()> {
    let (path, new) = (folder.join(FILE), folder.join(NEW));
    sync_folder(folder)?;
    // A journal that is not the new store's must not be there when the new store is.
    for side in ["-wal", "-shm"] {
        remove(&beside(&path, side))?;
    }
    sync_folder(folder)?;
    fs::rename(&new, &path)?;
    sync_folder(folder)?;
    clear(folder)
}

/// Removes what an earlier attempt to replace the store left.
fn clear(folder: &Path) -> io::Result<()> {
    for name in [PART, COPY] {
        for side in ["", "-wal", "-shm", "-journal"] {
            remove(&beside(&folder.join(name), side))?;
        }
    }
    Ok(())
}

/// Keeps the damaged store and its journal under other names, beside the old ones.
fn keep(path: &Path, now: Timestamp) -> io::Result<PathBuf> {
    let kept = path.with_file_name(format!("examroom-damaged-{}.db", now.0));
    for side in ["", "-wal"] {
        let (from, to) = (beside(path, side), beside(&kept, side));
        if from.exists() && fs::hard_link(&from, &to).is_err() {
            // Not every file system has links.
            fs::copy(&from, &to)?;
            File::open(&to)?.sync_all()?;
        }
    }
    Ok(kept)
}

/// Writes the first 100 bytes anew where they are known, and pads the file to whole pages: one wrong byte there, or a
/// missing page at the end, would make `SQLite` refuse all others.
fn rebuild_header(copy: &Path) -> io::Result<()> {
    /// The page size of every store of this program.
    const PAGE: usize = 4096;
    let mut bytes = fs::read(copy).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(Vec::new()),
        _ => Err(error),
    })?;
    let pages = bytes.len().div_ceil(PAGE).max(1);
    bytes.resize(pages * PAGE, 0);
    let known = u8::try_from(LATEST).unwrap_or(u8::MAX);
    let version = bytes.get(60..64).map_or(known, |bytes| match *bytes {
        [0, 0, 0, version] if (1..=known).contains(&version) => version,
        _ => known,
    });
    let count = u32::try_from(pages).unwrap_or(u32::MAX).to_be_bytes();
    let fields: [(usize, &[u8]); 7] = [
        OWNER,
        // The journal is a log that is written ahead.
        (18, &[2, 2]),
        (24, &[0, 0, 0, 1]),
        (28, &count),
        // No list of free pages: they are only left out of use.
        (32, &[0; 8]),
        (60, &[0, 0, 0, version, 0, 0, 0, 0]),
        (92, &[0, 0, 0, 1]),
    ];
    for (at, field) in CONSTANT.into_iter().chain(fields) {
        if let Some(place) = bytes.get_mut(at..at + field.len()) {
            place.copy_from_slice(field);
        }
    }
    fs::write(copy, bytes)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes the names in a folder durable, where the system has that.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;
    use crate::attempt::Batch;
    use examroom_core::journal::AttemptId;
    use examroom_core::journal::conformance::{RULES, form};
    use examroom_core::session::{Event, JournalEntry};
    use std::collections::BTreeSet;
    use tempfile::TempDir;

    const ATTEMPTS: i64 = 3;
    const EVENTS: usize = 400;

    /// A store with three attempts that were written in turns, so that each lies on pages of its own.
    fn store() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        for _ in 0..ATTEMPTS {
            let id = store.create(&form(), RULES, Timestamp(0)).unwrap().id;
            let entries: Vec<JournalEntry> =
                (0..EVENTS).map(|_| JournalEntry { at: Timestamp(1), event: Event::Began }).collect();
            let batch = Batch { id, generation: 1, first: 0, entries: &entries, alive: Timestamp(0), form: &form() };
            store.append(&[batch]).unwrap();
        }
        folder
    }

    fn path(folder: &TempDir) -> PathBuf {
        folder.path().join(FILE)
    }

    fn damage(folder: &TempDir, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = fs::read(path(folder)).unwrap();
        change(&mut bytes);
        fs::write(path(folder), bytes).unwrap();
    }

    /// The number of events of each attempt that is there.
    fn found(folder: &Path) -> Vec<(i64, usize)> {
        let (store, _) = Store::open(folder, Timestamp(9)).unwrap();
        let ids: Vec<AttemptId> = store.list().unwrap().iter().map(|attempt| attempt.id).rev().collect();
        ids.iter().map(|id| (id.0, store.load(*id).map_or(0, |attempt| attempt.session.journal().len()))).collect()
    }

    fn everything() -> Vec<(i64, usize)> {
        (1..=ATTEMPTS).map(|id| (id, EVENTS)).collect()
    }

    #[test]
    fn every_inverted_byte_of_the_header_costs_nothing() {
        for at in 0..100 {
            let folder = store();
            damage(&folder, |bytes| bytes[at] ^= 0xff);
            match Store::open(folder.path(), Timestamp(7)) {
                // These say that the file is another program's, or a newer one's, which is refused and left alone.
                Err(Error::Foreign { .. } | Error::Newer { .. }) => {
                    assert!((60..64).contains(&at) || (68..72).contains(&at), "byte {at}");
                }
                opened => {
                    opened.unwrap();
                    assert_eq!(found(folder.path()), everything(), "byte {at}");
                }
            }
        }
    }

    #[test]
    fn a_missing_last_page_costs_only_what_was_on_it() {
        let folder = store();
        damage(&folder, |bytes| bytes.truncate(bytes.len() - 4096));
        let (_, recovered) = Store::open(folder.path(), Timestamp(7)).unwrap();
        assert!(recovered.is_some());
        assert!(found(folder.path()).iter().filter(|(_, events)| *events == EVENTS).count() >= 2, "{recovered:?}");
    }

    const PAGE: usize = 4096;

    /// The pages that each attempt cannot be read without, found by trying.
    fn pages_of_each(bytes: &[u8]) -> Vec<BTreeSet<usize>> {
        let mut needed = vec![BTreeSet::new(); usize::try_from(ATTEMPTS).unwrap()];
        for page in 0..bytes.len() / PAGE {
            let folder = tempfile::tempdir().unwrap();
            let mut bytes = bytes.to_vec();
            bytes[page * PAGE..(page + 1) * PAGE].fill(0);
            fs::write(path(&folder), bytes).unwrap();
            let store = crate::connection::open_copy(&path(&folder)).map(|db| Store::over(db, &path(&folder)));
            for (id, needed) in (1..).zip(&mut needed) {
                let attempt = store.as_ref().map(|store| store.load(AttemptId(id)));
                if !attempt.is_ok_and(|attempt| attempt.is_ok()) {
                    needed.insert(page);
                }
            }
        }
        needed
    }

    /// After every one of these damages, each attempt is there whose pages are intact.
    fn intact_ones_are_back(damage: fn(&mut Vec<u8>, usize), is_intact: fn(&BTreeSet<usize>, usize) -> bool) {
        let bytes = fs::read(path(&store())).unwrap();
        let (needed, mut saved) = (pages_of_each(&bytes), 0);
        for page in 0..bytes.len() / PAGE {
            let folder = tempfile::tempdir().unwrap();
            let mut bytes = bytes.clone();
            damage(&mut bytes, page);
            fs::write(path(&folder), bytes).unwrap();
            Store::open_checked(folder.path(), Timestamp(7)).unwrap();
            let found = found(folder.path());
            for (id, needed) in (1..).zip(&needed) {
                if is_intact(needed, page) {
                    assert!(found.contains(&(id, EVENTS)), "page {page}: attempt {id} is not among {found:?}");
                    saved += 1;
                }
            }
        }
        assert!(saved > 10, "{saved} intact attempts were looked for");
    }

    #[test]
    fn of_a_file_cut_off_at_any_page_every_attempt_is_back_whose_pages_are_there() {
        intact_ones_are_back(
            |bytes, page| bytes.truncate(page * PAGE),
            |needed, page| needed.last().is_some_and(|last| *last < page),
        );
    }

    #[test]
    fn of_a_file_with_a_page_of_zeros_every_attempt_is_back_that_is_not_on_it() {
        intact_ones_are_back(
            |bytes, page| bytes[page * PAGE..(page + 1) * PAGE].fill(0),
            |needed, page| !needed.contains(&page),
        );
    }

    #[test]
    fn an_empty_file_beside_a_journal_is_damage_and_the_journal_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let (mut live, _) = Store::open(folder.path(), Timestamp(0)).unwrap();
        let id = live.create(&form(), RULES, Timestamp(0)).unwrap().id;
        // As after a kill: the journal is there, and the file is emptied by somebody else.
        let killed = tempfile::tempdir().unwrap();
        fs::copy(beside(&path(&folder), "-wal"), beside(&path(&killed), "-wal")).unwrap();
        fs::write(path(&killed), "").unwrap();
        assert!(matches!(Store::open_to_read(killed.path()), Err(error) if error.is_damage()));
        let (store, recovered) = Store::open(killed.path(), Timestamp(7)).unwrap();
        assert_eq!(store.load(id).unwrap().session.journal(), live.load(id).unwrap().session.journal());
        let kept = recovered.unwrap().moved_to;
        assert!(fs::metadata(beside(&kept, "-wal")).unwrap().len() > 0, "the journal is kept");
    }

    #[test]
    fn a_start_finishes_what_a_kill_interrupted_at_any_step() {
        let steps: [fn(&Path); 4] = [
            // Killed while the new store was built: its remains are removed, and it is built again.
            |folder| fs::write(folder.join(PART), "half a store").unwrap(),
            |folder| fs::write(folder.join(COPY), "half a copy").unwrap(),
            // Killed after the damaged store was kept.
            |folder| drop(keep(&folder.join(FILE), Timestamp(1)).unwrap()),
            // Killed between the journal's removal and the new store's coming: the new one is whole.
            |folder| {
                let other = store();
                fs::copy(other.path().join(FILE), folder.join(NEW)).unwrap();
                fs::write(beside(&folder.join(FILE), "-wal"), "the damaged store's journal").unwrap();
            },
        ];
        for (number, interrupted) in steps.into_iter().enumerate() {
            let folder = store();
            damage(&folder, |bytes| bytes[0] ^= 0xff);
            interrupted(folder.path());
            assert_eq!(found(folder.path()), everything(), "step {number}");
            for name in [PART, NEW, COPY] {
                assert!(!folder.path().join(name).exists(), "step {number}: {name}");
            }
        }
    }
}
