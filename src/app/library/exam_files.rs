//! The files of one exam, wherever they lie.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::shipped;
use super::source::Source;
use super::{BLUEPRINT, Library, ListError, SHELF, listed};
use examroom_core::bank::Rank;
use examroom_core::id::{ExamId, SheetId};

/// The files of one exam.
#[derive(Clone, Debug, Default)]
pub struct ExamFiles {
    /// The exam that they are to be, where their folder has its name.
    pub(super) exam: Option<ExamId>,
    pub(super) blueprint: Option<Source>,
    pub(super) banks: Vec<BankFile>,
    pub(super) sheets: Vec<SheetFile>,
    /// Files that were meant to be read, by their names.
    pub(super) misnamed: Vec<PathBuf>,
    /// Where an exam is found that this one borrows from.
    pub(super) lenders: Library,
}

/// A file with questions.
#[derive(Clone, Debug)]
pub(super) struct BankFile {
    pub rank: Rank,
    pub source: Source,
}

/// A file with a sheet of the reference shelf.
#[derive(Clone, Debug)]
pub(super) struct SheetFile {
    pub id: SheetId,
    pub rank: Rank,
    pub source: Source,
}

impl ExamFiles {
    /// The files of a folder on disk.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn folder(folder: &Path) -> Result<Self, ListError> {
        let on_disk = |paths: Vec<PathBuf>| paths.into_iter().map(Source::Disk);
        Ok(Self::by_name(on_disk(listed(folder)?), on_disk(listed(&folder.join(SHELF))?)))
    }

    pub(super) fn shipped(id: &str) -> Option<Self> {
        let exam = shipped::exam(id)?;
        let inside = |files: &'static [_]| files.iter().copied().map(Source::Shipped);
        Some(Self::by_name(inside(exam.files), inside(exam.references)))
    }

    /// Tells by their names what the files of an exam's folder and of its shelf are; those of other names are no part
    /// of the exam.
    fn by_name(folder: impl Iterator<Item = Source>, shelf: impl Iterator<Item = Source>) -> Self {
        let mut files = Self::default();
        for source in folder {
            let path = source.path();
            if path.ends_with(BLUEPRINT) {
                files.blueprint = Some(source);
            } else if is_toml(path) {
                files.banks.push(BankFile { rank: 0, source });
            } else if is_misnamed_toml(path) {
                files.misnamed.push(path.to_owned());
            }
        }
        for source in shelf {
            let path = source.path();
            if is_misnamed_toml(path) {
                files.misnamed.push(path.to_owned());
            } else if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()).filter(|_| is_toml(path)) {
                files.sheets.push(SheetFile { id: SheetId::new(stem), rank: 0, source });
            }
        }
        files.misnamed.sort();
        files
    }

    /// The same files, which are to be those of exam `id`.
    #[must_use]
    pub fn of_exam(self, id: ExamId) -> Self {
        Self { exam: Some(id), ..self }
    }

    /// The same files, which may borrow from the exams of a library.
    pub(super) fn borrowing_from(self, lenders: Library) -> Self {
        Self { lenders, ..self }
    }

    /// A later place adds its files, or, with a blueprint of its own, replaces everything.
    pub(super) fn add(&mut self, later: Self) {
        if later.blueprint.is_some() {
            *self = later;
            return;
        }
        let ranks = self.banks.iter().map(|bank| bank.rank).chain(self.sheets.iter().map(|sheet| sheet.rank));
        let rank = ranks.max().map_or(0, |last| last.saturating_add(1));
        self.banks.extend(later.banks.into_iter().map(|bank| BankFile { rank, ..bank }));
        self.sheets.extend(later.sheets.into_iter().map(|sheet| SheetFile { rank, ..sheet }));
        self.misnamed.extend(later.misnamed);
    }

    /// The exam without its questions.
    pub(crate) fn without_questions(&self) -> Self {
        Self { banks: Vec::new(), sheets: Vec::new(), ..self.clone() }
    }

    /// The bank files that can be written to.
    pub(crate) fn written_banks(&self) -> impl Iterator<Item = &Path> {
        self.banks.iter().filter_map(|bank| match &bank.source {
            Source::Disk(path) => Some(path.as_path()),
            Source::Shipped(_) | Source::Text(..) => None,
        })
    }

    /// Puts a bank file that is to be written among the others, in the place of the one that has its path.
    pub(crate) fn put(&mut self, path: &Path, text: &str) {
        let source = Source::Text(path.to_owned(), text.into());
        if let Some(bank) = self.banks.iter_mut().find(|bank| bank.source.path() == path) {
            bank.source = source;
        } else {
            // It lies in the last place that adds to the exam, or in the exam's own folder.
            let rank = self.banks.iter().map(|bank| bank.rank).max().unwrap_or(0);
            self.banks.push(BankFile { rank, source });
        }
    }

    /// What tells whether a file was saved since: of each its path, when it was changed, and its length.
    #[must_use]
    pub fn stamps(&self) -> Vec<(PathBuf, Option<SystemTime>, u64)> {
        let sheets = self.sheets.iter().map(|sheet| &sheet.source);
        let banks = self.banks.iter().map(|bank| &bank.source);
        let files = self.blueprint.iter().chain(sheets).chain(banks).map(Source::path);
        files
            .map(|path| {
                let found = path.metadata().ok();
                let changed = found.as_ref().and_then(|found| found.modified().ok());
                (path.to_owned(), changed, found.map_or(0, |found| found.len()))
            })
            .collect()
    }

    /// The bytes of all files together.
    #[must_use]
    pub fn size(&self) -> u64 {
        let sheets = self.sheets.iter().map(|sheet| &sheet.source);
        let banks = self.banks.iter().map(|bank| &bank.source);
        self.blueprint.iter().chain(sheets).chain(banks).map(Source::size).sum()
    }

    pub(super) fn has_blueprint(&self) -> bool {
        self.blueprint.is_some()
    }
}

/// Also of what cannot be opened, such as a folder or a link to nothing: that is reported when it is to be read.
fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// Whether an editor that hides the ends of names has added one: `1-law.toml.txt`.
fn is_misnamed_toml(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "txt") && path.file_stem().is_some_and(|stem| is_toml(stem.as_ref()))
}
