//! Where banks come from: the ones inside the program, then the user's own folder, then `--banks DIR`.
//!
//! An exam is a folder with `exam.toml`, bank files beside it, and a `references` folder for the open-book shelf. A later
//! place adds its files to an exam of the same id; if it brings an `exam.toml` of its own, it replaces the exam.
//! Only the folder of the exam that is asked for is read.

mod read;
mod shipped;
mod template;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::bank::{Bank, Depth, Rank};
use crate::blueprint::{self, Blueprint};
use crate::document::{Code, Diagnostic, FileId, Files, Findings, Place};
use crate::id::{ExamId, SheetId};

use read::Intake;
pub use template::{Template, write_template};

/// The name of a blueprint's file.
pub const BLUEPRINT: &str = "exam.toml";
/// The name of the folder with the reference shelf.
pub const SHELF: &str = "references";

/// The texts of an exam are kept together up to so many bytes. Those of a larger one are let go of as they are read, and
/// what a finding quotes is looked up again: a bank of 100,000 questions then is in memory once.
const KEPT: u64 = 16_000_000;

/// The places that banks are looked for in.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The user's own folder and `--banks`, in this order; those that do not exist hold nothing.
    pub folders: Vec<PathBuf>,
}

/// A file that has not been read.
#[derive(Clone, Debug)]
enum Source {
    Shipped { name: String, bytes: &'static [u8] },
    Disk(PathBuf),
}

/// The files of one exam.
#[derive(Clone, Debug, Default)]
pub struct ExamFiles {
    /// The exam that they are to be, where their folder has its name.
    exam: Option<ExamId>,
    blueprint: Option<Source>,
    banks: Vec<(Rank, Source)>,
    sheets: Vec<(SheetId, Rank, Source)>,
    /// Files that were meant to be read, by their names.
    misnamed: Vec<PathBuf>,
    /// Where an exam is found that this one borrows from.
    lenders: Library,
}

/// An exam with everything that was read for it.
#[derive(Debug)]
pub struct Reading {
    pub files: Files,
    pub findings: Findings,
    /// `None` when the blueprint itself cannot be used.
    pub blueprint: Option<Arc<Blueprint>>,
    pub bank: Bank,
}

/// How a reading goes on, for a progress bar: bytes read of all bytes.
pub type Progress<'p> = &'p mut dyn FnMut(u64, u64);

/// A folder of question banks that cannot be listed.
#[derive(Debug, thiserror::Error)]
#[error("the folder {} cannot be read: {cause}", folder.display())]
pub struct Unlisted {
    pub folder: PathBuf,
    cause: io::Error,
}

impl Library {
    /// The ids of all exams, sorted.
    ///
    /// # Errors
    /// When a folder exists but cannot be listed.
    pub fn exams(&self) -> Result<Vec<ExamId>, Unlisted> {
        let mut ids: BTreeSet<ExamId> = shipped::exams().map(ExamId::new).collect();
        for folder in &self.folders {
            for entry in listed(folder)? {
                if entry.join(BLUEPRINT).is_file() {
                    ids.extend(folder_id(&entry));
                }
            }
        }
        Ok(ids.into_iter().collect())
    }

    /// The files of one exam, if there is such an exam.
    ///
    /// # Errors
    /// When a folder exists but cannot be listed.
    pub fn exam(&self, id: &ExamId) -> Result<Option<ExamFiles>, Unlisted> {
        let mut found = ExamFiles::shipped(id.as_str());
        for folder in &self.folders {
            // Compared as ids and not as paths: accents in names are stored differently by different systems.
            for folder in listed(folder)?.into_iter().filter(|folder| folder_id(folder).as_ref() == Some(id)) {
                if folder.is_dir() {
                    found.get_or_insert_default().add(ExamFiles::folder(&folder)?);
                }
            }
        }
        Ok(found.filter(|files| files.blueprint.is_some()).map(|files| files.named(id.clone()).lending(self)))
    }
}

impl ExamFiles {
    /// The files of a folder on disk.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn folder(folder: &Path) -> Result<Self, Unlisted> {
        let mut files = Self::default();
        for path in listed(folder)? {
            if path.file_name().is_some_and(|name| name == BLUEPRINT) {
                files.blueprint = Some(Source::Disk(path));
            } else if is_toml(&path) {
                files.banks.push((0, Source::Disk(path)));
            } else if is_toml_text(&path) {
                files.misnamed.push(path);
            }
        }
        files.banks.sort_by_key(|(_, source)| source.name());
        let shelf = listed(&folder.join(SHELF))?;
        files.misnamed.extend(shelf.iter().filter(|path| is_toml_text(path)).cloned());
        files.misnamed.sort();
        for path in shelf.into_iter().filter(|path| is_toml(path)) {
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

    fn shipped(id: &str) -> Option<Self> {
        let exam = shipped::exam(id)?;
        let source = |(name, bytes): (String, &'static [u8])| Source::Shipped { name, bytes };
        Some(Self {
            blueprint: exam.blueprint.map(source),
            banks: exam.banks.into_iter().map(|file| (0, source(file))).collect(),
            sheets: exam.sheets.into_iter().map(|(id, file)| (SheetId::new(&id), 0, source(file))).collect(),
            ..Self::default()
        })
    }

    /// The files of an exam inside the program, for comparing speeds.
    #[must_use]
    pub fn texts(&self) -> Vec<(String, String)> {
        self.blueprint
            .iter()
            .chain(self.banks.iter().map(|(_, source)| source))
            .chain(self.sheets.iter().map(|(.., source)| source))
            .filter_map(|source| Some((source.name(), String::from_utf8(source.bytes().ok()?.into_owned()).ok()?)))
            .collect()
    }

    /// A later place adds its files, or, with a blueprint of its own, replaces everything.
    fn add(&mut self, later: Self) {
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
        self.read_keeping(KEPT, depth, day, progress)
    }

    fn read_keeping(&self, kept: u64, depth: Depth, day: Date, progress: Progress<'_>) -> Reading {
        Intake::new(kept, progress).read(self, depth, day)
    }

    /// Reads the blueprint alone.
    #[must_use]
    pub fn blueprint(&self) -> Reading {
        let mut files = Files::default();
        let mut findings = Findings::default();
        let blueprint = self.blueprint.as_ref().and_then(|source| {
            let id = source.open(&mut files, &mut findings)?;
            blueprint::read(files.text(id), id, self.exam.as_ref(), &mut findings).map(Arc::new)
        });
        Reading { files, findings, blueprint, bank: Bank::default() }
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

impl Source {
    fn name(&self) -> String {
        match self {
            Self::Shipped { name, .. } => name.clone(),
            Self::Disk(path) => path.display().to_string(),
        }
    }

    fn size(&self) -> u64 {
        match self {
            Self::Shipped { bytes, .. } => bytes.len() as u64,
            Self::Disk(path) => std::fs::metadata(path).map_or(0, |file| file.len()),
        }
    }

    fn bytes(&self) -> io::Result<Cow<'static, [u8]>> {
        match self {
            Self::Shipped { bytes, .. } => Ok(Cow::Borrowed(*bytes)),
            Self::Disk(path) => std::fs::read(path).map(Cow::Owned),
        }
    }

    /// The text without a byte-order mark, which editors on Windows write, and where it stops being UTF-8. The marks that
    /// stand in for the odd bytes are read on, so that the file's other faults are told too.
    fn read(&self) -> io::Result<(Cow<'static, str>, Option<OddByte>)> {
        let odd = |bytes: &[u8]| {
            let at = std::str::from_utf8(bytes).err().map(|error| error.valid_up_to())?;
            Some((at, bytes[at]))
        };
        Ok(match self.bytes()? {
            Cow::Borrowed(bytes) => {
                let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
                (String::from_utf8_lossy(bytes), odd(bytes))
            }
            Cow::Owned(mut bytes) => {
                if bytes.starts_with(BYTE_ORDER_MARK) {
                    bytes.drain(..BYTE_ORDER_MARK.len());
                }
                let odd = odd(&bytes);
                let text = String::from_utf8(bytes)
                    .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
                (Cow::Owned(text), odd)
            }
        })
    }

    /// Puts the text among `files`, and says where it is not text.
    fn open(&self, files: &mut Files, findings: &mut Findings) -> Option<FileId> {
        let name = self.name();
        match self.read() {
            Err(error) => {
                findings.push(Diagnostic {
                    code: Code::UnreadableFile,
                    message: format!("{name} cannot be read: {error}"),
                    place: None,
                    related: None,
                    help: "see that the file is there and that you may read it".to_owned(),
                });
                None
            }
            Ok((text, odd)) => {
                let file = files.add(&name, text);
                if let Some((at, byte)) = odd {
                    findings.add(
                        Code::UnreadableFile,
                        Place::new(file, at..at + '\u{fffd}'.len_utf8()),
                        format!("the byte {byte:#04x} here is not UTF-8 text"),
                        "save the file from your editor as UTF-8; letters outside plain English were saved in another \
                         encoding",
                    );
                }
                Some(file)
            }
        }
    }
}

/// Where a text stops being UTF-8, and the byte that stands there.
type OddByte = (usize, u8);

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The exam that a folder is named for.
fn folder_id(folder: &Path) -> Option<ExamId> {
    folder.file_name()?.to_str().map(ExamId::new)
}

fn is_toml(path: &Path) -> bool {
    // Also what cannot be opened, such as a link to nothing: that is told when it is read.
    !path.is_dir() && is_toml_name(path)
}

/// Whether an editor that hides the ends of names has added one: `1-law.toml.txt`.
fn is_toml_text(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "txt") && path.file_stem().is_some_and(|stem| is_toml_name(stem.as_ref()))
}

fn is_toml_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// The entries of a folder, sorted; none where there is no such folder.
///
/// # Errors
/// When it exists but cannot be listed.
pub fn listed(folder: &Path) -> Result<Vec<PathBuf>, Unlisted> {
    let entries = || -> io::Result<Vec<PathBuf>> {
        let mut paths = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    };
    match entries() {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        listed => listed.map_err(|cause| Unlisted { folder: folder.to_owned(), cause }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_quote_the_same_lines_whether_texts_are_kept_or_let_go_of() {
        let folder = tempfile::tempdir().unwrap();
        let template = Template { id: "exam".to_owned(), domains: vec!["one".to_owned(), "two".to_owned()] };
        write_template(folder.path(), &template).unwrap();
        let path = folder.path().join("exam").join("2-two.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("\"two-2\"", "\"one-1\"").replace("key = \"a\"", "key = \"z\"")).unwrap();
        let files = ExamFiles::folder(&folder.path().join("exam")).unwrap();
        let read = |kept| files.read_keeping(kept, Depth::Advice, Date::constant(2026, 11, 24), &mut |_, _| {});
        let (kept, gone) = (read(KEPT), read(0));
        assert!(kept.findings.errors() >= 2, "{:?}", kept.findings);
        assert!(kept.findings.places().eq(gone.findings.places()));
        for place in kept.findings.places() {
            assert_eq!(kept.files.position(place), gone.files.position(place));
            assert_eq!(kept.files.line(place), gone.files.line(place));
            assert!(gone.files.line(place).is_some());
        }
    }
}
