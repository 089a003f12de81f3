//! From what a person names, an exam or a path, to the files that are meant.

use std::path::{Path, PathBuf};

use super::{ExamFiles, Library, ListError, folder_id, listed};
use examroom_core::id::ExamId;

/// An exam's files, and what they are called in an answer.
#[derive(Clone, Debug)]
pub struct Found {
    /// As it was named, or its id.
    pub name: String,
    /// Its files, not read.
    pub files: ExamFiles,
}

/// Nothing was found for what was named.
#[derive(Debug, thiserror::Error)]
pub enum Unresolved {
    /// A folder that was searched cannot be listed.
    #[error(transparent)]
    ListError(#[from] ListError),
    /// No exam has this name.
    #[error("there is no exam \"{name}\"")]
    NoSuchExam {
        /// As it was typed.
        name: String,
        /// The exams that there are.
        known: Vec<ExamId>,
    },
    /// A folder that is no exam, and that has none in it.
    #[error("{} has no exam.toml, nor has a folder in it", .0.display())]
    NoExamIn(PathBuf),
}

impl Library {
    /// The files of an exam by its name, whatever its capitals.
    ///
    /// # Errors
    /// When there is no such exam, or a folder cannot be listed.
    pub fn find(&self, name: &str) -> Result<ExamFiles, Unresolved> {
        let id = ExamId::new(name);
        if let Some(files) = self.exam(&id)? {
            return Ok(files);
        }
        let known = self.exams()?;
        let lower = id.as_str().to_lowercase();
        if let Some(other) = known.iter().find(|known| known.as_str().to_lowercase() == lower)
            && let Some(files) = self.exam(other)?
        {
            return Ok(files);
        }
        Err(Unresolved::NoSuchExam { name: name.to_owned(), known })
    }

    /// What a path means: a folder with exam.toml or a file in it, a folder that adds to an exam, a folder of such folders,
    /// or else an exam's name; without one, every exam there is.
    ///
    /// # Errors
    /// When it means nothing, or a folder cannot be listed.
    pub fn resolve(&self, path: Option<&Path>) -> Result<Vec<Found>, Unresolved> {
        let Some(path) = path else {
            let exams = self.exams()?;
            return exams.iter().map(|id| Ok(Found { name: id.to_string(), files: self.find(id.as_str())? })).collect();
        };
        if path.is_dir() {
            return self.in_folder(path);
        }
        if path.exists() {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            return self.in_folder(folder);
        }
        let name = path.display().to_string();
        let files = self.find(&name)?;
        Ok(vec![Found { name: ExamId::new(&name).to_string(), files }])
    }

    fn in_folder(&self, path: &Path) -> Result<Vec<Found>, Unresolved> {
        let here = self.of_folder(path)?;
        if here.has_blueprint() {
            return Ok(vec![Found { name: path.display().to_string(), files: here }]);
        }
        if let Some(exam) = addition(path)? {
            return Ok(vec![exam]);
        }
        let mut found = Vec::new();
        for folder in listed(path)?.into_iter().filter(|folder| folder.is_dir()) {
            let files = self.of_folder(&folder)?;
            if files.has_blueprint() {
                found.push(Found { name: folder.display().to_string(), files });
            }
        }
        if found.is_empty() { Err(Unresolved::NoExamIn(path.to_owned())) } else { Ok(found) }
    }

    /// A folder's files, under its name. It may borrow from the exams beside it as from those of the library.
    fn of_folder(&self, folder: &Path) -> Result<ExamFiles, ListError> {
        let absolute = absolute(folder);
        let mut lenders = self.clone();
        lenders.folders.extend(absolute.parent().map(Path::to_owned));
        let files = ExamFiles::folder(folder)?.borrowing_from(lenders);
        Ok(match folder_id(&absolute) {
            Some(id) => files.of_exam(id),
            None => files,
        })
    }
}

/// A folder without a blueprint that bears an exam's name adds its files to that exam, and is checked together with it.
fn addition(path: &Path) -> Result<Option<Found>, ListError> {
    let folder = absolute(path);
    let (Some(id), Some(parent)) = (folder_id(&folder), folder.parent()) else { return Ok(None) };
    let exam = Library { folders: vec![parent.to_owned()], pack: None }.exam(&id)?;
    Ok(exam.map(|files| Found { name: format!("{id}, with the files of {}", path.display()), files }))
}

/// The path with a name of its own, which `.` and the like have not.
fn absolute(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}
