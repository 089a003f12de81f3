//! Where banks come from: the ones inside the program, then the user's own folder, then `--banks DIR`.
//!
//! An exam is a folder with `exam.toml`, bank files beside it, and a `references` folder for the open-book shelf. A later
//! place adds its files to an exam of the same id; if it brings an `exam.toml` of its own, it replaces the exam.
//! Only the folder of the exam that is asked for is read.

mod shipped;
mod template;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::bank::{Bank, Depth, Reader};
use crate::blueprint::{self, Blueprint};
use crate::document::{Code, Diagnostic, FileId, Files, Findings, Place};
use crate::id::{ExamId, SheetId};

pub use template::{Template, write_template};

/// The name of a blueprint's file.
pub const BLUEPRINT: &str = "exam.toml";
/// The name of the folder with the reference shelf.
pub const SHELF: &str = "references";

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
    banks: Vec<Source>,
    sheets: Vec<(SheetId, Source)>,
    /// Files that were meant to be read, by their names.
    misnamed: Vec<PathBuf>,
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

impl Library {
    /// The ids of all exams, sorted.
    ///
    /// # Errors
    /// When a folder exists but cannot be listed.
    pub fn exams(&self) -> io::Result<Vec<ExamId>> {
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
    pub fn exam(&self, id: &ExamId) -> io::Result<Option<ExamFiles>> {
        let mut found = ExamFiles::shipped(id.as_str());
        for folder in &self.folders {
            // Compared as ids and not as paths: accents in names are stored differently by different systems.
            for folder in listed(folder)?.into_iter().filter(|folder| folder_id(folder).as_ref() == Some(id)) {
                if folder.is_dir() {
                    found.get_or_insert_default().add(ExamFiles::folder(&folder)?);
                }
            }
        }
        Ok(found.filter(|files| files.blueprint.is_some()).map(|files| files.named(id.clone())))
    }
}

impl ExamFiles {
    /// The files of a folder on disk.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn folder(folder: &Path) -> io::Result<Self> {
        let mut files = Self::default();
        for path in std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()? {
            if path.file_name().is_some_and(|name| name == BLUEPRINT) {
                files.blueprint = Some(Source::Disk(path));
            } else if is_toml(&path) {
                files.banks.push(Source::Disk(path));
            } else if is_toml_text(&path) {
                files.misnamed.push(path);
            }
        }
        files.banks.sort_by_key(Source::name);
        let shelf = listed(&folder.join(SHELF))?;
        files.misnamed.extend(shelf.iter().filter(|path| is_toml_text(path)).cloned());
        files.misnamed.sort();
        for path in shelf.into_iter().filter(|path| is_toml(path)) {
            if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) {
                files.sheets.push((SheetId::new(stem), Source::Disk(path.clone())));
            }
        }
        Ok(files)
    }

    /// The same files, which are to be those of exam `id`.
    #[must_use]
    pub fn named(self, id: ExamId) -> Self {
        Self { exam: Some(id), ..self }
    }

    fn shipped(id: &str) -> Option<Self> {
        let exam = shipped::exam(id)?;
        let source = |(name, bytes): (String, &'static [u8])| Source::Shipped { name, bytes };
        Some(Self {
            blueprint: exam.blueprint.map(source),
            banks: exam.banks.into_iter().map(source).collect(),
            sheets: exam.sheets.into_iter().map(|(id, file)| (SheetId::new(&id), source(file))).collect(),
            ..Self::default()
        })
    }

    /// The files of an exam inside the program, for comparing speeds.
    #[must_use]
    pub fn texts(&self) -> Vec<(String, String)> {
        self.blueprint
            .iter()
            .chain(&self.banks)
            .chain(self.sheets.iter().map(|(_, source)| source))
            .filter_map(|source| Some((source.name(), String::from_utf8(source.bytes().ok()?.into_owned()).ok()?)))
            .collect()
    }

    /// A later place adds its files, or, with a blueprint of its own, replaces everything.
    fn add(&mut self, later: Self) {
        if later.blueprint.is_some() {
            *self = later;
            return;
        }
        self.banks.extend(later.banks);
        self.misnamed.extend(later.misnamed);
        for (id, source) in later.sheets {
            self.sheets.retain(|(known, _)| *known != id);
            self.sheets.push((id, source));
        }
    }

    /// Reads and checks everything. Findings never stop the reading.
    #[must_use]
    pub fn read(&self, depth: Depth, day: Date, progress: Progress<'_>) -> Reading {
        let mut files = Files::default();
        let mut findings = Findings::default();
        let total = self.sources().map(Source::size).sum();
        let mut done = 0;
        let mut open = |source: &Source, files: &mut Files, findings: &mut Findings| {
            let opened = source.open(files, findings);
            done += source.size();
            progress(done, total);
            opened
        };
        for path in &self.misnamed {
            findings.push(Diagnostic {
                code: Code::UnreadableFile,
                message: format!("{} is not read, because its name ends in .txt", path.display()),
                place: None,
                related: None,
                help: format!("rename it to {}", path.file_stem().unwrap_or_default().display()),
            });
        }
        let blueprint = self
            .blueprint
            .as_ref()
            .and_then(|source| open(source, &mut files, &mut findings))
            .and_then(|(text, id)| blueprint::read(&text, id, self.exam.as_ref(), &mut findings))
            .map(Arc::new);
        let mut reader = Reader::new(blueprint.clone(), depth);
        for (id, source) in &self.sheets {
            match open(source, &mut files, &mut findings) {
                Some((text, file)) => reader.sheet_file(id.clone(), &text, file),
                None => reader.lost_file(Some(id.clone())),
            }
        }
        for source in &self.banks {
            match open(source, &mut files, &mut findings) {
                Some((text, file)) => reader.bank_file(&text, file),
                None => reader.lost_file(None),
            }
        }
        let (bank, findings) = reader.finish(findings, day);
        Reading { files, findings, blueprint, bank }
    }

    /// Reads the blueprint alone.
    #[must_use]
    pub fn blueprint(&self) -> Reading {
        let mut files = Files::default();
        let mut findings = Findings::default();
        let blueprint = self.blueprint.as_ref().and_then(|source| {
            let (text, id) = source.open(&mut files, &mut findings)?;
            blueprint::read(&text, id, self.exam.as_ref(), &mut findings).map(Arc::new)
        });
        Reading { files, findings, blueprint, bank: Bank::default() }
    }

    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.blueprint.iter().chain(self.sheets.iter().map(|(_, source)| source)).chain(&self.banks)
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

    /// Puts the text among `files`, without a byte-order mark, which editors on Windows write. Where it is not UTF-8
    /// the marks that stand in for the odd bytes are read on, so that the file's other faults are told too.
    fn open(&self, files: &mut Files, findings: &mut Findings) -> Option<(Arc<str>, FileId)> {
        let name = self.name();
        let bytes = match self.bytes() {
            Ok(bytes) => bytes,
            Err(error) => {
                findings.push(Diagnostic {
                    code: Code::UnreadableFile,
                    message: format!("{name} cannot be read: {error}"),
                    place: None,
                    related: None,
                    help: "see that the file is there and that you may read it".to_owned(),
                });
                return None;
            }
        };
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let odd = std::str::from_utf8(bytes).err().map(|error| error.valid_up_to());
        let file = files.add(&name, String::from_utf8_lossy(bytes));
        if let Some(at) = odd {
            findings.add(
                Code::UnreadableFile,
                Place::new(file, at..at + '\u{fffd}'.len_utf8()),
                format!("the byte {:#04x} here is not UTF-8 text", bytes[at]),
                "save the file from your editor as UTF-8; letters outside plain English were saved in another encoding",
            );
        }
        Some((files.text(file), file))
    }
}

/// The exam that a folder is named for.
fn folder_id(folder: &Path) -> Option<ExamId> {
    folder.file_name()?.to_str().map(ExamId::new)
}

fn is_toml(path: &Path) -> bool {
    path.is_file() && is_toml_name(path)
}

/// Whether an editor that hides the ends of names has added one: `1-law.toml.txt`.
fn is_toml_text(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "txt") && path.file_stem().is_some_and(|stem| is_toml_name(stem.as_ref()))
}

fn is_toml_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// The entries of a folder, sorted; none where the folder does not exist.
fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
