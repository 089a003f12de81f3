//! Which items are near-duplicates: items worded so nearly the same that a form with both would ask one thing twice.
//!
//! The comparison itself is the bank's ([`Likeness`]); this module translates between positions in a list of compared
//! items and indices into the bank.

use std::collections::{BTreeSet, HashMap};

use super::eligible::Eligible;
use super::unit::Index;
use crate::bank::{Item, Likeness};

/// The most comparisons that [`NearDuplicates::pairs`] makes: a few hundredths of a second.
const MAX_PAIRS: usize = 500_000;

/// The result of comparing some items with one another.
#[derive(Default)]
pub(super) struct NearDuplicates {
    likeness: Likeness,
    groups: Vec<Vec<Index>>,
    positions: HashMap<Index, Position>,
}

/// Where an item is among those that were compared.
#[derive(Clone, Copy)]
struct Position {
    number: usize,
    group: Option<usize>,
}

impl NearDuplicates {
    /// Compares these items with one another.
    pub fn among(indices: &[Index], eligible: &Eligible<'_>) -> Self {
        let likeness = compare(indices, eligible);
        let groups = by_index(&likeness, indices);
        let mut positions: HashMap<Index, Position> =
            indices.iter().enumerate().map(|(number, index)| (*index, Position { number, group: None })).collect();
        for (group, indices) in groups.iter().enumerate() {
            for index in indices {
                positions.entry(*index).and_modify(|position| position.group = Some(group));
            }
        }
        Self { likeness, groups, positions }
    }

    pub fn has_compared(&self, index: Index) -> bool {
        self.positions.contains_key(&index)
    }

    /// The groups of near-duplicates. Each item of a group is a near-duplicate of at least one other item of the group,
    /// but not necessarily of all.
    pub fn groups(&self) -> &[Vec<Index>] {
        &self.groups
    }

    /// All pairs of near-duplicates, each in the bank's order; `None` if finding them would take too many comparisons.
    pub fn pairs(&self) -> Option<BTreeSet<(Index, Index)>> {
        let comparisons: usize = self.groups.iter().map(|group| group.len() * group.len()).sum();
        if comparisons > MAX_PAIRS {
            return None;
        }
        let of_group = |group: &Vec<Index>| -> Vec<(Index, Index)> {
            let pairs =
                group.iter().enumerate().flat_map(|(at, one)| group[..at].iter().map(move |other| (*other, *one)));
            pairs.filter(|(one, other)| self.is_pair(*one, *other)).collect()
        };
        Some(self.groups.iter().flat_map(of_group).collect())
    }

    /// The number of an item's group; `None` if it has no near-duplicate or was not compared.
    pub fn group_of(&self, index: Index) -> Option<usize> {
        self.positions.get(&index)?.group
    }

    /// Whether two items of one group are near-duplicates of each other.
    pub fn is_pair(&self, one: Index, other: Index) -> bool {
        match (self.positions.get(&one), self.positions.get(&other)) {
            (Some(one), Some(other)) => self.likeness.are_alike(one.number, other.number),
            _ => false,
        }
    }
}

/// The near-duplicates among these items, in groups.
pub(super) fn groups(indices: &[Index], eligible: &Eligible<'_>) -> Vec<Vec<Index>> {
    by_index(&compare(indices, eligible), indices)
}

fn compare(indices: &[Index], eligible: &Eligible<'_>) -> Likeness {
    let items: Vec<&Item> = indices.iter().map(|index| eligible.bank.items[*index as usize].as_ref()).collect();
    Likeness::among(&items, |_, _| false)
}

fn by_index(likeness: &Likeness, indices: &[Index]) -> Vec<Vec<Index>> {
    likeness.groups().iter().map(|group| group.iter().map(|number| indices[*number]).collect()).collect()
}
