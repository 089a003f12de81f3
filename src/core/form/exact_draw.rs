//! Draws a form by exact search, where the random draw finds none or a poor one.
//!
//! This module states the problem in the terms of [`exact`](super::exact), which knows only numbers, and translates the
//! solution back into units.

use std::collections::{BTreeSet, HashSet};

use super::cell_draw::CellDraw;
use super::eligible::Eligible;
use super::exact::{CellFill, Demand, Id, Problem, Role, SearchFailure, SearchUnit, search};
use super::pool::CellPool;
use super::unit::{Index, Unit};

/// Whether a case may be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CaseRule {
    /// All items of a case are drawn, or none.
    Whole,
    /// Each item of a case may be drawn without the others.
    Split,
}

/// The default step limit of one search: a fraction of a second.
const MAX_STEPS: u64 = 20_000_000;

/// Which forms to search for.
#[derive(Clone, Copy)]
pub(super) struct ExactDraw<'q> {
    pub eligible: &'q Eligible<'q>,
    /// The cells. The search prefers units that come early in their cell.
    pub cells: &'q [CellPool<'q>],
    pub cases: CaseRule,
    /// Units with a higher exposure stay off the form.
    pub max_exposure: u32,
    /// Pairs of items that must not both be on the form, besides enemies; each in the bank's order.
    pub near_duplicates: &'q BTreeSet<(Index, Index)>,
    pub max_steps: u64,
}

impl<'q> ExactDraw<'q> {
    /// A search for a form with whole cases, whatever the exposure and the near-duplicates.
    pub const fn new(eligible: &'q Eligible<'q>, cells: &'q [CellPool<'q>]) -> Self {
        const NONE: &BTreeSet<(Index, Index)> = &BTreeSet::new();
        let cases = CaseRule::Whole;
        Self { eligible, cells, cases, max_exposure: u32::MAX, near_duplicates: NONE, max_steps: MAX_STEPS }
    }

    /// Searches for a form.
    ///
    /// # Errors
    ///
    /// The proof that there is none, or that the step limit was reached.
    pub fn run(&self) -> Result<Vec<CellDraw>, SearchFailure> {
        let (units, search_units) = self.units();
        let demand = |cell: &CellPool<'_>| Demand { scored: cell.cell.scored, unscored: cell.cell.unscored };
        let problem = Problem {
            cells: self.cells.iter().map(demand).collect(),
            conflicts: self.conflicts(&units),
            units: search_units,
        };
        Ok(self.drawn(&units, &search(&problem, self.max_steps)?))
    }

    /// The units that may be drawn, and the same units as the search sees them. Their positions are the search's ids.
    fn units(&self) -> (Vec<Unit>, Vec<SearchUnit>) {
        let (mut units, mut search_units) = (Vec::new(), Vec::new());
        for (number, cell) in self.cells.iter().enumerate() {
            for (role, all) in [(Role::Any, &cell.operational), (Role::Unscored, &cell.pretest)] {
                let allowed = all.iter().filter(|unit| unit.exposure <= self.max_exposure);
                for part in allowed.flat_map(|unit| self.drawable_parts(unit)) {
                    units.push(part);
                    search_units.push(SearchUnit { cell: number, role, size: part.size() });
                }
            }
        }
        (units, search_units)
    }

    /// The parts in which a unit may be drawn: as a whole, unless its own items must be kept apart, or item by item.
    fn drawable_parts(&self, unit: &Unit) -> Vec<Unit> {
        match self.cases {
            CaseRule::Whole if self.eligible.has_internal_enemies(unit) || self.has_internal_duplicates(unit) => {
                Vec::new()
            }
            CaseRule::Whole => vec![*unit],
            CaseRule::Split => (0..unit.len()).map(|at| unit.part(at, 1)).collect(),
        }
    }

    fn has_internal_duplicates(&self, unit: &Unit) -> bool {
        let members = self.eligible.members(unit);
        members
            .iter()
            .enumerate()
            .any(|(at, one)| members[at..].iter().any(|other| self.near_duplicates.contains(&(*one, *other))))
    }

    /// The units with which each unit conflicts, in ascending order.
    fn conflicts(&self, units: &[Unit]) -> Vec<Vec<Id>> {
        let mut unit_of: Vec<Option<Id>> = vec![None; self.eligible.bank.items.len()];
        for (id, unit) in (0..).zip(units) {
            for index in self.eligible.members(unit) {
                unit_of[*index as usize] = Some(id);
            }
        }
        let unit_of = |index: &Index| unit_of[*index as usize];
        let enemies = |unit: &Unit| -> Vec<Id> {
            let members = self.eligible.members(unit).iter();
            members.flat_map(|index| self.eligible.enemies_of(*index)).filter_map(unit_of).collect()
        };
        let mut conflicts: Vec<Vec<Id>> = units.iter().map(enemies).collect();
        for (one, other) in self.near_duplicates {
            if let (Some(one), Some(other)) = (unit_of(one), unit_of(other)) {
                conflicts[one as usize].push(other);
                conflicts[other as usize].push(one);
            }
        }
        for (id, conflicts) in (0..).zip(&mut conflicts) {
            conflicts.sort_unstable();
            conflicts.dedup();
            conflicts.retain(|other| *other != id);
        }
        conflicts
    }

    fn drawn(&self, units: &[Unit], filled: &[CellFill]) -> Vec<CellDraw> {
        let of = |ids: &[Id]| -> Vec<Unit> { ids.iter().map(|id| units[*id as usize]).collect() };
        let drawn = |(cell, filled): (&CellPool<'_>, &CellFill)| {
            let (scored, unscored) = (of(&filled.scored), of(&filled.unscored));
            let on_form: HashSet<u32> = scored.iter().chain(&unscored).map(|unit| unit.number).collect();
            let spare = |all: &[Unit]| all.iter().filter(|unit| !on_form.contains(&unit.number)).copied().collect();
            let (spare, spare_pretest) = (spare(&cell.operational), spare(&cell.pretest));
            CellDraw { cell: cell.cell.clone(), scored, unscored, spare, spare_pretest }
        };
        self.cells.iter().zip(filled).map(drawn).collect()
    }
}
