//! A bank that came in one file: an exam like one in a folder, of which nothing is written.
//!
//! In the pack the files of the exam's own folder stand at the top. Those of later places, which may replace questions of
//! earlier ones, stand in `added-1`, `added-2` and so on; the exam that it borrows from stands in `lender`. So the bank
//! that is opened is the one that was packed, whatever else the other computer has.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::exam_files::{BankFile, ExamFiles, SheetFile};
use super::source::{SIZE_LIMIT, Source};
use super::{BLUEPRINT, Library, ListError, SHELF};
use examroom_core::bank::Rank;
use examroom_core::blueprint::Blueprint;
use examroom_core::id::{ExamId, SheetId};
use examroom_exchange::{Label, NotAPack, Pack};

/// The folder of the exam that is borrowed from.
const LENDER: &str = "lender/";

/// A pack that was opened.
#[derive(Debug)]
pub struct OpenPack {
    /// Its file.
    pub path: PathBuf,
    /// What it says of itself.
    pub label: Label,
    /// The hash of everything in it.
    pub hash: String,
    pub(super) exam: ExamId,
    pub(super) files: ExamFiles,
}

/// Why a bank is not packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file of it cannot be read.
    #[error("{0} cannot be read")]
    Unreadable(String),
    /// A folder that was searched cannot be listed.
    #[error(transparent)]
    List(#[from] ListError),
    /// The exam that it borrows from is not there.
    #[error("the exam `{0}`, which it borrows from, is not there")]
    NoLender(ExamId),
}

impl OpenPack {
    /// Reads a pack that lies at a path.
    ///
    /// # Errors
    /// When it is none, or not what was packed.
    pub fn read(path: &Path, bytes: &[u8]) -> Result<Self, NotAPack> {
        let pack = Pack::read(bytes)?;
        let hash = pack.hash();
        let (lender, own): (BTreeMap<_, _>, BTreeMap<_, _>) =
            pack.files.into_iter().partition(|(name, _)| name.starts_with(LENDER));
        let exam = ExamId::new(&pack.label.exam);
        let mut files = unpacked(path, &own).of_exam(exam.clone());
        let lender = unpacked(
            &path.join(LENDER),
            &lender.into_iter().map(|(name, text)| (name[LENDER.len()..].to_owned(), text)).collect(),
        );
        if lender.has_blueprint() {
            let id = lender.blueprint().blueprint.map(|blueprint| blueprint.id.clone());
            let id = id.ok_or_else(|| NotAPack::Damaged("the exam that it borrows from has errors".to_owned()))?;
            let label = Label { exam: id.to_string(), ..Label::default() };
            let pack =
                Self { path: path.to_owned(), label, hash: String::new(), exam: id.clone(), files: lender.of_exam(id) };
            files = files.borrowing_from(Library { folders: Vec::new(), pack: Some(Arc::new(pack)) });
        }
        if files.has_blueprint() {
            Ok(Self { path: path.to_owned(), label: pack.label, hash, exam, files })
        } else {
            Err(NotAPack::Damaged(format!("it holds no {BLUEPRINT}")))
        }
    }
}

/// The files of an exam by their paths in a pack.
fn unpacked(pack: &Path, texts: &BTreeMap<String, String>) -> ExamFiles {
    let mut files = ExamFiles::default();
    for (name, text) in texts {
        let source = Source::Text(pack.join(name), text.as_str().into());
        let added = name.strip_prefix("added-").and_then(|rest| rest.split_once('/'));
        let (rank, within) = match added.map(|(rank, within)| (rank.parse::<Rank>(), within)) {
            Some((Ok(rank), within)) => (rank, within),
            _ => (0, name.as_str()),
        };
        match within.split_once('/') {
            None if within == BLUEPRINT => files.blueprint = Some(source),
            None => files.banks.push(BankFile { rank, source }),
            Some((SHELF, sheet)) => {
                let id = Path::new(sheet).file_stem().unwrap_or_default().to_string_lossy();
                files.sheets.push(SheetFile { id: SheetId::new(&id), rank, source });
            }
            // No part of an exam.
            Some(_) => {}
        }
    }
    files.banks.sort_by_key(|bank| bank.rank);
    files.sheets.sort_by_key(|sheet| sheet.rank);
    files
}

impl ExamFiles {
    /// Whether the exam came in a pack.
    #[must_use]
    pub fn is_packed(&self) -> bool {
        matches!(self.blueprint, Some(Source::Text(..)))
    }

    /// The texts of an exam, by the paths that they have in a pack.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn packed(&self, blueprint: &Blueprint) -> Result<BTreeMap<String, String>, PackError> {
        let mut texts = self.texts()?;
        if let Some(from) = &blueprint.from {
            let lender = self.lenders.exam(&from.value)?.ok_or_else(|| PackError::NoLender(from.value.clone()))?;
            texts.extend(lender.texts()?.into_iter().map(|(name, text)| (format!("{LENDER}{name}"), text)));
        }
        Ok(texts)
    }

    fn texts(&self) -> Result<BTreeMap<String, String>, PackError> {
        let blueprint = self.blueprint.iter().map(|source| (0, "", source));
        let banks = self.banks.iter().map(|bank| (bank.rank, "", &bank.source));
        let sheets = self.sheets.iter().map(|sheet| (sheet.rank, "references/", &sheet.source));
        let mut texts = BTreeMap::new();
        for (rank, folder, source) in blueprint.chain(banks).chain(sheets) {
            let added = if rank == 0 { String::new() } else { format!("added-{rank}/") };
            let name = source.path().file_name().unwrap_or_default().to_string_lossy();
            texts.insert(format!("{added}{folder}{name}"), whole(source)?);
        }
        Ok(texts)
    }
}

fn whole(source: &Source) -> Result<String, PackError> {
    let unreadable = || PackError::Unreadable(source.name());
    let mut text = source.open(SIZE_LIMIT).map_err(|_| unreadable())?;
    let whole = text.whole().into_owned();
    if text.failed.is_some() || text.invalid.is_some() { Err(unreadable()) } else { Ok(whole) }
}
