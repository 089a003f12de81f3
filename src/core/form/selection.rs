//! The questions on a form so far, and who may join them.

use std::cell::Cell;

use super::alike::Alike;
use super::eligible::Eligible;
use super::unit::{Index, Unit};

pub(super) struct Selection<'g> {
    eligible: &'g Eligible<'g>,
    on_form: Vec<bool>,
    apart: Option<Apart<'g>>,
}

/// Whom likeness keeps off the form: also those that were not compared.
struct Apart<'g> {
    alike: &'g Alike,
    /// The questions of each group that stand on the form.
    standing: Vec<Vec<Index>>,
    /// How many comparisons may still be made; after that nobody of a group that stands on the form is admitted.
    patience: Cell<u32>,
}

/// So many comparisons take less than a tenth of a second.
const PATIENCE: u32 = 1_000_000;

impl<'g> Selection<'g> {
    pub fn none(eligible: &'g Eligible<'_>) -> Self {
        Self { eligible, on_form: vec![false; eligible.bank.items.len()], apart: None }
    }

    /// Those that were drawn.
    pub fn by<'d>(drawn: impl IntoIterator<Item = &'d Unit>, eligible: &'g Eligible<'_>) -> Self {
        let mut selected = Self::none(eligible);
        drawn.into_iter().for_each(|unit| selected.add(unit));
        selected
    }

    /// Those that were drawn; besides enemies, questions that are alike keep each other off.
    pub fn apart<'d>(drawn: impl IntoIterator<Item = &'d Unit>, alike: &'g Alike, eligible: &'g Eligible<'_>) -> Self {
        let standing = vec![Vec::new(); alike.groups().len()];
        let apart = Apart { alike, standing, patience: Cell::new(PATIENCE) };
        let mut selected = Self { apart: Some(apart), ..Self::none(eligible) };
        drawn.into_iter().for_each(|unit| selected.add(unit));
        selected
    }

    fn has(&self, index: Index) -> bool {
        self.on_form[index as usize]
    }

    /// Whether a question of a unit on the form is nearly the same as another on it.
    pub fn is_copied(&self, unit: &Unit) -> bool {
        let Some(apart) = &self.apart else { return false };
        self.eligible.members(unit).iter().any(|index| apart.meets(*index))
    }

    /// Whether so many questions were compared that the search for others to take their places must end.
    pub fn has_compared_enough(&self) -> bool {
        self.apart.as_ref().is_some_and(|apart| apart.patience.get() == 0)
    }

    pub fn admits(&self, unit: &Unit) -> bool {
        let members = self.eligible.members(unit);
        let at_war = |index: &Index| self.eligible.enemies_of(*index).iter().any(|enemy| self.has(*enemy));
        !members.iter().any(at_war)
            && !self.eligible.is_at_war_within(unit)
            && self.apart.as_ref().is_none_or(|apart| apart.admits(members))
    }

    /// Whether `new` may join once `old` has left.
    pub fn admits_instead(&mut self, new: &Unit, old: &Unit) -> bool {
        self.remove(old);
        let admitted = self.admits(new);
        self.add(old);
        admitted
    }

    pub fn add(&mut self, unit: &Unit) {
        for index in self.eligible.members(unit) {
            self.on_form[*index as usize] = true;
            if let Some(standing) = self.apart.as_mut().and_then(|apart| apart.standing_with(*index)) {
                standing.push(*index);
            }
        }
    }

    pub fn remove(&mut self, unit: &Unit) {
        for index in self.eligible.members(unit) {
            self.on_form[*index as usize] = false;
            if let Some(standing) = self.apart.as_mut().and_then(|apart| apart.standing_with(*index)) {
                standing.retain(|other| other != index);
            }
        }
    }
}

impl Apart<'_> {
    fn standing_with(&mut self, index: Index) -> Option<&mut Vec<Index>> {
        self.alike.group_of(index).map(|group| &mut self.standing[group])
    }

    fn admits(&self, members: &[Index]) -> bool {
        members.iter().enumerate().all(|(at, index)| {
            self.alike.has_compared(*index)
                && !self.meets(*index)
                && !members[..at].iter().any(|other| self.are_alike(*index, *other))
        })
    }

    /// Whether another question on the form is nearly the same.
    fn meets(&self, index: Index) -> bool {
        self.alike.group_of(index).is_some_and(|group| {
            self.standing[group].iter().any(|other| *other != index && self.are_alike(index, *other))
        })
    }

    fn are_alike(&self, one: Index, other: Index) -> bool {
        if self.alike.group_of(one).is_none() || self.alike.group_of(one) != self.alike.group_of(other) {
            return false;
        }
        let left = self.patience.get();
        self.patience.set(left.saturating_sub(1));
        left == 0 || self.alike.are_alike(one, other)
    }
}
