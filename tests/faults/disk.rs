//! A disk that loses what was not synced.
//!
//! What a run wrote is replayed up to some call, and then the power is cut: of the writes since a file's last sync, each is
//! there, or not, or torn between two sectors, whatever became of those before it; of the names since a folder's last sync,
//! the first few are there, or any.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::trace::Call;

/// The smallest part of a disk that is written as a whole.
const SECTOR: usize = 512;

/// Chance from a seed.
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below this one.
    pub fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }
}

#[derive(Clone, Debug)]
enum Change {
    Write { offset: usize, data: Vec<u8> },
    Truncate(usize),
}

#[derive(Clone, Debug, Default)]
struct File {
    synced: Vec<u8>,
    since: Vec<Change>,
}

/// A change to the names in the folder.
#[derive(Clone, Debug)]
enum Naming {
    Add(PathBuf, usize),
    Remove(PathBuf),
    Move(PathBuf, PathBuf),
}

/// The disk under one folder.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    files: Vec<File>,
    /// Which file has which inode of the recorded run.
    inodes: BTreeMap<u64, usize>,
    synced: BTreeMap<PathBuf, usize>,
    since: Vec<Naming>,
    /// The names as the program sees them.
    names: BTreeMap<PathBuf, usize>,
}

impl Disk {
    /// A disk that holds what is in a folder, all of it durable, under the names that it has in another.
    pub fn holding(folder: &Path, recorded_in: &Path) -> Self {
        let mut disk = Self::default();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                disk.names.insert(recorded_in.join(path.file_name().unwrap()), disk.files.len());
                disk.files.push(File { synced: fs::read(&path).unwrap(), since: Vec::new() });
            }
        }
        disk.synced = disk.names.clone();
        disk
    }

    /// Does what a call did.
    pub fn apply(&mut self, call: &Call) {
        match call {
            Call::Open { path, inode } => {
                if let Some(file) = self.names.get(path) {
                    self.inodes.insert(*inode, *file);
                }
            }
            Call::Create { path, inode } => {
                let file = self.names.get(path).copied().unwrap_or_else(|| {
                    self.files.push(File::default());
                    self.name(Naming::Add(path.clone(), self.files.len() - 1));
                    self.files.len() - 1
                });
                self.inodes.insert(*inode, file);
                self.files[file].since.push(Change::Truncate(0));
            }
            Call::Write { inode, offset, data } => {
                let offset = usize::try_from(*offset).unwrap();
                self.change(*inode, Change::Write { offset, data: data.clone() });
            }
            Call::Truncate { inode, length } => {
                self.change(*inode, Change::Truncate(usize::try_from(*length).unwrap()));
            }
            Call::Sync { path, inode } => match self.inodes.get(inode) {
                Some(file) => {
                    let file = &mut self.files[*file];
                    for change in std::mem::take(&mut file.since) {
                        write(&mut file.synced, &change);
                    }
                }
                None => self.sync_folder(path),
            },
            Call::Unlink { path } => self.name(Naming::Remove(path.clone())),
            Call::Rename { from, to } => self.name(Naming::Move(from.clone(), to.clone())),
            Call::Link { from, to } => {
                if let Some(file) = self.names.get(from) {
                    self.name(Naming::Add(to.clone(), *file));
                }
            }
            Call::Folder | Call::Say(_) => {}
        }
    }

    fn change(&mut self, inode: u64, change: Change) {
        if let Some(file) = self.inodes.get(&inode) {
            self.files[*file].since.push(change);
        }
    }

    fn name(&mut self, naming: Naming) {
        rename(&mut self.names, &naming);
        self.since.push(naming);
    }

    fn sync_folder(&mut self, folder: &Path) {
        let is_in = |naming: &Naming| {
            let (Naming::Add(path, _) | Naming::Remove(path) | Naming::Move(path, _)) = naming;
            path.parent() == Some(folder)
        };
        for naming in std::mem::take(&mut self.since) {
            if is_in(&naming) {
                rename(&mut self.synced, &naming);
            } else {
                self.since.push(naming);
            }
        }
    }

    /// What is found after the power was cut now: the files by name.
    pub fn cut(&self, dice: &mut Dice) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut names = self.synced.clone();
        let in_order = dice.one_in(2);
        let first = dice.below(self.since.len() + 1);
        for (number, naming) in self.since.iter().enumerate() {
            if if in_order { number < first } else { dice.one_in(2) } {
                rename(&mut names, naming);
            }
        }
        let mut contents: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        for file in names.values().copied().collect::<BTreeSet<usize>>() {
            contents.insert(file, self.files[file].after_a_cut(dice));
        }
        names.into_iter().map(|(path, file)| (path, contents[&file].clone())).collect()
    }
}

impl File {
    fn after_a_cut(&self, dice: &mut Dice) -> Vec<u8> {
        let mut content = self.synced.clone();
        // Sometimes everything since the sync is lost, sometimes nothing, mostly any part of it.
        let kept = dice.below(4);
        for change in &self.since {
            let survives = match kept {
                0 => false,
                1 => true,
                _ => dice.one_in(2),
            };
            if !survives {
                continue;
            }
            match change {
                Change::Write { offset, data } if kept != 1 && dice.one_in(3) => {
                    for (number, sector) in data.chunks(SECTOR).enumerate() {
                        if dice.one_in(2) {
                            let offset = offset + number * SECTOR;
                            write(&mut content, &Change::Write { offset, data: sector.to_vec() });
                        }
                    }
                }
                change => write(&mut content, change),
            }
        }
        content
    }
}

fn write(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Truncate(length) => content.resize(*length, 0),
        Change::Write { offset, data } => {
            if content.len() < offset + data.len() {
                content.resize(offset + data.len(), 0);
            }
            content[*offset..offset + data.len()].copy_from_slice(data);
        }
    }
}

fn rename(names: &mut BTreeMap<PathBuf, usize>, naming: &Naming) {
    match naming {
        Naming::Add(path, file) => drop(names.insert(path.clone(), *file)),
        Naming::Remove(path) => drop(names.remove(path)),
        Naming::Move(from, to) => {
            if let Some(file) = names.remove(from) {
                names.insert(to.clone(), file);
            }
        }
    }
}

/// Lays what a cut left into a folder, under the names that the files had in another.
pub fn lay(image: &BTreeMap<PathBuf, Vec<u8>>, recorded_in: &Path, folder: &Path) {
    for (path, content) in image {
        let Ok(name) = path.strip_prefix(recorded_in) else { continue };
        // The index of the journal is in memory, and is made anew after a cut.
        if name.to_string_lossy().ends_with("-shm") || name.components().count() > 1 {
            continue;
        }
        fs::write(folder.join(name), content).unwrap();
    }
}
