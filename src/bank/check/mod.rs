//! What makes a bank trustworthy, one rule a file.
//!
//! Some rules look at one question while its places are at hand ([`question`]); the others need the whole bank
//! ([`whole`]). Errors keep a sitting from starting; warnings are advice, and only `bank check` takes the time for them.

mod balance;
mod calculation;
mod choices;
mod coverage;
pub(super) mod dates;
pub(super) mod identity;
mod key;
mod links;
pub(super) mod rating;
mod rationale;
mod similar;
pub(super) mod vocabulary;
pub(super) mod wording;

use jiff::civil::Date;

use super::item::Calculation;
use super::{Bank, Depth};
use crate::blueprint::Blueprint;
use crate::document::{Findings, Located, Place};
use crate::id::{CaseId, ItemId, SectionId, SheetId};

pub use balance::Balance;

/// What the rules measure a question against.
pub(super) struct Context<'b> {
    pub blueprint: &'b Blueprint,
    pub depth: Depth,
}

/// One question as it was written.
pub(super) struct Question<'q> {
    pub name: &'q str,
    pub opening: Place,
    pub stem: Option<&'q Located<&'q str>>,
    pub exhibit: Option<&'q Located<&'q str>>,
    pub keys: Option<&'q [Located<&'q str>]>,
    pub choices: Option<&'q [Entry<'q>]>,
    pub why: &'q [Entry<'q>],
    pub angoff: Option<&'q Located<f64>>,
    pub source: Option<&'q Located<&'q str>>,
    pub references: &'q [Located<&'q str>],
    pub section: Option<&'q SectionId>,
    pub calculation: Option<&'q Located<Calculation>>,
}

/// A choice or a rationale: its id and its text.
pub(super) type Entry<'q> = (Located<&'q str>, Located<&'q str>);

/// The places of what one question says about others.
pub(super) struct ItemLinks {
    pub item: ItemId,
    pub id: Place,
    pub case_id: Option<CaseId>,
    pub case: Option<Place>,
    pub enemy_ids: Vec<ItemId>,
    pub enemies: Vec<Place>,
    pub references: Vec<(SheetId, Place)>,
}

/// What the questions of a bank say about each other.
#[derive(Default)]
pub(super) struct Links {
    pub items: Vec<ItemLinks>,
    pub cases: Vec<(CaseId, Place)>,
}

/// The rules for one question.
pub(super) fn question(question: &Question<'_>, context: &Context<'_>, findings: &mut Findings) {
    choices::check(question, findings);
    key::check(question, findings);
    rationale::cited(question, findings);
    calculation::check(question, findings);
    if context.depth == Depth::Advice {
        rationale::present(question, findings);
        rating::present(question, findings);
        wording::check(question, context, findings);
    }
}

/// The rules for the whole bank.
pub(super) fn whole(context: &Context<'_>, bank: &Bank, links: &Links, day: Date, findings: &mut Findings) {
    identity::unique(links, findings);
    links::check(bank, links, findings);
    // A bank with errors lacks the questions that have them; counting what is left would only add noise.
    if !findings.has_errors() {
        coverage::check(context.blueprint, bank, day, findings);
    }
    if context.depth == Depth::Advice && !findings.has_errors() {
        coverage::topics(context.blueprint, bank, findings);
        balance::check(context.blueprint, bank, links, findings);
        similar::check(bank, links, findings);
    }
}
