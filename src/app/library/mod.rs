//! Where banks come from: the ones inside the program, then the user's own folder, then `--banks`, which names a folder or a
//! pack.
//!
//! What is asked for goes one way: `resolve` finds the exams that a name or a path means, [`Library::exam`] gathers the
//! [`ExamFiles`] of one from all places, `read` reads their text into a bank with everything that is wrong with it, and
//! `check` draws forms from it besides.
//!
//! An exam is a folder with `exam.toml`, bank files beside it, and a `references` folder for the open-book shelf. A later
//! place adds its files to an exam of the same id; if it brings an `exam.toml` of its own, it replaces the exam.
//! Only the folder of the exam that is asked for is read.

mod check;
mod editions;
mod exam_files;
mod pack;
mod read;
mod rename;
mod resolve;
mod shipped;
mod source;
mod template;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use examroom_core::id::ExamId;
use examroom_core::text::nearest;

pub use check::{Check, Step};
pub use editions::Editions;
pub use exam_files::ExamFiles;
pub use pack::{OpenPack, PackError};
pub use read::{Progress, Reading};
pub use rename::{RenameError, Renaming};
pub use resolve::{Found, Unresolved};
pub(crate) use template::SCHEMA_FILE;
pub use template::{Quiz, Template, write_quiz, write_template};

/// The name of a blueprint's file.
const BLUEPRINT: &str = "exam.toml";
/// The name of the folder with the reference shelf.
const SHELF: &str = "references";

/// The places that banks are looked for in.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The user's own folder and `--banks`, in this order; those that do not exist hold nothing.
    pub folders: Vec<PathBuf>,
    /// A bank in one file, which comes after all folders.
    pub pack: Option<Arc<OpenPack>>,
}

/// A folder of question banks that cannot be listed.
#[derive(Debug, thiserror::Error)]
#[error("the folder {} cannot be read", folder.display())]
pub struct ListError {
    folder: PathBuf,
    source: io::Error,
}

impl Library {
    /// The ids of all exams, sorted.
    ///
    /// # Errors
    /// When a folder exists but cannot be listed.
    pub fn exams(&self) -> Result<Vec<ExamId>, ListError> {
        let mut ids: BTreeSet<ExamId> = shipped::exams().map(ExamId::new).collect();
        for folder in &self.folders {
            for entry in listed(folder)? {
                // Also one that is no file: what is wrong with it is reported when it is read.
                if entry.join(BLUEPRINT).symlink_metadata().is_ok() {
                    ids.extend(folder_id(&entry));
                }
            }
        }
        ids.extend(self.pack.iter().map(|pack| pack.exam.clone()));
        Ok(ids.into_iter().collect())
    }

    /// What to write instead of the id of an exam that there is not: the nearest of those that can be meant, or all of
    /// them.
    fn suggestion(&self, wanted: &ExamId, is_meant: impl Fn(&ExamId) -> bool) -> String {
        let mut known = self.exams().unwrap_or_default();
        known.retain(is_meant);
        let names = || known.iter().map(ExamId::as_str);
        nearest(wanted.as_str(), names()).map_or_else(
            || format!("exams: {}", names().collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean `{near}`?"),
        )
    }

    /// The pack that an exam comes in.
    #[must_use]
    pub fn pack_of(&self, id: &ExamId) -> Option<&OpenPack> {
        self.pack.as_deref().filter(|pack| pack.exam == *id)
    }

    /// The files of one exam, if there is such an exam.
    ///
    /// # Errors
    /// When a folder exists but cannot be listed.
    pub fn exam(&self, id: &ExamId) -> Result<Option<ExamFiles>, ListError> {
        if let Some(pack) = self.pack_of(id) {
            // What it borrows from is in it, too.
            return Ok(Some(pack.files.clone()));
        }
        let mut found = ExamFiles::shipped(id.as_str());
        for folder in &self.folders {
            // Compared as ids and not as paths: accents in names are stored differently by different systems.
            for folder in listed(folder)?.into_iter().filter(|folder| folder_id(folder).as_ref() == Some(id)) {
                if folder.is_dir() {
                    found.get_or_insert_default().add(ExamFiles::folder(&folder)?);
                }
            }
        }
        Ok(found.filter(ExamFiles::has_blueprint).map(|files| files.of_exam(id.clone()).borrowing_from(self.clone())))
    }
}

/// The exam that a folder is named for.
fn folder_id(folder: &Path) -> Option<ExamId> {
    folder.file_name()?.to_str().map(ExamId::new)
}

/// The entries of a folder, sorted; none where there is no such folder.
///
/// # Errors
/// When it exists but cannot be listed.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, ListError> {
    let entries = || -> io::Result<Vec<PathBuf>> {
        let mut paths = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    };
    match entries() {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        listed => listed.map_err(|source| ListError { folder: folder.to_owned(), source }),
    }
}
