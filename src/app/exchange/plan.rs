//! What an import would do, question by question, and the text that it would write.

use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::{BTreeSet, HashMap, hash_map};
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::civil::Date;

use super::files::Given;
use super::filing::{Defaults, Filed, Filer, Undecided};
use super::matching::{BankIndex, Coming, matched};
use super::naming::{ids, slug};
use super::updating::BankFiles;
use super::writing::{append, held, write_whole};
use crate::library::{ExamFiles, Reading};
use examroom_core::bank::{Bank, Depth, Item, Level};
use examroom_core::blueprint::Blueprint;
use examroom_core::id::{ItemId, TopicId};
use examroom_exchange::{self as exchange, Draft, Filing, Format, Place, Unreadable, beginning};

/// What is asked for.
#[derive(Debug)]
pub struct Request<'r> {
    /// What the questions come from.
    pub files: &'r [Given],
    /// How the files are to be read.
    pub options: exchange::Options,
    /// The exam that they join.
    pub exam: &'r ExamFiles,
    /// The folder of that exam that is written to.
    pub folder: PathBuf,
    /// Where questions belong that do not say so.
    pub defaults: Defaults,
    /// The level of questions that do not name theirs.
    pub level: Level,
    /// What becomes of the bank's questions that the files have in other words.
    pub known: Known,
    /// The day as of which the bank is checked.
    pub day: Date,
}

/// What becomes of a question that the bank has in other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It stays as it is.
    Kept,
    /// It gets the words of the file.
    Updated,
}

/// What an import would do.
#[derive(Debug)]
pub struct Plan {
    /// The files, each with its format and what is true of it as a whole.
    pub files: Vec<(String, Format, Vec<String>)>,
    /// Every question that was found, in the order of the files.
    pub rows: Vec<Row>,
    /// The files that would be written, with their whole text.
    pub texts: Vec<(PathBuf, String)>,
    /// What questions are said to be about that is no topic of the exam, and the topic that they have instead.
    pub other_subjects: BTreeMap<String, TopicId>,
    /// How many of the new questions name no level of their own.
    pub without_level: usize,
    /// The bank as it would be, with advice where anything would be written.
    pub result: Reading,
}

/// One question of a file.
#[derive(Debug)]
pub struct Row {
    /// The place of its file among the files.
    pub file: usize,
    /// Where it begins there.
    pub place: Place,
    /// How it begins.
    pub beginning: String,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What becomes of a question.
#[derive(Debug)]
pub enum Outcome {
    /// It is added under this id, with what was changed of it.
    Added {
        /// Its id in the bank.
        id: String,
        /// What of it is not as the file had it.
        changes: Vec<exchange::Reason>,
    },
    /// The bank has it already, just so.
    There {
        /// Its id in the bank.
        id: String,
    },
    /// The bank's question gets the words of the file.
    Updated {
        /// Its id in the bank.
        id: String,
        /// What of it changes: `stem`, `choices` and so on.
        parts: Vec<&'static str>,
        /// What of it is not as the file had it.
        changes: Vec<exchange::Reason>,
    },
    /// The bank has it in other words, and keeps them.
    Differs {
        /// Its id in the bank.
        id: String,
        /// What of it is other.
        parts: Vec<&'static str>,
        /// Why it cannot get the words of the file.
        why: Option<exchange::Reason>,
    },
    /// It cannot be taken over.
    LeftOut {
        /// Why.
        why: exchange::Reason,
    },
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A file cannot be read.
    #[error("{file} {source}")]
    Unreadable {
        /// Its name.
        file: String,
        /// Why.
        source: Unreadable,
    },
    /// The exam itself has errors in its blueprint.
    #[error("the exam.toml of the exam has errors")]
    NoBlueprint,
    /// A file that questions would be added to cannot be read.
    #[error("{} cannot be read, so nothing can be added to it", path.display())]
    Held {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The instructor has to say more.
    #[error("it is not clear where the questions belong")]
    Undecided(Vec<Undecided>),
}

/// A question that can be taken over, and where it comes from.
struct Candidate {
    /// Its place among the rows.
    row: usize,
    file: usize,
    draft: Draft,
    changes: Vec<exchange::Reason>,
    filed: Filed,
    /// The file that it is written into.
    path: PathBuf,
}

/// Plans an import.
///
/// # Errors
/// When a file cannot be read, also one that would be added to, or it is not clear where a question belongs.
pub fn plan(request: &Request<'_>) -> Result<Plan, PlanError> {
    let before = request.exam.read(Depth::Errors, request.day, &mut |_, _| {});
    let blueprint = before.blueprint.as_deref().ok_or(PlanError::NoBlueprint)?;
    let mut sorter = Filer::new(blueprint, &request.defaults).map_err(|unknown| PlanError::Undecided(vec![unknown]))?;
    let index = BankIndex::of(&before.bank);
    let (mut files, mut rows, mut candidates) = (Vec::new(), Vec::new(), Vec::new());
    for (file, given) in request.files.iter().enumerate() {
        let (format, reading) = exchange::read(&given.name(), &given.bytes, &request.options)
            .map_err(|source| PlanError::Unreadable { file: given.path.display().to_string(), source })?;
        files.push((given.path.display().to_string(), format, reading.remarks.clone()));
        for (row, question) in found_rows(file, reading) {
            if let Some((draft, changes)) = question
                && let Some(filed) = index.find(&draft).map(Filed::of).or_else(|| sorter.file(&draft.subjects))
            {
                let path = request.folder.join(file_name(&filed, &given.path));
                candidates.push(Candidate { row: rows.len(), file, draft, changes, filed, path });
            }
            rows.push(row);
        }
    }
    let other_subjects = sorter.finish().map_err(PlanError::Undecided)?;
    let (added, changed) = decide(&mut candidates, request, (&before.bank, &index), &mut rows);
    let texts = texts(&added, changed, request, blueprint)?;
    let without_level = added.iter().filter(|(candidate, _)| candidate.draft.level.is_none()).count();
    let result = if texts.is_empty() {
        before
    } else {
        let mut exam = request.exam.clone();
        for (path, text) in &texts {
            exam.put(path, text);
        }
        exam.read(Depth::Advice, request.day, &mut |_, _| {})
    };
    Ok(Plan { files, rows, texts, other_subjects, without_level, result })
}

/// A row and, where it can be taken over, its question with what was changed of it.
type FoundRow = (Row, Option<(Draft, Vec<exchange::Reason>)>);

/// What a file holds, in its order.
fn found_rows(file: usize, reading: exchange::Reading) -> Vec<FoundRow> {
    // What becomes of a question is decided when all are known.
    let undecided = || Outcome::LeftOut { why: exchange::Reason::default() };
    let questions = reading.questions.into_iter().map(|found| {
        let row = Row { file, place: found.place, beginning: beginning(&found.draft.stem), outcome: undecided() };
        (row, Some((found.draft, found.changes)))
    });
    let left_out = reading.left_out.into_iter().map(|left| {
        let outcome = Outcome::LeftOut { why: left.why };
        (Row { file, place: left.place, beginning: left.beginning, outcome }, None)
    });
    let mut found: Vec<FoundRow> = questions.chain(left_out).collect();
    found.sort_by_key(|(row, _)| row.place.number());
    found
}

/// Names the questions and says what becomes of each; gives those that are added, with their ids, and the files in which
/// others change.
fn decide<'c>(
    candidates: &'c mut [Candidate],
    request: &Request<'_>,
    (bank, index): (&Bank, &BankIndex<'_>),
    rows: &mut [Row],
) -> (Vec<(&'c Candidate, String)>, BTreeMap<PathBuf, String>) {
    let origins: Vec<String> = request.files.iter().map(|given| slug(&stem_of(&given.path), 30)).collect();
    let questions: Vec<(&Draft, &str, &str)> = candidates
        .iter()
        .map(|candidate| (&candidate.draft, origins[candidate.file].as_str(), candidate.filed.domain.as_str()))
        .collect();
    let ids = ids(&questions);
    let mut files = BankFiles::of(request.exam);
    let mut first: HashMap<&str, Place> = HashMap::new();
    let mut coming = Vec::new();
    for (candidate, id) in candidates.iter_mut().zip(&ids) {
        let row = &mut rows[candidate.row];
        match first.entry(id) {
            hash_map::Entry::Occupied(first) => {
                let why = format!("it is the same question as that of {}", first.get()).into();
                row.outcome = Outcome::LeftOut { why };
            }
            hash_map::Entry::Vacant(place) => {
                place.insert(row.place);
                coming.push((candidate, id));
            }
        }
    }
    let mut beside: BTreeMap<PathBuf, BTreeSet<ItemId>> = BTreeMap::new();
    for (candidate, _) in &coming {
        beside.entry(candidate.path.clone()).or_insert_with(|| files.questions(&candidate.path));
    }
    let wanted: Vec<Coming<'_>> = coming
        .iter()
        .map(|(candidate, id)| Coming { draft: &candidate.draft, id, beside: &beside[&candidate.path] })
        .collect();
    let matches = matched(&wanted, index);
    let mut added = Vec::new();
    for ((candidate, id), item) in coming.into_iter().zip(matches) {
        let changes = std::mem::take(&mut candidate.changes);
        rows[candidate.row].outcome = if let Some(item) = item {
            compared(&candidate.draft, changes, (item, bank), request.known, &mut files)
        } else {
            added.push((&*candidate, id.clone()));
            Outcome::Added { id: id.clone(), changes }
        };
    }
    (added, files.changed())
}

/// What becomes of a question that the bank has.
fn compared(
    draft: &Draft,
    changes: Vec<exchange::Reason>,
    (item, bank): (&Item, &Bank),
    known: Known,
    files: &mut BankFiles,
) -> Outcome {
    let id = item.id.to_string();
    let case = item.case.as_ref().and_then(|case| bank.cases.get(case)).map(AsRef::as_ref);
    let update = match exchange::update(draft, item, case) {
        Ok(update) if update.is_empty() => return Outcome::There { id },
        Ok(update) => update,
        Err(why) => return Outcome::Differs { id, parts: Vec::new(), why: Some(why) },
    };
    match (known, &update) {
        (Known::Kept, _) => Outcome::Differs { id, parts: update.parts, why: None },
        (Known::Updated, update) => match files.change(&item.id, update) {
            Ok(()) => Outcome::Updated { id, parts: update.parts.clone(), changes },
            Err(why) => Outcome::Differs { id, parts: update.parts.clone(), why: Some(why) },
        },
    }
}

/// The file that a question is written into, by its place in the exam and the file that it comes from.
fn file_name(filed: &Filed, origin: &Path) -> String {
    let section = filed.section.as_ref().map_or_else(String::new, |section| format!("-{section}"));
    format!("{}{section}-{}.toml", filed.domain, slug(&stem_of(origin), 40))
}

fn stem_of(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// The text of each file that is written: what it holds already, as far as it is not changed, and the new questions behind
/// it.
///
/// # Errors
/// When what it holds cannot be read, and so cannot be kept.
fn texts(
    added: &[(&Candidate, String)],
    changed: BTreeMap<PathBuf, String>,
    request: &Request<'_>,
    blueprint: &Blueprint,
) -> Result<Vec<(PathBuf, String)>, PlanError> {
    // Files of one name in several folders, or of several formats, go into one.
    let mut texts = changed;
    for (candidate, id) in added {
        let given = &request.files[candidate.file];
        let Filed { domain, topic, section } = &candidate.filed;
        let head = || {
            let section = section.as_ref().map_or_else(String::new, |section| format!("section = \"{section}\"\n"));
            let origin = given.name().replace(char::is_control, " ");
            format!("# Imported from {origin}\nexam = \"{}\"\ndomain = \"{domain}\"\n{section}", blueprint.id)
        };
        let text = match texts.entry(candidate.path.clone()) {
            Entry::Occupied(begun) => begun.into_mut(),
            Entry::Vacant(place) => {
                let before = held(place.key());
                let before = before.map_err(|source| PlanError::Held { path: place.key().clone(), source })?;
                place.insert(before.unwrap_or_else(head))
            }
        };
        append(text, &exchange::item(&candidate.draft, Filing { id, topic: topic.as_str(), level: request.level }));
    }
    Ok(texts.into_iter().collect())
}

impl Plan {
    /// How many questions would be added.
    #[must_use]
    pub fn adds(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.outcome, Outcome::Added { .. })).count()
    }

    /// How many questions of the bank would get other words.
    #[must_use]
    pub fn updates(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.outcome, Outcome::Updated { .. })).count()
    }

    /// Writes every file, or none: where one cannot be written, those before it are as they were.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self) -> io::Result<()> {
        let mut undo: Vec<(&Path, Option<Vec<u8>>)> = Vec::new();
        for (path, text) in &self.texts {
            undo.push((path, fs::read(path).ok()));
            if let Err(error) = write_whole(path, text) {
                for (path, before) in undo {
                    let _ = match before {
                        Some(bytes) => fs::write(path, bytes),
                        None => fs::remove_file(path),
                    };
                }
                return Err(error);
            }
        }
        Ok(())
    }
}
