//! The file of a form code: the hash of every question, so that those that differ can be named.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::prints;
use super::{FormCode, Part};
use crate::bank::{Bank, Item};
use crate::blueprint::Blueprint;
use crate::id::{CaseId, ExamId, ItemId};

/// The version of the file's form.
const VERSION: u32 = 1;

/// What a form code cannot hold: the hashes of an exam's parts, question by question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFile {
    version: u32,
    exam: ExamId,
    edition: String,
    codes: Vec<String>,
    blueprint: String,
    cases: BTreeMap<CaseId, String>,
    /// In the bank's order.
    questions: Vec<QuestionPrints>,
}

/// The hashes of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct QuestionPrints {
    id: ItemId,
    text: String,
    rating: String,
    place: String,
    availability: String,
}

impl QuestionPrints {
    fn of(item: &Item) -> Self {
        Self {
            id: item.id.clone(),
            text: prints::question(item).sum().short(),
            rating: prints::rating(item).sum().short(),
            place: prints::place(item).sum().short(),
            availability: prints::availability(item).sum().short(),
        }
    }

    /// What differs in a question of the same id.
    fn differences(&self, other: &Self) -> Vec<Part> {
        [
            (Part::Questions, self.text != other.text),
            (Part::Ratings, self.rating != other.rating),
            (Part::Places, self.place != other.place),
            (Part::Availability, self.availability != other.availability),
        ]
        .into_iter()
        .filter_map(|(part, differs)| differs.then_some(part))
        .collect()
    }
}

/// Why a text is not the file of form codes.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is nothing that this program wrote.
    #[error("it is no file of form codes")]
    Foreign(#[from] serde_json::Error),
    /// It is of a version that this program does not know.
    #[error("it was written by a newer examroom (version {0})")]
    Newer(u32),
}

/// What differs between an exam and the one that a file was written of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Whether the blueprint does.
    pub blueprint: bool,
    /// The cases whose texts differ, or that only one of both has.
    pub cases: Vec<CaseId>,
    /// The questions that differ, and in what.
    pub changed: Vec<(ItemId, Vec<Part>)>,
    /// The questions that are there no more.
    pub missing: Vec<ItemId>,
    /// The questions that were not there.
    pub added: Vec<ItemId>,
    /// Whether the same questions stand in another order.
    pub reordered: bool,
}

impl FormFile {
    /// The file of these codes of an exam.
    #[must_use]
    pub fn new(codes: &[FormCode], blueprint: &Blueprint, bank: &Bank) -> Self {
        let case =
            |(id, text): (&CaseId, &std::sync::Arc<str>)| (id.clone(), prints::case(id.as_str(), text).sum().short());
        Self {
            version: VERSION,
            exam: blueprint.id.clone(),
            edition: blueprint.edition.clone(),
            codes: codes.iter().map(ToString::to_string).collect(),
            blueprint: prints::figures(blueprint).sum().short(),
            cases: bank.cases.iter().map(case).collect(),
            questions: bank.items.iter().map(|item| QuestionPrints::of(item)).collect(),
        }
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// If it is not such a file.
    pub fn read(text: &str) -> Result<Self, FileError> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let Version { version } = serde_json::from_str(text)?;
        if version > VERSION { Err(FileError::Newer(version)) } else { Ok(serde_json::from_str(text)?) }
    }

    /// The text of the file.
    ///
    /// # Errors
    ///
    /// None that is known: JSON has a form for all of it.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Whether the file was written with a code.
    #[must_use]
    pub fn has(&self, code: &FormCode) -> bool {
        self.codes.contains(&code.to_string())
    }

    /// What differs in an exam.
    #[must_use]
    pub fn changes(&self, blueprint: &Blueprint, bank: &Bank) -> Changes {
        let now = Self::new(&[], blueprint, bank);
        let by_id = |file: &Self| -> BTreeMap<ItemId, QuestionPrints> {
            file.questions.iter().map(|question| (question.id.clone(), question.clone())).collect()
        };
        let (before, after) = (by_id(self), by_id(&now));
        let only_in = |one: &Self, other: &BTreeMap<ItemId, QuestionPrints>| -> Vec<ItemId> {
            one.questions.iter().map(|question| &question.id).filter(|id| !other.contains_key(*id)).cloned().collect()
        };
        let changed = self.questions.iter().filter_map(|question| {
            let parts = question.differences(after.get(&question.id)?);
            (!parts.is_empty()).then(|| (question.id.clone(), parts))
        });
        let (missing, added) = (only_in(self, &after), only_in(&now, &before));
        let order = |file: &Self| file.questions.iter().map(|question| question.id.clone()).collect::<Vec<_>>();
        let cases: BTreeSet<&CaseId> = self.cases.keys().chain(now.cases.keys()).collect();
        Changes {
            blueprint: self.blueprint != now.blueprint,
            cases: cases.into_iter().filter(|id| self.cases.get(*id) != now.cases.get(*id)).cloned().collect(),
            changed: changed.collect(),
            reordered: missing.is_empty() && added.is_empty() && order(self) != order(&now),
            missing,
            added,
        }
    }
}
