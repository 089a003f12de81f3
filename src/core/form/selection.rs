//! The items on a form so far, and which units can still join them.

use std::cell::Cell;

use super::eligible::Eligible;
use super::near_duplicates::NearDuplicates;
use super::unit::{Index, Unit};

/// The items on a form. It keeps enemies apart and, if it was made by [`Self::without_duplicates`], near-duplicates
/// too.
pub(super) struct Selection<'g> {
    eligible: &'g Eligible<'g>,
    /// Whether each of the bank's items is on the form, by index.
    on_form: Vec<bool>,
    duplicate_check: Option<DuplicateCheck<'g>>,
}

/// Keeps near-duplicates off the form. An item that was not compared might be one, so it is kept off too.
struct DuplicateCheck<'g> {
    duplicates: &'g NearDuplicates,
    /// For each group of near-duplicates, its items that are on the form.
    on_form: Vec<Vec<Index>>,
    /// How many comparisons may still be made. When none is left, all items of a group count as near-duplicates.
    comparisons_left: Cell<u32>,
}

/// The comparisons that one selection may make: less than a tenth of a second.
const MAX_COMPARISONS: u32 = 1_000_000;

impl<'g> Selection<'g> {
    pub fn empty(eligible: &'g Eligible<'_>) -> Self {
        Self { eligible, on_form: vec![false; eligible.bank.items.len()], duplicate_check: None }
    }

    /// A form of these units.
    pub fn of<'d>(drawn: impl IntoIterator<Item = &'d Unit>, eligible: &'g Eligible<'_>) -> Self {
        let mut selected = Self::empty(eligible);
        drawn.into_iter().for_each(|unit| selected.add(unit));
        selected
    }

    /// A form of these units that admits no further near-duplicates. The units themselves may be near-duplicates.
    pub fn without_duplicates<'d>(
        drawn: impl IntoIterator<Item = &'d Unit>,
        duplicates: &'g NearDuplicates,
        eligible: &'g Eligible<'_>,
    ) -> Self {
        let on_form = vec![Vec::new(); duplicates.groups().len()];
        let check = DuplicateCheck { duplicates, on_form, comparisons_left: Cell::new(MAX_COMPARISONS) };
        let mut selected = Self { duplicate_check: Some(check), ..Self::empty(eligible) };
        drawn.into_iter().for_each(|unit| selected.add(unit));
        selected
    }

    fn contains(&self, index: Index) -> bool {
        self.on_form[index as usize]
    }

    /// Whether an item of this unit, which is on the form, has a near-duplicate there.
    pub fn has_near_duplicate(&self, unit: &Unit) -> bool {
        let Some(check) = &self.duplicate_check else { return false };
        self.eligible.members(unit).iter().any(|index| check.finds_duplicate_of(*index))
    }

    /// Whether so many comparisons were made that the search for substitutes must end.
    pub fn is_out_of_comparisons(&self) -> bool {
        self.duplicate_check.as_ref().is_some_and(|check| check.comparisons_left.get() == 0)
    }

    /// Whether a unit can join the form: it has no enemy on the form or within itself, and no near-duplicate.
    pub fn admits(&self, unit: &Unit) -> bool {
        let members = self.eligible.members(unit);
        let has_enemy_here = |index: &Index| self.eligible.enemies_of(*index).iter().any(|enemy| self.contains(*enemy));
        !members.iter().any(has_enemy_here)
            && !self.eligible.has_internal_enemies(unit)
            && self.duplicate_check.as_ref().is_none_or(|check| check.admits(members))
    }

    /// Whether `new` can join the form once `old` has left it.
    pub fn admits_instead(&mut self, new: &Unit, old: &Unit) -> bool {
        self.remove(old);
        let admitted = self.admits(new);
        self.add(old);
        admitted
    }

    pub fn add(&mut self, unit: &Unit) {
        for index in self.eligible.members(unit) {
            self.on_form[*index as usize] = true;
            if let Some(group) = self.duplicate_check.as_mut().and_then(|check| check.group_on_form(*index)) {
                group.push(*index);
            }
        }
    }

    pub fn remove(&mut self, unit: &Unit) {
        for index in self.eligible.members(unit) {
            self.on_form[*index as usize] = false;
            if let Some(group) = self.duplicate_check.as_mut().and_then(|check| check.group_on_form(*index)) {
                group.retain(|other| other != index);
            }
        }
    }
}

impl DuplicateCheck<'_> {
    /// The items of this item's group that are on the form; `None` if it belongs to no group.
    fn group_on_form(&mut self, index: Index) -> Option<&mut Vec<Index>> {
        self.duplicates.group_of(index).map(|group| &mut self.on_form[group])
    }

    /// Whether none of these items has a near-duplicate on the form or among the others.
    fn admits(&self, members: &[Index]) -> bool {
        members.iter().enumerate().all(|(at, index)| {
            self.duplicates.has_compared(*index)
                && !self.finds_duplicate_of(*index)
                && !members[..at].iter().any(|other| self.is_pair(*index, *other))
        })
    }

    /// Whether another item on the form is a near-duplicate of this one.
    fn finds_duplicate_of(&self, index: Index) -> bool {
        self.duplicates
            .group_of(index)
            .is_some_and(|group| self.on_form[group].iter().any(|other| *other != index && self.is_pair(index, *other)))
    }

    fn is_pair(&self, one: Index, other: Index) -> bool {
        let group = self.duplicates.group_of(one);
        if group.is_none() || group != self.duplicates.group_of(other) {
            return false;
        }
        let left = self.comparisons_left.get();
        self.comparisons_left.set(left.saturating_sub(1));
        left == 0 || self.duplicates.is_pair(one, other)
    }
}
