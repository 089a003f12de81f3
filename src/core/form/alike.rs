//! Which questions are nearly the same: on one form they would ask the same twice.

use std::collections::{BTreeSet, HashMap};

use super::eligible::Eligible;
use super::unit::Index;
use crate::bank::{Item, Likeness};

/// So many comparisons take a few hundredths of a second.
const MOST_PAIRS: usize = 500_000;

/// Questions that were compared with each other.
#[derive(Default)]
pub(super) struct Alike {
    likeness: Likeness,
    /// Those that are nearly the same as another, in groups.
    groups: Vec<Vec<Index>>,
    places: HashMap<Index, Place>,
}

/// Where a question stands among those that were compared.
#[derive(Clone, Copy)]
struct Place {
    number: usize,
    group: Option<usize>,
}

impl Alike {
    pub fn among(indices: &[Index], eligible: &Eligible<'_>) -> Self {
        let likeness = compared(indices, eligible);
        let groups = in_groups(&likeness, indices);
        let mut places: HashMap<Index, Place> =
            indices.iter().enumerate().map(|(number, index)| (*index, Place { number, group: None })).collect();
        for (group, indices) in groups.iter().enumerate() {
            for index in indices {
                places.entry(*index).and_modify(|place| place.group = Some(group));
            }
        }
        Self { likeness, groups, places }
    }

    pub fn has_compared(&self, index: Index) -> bool {
        self.places.contains_key(&index)
    }

    /// The groups of those that are nearly the same: each of a group as another of it.
    pub fn groups(&self) -> &[Vec<Index>] {
        &self.groups
    }

    /// All pairs that are nearly the same, each in the order of the bank; none where they would be too many to compare.
    pub fn pairs(&self) -> Option<BTreeSet<(Index, Index)>> {
        let comparisons: usize = self.groups.iter().map(|group| group.len() * group.len()).sum();
        if comparisons > MOST_PAIRS {
            return None;
        }
        let of_group = |group: &Vec<Index>| -> Vec<(Index, Index)> {
            let pairs =
                group.iter().enumerate().flat_map(|(at, one)| group[..at].iter().map(move |other| (*other, *one)));
            pairs.filter(|(one, other)| self.are_alike(*one, *other)).collect()
        };
        Some(self.groups.iter().flat_map(of_group).collect())
    }

    /// The number of a question's group, if it is in one.
    pub fn group_of(&self, index: Index) -> Option<usize> {
        self.places.get(&index)?.group
    }

    /// Whether two questions of one group are nearly the same.
    pub fn are_alike(&self, one: Index, other: Index) -> bool {
        match (self.places.get(&one), self.places.get(&other)) {
            (Some(one), Some(other)) => self.likeness.are_alike(one.number, other.number),
            _ => false,
        }
    }
}

/// Of these questions those that are nearly the same as another, in groups.
pub(super) fn groups(indices: &[Index], eligible: &Eligible<'_>) -> Vec<Vec<Index>> {
    in_groups(&compared(indices, eligible), indices)
}

fn compared(indices: &[Index], eligible: &Eligible<'_>) -> Likeness {
    let items: Vec<&Item> = indices.iter().map(|index| eligible.bank.items[*index as usize].as_ref()).collect();
    Likeness::among(&items, |_, _| false)
}

fn in_groups(likeness: &Likeness, indices: &[Index]) -> Vec<Vec<Index>> {
    likeness.groups().iter().map(|group| group.iter().map(|number| indices[*number]).collect()).collect()
}
