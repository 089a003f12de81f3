//! The units that can fill each cell of one form.
//!
//! [`Eligible`] knows the bank and the day; a pool adds what belongs to one form: the cells of its plan, and the
//! exposure of each unit to its candidate. It puts them in the order in which the draw should try them.

use std::collections::BTreeMap;

use rand::Rng;
use rand::seq::SliceRandom;

use super::eligible::{Eligible, EligibleUnit};
use super::error::Shortage;
use super::plan::{Cell, Plan};
use super::turn::{self, Candidate, Turn};
use super::unit::Unit;
use crate::bank::Status;

/// The units of every cell. The cell with the smallest surplus comes first: it is filled while the form is empty and
/// nothing on it excludes the few units that the cell has.
pub(super) struct Pool<'p> {
    pub eligible: &'p Eligible<'p>,
    pub cells: Vec<CellPool<'p>>,
    /// The exposure of each unit, by unit number; `None` if the unit is excluded from further forms.
    exposures: Vec<Option<u32>>,
}

/// The units that can fill one cell.
#[derive(Clone)]
pub(super) struct CellPool<'p> {
    pub cell: &'p Cell,
    /// Units that may fill scored slots, or unscored ones.
    pub operational: Vec<Unit>,
    /// Units that may fill only unscored slots.
    pub pretest: Vec<Unit>,
}

impl<'p> Pool<'p> {
    /// `times_seen` holds, for each of the bank's items, how many times the candidate has seen it.
    pub fn new(eligible: &'p Eligible<'_>, plan: &'p Plan, times_seen: &[u32]) -> Self {
        let empty = |cell| CellPool { cell, operational: Vec::new(), pretest: Vec::new() };
        let mut cells: Vec<CellPool<'_>> = plan.cells.iter().map(empty).collect();
        let planned: BTreeMap<usize, usize> = plan
            .cells
            .iter()
            .enumerate()
            .filter_map(|(at, cell)| Some((eligible.cell(&cell.section, &cell.domain)?, at)))
            .collect();
        let mut exposures = Vec::with_capacity(eligible.units().len());
        for candidate in eligible.units() {
            let members = eligible.members(&candidate.unit);
            let exposure = members.iter().map(|index| times_seen[*index as usize]).max().unwrap_or(0);
            let unit = candidate.unit.with_exposure(exposure);
            exposures.push(candidate.available.then_some(unit.exposure));
            if let Some(at) = planned.get(&candidate.cell).filter(|_| candidate.available) {
                match candidate.status {
                    Status::Pretest => cells[*at].pretest.push(unit),
                    _ => cells[*at].operational.push(unit),
                }
            }
        }
        cells.sort_by_key(CellPool::surplus);
        Self { eligible, cells, exposures }
    }

    /// Chooses which units this form tries before others; see [`turn`].
    pub fn turns(&self, rng: &mut impl Rng) -> Vec<Turn> {
        let forms_left: BTreeMap<usize, f64> = self
            .cells
            .iter()
            .filter_map(|cell| {
                let at = self.eligible.cell(&cell.cell.section, &cell.cell.domain)?;
                Some((at, cell.forms_to_share()))
            })
            .collect();
        let candidate = |(unit, exposure): (&EligibleUnit, &Option<u32>)| {
            let forms_left = forms_left.get(&unit.cell).copied().unwrap_or_default();
            exposure.map(|exposure| Candidate { exposure, is_case: unit.unit.len() > 1, forms_left })
        };
        let candidates: Vec<_> = self.eligible.units().iter().zip(&self.exposures).map(candidate).collect();
        turn::assign(self.eligible.enemy_units(), &candidates, rng)
    }

    /// The cells that have too few items, and how many each is short, ignoring enemies and case sizes.
    pub fn shortfalls(&self) -> Vec<Shortage> {
        let short = self.cells.iter().filter(|cell| cell.shortfall() > 0);
        short.map(|cell| Shortage { cell: cell.cell.into(), short_by: cell.shortfall() }).collect()
    }

    /// A lower bound on the total exposure of a form: what it would be if enemies and case sizes did not matter.
    pub fn min_exposure(&self) -> u32 {
        self.cells.iter().map(CellPool::min_exposure).sum()
    }

    /// The distinct exposures of all units, in ascending order.
    pub fn exposure_levels(&self) -> Vec<u32> {
        let units = self.cells.iter().flat_map(|cell| cell.operational.iter().chain(&cell.pretest));
        let mut levels: Vec<u32> = units.map(|unit| unit.exposure).collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    }
}

impl CellPool<'_> {
    /// How many more items the cell has than the form needs; negative if it has too few.
    fn surplus(&self) -> i64 {
        let size: usize = self.operational.iter().chain(&self.pretest).map(Unit::len).sum();
        i64::try_from(size).unwrap_or(i64::MAX) - i64::from(self.cell.total())
    }

    /// How many forms the least exposed items are enough for.
    fn forms_left(&self) -> f64 {
        let units = || self.operational.iter().chain(&self.pretest);
        let least = units().map(|unit| unit.exposure).min().unwrap_or(0);
        let items: u32 = units().filter(|unit| unit.exposure == least).map(Unit::size).sum();
        f64::from(items) / f64::from(self.cell.total().max(1))
    }

    /// Over how many forms the units that are tried first are shared out: over as many as the least exposed items are
    /// enough for, or over whole ones where few are left beyond those. A pair of enemies that a form passes over may be
    /// left with an item that no later form can use, and the items beyond whole forms have to make up for it.
    fn forms_to_share(&self) -> f64 {
        /// Of a form: what has to be left.
        const FEW: f64 = 0.25;
        let forms = self.forms_left();
        let whole = forms.floor().max(1.0);
        if forms - whole < FEW { whole } else { forms }
    }

    /// How many items the cell is short, ignoring enemies and case sizes.
    fn shortfall(&self) -> u32 {
        let sum = |units: &[Unit]| u32::try_from(units.iter().map(Unit::len).sum::<usize>()).unwrap_or(u32::MAX);
        let (operational, pretest) = (sum(&self.operational), sum(&self.pretest));
        let spare = operational.saturating_sub(self.cell.scored);
        let scored = self.cell.scored.saturating_sub(operational);
        scored + self.cell.unscored.saturating_sub(pretest.saturating_add(spare))
    }

    fn min_exposure(&self) -> u32 {
        let mut levels = BTreeMap::new();
        count_by_exposure(&self.operational, &mut levels);
        let scored = take_least_exposed(&mut levels, self.cell.scored);
        count_by_exposure(&self.pretest, &mut levels);
        scored + take_least_exposed(&mut levels, self.cell.unscored)
    }

    /// The same units in the order in which a draw tries them: least exposed first, then by turn, then at random.
    pub fn in_draw_order(&self, turns: &[Turn], rng: &mut impl Rng) -> Self {
        let mut ordered = self.clone();
        for units in [&mut ordered.operational, &mut ordered.pretest] {
            units.shuffle(rng);
            units.sort_by_key(|unit| (unit.exposure, turns[unit.number as usize]));
        }
        ordered
    }
}

/// Adds the units' items to `levels`, which counts items by exposure.
fn count_by_exposure(units: &[Unit], levels: &mut BTreeMap<u32, u32>) {
    for unit in units {
        *levels.entry(unit.exposure).or_default() += u32::try_from(unit.len()).unwrap_or(u32::MAX);
    }
}

/// Takes `count` items from `levels`, the least exposed first, and returns their total exposure.
fn take_least_exposed(levels: &mut BTreeMap<u32, u32>, count: u32) -> u32 {
    let (mut left, mut sum) = (count, 0);
    for (exposure, available) in levels {
        let taken = left.min(*available);
        *available -= taken;
        left -= taken;
        sum += exposure * taken;
    }
    sum
}
