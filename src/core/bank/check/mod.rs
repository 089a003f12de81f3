//! What makes a bank trustworthy, one rule a file.
//!
//! Some rules look at one question while its places are at hand ([`question`]); the others need the whole bank
//! ([`whole`]). Errors keep a sitting from starting; warnings are advice, and only `bank check` takes the time for them.

mod backslash;
mod balance;
mod calculation;
mod chance;
mod choices;
mod coverage;
pub(super) mod dates;
mod exhibit;
pub(super) mod identity;
mod key;
mod letters;
mod links;
mod markup;
pub(super) mod rating;
mod rationale;
mod similar;
pub(super) mod texts;
mod tokens;
pub(super) mod vocabulary;
mod wording;

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::item::{Calculation, Level};
use super::replace::{Rank, Replaces};
use super::{Bank, Depth};
use crate::blueprint::Blueprint;
use crate::diagnostics::{Allowance, Diagnostics, SourceText, Span, Spanned};
use crate::id::{CaseId, DomainId, ItemId, SectionId, SheetId, TopicId};

pub use balance::Balance;

/// What the rules measure a question against.
pub(super) struct Context<'b> {
    /// None where the blueprint cannot be used: then nothing is measured against it.
    pub blueprint: Option<&'b Blueprint>,
    pub depth: Depth,
}

/// One question as it was written.
pub(super) struct Question<'q> {
    pub name: &'q str,
    /// The text of its file.
    pub file_text: SourceText<'q>,
    pub opening: Span,
    pub stem: Option<&'q Spanned<&'q str>>,
    pub exhibit: Option<&'q Spanned<&'q str>>,
    pub explanation: Option<&'q Spanned<&'q str>>,
    /// The case that it belongs to, where it has been read.
    pub case_text: Option<&'q str>,
    /// Whether its choices are not shuffled.
    pub keep_order: bool,
    pub keys: Option<&'q [Spanned<&'q str>]>,
    /// The whole value of the field `key`.
    pub key_span: Option<Span>,
    pub choices: Option<&'q [Entry<'q>]>,
    pub why: &'q [Entry<'q>],
    pub rated: bool,
    pub source: Option<&'q Spanned<&'q str>>,
    pub references: &'q [Spanned<&'q str>],
    pub section: Option<&'q SectionId>,
    pub calculation: Option<&'q Spanned<Calculation>>,
    pub advise: Advise,
    /// The file breaks TOML's rules: what seems to be absent may have been lost.
    pub broken: bool,
}

/// Of what it is worth to say that it is absent: not of a field that was told to stand in a wrong place.
#[expect(clippy::struct_excessive_bools, reason = "one for each field, each asked for by its own rule")]
#[derive(Clone, Copy)]
pub(super) struct Advise {
    pub rating: bool,
    pub source: bool,
    pub references: bool,
    pub rationale: bool,
}

/// A choice or a rationale: its id and its text.
pub(super) type Entry<'q> = (Spanned<&'q str>, Spanned<&'q str>);

/// The places of what one question says about others.
pub(super) struct ItemLinks {
    /// What messages call the question.
    pub name: String,
    /// Its id and where that stands; none where it is missing.
    pub item: Option<(ItemId, Span)>,
    pub case_id: Option<CaseId>,
    pub case: Option<Span>,
    pub enemy_ids: Vec<ItemId>,
    pub enemies: Vec<Span>,
    pub references: Vec<(SheetId, Span)>,
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

/// What the questions of a bank say about each other.
#[derive(Default)]
pub(super) struct Links {
    pub items: Vec<ItemLinks>,
    pub cases: Vec<(CaseId, Span)>,
    /// Where each question opens, also those without an id.
    pub openings: Vec<Span>,
    /// The advice that authors keep.
    pub allowances: Vec<Allowance>,
    /// The same of the exam that questions are borrowed from.
    pub lent_openings: Vec<Span>,
    pub lent_allowances: Vec<Allowance>,
    /// The entries of the table of synonyms.
    pub synonyms: Vec<(String, Span)>,
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
    pub fn ids(&self) -> impl Iterator<Item = (&str, Span)> {
        self.items.iter().filter_map(|item| item.item.as_ref()).map(|(id, span)| (id.as_str(), *span))
    }
}

/// The rules for one question.
pub(super) fn question(question: &Question<'_>, context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let before = diagnostics.errors();
    choices::check(question, context.depth, diagnostics);
    key::check(question, diagnostics);
    rationale::of_choices(question, diagnostics);
    // With a wrong key the result stands in a wrong choice for sure.
    if diagnostics.errors() == before && !question.broken {
        calculation::check(question, diagnostics);
    }
    if context.depth == Depth::Advice {
        rationale::present(question, diagnostics);
        rationale::braces(question, diagnostics);
        rating::present(question, diagnostics);
        wording::check(question, context, diagnostics);
        letters::check(question, diagnostics);
        texts::check(question, diagnostics);
        exhibit::check(question, diagnostics);
    }
}

/// The rules for what questions say about each other.
pub(super) fn linked(links: &Links, diagnostics: &mut Diagnostics) {
    identity::unique(links, diagnostics);
    links::check(links, diagnostics);
}

/// The rules for the whole bank.
pub(super) fn whole(context: &Context<'_>, bank: &Bank, links: &Links, day: Date, diagnostics: &mut Diagnostics) {
    linked(links, diagnostics);
    if context.depth == Depth::Advice {
        super::synonyms::check(&bank.synonyms, &links.synonyms, &bank.sheets, diagnostics);
    }
    let Some(blueprint) = context.blueprint else { return };
    coverage::check(blueprint, bank, links, day, diagnostics);
    if context.depth == Depth::Advice {
        let single;
        let bank = if diagnostics.has_errors() {
            single = without_twins(bank);
            &single
        } else {
            bank
        };
        coverage::topics(blueprint, bank, links, diagnostics);
        balance::check(blueprint, bank, links, diagnostics);
        similar::check(bank, links, diagnostics);
    }
}

/// A bank in which each id stands once: a question that was pasted twice was told, and counts once.
fn without_twins(bank: &Bank) -> Bank {
    let mut seen = HashSet::new();
    let items = bank.items.iter().filter(|item| seen.insert(&item.id)).cloned().collect();
    Bank { items, ..Bank::default() }
}
