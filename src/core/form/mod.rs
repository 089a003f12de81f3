//! The form: the exact questions that one candidate sees, in their order and with the order of their choices.
//!
//! A form is complete in itself. It is stored with the attempt, so that editing, moving or deleting a bank changes
//! nothing about an attempt that has begun.
//!
//! # How a form is assembled
//!
//! [`assemble()`] takes these steps:
//!
//! 1. `plan` says how many scored and unscored questions each cell needs. It exists because a rehearsal is shorter than
//!    the blueprint's exam.
//! 2. `eligible` groups the items that are valid on the day into units and finds their enemies. It depends on neither
//!    candidate nor seed, so that several forms can share it.
//! 3. `pool` sorts the units of each cell by the candidate's exposure and shuffles equals; `turn` decides which
//!    of two enemies comes first, so that the other is left for the next form.
//! 4. `draw` fills the cells at random. That is fast, and enough for a bank with room.
//! 5. `exact_draw` takes over where the random draw gets stuck or splits a case, and states the problem for `exact`,
//!    which finds a form or proves that there is none. So no author is told to write more items without need.
//! 6. `parallel` swaps items until the form has its share of everything, and `balance` until the raw cut is near the
//!    exam's target: a random draw alone would make some candidates sit a harder form, or another kind of form.
//! 7. `separate` replaces near-duplicates (found by `near_duplicates`). It comes after the draw so that it need compare
//!    only what was drawn: comparing the whole bank would slow down every start.
//! 8. `lay_out` shuffles questions and choices.
//!
//! A form may also be drawn by a [`code`], which fixes all that these steps depend on.
//!
//! `selection` keeps track of what is on the form during steps 4 to 7, and `disjoint` tells an author how many forms a
//! bank yields. `practice` makes a form of questions that were chosen otherwise.
//!
//! # Terms
//!
//! - An *item* is a question in the bank. *Operational* items may be scored; *pretest* items are only tried out.
//! - A *cell* of the blueprint is one domain within one section. It has scored and unscored *slots*: a slot is a
//!   position on the form that one item fills.
//! - A *unit* is what the draw takes as one: a single item, or the items of a case (an item set).
//! - *Exposure* is how many times the candidate has seen an item.
//! - *Enemies* are items that their author declared unfit for the same form, for example because one gives away the
//!   other.
//! - *Near-duplicates* are items whose wording is nearly the same.
//! - A unit is *spare* if it was not drawn and could still be swapped in.
//! - The *raw cut* is the sum of the Angoff ratings of the scored questions: the number of right answers that passes.

mod assemble;
mod background;
mod balance;
mod caveats;
mod cell_draw;
pub mod code;
mod disjoint;
mod draw;
mod eligible;
mod error;
mod exact;
mod exact_draw;
mod lay_out;
mod near_duplicates;
mod outline;
mod parallel;
mod plan;
mod pool;
mod practice;
mod reach;
mod selection;
mod separate;
mod turn;
mod unit;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::bank::{Item, Overrides, Sheet, Synonyms};
use crate::blueprint::{Blueprint, Book};
use crate::id::{CaseId, ChoiceId, DomainId, ExamId, ItemId, SectionId};
use crate::seed::Seed;
use crate::statistics::Assumptions;

pub use assemble::{Exposure, Request, assemble};
pub use background::{Background, Origin, new_forms_left};
pub use caveats::{Assumed, Caveats, Lacking};
pub use disjoint::{disjoint_forms, one_form};
pub use error::{AssemblyError, CellId, Shortage};
pub use outline::{FormOutline, FormPart, Outliner, RestoreError, Text, TextHash, Texts};
pub use plan::{Cell, Plan, SectionTime};
pub use practice::practice_form;
pub use reach::{full_plan, lacking};

/// A position on the form, counted from 0 through all sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slot(pub u32);

impl Slot {
    /// The slot as an index into the questions of the form.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// What one candidate sits: questions, time limits and scale, with everything that showing and scoring them needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// The exam.
    pub exam: ExamId,
    /// The exam's name, as candidates read it.
    pub name: String,
    /// The organization that owns the exam, if the blueprint names one.
    pub owner: Option<String>,
    /// The edition of the exam's content outline.
    pub edition: String,
    /// The exam in whose bank the questions are at home, where that is another's; see [`Form::home`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub borrowed_from: Option<ExamId>,
    /// The checksum of the files that the bank was read from; `None` if nobody took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank_checksum: Option<String>,
    /// The seed that the form was drawn from.
    pub seed: Seed,
    /// The [code](code::FormCode) that it was drawn by, if it was; a candidate's exposure then had no part in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whether the form is the whole exam.
    pub kind: Kind,
    /// The three points that define the reported scale, in ascending order.
    pub scale: ScalePoints,
    /// The Angoff rating of a question that has none of its own, 0 to 1.
    #[serde(alias = "unrated")]
    pub default_rating: f64,
    /// The sections in the order in which they are taken.
    pub sections: Vec<FormSection>,
    /// The exam's domains and their names, in the blueprint's order.
    pub domains: Vec<(DomainId, String)>,
    /// The texts of the cases that the form's questions belong to.
    pub cases: BTreeMap<CaseId, Arc<str>>,
    /// The reference sheets that a candidate may consult in an open-book section; empty if no section is open-book.
    #[serde(default)]
    pub shelf: Vec<Arc<Sheet>>,
    /// Synonyms of the shelf's words, for its search.
    #[serde(default, skip_serializing_if = "Synonyms::is_empty")]
    pub synonyms: Synonyms,
    /// How many questions have a near-duplicate on the form, because the bank had no others to replace them.
    #[serde(default, rename = "near_copies")]
    pub near_duplicates: usize,
    /// What the user's own folders changed: the replaced items that are on this form, and all retired ones.
    #[serde(default, skip_serializing_if = "Overrides::is_empty")]
    pub overrides: Overrides,
    /// What the chance of passing the real exam is computed from; `None` if the blueprint assumes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumptions: Option<Assumptions>,
    /// What the candidate had done before; `None` on a form from before that was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<Background>,
    /// What must be said of the edition.
    #[serde(default, skip_serializing_if = "is_default")]
    pub caveats: Caveats,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Whether the form is the whole exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The blueprint's full counts and minutes.
    Mock,
    /// Fewer questions at the same pace: in the same proportions, or those that were chosen for practice.
    Rehearsal,
}

/// The points of the reported scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScalePoints {
    /// The scaled score of no right answer.
    pub lowest: u32,
    /// The scaled score of a raw score at the cut.
    pub pass: u32,
    /// The scaled score of a perfect raw score.
    pub highest: u32,
}

/// A separately timed section of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormSection {
    /// The section's id in the blueprint.
    pub id: SectionId,
    /// The section's name, as candidates read it.
    pub name: String,
    /// The time limit without accommodations.
    pub time: Duration,
    /// Whether the candidate may consult the reference shelf.
    pub book: Book,
    /// The break between this section and the next, if there is one.
    pub break_after: Option<FormBreak>,
    /// The questions in the order in which they are shown.
    pub questions: Vec<FormQuestion>,
}

/// A break between two sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormBreak {
    /// How long the break may last. Accommodations do not extend it.
    pub time: Duration,
    /// Whether the candidate may end the break early or skip it.
    pub optional: bool,
}

/// An item in its slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormQuestion {
    /// The item as it was when the form was assembled.
    pub item: Arc<Item>,
    /// Whether the question counts toward the score. The candidate cannot tell.
    pub scored: bool,
    /// The choices in the order in which this candidate sees them.
    pub order: Vec<ChoiceId>,
}

impl FormQuestion {
    /// The letter that this candidate sees beside a choice, `A` for the first; `None` if the question has no such
    /// choice.
    #[must_use]
    pub fn letter(&self, choice: &ChoiceId) -> Option<char> {
        let index = self.order.iter().position(|known| known == choice)?;
        u8::try_from(index).ok().filter(|index| *index < 26).map(|index| char::from(b'A' + index))
    }

    /// The letters that this candidate sees beside choices, in the order of the alphabet.
    #[must_use]
    pub fn letters(&self, choices: &[ChoiceId]) -> Vec<char> {
        let mut letters: Vec<char> = choices.iter().filter_map(|choice| self.letter(choice)).collect();
        letters.sort_unstable();
        letters
    }

    /// The probability that a minimally competent candidate answers correctly: the item's Angoff rating, or else
    /// `default_rating`.
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

    /// The exam in whose bank the questions are at home. A question that was seen in one exam has been seen in all that
    /// borrow it from there.
    #[must_use]
    pub fn home(&self) -> &ExamId {
        self.borrowed_from.as_ref().unwrap_or(&self.exam)
    }

    /// The number of questions, scored and unscored.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sections.iter().map(|section| section.questions.len()).sum()
    }

    /// How many of its questions were new to the candidate when it was drawn; `None` where that is not known.
    #[must_use]
    pub fn new_questions(&self) -> Option<usize> {
        Some(self.len().saturating_sub(self.background.as_ref()?.seen.len()))
    }

    /// Whether the form has no questions.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The slots of a section, as a range of indices; empty at the end of the form if there is no such section.
    #[must_use]
    pub fn range(&self, section: usize) -> std::ops::Range<usize> {
        let start: usize = self.sections.iter().take(section).map(|section| section.questions.len()).sum();
        start..start + self.sections.get(section).map_or(0, |section| section.questions.len())
    }

    /// The question in a slot; `None` if the form has fewer.
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

    /// The index of the section that a slot belongs to; `None` if the form has fewer slots.
    #[must_use]
    pub fn section_of(&self, slot: Slot) -> Option<usize> {
        (0..self.sections.len()).find(|section| self.range(*section).contains(&slot.index()))
    }

    /// The question number that the candidate sees for a slot, counted from 1 within its section.
    #[must_use]
    pub fn number(&self, slot: Slot) -> usize {
        let start = self.section_of(slot).map_or(0, |section| self.range(section).start);
        slot.index() - start + 1
    }

    /// The slot of the question with this number in a section; `None` if there is none.
    #[must_use]
    pub fn slot(&self, section: usize, number: usize) -> Option<Slot> {
        let range = self.range(section);
        let index = range.start.checked_add(number.checked_sub(1)?)?;
        range.contains(&index).then(|| Slot::at(index))
    }

    /// The questions that count toward the score, with their slots.
    pub fn scored(&self) -> impl Iterator<Item = (Slot, &FormQuestion)> {
        self.questions().filter(|(_, question)| question.scored)
    }

    /// The raw cut: the sum of the Angoff ratings of the scored questions, in raw points.
    ///
    /// That is the expected number-right score of a minimally competent candidate (W. H. Angoff, "Scales, norms, and
    /// equivalent scores", in R. L. Thorndike, ed., *Educational Measurement*, 2nd ed., 1971).
    #[must_use]
    pub fn cut(&self) -> f64 {
        self.scored().map(|(_, question)| question.rating(self.default_rating)).sum()
    }

    /// The ids of all items on the form, in order.
    pub fn item_ids(&self) -> impl Iterator<Item = &ItemId> {
        self.questions().map(|(_, question)| &question.item.id)
    }
}

/// The numbers of a blueprint's population, if it has one.
#[must_use]
pub fn assumptions(blueprint: &Blueprint) -> Option<Assumptions> {
    let population = blueprint.population.as_ref()?;
    Some(Assumptions {
        pass_rate: population.pass_rate.value,
        spread: population.spread.value,
        likeness: population.likeness.value,
        shared_error: population.shared_error.value,
        rating_error: population.rating_error.value,
        rater_independence: population.rater_independence.as_ref().map_or(0.0, |share| share.value),
        domain_correlation: population.domain_correlation.as_ref().map(|correlation| correlation.value),
        questions: blueprint.scored(),
    })
}

impl From<&Blueprint> for ScalePoints {
    fn from(blueprint: &Blueprint) -> Self {
        let scale = &blueprint.scale;
        Self { lowest: scale.lowest.value, pass: scale.pass.value, highest: scale.highest.value }
    }
}
