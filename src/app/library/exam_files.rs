//! The files of one exam, wherever they lie.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::read::{Intake, KEPT, MOST};
use super::shipped::{self, Shipped};
use super::source::Source;
use super::{BLUEPRINT, Library, ListError, Progress, Reading, SHELF, listed};
use examroom_core::bank::{Depth, Rank};
use examroom_core::id::{ExamId, SheetId};

/// The files of one exam.
#[derive(Clone, Debug, Default)]
pub struct ExamFiles {
    /// The exam that they are to be, where their folder has its name.
    pub(super) exam: Option<ExamId>,
    pub(super) blueprint: Option<Source>,
    pub(super) banks: Vec<(Rank, Source)>,
    pub(super) sheets: Vec<(SheetId, Rank, Source)>,
    /// Files that were meant to be read, by their names.
    pub(super) misnamed: Vec<PathBuf>,
    /// Where an exam is found that this one borrows from.
    pub(super) lenders: Library,
}

impl ExamFiles {
    /// The files of a folder on disk.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn folder(folder: &Path) -> Result<Self, ListError> {
        let mut files = Self::default();
        for path in listed(folder)? {
            if path.file_name().is_some_and(|name| name == BLUEPRINT) {
                files.blueprint = Some(Source::Disk(path));
            } else if is_toml_name(&path) {
                files.banks.push((0, Source::Disk(path)));
            } else if is_toml_text(&path) {
                files.misnamed.push(path);
            }
        }
        files.banks.sort_by_key(|(_, source)| source.name());
        let shelf = listed(&folder.join(SHELF))?;
        files.misnamed.extend(shelf.iter().filter(|path| is_toml_text(path)).cloned());
        files.misnamed.sort();
        for path in shelf.into_iter().filter(|path| is_toml_name(path)) {
            if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) {
                files.sheets.push((SheetId::new(stem), 0, Source::Disk(path.clone())));
            }
        }
        Ok(files)
    }

    /// The same files, which are to be those of exam `id`.
    #[must_use]
    pub fn named(self, id: ExamId) -> Self {
        Self { exam: Some(id), ..self }
    }

    /// The same files, which may borrow from the exams of a library.
    #[must_use]
    pub fn lending(self, library: &Library) -> Self {
        Self { lenders: library.clone(), ..self }
    }

    pub(super) fn shipped(id: &str) -> Option<Self> {
        let exam = shipped::exam(id)?;
        let source = |(name, bytes): Shipped| Source::Shipped { name, bytes };
        Some(Self {
            blueprint: exam.blueprint().map(source),
            banks: exam.banks().map(|file| (0, source(file))).collect(),
            sheets: exam.sheets().map(|(id, file)| (SheetId::new(id), 0, source(file))).collect(),
            ..Self::default()
        })
    }

    /// The names and texts of the files, for comparing speeds.
    #[must_use]
    pub fn texts(&self) -> Vec<(String, String)> {
        let text = |source: &Source| Some((source.name(), source.open(MOST).ok()?.whole().into_owned()));
        self.sources().filter_map(text).collect()
    }

    /// A later place adds its files, or, with a blueprint of its own, replaces everything.
    pub(super) fn add(&mut self, later: Self) {
        if later.blueprint.is_some() {
            *self = later;
            return;
        }
        let ranks = self.banks.iter().map(|(rank, _)| rank).chain(self.sheets.iter().map(|(_, rank, _)| rank));
        let rank = ranks.max().map_or(0, |last| last.saturating_add(1));
        self.banks.extend(later.banks.into_iter().map(|(_, source)| (rank, source)));
        self.sheets.extend(later.sheets.into_iter().map(|(id, _, source)| (id, rank, source)));
        self.misnamed.extend(later.misnamed);
    }

    /// Reads and checks everything. Findings never stop the reading.
    #[must_use]
    pub fn read(&self, depth: Depth, day: Date, progress: Progress<'_>) -> Reading {
        Intake::new(KEPT, progress).read(self, depth, day)
    }

    /// Reads the blueprint alone.
    #[must_use]
    pub fn blueprint(&self) -> Reading {
        Intake::new(KEPT, &mut |_, _| {}).read_blueprint(self)
    }

    fn sources(&self) -> impl Iterator<Item = &Source> {
        let of_sheets = self.sheets.iter().map(|(.., source)| source);
        self.blueprint.iter().chain(of_sheets).chain(self.banks.iter().map(|(_, source)| source))
    }

    /// The bytes of all files together.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.sources().map(Source::size).sum()
    }

    /// Whether there is a blueprint.
    #[must_use]
    pub fn has_blueprint(&self) -> bool {
        self.blueprint.is_some()
    }
}

/// Whether an editor that hides the ends of names has added one: `1-law.toml.txt`.
fn is_toml_text(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "txt") && path.file_stem().is_some_and(|stem| is_toml_name(stem.as_ref()))
}

/// Also of what cannot be opened, such as a folder or a link to nothing: that is told when it is to be read.
fn is_toml_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}
