//! No question stands in the bank twice in other words (advice).
//!
//! Two questions are compared by the pairs of neighbouring words in stem and keys: shared pairs over all pairs
//! (the Jaccard index of word bigrams, Broder 1997, "On the resemblance and containment of documents"). Only
//! questions that share a rare pair are compared, so that a large bank is not compared each with each.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Links;
use crate::bank::{Bank, Item, Status};
use crate::document::{Code, Diagnostic, Findings, Place};

/// From this resemblance on two questions are called nearly the same.
const THRESHOLD: f64 = 0.70;
/// A word pair that stands in more questions than this is a figure of speech and proposes nobody.
const COMMON: usize = 40;

type Pairs = HashSet<u64>;

pub(super) fn check(bank: &Bank, links: &Links, findings: &mut Findings) {
    let items: Vec<&Item> = bank.items.iter().map(AsRef::as_ref).filter(|i| i.status != Status::Retired).collect();
    let pairs: Vec<Pairs> = items.iter().map(|item| word_pairs(item)).collect();
    let places: HashMap<&str, Place> = links.items.iter().map(|item| (item.item.as_str(), item.id)).collect();
    let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
    for (index, set) in pairs.iter().enumerate() {
        for pair in set {
            holders.entry(*pair).or_default().push(u32::try_from(index).unwrap_or(u32::MAX));
        }
    }
    let mut shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for list in holders.values().filter(|list| list.len() <= COMMON) {
        for (at, first) in list.iter().enumerate() {
            for second in &list[at + 1..] {
                *shared.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    for ((first, second), common) in shared {
        let (a, b) = (&pairs[first as usize], &pairs[second as usize]);
        // The rare pairs in common are at most all of them: a cheap bound before the exact measure.
        if common * 3 < u32::try_from(a.len().min(b.len())).unwrap_or(0) {
            continue;
        }
        let resemblance = resemblance(a, b);
        let (one, other) = (items[first as usize], items[second as usize]);
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

fn resemblance(a: &Pairs, b: &Pairs) -> f64 {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    let as_f64 = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    if all == 0 { 0.0 } else { as_f64(common) / as_f64(all) }
}

fn word_pairs(item: &Item) -> Pairs {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let keys = item.choices.iter().filter(|choice| item.is_key(&choice.id)).map(|choice| choice.text.as_ref());
    let exhibit = item.exhibit.as_deref();
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
