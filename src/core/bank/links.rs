//! What a bank says beside its questions: what they say about each other, with places, and what could not be read.

use std::collections::BTreeMap;

use super::item::Level;
use crate::diagnostics::{Allowance, Span, Spanned};
use crate::id::{CaseId, DomainId, ItemId, SectionId, SheetId, TopicId};

/// Which of the places of banks a file lies in: 0 for the first, which later ones may change.
pub type Rank = u8;

/// What a question says of the one whose place it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Replaces {
    /// Where `replaces = true` stands.
    pub span: Span,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Replaced,
    Retired,
}

/// What the questions of a bank say about each other.
#[derive(Default)]
pub(super) struct Links {
    pub items: Vec<ItemLinks>,
    pub cases: Vec<Spanned<CaseId>>,
    /// Where each question opens, also those without an id.
    pub openings: Vec<Span>,
    /// The advice that authors keep.
    pub allowances: Vec<Allowance>,
    /// The same of the exam that questions are borrowed from.
    pub lent_openings: Vec<Span>,
    pub lent_allowances: Vec<Allowance>,
    /// The entries of the table of synonyms.
    pub synonyms: Vec<Spanned<String>>,
    /// What the keys repeat of their questions.
    pub echoes: Vec<Echo>,
    /// The ratings by several raters, in the order of the files.
    pub rated: Vec<Rated>,
    /// The questions that have errors of their own.
    pub faulty: Vec<Faulty>,
    /// Every sheet that there is, also those that cannot be used.
    pub sheets: BTreeMap<SheetId, Rank>,
    /// A file, or a part of one, could not be read, so that there may be more questions.
    pub lost: bool,
    /// The ids of some questions are not known: what is named and not found may be theirs.
    pub incomplete: bool,
}

impl Links {
    /// The ids of the questions and where they stand.
    pub(super) fn ids(&self) -> impl Iterator<Item = (&str, Span)> {
        self.items.iter().filter_map(|item| item.id.as_ref()).map(|id| (id.value.as_str(), id.span))
    }
}

/// What one question says about others.
pub(super) struct ItemLinks {
    /// What messages call the question.
    pub name: String,
    /// None where it is missing.
    pub id: Option<Spanned<ItemId>>,
    pub case: Option<Spanned<CaseId>>,
    pub enemies: Vec<Spanned<ItemId>>,
    pub references: Vec<Spanned<SheetId>>,
    /// The place of banks that its file lies in.
    pub rank: Rank,
    pub replaces: Option<Replaces>,
    /// Its index in the bank; none where it has an error, or only retires another.
    pub bank_index: Option<usize>,
}

/// What is known of a question that has an error. It is not in the bank, and the rules for the whole bank must not say
/// what is only true without it.
pub(super) struct Faulty {
    pub section: Option<SectionId>,
    pub domain: Option<DomainId>,
    pub topic: Option<TopicId>,
    pub level: Option<Level>,
    pub retired: bool,
}

/// A question whose key alone repeats words of what it asks.
pub(super) struct Echo {
    /// What messages call the question.
    pub name: String,
    /// The words as the key has them, each with its places in the key and in the stem.
    pub words: Vec<(String, Span, Span)>,
}

/// The ratings of a question by several raters.
pub(super) struct Rated {
    /// What messages call the question.
    pub name: String,
    /// Shares of minimally competent candidates who get it right, 0 to 1.
    pub figures: Vec<f64>,
    /// All of them, as they stand in the file.
    pub span: Span,
}
