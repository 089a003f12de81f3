//! Which questions are practiced: a function of the bank, the wish and the candidate's past.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use rand::seq::SliceRandom;

use super::past::{Outcome, Standing, StudyPast};
use crate::bank::{Bank, Item, Status};
use crate::form::Exposure;
use crate::id::{DomainId, ItemId, TopicId};
use crate::seed::{Seed, Stream};
use crate::time::Timestamp;

/// What a candidate wants to practice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The domains; all of them if neither domains nor topics are named.
    pub domains: Vec<DomainId>,
    /// The topics. In a domain of which topics are named, only these are wanted.
    pub topics: Vec<TopicId>,
    /// Questions that stand in one of these ways; all questions if there are none.
    pub standings: Vec<Standing>,
    /// The number of questions.
    pub count: usize,
}

/// What is practiced, and what that costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The questions in the bank's order.
    pub items: Vec<ItemId>,
    /// How many of them the candidate has never seen.
    pub new: usize,
    /// How many questions the wish matches, drawn or not.
    pub matching: usize,
    /// How many more it would match if they were not on an exam that is still open.
    pub withheld: usize,
    /// How many questions of the whole bank the candidate has never seen, before this practice.
    pub new_in_bank: usize,
}

/// Selects questions to practice.
///
/// Questions that were seen before come first: those missed the last time, then those flagged, then those never
/// answered, then those whose right answer lies longest back. New ones fill up what is left. Equals are drawn at random.
///
/// The matching questions of a case are taken together or not at all, so that there may be fewer questions than
/// `wish.count`; there are more only if the first case is larger than that by itself. No question is selected together
/// with its enemy.
#[must_use]
pub fn select(bank: &Bank, wish: &Wish, exposure: &Exposure, past: &StudyPast, day: Date, seed: Seed) -> Selection {
    let valid = || {
        bank.items
            .iter()
            .map(Arc::as_ref)
            .filter(|item: &&Item| item.status != Status::Retired && item.validity.holds_on(day))
    };
    let is_new = |item: &Item| exposure.times(&item.id) == 0;
    let topics_of: HashSet<&DomainId> =
        valid().filter(|item| wish.topics.contains(&item.topic)).map(|item| &item.domain).collect();
    let matches = |item: &Item| {
        let here = if topics_of.contains(&item.domain) {
            wish.topics.contains(&item.topic)
        } else {
            wish.domains.contains(&item.domain) || (wish.domains.is_empty() && wish.topics.is_empty())
        };
        let stands = |standing: &Standing| past.has(&item.id, *standing, exposure);
        here && (wish.standings.is_empty() || wish.standings.iter().any(stands))
    };
    let (withheld, free): (Vec<&Item>, Vec<&Item>) =
        valid().filter(|item| matches(item)).partition(|item| past.is_withheld(&item.id));

    let mut units = units(&free);
    units.shuffle(&mut seed.stream(Stream::Practice));
    units.sort_by_key(|unit| {
        let turns = || unit.iter().map(|item| Turn::of(item, exposure, past));
        (turns().any(|turn| turn == Turn::New), turns().min())
    });
    let drawn = draw(&units, wish.count);
    let items = || free.iter().filter(|item| drawn.contains(&item.id));
    Selection {
        new: items().filter(|item| is_new(item)).count(),
        items: items().map(|item| item.id.clone()).collect(),
        matching: free.len(),
        withheld: withheld.len(),
        new_in_bank: valid().filter(|item| is_new(item)).count(),
    }
}

/// When a question's turn is, the soonest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Missed,
    Flagged,
    /// Seen, and the answer never shown.
    Unanswered,
    /// Right, at this time.
    Right(Timestamp),
    /// Never seen: practice spends it.
    New,
}

impl Turn {
    fn of(item: &Item, exposure: &Exposure, past: &StudyPast) -> Self {
        let known = past.of(&item.id);
        match known.last {
            Some((Outcome::Missed, _)) => Self::Missed,
            _ if known.is_flagged => Self::Flagged,
            Some((Outcome::Right, at)) => Self::Right(at),
            None if exposure.times(&item.id) > 0 => Self::Unanswered,
            None => Self::New,
        }
    }
}

/// What is drawn as one: the questions of a case in one section, or a single question.
type Unit<'b> = Vec<&'b Item>;

fn units<'b>(items: &[&'b Item]) -> Vec<Unit<'b>> {
    let mut units: Vec<Unit<'b>> = Vec::new();
    let mut cases = HashMap::new();
    for item in items {
        let new = units.len();
        let at = item.case.as_ref().map_or(new, |case| *cases.entry((case, &item.section)).or_insert(new));
        if at == new {
            units.push(Vec::new());
        }
        units[at].push(item);
    }
    units
}

/// Takes units in their order, as far as they fit; the first one in any case.
fn draw<'b>(units: &[Unit<'b>], count: usize) -> HashSet<&'b ItemId> {
    let mut drawn: HashSet<&ItemId> = HashSet::new();
    let mut enemies: HashSet<&ItemId> = HashSet::new();
    for unit in units.iter().filter(|_| count > 0) {
        let fits = drawn.is_empty() || drawn.len() + unit.len() <= count;
        let is_enemy = |item: &&Item| enemies.contains(&item.id) || item.enemies.iter().any(|id| drawn.contains(id));
        if fits && !unit.iter().any(is_enemy) {
            drawn.extend(unit.iter().map(|item| &item.id));
            enemies.extend(unit.iter().flat_map(|item| &item.enemies));
        }
    }
    drawn
}
