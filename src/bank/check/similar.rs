//! No question stands in the bank twice in other words (advice).
//!
//! Two questions are compared by the pairs of neighbouring words in stem and keys: shared pairs over all pairs
//! (the Jaccard index of word bigrams, Broder 1997, "On the resemblance and containment of documents"). Only
//! questions that share a rare pair are compared, so that a large bank is not compared each with each.

use std::collections::HashMap;
use std::ops::Range;

use super::Links;
use crate::bank::{Bank, Exhibit, Item, Status};
use crate::document::{Code, Diagnostic, Findings, Place};

/// From this resemblance on two questions are called nearly the same.
const THRESHOLD: f64 = 0.70;
/// A word pair that stands in more questions than this is a figure of speech and proposes nobody.
const COMMON: usize = 40;

pub(super) fn check(bank: &Bank, links: &Links, findings: &mut Findings) {
    let items: Vec<&Item> = bank.items.iter().map(AsRef::as_ref).filter(|i| i.status != Status::Retired).collect();
    let pairs = Pairs::of(&items);
    let rare = Rare::of(&pairs);
    let places: HashMap<&str, Place> = links.ids().collect();
    let mut shared = Shared::new(items.len());
    for first in 0..items.len() {
        for (second, common) in shared.after(first, &pairs, &rare) {
            let (a, b) = (pairs.set(first), pairs.set(second));
            // The rare pairs in common are at most all of them: a cheap bound before the exact measure.
            if common * 3 < a.len().min(b.len()) {
                continue;
            }
            let resemblance = resemblance(a, b);
            let (one, other) = (items[first], items[second]);
            let enemies = one.enemies.contains(&other.id) || other.enemies.contains(&one.id);
            if resemblance >= THRESHOLD && !enemies {
                let (Some(place), Some(twin)) = (places.get(other.id.as_str()), places.get(one.id.as_str())) else {
                    continue;
                };
                findings.push(Diagnostic {
                    code: Code::NearDuplicate,
                    message: format!(
                        "`{}` and `{}` agree in {:.0} % of their words",
                        one.id,
                        other.id,
                        resemblance * 100.0
                    ),
                    place: Some(*place),
                    related: Some((*twin, "the other one".to_owned())),
                    help: format!("drop one, rewrite it, or write enemies = [\"{}\"]", one.id),
                });
            }
        }
    }
}

/// The word pairs of all questions in one list, so that a large bank takes no more than their hashes.
struct Pairs {
    /// Those of one question after those of another; sorted and each once within a question.
    hashes: Vec<u64>,
    /// Where a question's pairs start; one more at the end.
    starts: Vec<u32>,
}

impl Pairs {
    fn of(items: &[&Item]) -> Self {
        let mut pairs = Self { hashes: Vec::new(), starts: Vec::with_capacity(items.len() + 1) };
        pairs.starts.push(0);
        for item in items {
            let mut set = word_pairs(item);
            set.sort_unstable();
            set.dedup();
            pairs.hashes.append(&mut set);
            pairs.starts.push(index(pairs.hashes.len()));
        }
        pairs
    }

    fn range(&self, item: usize) -> Range<usize> {
        self.starts[item] as usize..self.starts[item + 1] as usize
    }

    fn set(&self, item: usize) -> &[u64] {
        &self.hashes[self.range(item)]
    }
}

/// Who holds the pairs that are rare and stand in more than one question.
struct Rare {
    /// For each place in the list of pairs, the number of its group, or [`NONE`].
    group: Vec<u32>,
    /// The questions of one group after those of another, in their order.
    holders: Vec<u32>,
    starts: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Rare {
    /// Sorts the pairs by hash, a part at a time: sorted as a whole, they would take twice the memory of all the rest.
    fn of(pairs: &Pairs) -> Self {
        const PARTS: u64 = 16;
        let mut rare = Self { group: vec![NONE; pairs.hashes.len()], holders: Vec::new(), starts: vec![0] };
        let mut part: Vec<(u64, u32, u32)> = Vec::new();
        for number in 0..PARTS {
            part.clear();
            for item in 0..pairs.starts.len() - 1 {
                let places = pairs.range(item).map(|place| (pairs.hashes[place], index(item), index(place)));
                part.extend(places.filter(|(hash, ..)| hash % PARTS == number));
            }
            part.sort_unstable();
            for same in part.chunk_by(|a, b| a.0 == b.0).filter(|same| (2..=COMMON).contains(&same.len())) {
                let group = index(rare.starts.len() - 1);
                for (_, item, place) in same {
                    rare.group[*place as usize] = group;
                    rare.holders.push(*item);
                }
                rare.starts.push(index(rare.holders.len()));
            }
        }
        rare
    }

    fn holders(&self, group: u32) -> &[u32] {
        let at = group as usize;
        &self.holders[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// How many rare pairs one question shares with each later one.
struct Shared {
    counts: Vec<u32>,
    met: Vec<u32>,
}

impl Shared {
    fn new(items: usize) -> Self {
        Self { counts: vec![0; items], met: Vec::new() }
    }

    /// The later questions that share a rare pair with `first`, in their order, with the number of those pairs.
    fn after(&mut self, first: usize, pairs: &Pairs, rare: &Rare) -> impl Iterator<Item = (usize, usize)> {
        self.met.clear();
        for group in rare.group[pairs.range(first)].iter().filter(|group| **group != NONE) {
            for other in rare.holders(*group).iter().filter(|other| **other as usize > first) {
                if self.counts[*other as usize] == 0 {
                    self.met.push(*other);
                }
                self.counts[*other as usize] += 1;
            }
        }
        self.met.sort_unstable();
        self.met.iter().map(|other| (*other as usize, std::mem::take(&mut self.counts[*other as usize]) as usize))
    }
}

fn index(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn resemblance(a: &[u64], b: &[u64]) -> f64 {
    let (mut rest, mut common) = (b, 0);
    for pair in a {
        rest = &rest[rest.partition_point(|other| other < pair)..];
        common += usize::from(rest.first() == Some(pair));
    }
    let all = a.len() + b.len() - common;
    let as_f64 = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    if all == 0 { 0.0 } else { as_f64(common) / as_f64(all) }
}

/// The hashes of the pairs of neighbouring words.
fn word_pairs(item: &Item) -> Vec<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let keys = item.choices.iter().filter(|choice| item.is_key(&choice.id)).map(|choice| choice.text.as_ref());
    let exhibit = item.exhibit.iter().flat_map(Exhibit::texts);
    let text = std::iter::once(item.stem.as_ref()).chain(exhibit).chain(keys).collect::<Vec<_>>().join(" ");
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words
        .windows(2)
        .map(|pair| {
            let mut hasher = DefaultHasher::new();
            pair.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}
