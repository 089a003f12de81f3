//! Renaming a topic in the blueprint and in every question, and nothing else: remarks and the order of lines stay.

use std::io;
use std::path::{Path, PathBuf};

use super::ExamFiles;
use super::source::Source;
use examroom_core::bank::{topic_key, topic_places};
use examroom_core::id::{DomainId, TopicId};

/// The files that a renaming changes, with the text that they would have.
#[derive(Debug)]
pub struct Renaming {
    files: Vec<(PathBuf, String)>,
    /// How many questions have the topic.
    pub questions: usize,
}

/// Why a topic is not renamed.
#[derive(Debug, thiserror::Error)]
pub enum RenameError {
    /// The exam is inside the program or a pack.
    #[error("the exam is the program's own or comes in a pack, and its topics stay")]
    Shipped,
    /// A file cannot be read or written.
    #[error("{} cannot be read or written", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file breaks the rules of TOML.
    #[error("{} has errors, and nothing was changed", .0.display())]
    Broken(PathBuf),
}

impl ExamFiles {
    /// Plans to rename a topic of a domain.
    ///
    /// # Errors
    /// When a file cannot be changed.
    pub fn rename_topic(&self, domain: &DomainId, old: &TopicId, new: &TopicId) -> Result<Renaming, RenameError> {
        let Some(Source::Disk(blueprint)) = &self.blueprint else { return Err(RenameError::Shipped) };
        let text = read(blueprint)?;
        let key =
            topic_key(&text, domain.as_str(), old.as_str()).ok_or_else(|| RenameError::Broken(blueprint.clone()))?;
        let bare = new.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let new_key = if bare { new.to_string() } else { format!("\"{new}\"") };
        let mut files = vec![(blueprint.clone(), replaced(&text, &[key], &new_key))];
        let mut questions = 0;
        for bank in &self.banks {
            let Source::Disk(path) = &bank.source else { continue };
            let text = read(path)?;
            let places =
                topic_places(&text, domain.as_str(), old.as_str()).ok_or_else(|| RenameError::Broken(path.clone()))?;
            questions += places.len();
            if !places.is_empty() {
                files.push((path.clone(), replaced(&text, &places, &format!("\"{new}\""))));
            }
        }
        Ok(Renaming { files, questions })
    }
}

impl Renaming {
    /// Writes the files.
    ///
    /// # Errors
    /// When one cannot be written; those before it are written.
    pub fn write(&self) -> Result<(), RenameError> {
        for (path, text) in &self.files {
            std::fs::write(path, text).map_err(|source| RenameError::Io { path: path.clone(), source })?;
        }
        Ok(())
    }

    /// The files.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(path, _)| path.as_path())
    }
}

fn read(path: &Path) -> Result<String, RenameError> {
    std::fs::read_to_string(path).map_err(|source| RenameError::Io { path: path.to_owned(), source })
}

fn replaced(text: &str, places: &[std::ops::Range<usize>], new: &str) -> String {
    let mut result = text.to_owned();
    for place in places.iter().rev() {
        result.replace_range(place.clone(), new);
    }
    result
}
