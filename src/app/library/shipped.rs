//! The banks inside the program, which the build script lists.

use std::path::Path;

use super::BLUEPRINT;

include!(concat!(env!("OUT_DIR"), "/shipped_banks.rs"));

/// A file by the name it has in the project.
pub(super) type Shipped = (&'static str, &'static [u8]);

/// One exam's files.
pub(super) struct Exam {
    pub id: &'static str,
    /// The blueprint and the bank files, by name.
    files: &'static [Shipped],
    references: &'static [Shipped],
}

/// The ids of the exams inside the program.
pub(super) fn exams() -> impl Iterator<Item = &'static str> {
    EXAMS.iter().map(|exam| exam.id)
}

pub(super) fn exam(id: &str) -> Option<&'static Exam> {
    EXAMS.iter().find(|exam| exam.id == id)
}

impl Exam {
    pub fn blueprint(&self) -> Option<Shipped> {
        self.files.iter().copied().find(|(name, _)| Path::new(name).ends_with(BLUEPRINT))
    }

    pub fn banks(&self) -> impl Iterator<Item = Shipped> {
        self.files.iter().copied().filter(|(name, _)| !Path::new(name).ends_with(BLUEPRINT))
    }

    /// The sheets with their ids.
    pub fn sheets(&self) -> impl Iterator<Item = (&'static str, Shipped)> {
        self.references.iter().filter_map(|file| Some((Path::new(file.0).file_stem()?.to_str()?, *file)))
    }
}
