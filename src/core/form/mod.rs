//! The form: the exact questions, places and choice orders that one candidate sees.
//!
//! A form is complete in itself. It is stored with the attempt, so that an edited, moved or deleted bank changes
//! nothing about a sitting that has begun.

mod alike;
mod apart;
mod assemble;
mod balance;
mod disjoint;
mod draw;
mod eligible;
mod enemy_side;
mod exact;
mod lay_out;
mod plan;
mod pool;
mod refusal;
mod selection;
mod solve;
mod unit;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::bank::{Item, Overrides, Sheet, Synonyms};
use crate::blueprint::{Blueprint, Book};
use crate::id::{CaseId, ChoiceId, DomainId, ExamId, ItemId, SectionId};
use crate::seed::Seed;

pub use assemble::{Exposure, Request, assemble};
pub use disjoint::{disjoint_forms, one_form};
pub use plan::{Cell, Plan};
pub use refusal::NoForm;

/// A place on the form, counted from 0 through all sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slot(pub u32);

impl Slot {
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// What one candidate sits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Form {
    pub exam: ExamId,
    pub name: String,
    pub owner: Option<String>,
    pub edition: String,
    pub seed: Seed,
    pub kind: Kind,
    pub scale: ScalePoints,
    /// The share that stands in the cut for a scored question without an Angoff rating.
    #[serde(alias = "unrated")]
    pub default_rating: f64,
    pub sections: Vec<FormSection>,
    /// In the blueprint's order.
    pub domains: Vec<(DomainId, String)>,
    pub cases: BTreeMap<CaseId, Arc<str>>,
    /// What an open-book section may consult; empty where no section is open.
    #[serde(default)]
    pub shelf: Vec<Arc<Sheet>>,
    /// What the shelf's words are also called, for its search.
    #[serde(default, skip_serializing_if = "Synonyms::is_empty")]
    pub synonyms: Synonyms,
    /// So many of the questions are nearly the same as another of the form: the bank had none to stand in for them.
    #[serde(default)]
    pub near_copies: usize,
    /// What the user's own folders changed: the replaced questions that stand on this form, and all that are retired.
    #[serde(default, skip_serializing_if = "Overrides::is_empty")]
    pub overrides: Overrides,
}

/// Whether the form is the whole exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The blueprint's full counts and minutes.
    Mock,
    /// Fewer questions in the same proportions and at the same pace: no mock.
    Rehearsal,
}

/// The points of the reported scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScalePoints {
    pub lowest: u32,
    pub pass: u32,
    pub highest: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormSection {
    pub id: SectionId,
    pub name: String,
    /// At the ordinary pace.
    pub time: Duration,
    pub book: Book,
    pub break_after: Option<FormBreak>,
    pub questions: Vec<FormQuestion>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormBreak {
    pub time: Duration,
    pub optional: bool,
}

/// A question in its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormQuestion {
    pub item: Arc<Item>,
    /// Unscored questions look like the others and are never counted.
    pub scored: bool,
    /// The choices in the order that this candidate sees.
    pub order: Vec<ChoiceId>,
}

impl FormQuestion {
    /// The letter that a choice has in this sitting: `A` for the first.
    #[must_use]
    pub fn letter(&self, choice: &ChoiceId) -> Option<char> {
        let index = self.order.iter().position(|known| known == choice)?;
        u8::try_from(index).ok().filter(|index| *index < 26).map(|index| char::from(b'A' + index))
    }

    /// The chance that a minimally competent candidate gets it right.
    #[must_use]
    pub fn rating(&self, default_rating: f64) -> f64 {
        self.item.angoff.unwrap_or(default_rating)
    }
}

impl Form {
    /// All questions in order, with their slots.
    pub fn questions(&self) -> impl Iterator<Item = (Slot, &FormQuestion)> {
        self.sections.iter().flat_map(|section| &section.questions).enumerate().map(|(i, q)| (Slot::at(i), q))
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.sections.iter().map(|section| section.questions.len()).sum()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The slots of a section, as a range of indices.
    #[must_use]
    pub fn range(&self, section: usize) -> std::ops::Range<usize> {
        let start: usize = self.sections.iter().take(section).map(|section| section.questions.len()).sum();
        start..start + self.sections.get(section).map_or(0, |section| section.questions.len())
    }

    #[must_use]
    pub fn question(&self, slot: Slot) -> Option<&FormQuestion> {
        let mut index = slot.index();
        for section in &self.sections {
            match section.questions.get(index) {
                Some(question) => return Some(question),
                None => index -= section.questions.len(),
            }
        }
        None
    }

    /// The section that holds a slot.
    #[must_use]
    pub fn section_of(&self, slot: Slot) -> Option<usize> {
        (0..self.sections.len()).find(|section| self.range(*section).contains(&slot.index()))
    }

    /// The number that a candidate sees for a slot, from 1 within its section.
    #[must_use]
    pub fn number(&self, slot: Slot) -> usize {
        let start = self.section_of(slot).map_or(0, |section| self.range(section).start);
        slot.index() - start + 1
    }

    /// The slot of a candidate's number within a section.
    #[must_use]
    pub fn slot(&self, section: usize, number: usize) -> Option<Slot> {
        let range = self.range(section);
        let index = range.start.checked_add(number.checked_sub(1)?)?;
        range.contains(&index).then(|| Slot::at(index))
    }

    /// The scored questions.
    pub fn scored(&self) -> impl Iterator<Item = (Slot, &FormQuestion)> {
        self.questions().filter(|(_, question)| question.scored)
    }

    /// The raw cut: the sum of the Angoff ratings of the scored questions.
    #[must_use]
    pub fn cut(&self) -> f64 {
        self.scored().map(|(_, question)| question.rating(self.default_rating)).sum()
    }

    pub fn item_ids(&self) -> impl Iterator<Item = &ItemId> {
        self.questions().map(|(_, question)| &question.item.id)
    }
}

impl From<&Blueprint> for ScalePoints {
    fn from(blueprint: &Blueprint) -> Self {
        let scale = &blueprint.scale;
        Self { lowest: scale.lowest.value, pass: scale.pass.value, highest: scale.highest.value }
    }
}
