//! What makes a bank trustworthy, one rule a file.
//!
//! Some rules look at one question while its places are at hand ([`Checker::question`]); the others need the whole bank
//! ([`Checker::whole`]). Errors keep a sitting from starting; warnings are advice, and only `bank check` takes the time for them.

mod backslash;
mod balance;
mod calculation;
mod chance;
pub mod choice_words;
mod choices;
pub(super) mod copied;
mod coverage;
pub(super) mod dates;
pub(super) mod echo;
mod exhibit;
mod grammar;
mod guessing;
mod identity;
mod key;
mod letters;
mod links;
mod markup;
mod ranges;
mod ranks;
pub(super) mod rating;
mod rationale;
mod sentences;
mod shown;
mod similar;
mod source;
mod stem;
pub(super) mod texts;
pub mod tokens;
pub(super) mod vocabulary;
mod wording;

use std::collections::HashSet;

use jiff::civil::Date;

use super::links::{Faulty, Links};
use super::question::Question;
use super::{Bank, Depth, synonyms};
use crate::blueprint::Blueprint;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};

pub use balance::Balance;
pub use guessing::Guessing;

/// What the rules measure a bank against, and where they report.
pub(super) struct Checker<'c> {
    /// None where the blueprint cannot be used: then nothing is measured against it.
    pub blueprint: Option<&'c Blueprint>,
    pub depth: Depth,
    pub diagnostics: &'c mut Diagnostics,
}

impl Checker<'_> {
    fn report(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
    }

    fn report_all(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(findings);
    }

    /// Reports an error always, and advice only where that is wanted.
    fn report_at_depth(&mut self, finding: Diagnostic) {
        if finding.severity() == Severity::Error || self.depth == Depth::Advice {
            self.report(finding);
        }
    }

    /// The rules for one question.
    pub(super) fn question(&mut self, question: &Question<'_>) {
        let before = self.diagnostics.errors();
        choices::check(question, self);
        key::check(question, self);
        rationale::of_choices(question, self);
        // With a wrong key the result stands in a wrong choice for sure.
        if self.diagnostics.errors() == before && !question.broken {
            calculation::check(question, self);
        }
        if self.depth == Depth::Advice {
            rationale::present(question, self);
            rationale::braces(question, self);
            rating::present(question, self);
            stem::check(question, self);
            grammar::check(question, self);
            ranges::check(question, self);
            source::check(question, self);
            wording::check(question, self);
            letters::check(question, self);
            texts::check(question, self);
            exhibit::check(question, self);
        }
    }

    /// The rules for what questions say about each other.
    pub(super) fn linked(&mut self, links: &Links) {
        identity::unique(links, self);
        links::check(links, self);
    }

    /// The rules for the whole bank.
    pub(super) fn whole(&mut self, bank: &Bank, links: &Links, day: Date) {
        self.linked(links);
        if self.depth == Depth::Advice {
            self.report_all(synonyms::dead(&bank.synonyms, &links.synonyms, &bank.sheets));
        }
        let Some(blueprint) = self.blueprint else { return };
        coverage::check(blueprint, bank, links, day, self);
        if self.depth == Depth::Advice {
            let single;
            let bank = if self.diagnostics.has_errors() {
                single = without_twins(bank);
                &single
            } else {
                bank
            };
            coverage::topics(blueprint, bank, links, self);
            balance::check(blueprint, bank, links, self);
            ranks::check(bank, self);
            guessing::check(bank, links, self);
            similar::check(bank, links, self);
            echo::check(bank, &links.echoes, self);
            copied::check(&links.rated, self);
        }
    }
}

/// A bank in which each id stands once: a question that was pasted twice was reported, and counts once.
fn without_twins(bank: &Bank) -> Bank {
    let mut seen = HashSet::new();
    let items = bank.items.iter().filter(|item| seen.insert(&item.id)).cloned().collect();
    Bank { items, ..Bank::default() }
}
