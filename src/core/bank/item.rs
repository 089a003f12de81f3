//! A question and what belongs to it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Table;
use crate::blueprint::LevelShares;
use crate::id::{CaseId, ChoiceId, DomainId, ItemId, SectionId, SheetId, TopicId};
use crate::word::words;

/// A question with everything that its sitting, its marking and its review need.
///
/// Items are stored with an attempt as they were when it began, so fields that come later need a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its id, by which later attempts know what was seen: it never changes.
    pub id: ItemId,
    /// The part of the exam that it may stand in.
    pub section: SectionId,
    /// The content area that it counts in.
    pub domain: DomainId,
    /// Its subject within the domain.
    pub topic: TopicId,
    /// What answering takes.
    pub level: Level,
    /// What it may be used for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Status,
    /// The share of minimally competent candidates who get it right, 0 to 1; the mean where several raters judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub angoff: Option<f64>,
    /// The ratings of independent raters, 0 to 1; empty where the bank has one number only.
    #[serde(default, skip_serializing_if = "<[f64]>::is_empty")]
    pub ratings: Box<[f64]>,
    /// The question itself.
    pub stem: Box<str>,
    /// What is shown under the stem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exhibit: Option<Exhibit>,
    /// The text that it shares with the other questions of a scenario set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// In the order of the file.
    pub choices: Vec<Choice>,
    /// The ids of the right choices, in the order of the file.
    pub key: Vec<ChoiceId>,
    /// Whether the choices keep the order of the file in a sitting.
    #[serde(default, skip_serializing_if = "is_default")]
    pub keep_order: bool,
    /// One explanation of the whole question, beside or in place of the rationales of its choices; `{b}` in it stands
    /// for the letter that choice b has in the sitting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Box<str>>,
    /// Where its rule can be looked up, with section and year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Box<str>>,
    /// The days on which it may be drawn.
    #[serde(default, skip_serializing_if = "is_default")]
    pub validity: Validity,
    /// Questions that must not stand on one form with this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enemies: Vec<ItemId>,
    /// The sheets of the shelf that the question needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<SheetId>,
    /// How the number in the key is reached; none where it needs no sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculation: Option<Box<Calculation>>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Item {
    /// How many choices must be picked.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match self.key.len() {
            1 => Answer::One,
            count => Answer::Several(count),
        }
    }

    /// The choice of this id.
    #[must_use]
    pub fn choice(&self, id: &ChoiceId) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == *id)
    }

    /// Whether the choice is right, alone or with others.
    #[must_use]
    pub fn is_key(&self, choice: &ChoiceId) -> bool {
        self.key.contains(choice)
    }

    /// Marks a response, all or nothing: right if it holds exactly the keys.
    #[must_use]
    pub fn is_right(&self, selected: &[ChoiceId]) -> bool {
        selected.len() == self.key.len() && selected.iter().all(|choice| self.is_key(choice))
    }
}

/// What a question shows under its stem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Exhibit {
    /// Preformatted text, such as a report: its lines are shown as they were typed.
    Text(Box<str>),
    /// Its cells wrap within their columns.
    Table(Table),
}

impl Exhibit {
    /// The texts that it shows, in reading order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (text, table) = match self {
            Self::Text(text) => (Some(text.as_ref()), None),
            Self::Table(table) => (None, Some(table)),
        };
        let cells = table.into_iter().flat_map(|table| table.columns.iter().chain(table.rows.iter().flatten()));
        text.into_iter().chain(cells.map(String::as_str))
    }
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Exactly one choice.
    One,
    /// Exactly this many choices.
    Several(usize),
}

impl Answer {
    /// How many choices it takes.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Several(count) => count,
        }
    }
}

/// One of the answers that a question offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its id in the file, which stays whatever its letter in a sitting.
    pub id: ChoiceId,
    /// What the candidate reads.
    pub text: Box<str>,
    /// Why it is right, or what makes it tempting; `{b}` in it stands for the letter that choice b has in the sitting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Box<str>>,
}

/// What answering takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// One remembered fact.
    Recall,
    /// A rule applied to facts, a sum, or a look-up.
    Application,
    /// Several facts weighed against each other.
    Analysis,
}

words! { Level { Recall: "recall", Application: "application", Analysis: "analysis" } }

impl Level {
    /// The share that a blueprint asks for at this level.
    #[must_use]
    pub const fn wanted(self, shares: &LevelShares) -> f64 {
        match self {
            Self::Recall => shares.recall,
            Self::Application => shares.application,
            Self::Analysis => shares.analysis,
        }
    }
}

/// What a question may be used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// May count.
    #[default]
    Operational,
    /// Stands only in unscored places.
    Pretest,
    /// Is never drawn.
    Retired,
}

words! { Status { Operational: "operational", Pretest: "pretest", Retired: "retired" } }

/// The days on which a question may be drawn; both ends belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The first day; none where it was always valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day; none where no end is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Validity {
    /// Whether the question may be drawn on that day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// How the number in the key was reached, so that the check can reach it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calculation {
    /// The formula over the names of `values` (see [`crate::arithmetic`]).
    pub formula: Box<str>,
    /// To how many decimals the result is rounded.
    pub decimals: u32,
    /// The numbers of the question, by the names that the formula uses.
    pub values: BTreeMap<String, f64>,
}
