//! Where banks come from: the ones inside the program, then the user's own folder, then `--banks DIR`.
//!
//! An exam is a folder with `exam.toml`, bank files beside it, and a `references` folder for the open-book shelf. A later
//! place adds its files to an exam of the same id; if it brings an `exam.toml` of its own, it replaces the exam.
//! Only the folder of the exam that is asked for is read.

mod shipped;
mod template;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
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
    blueprint: Option<Source>,
    banks: Vec<Source>,
    sheets: Vec<(SheetId, Source)>,
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
                if entry.join(BLUEPRINT).is_file()
                    && let Some(name) = entry.file_name().and_then(|name| name.to_str())
                {
                    ids.insert(ExamId::new(name));
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
            let folder = folder.join(id.as_str());
            if folder.is_dir() {
                found.get_or_insert_default().add(ExamFiles::folder(&folder)?);
            }
        }
        Ok(found.filter(|files| files.blueprint.is_some()))
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
            }
        }
        files.banks.sort_by_key(Source::name);
        for path in listed(&folder.join(SHELF))?.into_iter().filter(|path| is_toml(path)) {
            if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) {
                files.sheets.push((SheetId::new(stem), Source::Disk(path.clone())));
            }
        }
        Ok(files)
    }

    fn shipped(id: &str) -> Option<Self> {
        let exam = shipped::exam(id)?;
        let source = |(name, bytes): (String, &'static [u8])| Source::Shipped { name, bytes };
        Some(Self {
            blueprint: exam.blueprint.map(source),
            banks: exam.banks.into_iter().map(source).collect(),
            sheets: exam.sheets.into_iter().map(|(id, file)| (SheetId::new(&id), source(file))).collect(),
        })
    }

    /// The files of an exam inside the program, for comparing speeds.
    #[must_use]
    pub fn texts(&self) -> Vec<(String, String)> {
        self.blueprint
            .iter()
            .chain(&self.banks)
            .chain(self.sheets.iter().map(|(_, source)| source))
            .filter_map(|source| Some((source.name(), source.read().ok()?.into_owned())))
            .collect()
    }

    /// A later place adds its files, or, with a blueprint of its own, replaces everything.
    fn add(&mut self, later: Self) {
        if later.blueprint.is_some() {
            *self = later;
            return;
        }
        self.banks.extend(later.banks);
        for (id, source) in later.sheets {
            self.sheets.retain(|(known, _)| *known != id);
            self.sheets.push((id, source));
        }
    }

    /// Reads and checks everything. Findings never stop the reading.
    #[must_use]
    pub fn read(&self, depth: Depth, day: Date, progress: Progress<'_>) -> Reading {
        self.read_keeping(KEPT, depth, day, progress)
    }

    fn read_keeping(&self, kept: u64, depth: Depth, day: Date, progress: Progress<'_>) -> Reading {
        let mut files = Files::default();
        let mut findings = Findings::default();
        let total = self.size();
        let mut done = 0;
        let mut add = |source: &Source, files: &mut Files, findings: &mut Findings| {
            let read = source.read();
            done += source.size();
            progress(done, total);
            match read {
                Ok(text) => Some(files.add(&source.name(), text)),
                Err(error) => {
                    findings.push(Diagnostic {
                        code: Code::UnreadableFile,
                        message: format!("{} cannot be read: {error}", source.name()),
                        place: None,
                        related: None,
                        help: "save it as UTF-8 text, and see that you may read it".to_owned(),
                    });
                    None
                }
            }
        };
        let blueprint = self
            .blueprint
            .as_ref()
            .and_then(|source| add(source, &mut files, &mut findings))
            .and_then(|file| blueprint::read(files.text(file), file, &mut findings))
            .map(Arc::new);
        let Some(blueprint) = blueprint else {
            return Reading { files, findings, blueprint: None, bank: Bank::default() };
        };
        let mut reader = Reader::new(Arc::clone(&blueprint), depth);
        for (id, source) in &self.sheets {
            if let Some(file) = add(source, &mut files, &mut findings) {
                reader.sheet_file(id.clone(), files.text(file), file);
            }
        }
        let mut gone = Vec::new();
        for source in &self.banks {
            if let Some(file) = add(source, &mut files, &mut findings) {
                reader.bank_file(files.text(file), file);
                if total > kept {
                    files.let_go(file);
                    gone.push((file, source));
                }
            }
        }
        let (bank, found) = reader.finish(day);
        findings.append(found);
        quote(&gone, &findings, &mut files);
        Reading { files, findings, blueprint: Some(blueprint), bank }
    }

    /// Reads the blueprint alone.
    #[must_use]
    pub fn blueprint(&self) -> Reading {
        let only = Self { blueprint: self.blueprint.clone(), ..Self::default() };
        let mut files = Files::default();
        let mut findings = Findings::default();
        let blueprint = only.blueprint.as_ref().and_then(|source| {
            let id = files.add(&source.name(), source.read().ok()?);
            blueprint::read(files.text(id), id, &mut findings).map(Arc::new)
        });
        Reading { files, findings, blueprint, bank: Bank::default() }
    }

    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.blueprint.iter().chain(self.sheets.iter().map(|(_, source)| source)).chain(&self.banks)
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

    /// The text without a byte-order mark, which editors on Windows put there.
    fn read(&self) -> io::Result<Cow<'static, str>> {
        match self {
            Self::Shipped { bytes, .. } => {
                let text = std::str::from_utf8(bytes).map_err(|error| not_text(bytes, error))?;
                Ok(Cow::Borrowed(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)))
            }
            Self::Disk(path) => {
                let mut text = String::from_utf8(std::fs::read(path)?)
                    .map_err(|error| not_text(error.as_bytes(), error.utf8_error()))?;
                if text.starts_with(BYTE_ORDER_MARK) {
                    text.drain(..BYTE_ORDER_MARK.len_utf8());
                }
                Ok(Cow::Owned(text))
            }
        }
    }
}

const BYTE_ORDER_MARK: char = '\u{feff}';

fn not_text(bytes: &[u8], error: std::str::Utf8Error) -> io::Error {
    let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
    io::Error::new(io::ErrorKind::InvalidData, format!("line {line} is not UTF-8 text"))
}

/// Looks up what the findings quote of texts that were let go of. A file that cannot be read any more is not quoted.
fn quote(gone: &[(FileId, &Source)], findings: &Findings, files: &mut Files) {
    let mut places: BTreeMap<FileId, Vec<Place>> = BTreeMap::new();
    for place in findings.places() {
        places.entry(place.file).or_default().push(place);
    }
    for (file, source) in gone {
        if let Some(places) = places.remove(file)
            && let Ok(text) = source.read()
        {
            files.quote(*file, &text, places);
        }
    }
}

fn is_toml(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|extension| extension == "toml")
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
        std::fs::write(&path, text.replace("\"two-2\"", "\"one-1\"").replace("key = \"b\"", "key = \"z\"")).unwrap();
        let files = ExamFiles::folder(&folder.path().join("exam")).unwrap();
        let read = |kept| files.read_keeping(kept, Depth::Advice, Date::constant(2026, 11, 24), &mut |_, _| {});
        let (kept, gone) = (read(KEPT), read(0));
        assert!(kept.findings.errors() >= 2, "{:?}", kept.findings);
        assert!(kept.findings.places().eq(gone.findings.places()));
        for place in kept.findings.places() {
            assert_eq!(kept.files.position(place), gone.files.position(place));
            assert_eq!(kept.files.line(place), gone.files.line(place));
            assert!(!gone.files.line(place).is_empty());
        }
    }
}
