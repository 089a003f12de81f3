//! Where keys stand among choices that keep their order, and how long they are beside the others (advice).
//!
//! Writers who are warned of the longest choice take the second, and who makes up wrong numbers puts them on both sides
//! of the right one. Both are habits that a candidate can use without any knowledge.

use std::collections::BTreeMap;

use super::Checker;
use super::balance::{drawn, is_uneven, key_place};
use super::chance::Count;
use crate::arithmetic::as_f64;
use crate::bank::{Bank, Item};
use crate::diagnostics::{Code, Diagnostic, codes};

codes! {
    Warning UNEVEN_PLACES "uneven-places"
    Warning UNEVEN_LENGTHS "uneven-lengths"
}

pub(super) fn check(bank: &Bank, checker: &mut Checker<'_>) {
    checker.report_all(places(bank));
    // A key that is too often the longest was reported as that.
    if !checker.diagnostics.iter().any(|found| found.code == Code::LONGEST_IS_KEY) {
        checker.report_all(lengths(bank));
    }
}

/// Counts by what a place is called, in the order in which they are told.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<usize, (&'static str, Count)>,
    questions: usize,
}

impl Tally {
    fn add(&mut self, rank: usize, name: &'static str, hit: bool, chance: f64) {
        let entry = self.counts.entry(rank).or_insert((name, Count::default()));
        entry.1.add(1, usize::from(hit), chance);
    }

    /// The counts in words, if one of them can be neither chance nor harmless.
    fn uneven(&self) -> Option<String> {
        let kinds = self.counts.len();
        self.counts.values().any(|(_, count)| is_uneven(count, kinds)).then(|| {
            let told = self.counts.values().filter(|(_, count)| count.expected > 0.0);
            let told = told.map(|(name, count)| format!("{name} in {} ({:.0} by chance)", count.hits, count.expected));
            told.collect::<Vec<_>>().join(", ")
        })
    }
}

/// The first, the last, or one between them.
fn places(bank: &Bank) -> Option<Diagnostic> {
    let mut tally = Tally::default();
    let ordered = drawn(bank).filter(|item| item.keep_order && item.choices.len() > 2);
    for (item, place) in ordered.filter_map(|item| Some((item, key_place(item)?))) {
        let (choices, last) = (as_f64(item.choices.len()), item.choices.len() - 1);
        tally.questions += 1;
        tally.add(0, "the first", place == 0, 1.0 / choices);
        tally.add(1, "an inner one", place > 0 && place < last, (choices - 2.0) / choices);
        tally.add(2, "the last", place == last, 1.0 / choices);
    }
    let told = tally.uneven()?;
    let message = format!("of {} questions whose choices keep their order, the key is {told}", tally.questions);
    let help = "put other wrong numbers around some keys, so that each place has its share";
    Some(Diagnostic::new(Code::UNEVEN_PLACES, message).help(help))
}

/// The longest, the second longest, one between, or the shortest. Choices of one length share their rank, and the chance
/// of a rank is the share of the choices that have it.
fn lengths(bank: &Bank) -> Option<Diagnostic> {
    let mut tally = Tally::default();
    for (item, place) in drawn(bank).filter(|item| !item.keep_order).filter_map(|item| Some((item, key_place(item)?))) {
        let ranks = ranks(item);
        tally.questions += 1;
        for (rank, name) in RANKS.iter().enumerate() {
            let chance = as_f64(ranks.iter().filter(|other| **other == rank).count()) / as_f64(ranks.len());
            if chance > 0.0 {
                tally.add(rank, name, ranks[place] == rank, chance);
            }
        }
    }
    let told = tally.uneven()?;
    let message = format!("of {} questions the key is {told}", tally.questions);
    let help = "lengthen or shorten some choices, so that each length has its share of the keys";
    Some(Diagnostic::new(Code::UNEVEN_LENGTHS, message).help(help))
}

const RANKS: [&str; 4] = ["the longest choice", "the second longest", "one between", "the shortest"];

/// The rank in [`RANKS`] of each choice.
fn ranks(item: &Item) -> Vec<usize> {
    let lengths: Vec<usize> = item.choices.iter().map(|choice| choice.text.chars().count()).collect();
    let rank = |length: &usize| {
        let longer = lengths.iter().filter(|other| *other > length).count();
        let shorter = lengths.iter().filter(|other| *other < length).count();
        match (longer, shorter) {
            (0, _) => 0,
            (_, 0) => 3,
            (1, _) => 1,
            _ => 2,
        }
    };
    lengths.iter().map(rank).collect()
}
