//! Draws the units of a form.
//!
//! A random draw fills the cells one after another. It tries the units of a cell in random order, the least exposed
//! first, and takes each one that fits and has no enemy on the form. That is fast, and finds a form wherever the bank
//! has room. In a tight bank it can get stuck, so it is repeated; if that does not help either, [`exact_draw`] searches
//! exactly. So a bank is called too small only if that is proved.
//!
//! [`exact_draw`]: super::exact_draw

use std::collections::BTreeSet;

use rand::rngs::ChaCha8Rng;

use super::cell_draw::CellDraw;
use super::eligible::Eligible;
use super::error::AssemblyError;
use super::exact::{Proof, SearchFailure};
use super::exact_draw::{CaseRule, ExactDraw};
use super::plan::Plan;
use super::pool::{CellPool, Pool};
use super::selection::Selection;
use super::unit::{Index, Unit};
use crate::seed::{Seed, Stream};

/// How many times a random draw is repeated, in the same random stream, while it leaves slots empty, exposes more than
/// necessary, or splits a case. The best draw is kept.
const MAX_RANDOM_DRAWS: usize = 64;

/// The step limit of a search that only improves on a form already drawn.
const IMPROVEMENT_STEPS: u64 = 1_000_000;

/// What is undesirable about a draw; lower is better. Exposure is compared before split cases.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    /// The exposures of all units, added up.
    exposure: u32,
    /// The number of units that are only part of a case.
    split_cases: usize,
}

impl Cost {
    fn of(drawn: &[CellDraw], eligible: &Eligible<'_>) -> Self {
        let units = || drawn.iter().flat_map(CellDraw::on_form);
        Self {
            exposure: units().map(Unit::total_exposure).sum(),
            split_cases: units().filter(|unit| !eligible.is_whole(unit)).count(),
        }
    }
}

/// The draw of one form, with its random stream.
pub(super) struct Draw<'d> {
    pool: Pool<'d>,
    rng: ChaCha8Rng,
}

impl<'d> Draw<'d> {
    /// `times_seen` holds, for each of the bank's items, how many times the candidate has seen it.
    ///
    /// # Errors
    ///
    /// [`AssemblyError::TooFewItems`] if some cell has fewer items than slots.
    pub fn new(
        eligible: &'d Eligible<'_>,
        plan: &'d Plan,
        seed: Seed,
        times_seen: &[u32],
    ) -> Result<Self, AssemblyError> {
        let pool = Pool::new(eligible, plan, times_seen);
        let shortfalls = pool.shortfalls();
        if shortfalls.is_empty() {
            Ok(Self { pool, rng: seed.stream(Stream::Draw) })
        } else {
            Err(AssemblyError::TooFewItems(shortfalls))
        }
    }

    /// Draws the units of a form, cell by cell.
    ///
    /// # Errors
    ///
    /// Any [`AssemblyError`] but `TooFewItems`.
    pub fn run(&mut self) -> Result<Vec<CellDraw>, AssemblyError> {
        let ideal = Cost { exposure: self.pool.min_exposure(), split_cases: 0 };
        let mut best: Option<(Cost, Vec<CellDraw>)> = None;
        for _ in 0..MAX_RANDOM_DRAWS {
            let Some(drawn) = self.random_draw() else { continue };
            let cost = Cost::of(&drawn, self.pool.eligible);
            if best.as_ref().is_none_or(|(lowest, _)| cost < *lowest) {
                best = Some((cost, drawn));
            }
            if cost <= ideal {
                break;
            }
        }
        match best {
            None => self.exact_draw(),
            Some((cost, drawn)) => Ok(self.improve(cost, &drawn, ideal).unwrap_or(drawn)),
        }
    }

    pub fn eligible(&self) -> &'d Eligible<'d> {
        self.pool.eligible
    }

    /// Fills the cells one after another; `None` if a slot stays empty.
    fn random_draw(&mut self) -> Option<Vec<CellDraw>> {
        let turns = self.pool.turns(&mut self.rng);
        let mut selected = Selection::empty(self.pool.eligible);
        let mut drawn = Vec::with_capacity(self.pool.cells.len());
        let mut is_short = false;
        for cell in &self.pool.cells {
            let filled = fill_cell(&cell.in_draw_order(&turns, &mut self.rng), &mut selected);
            let count: usize = filled.on_form().map(Unit::len).sum();
            // Filling the other cells regardless keeps the random stream of the next draw, and so the form of a seed.
            is_short |= count < cell.cell.total() as usize;
            drawn.push(filled);
        }
        (!is_short).then_some(drawn)
    }

    /// Searches exactly for a form that splits no case, and that repeats no item if the bank can do without. `None` if
    /// the form at hand is as good, or the search finds no better one.
    fn improve(&mut self, cost: Cost, drawn: &[CellDraw], ideal: Cost) -> Option<Vec<CellDraw>> {
        let max_exposure = match ideal.exposure {
            0 => 0,
            _ => drawn.iter().flat_map(CellDraw::on_form).map(|unit| unit.exposure).max().unwrap_or(0),
        };
        if cost.split_cases == 0 && (cost.exposure == 0 || ideal.exposure > 0) {
            return None;
        }
        let cells = self.cells_in_draw_order();
        let search =
            ExactDraw { max_exposure, max_steps: IMPROVEMENT_STEPS, ..ExactDraw::new(self.pool.eligible, &cells) };
        search.run().ok().filter(|found| Cost::of(found, self.pool.eligible) < cost)
    }

    /// Searches exactly for a form of the least exposed items; as a last resort, for one that splits cases.
    fn exact_draw(&mut self) -> Result<Vec<CellDraw>, AssemblyError> {
        let cells = self.cells_in_draw_order();
        if let Some(drawn) = self.least_exposed(ExactDraw::new(self.pool.eligible, &cells)) {
            return Ok(drawn);
        }
        let search = ExactDraw { cases: CaseRule::Split, ..ExactDraw::new(self.pool.eligible, &cells) };
        search.run().map_err(|failure| match failure {
            SearchFailure::StepLimit => AssemblyError::SearchLimit,
            SearchFailure::Infeasible(Proof::Exhausted) => AssemblyError::NoCombination,
            SearchFailure::Infeasible(Proof::Shortfall { cells: short, items }) => {
                let short = short.into_iter().map(|cell| cells[cell].cell.into());
                AssemblyError::TooManyEnemies { cells: short.collect(), short_by: items }
            }
        })
    }

    /// Searches exactly for a form with whole cases and none of these pairs of near-duplicates.
    pub fn without_pairs(&mut self, near_duplicates: &BTreeSet<(Index, Index)>) -> Option<Vec<CellDraw>> {
        let cells = self.cells_in_draw_order();
        self.least_exposed(ExactDraw { near_duplicates, ..ExactDraw::new(self.pool.eligible, &cells) })
    }

    /// Searches the least exposed items first, then raises the limit level by level.
    fn least_exposed(&self, search: ExactDraw<'_>) -> Option<Vec<CellDraw>> {
        let levels = self.pool.exposure_levels();
        let max_steps = search.max_steps / levels.len().max(1) as u64;
        levels.into_iter().find_map(|max_exposure| ExactDraw { max_exposure, max_steps, ..search }.run().ok())
    }

    fn cells_in_draw_order(&mut self) -> Vec<CellPool<'d>> {
        let turns = self.pool.turns(&mut self.rng);
        self.pool.cells.iter().map(|cell| cell.in_draw_order(&turns, &mut self.rng)).collect()
    }
}

fn fill_cell(source: &CellPool<'_>, selected: &mut Selection<'_>) -> CellDraw {
    let (mut scored, mut unscored) = (OpenSlots::new(source.cell.scored), OpenSlots::new(source.cell.unscored));
    let (mut left_over, mut spare, mut spare_pretest) = (Vec::new(), Vec::new(), Vec::new());
    for exposure in exposure_levels(&source.operational) {
        scored.fill(with_exposure(&source.operational, exposure), &mut left_over, selected);
    }
    // Unscored slots try pretest items before operational ones, but only among items with the same exposure.
    let levels: BTreeSet<u32> = exposure_levels(&left_over).chain(exposure_levels(&source.pretest)).collect();
    for exposure in levels {
        unscored.fill(with_exposure(&source.pretest, exposure), &mut spare_pretest, selected);
        unscored.fill(with_exposure(&left_over, exposure), &mut spare, selected);
    }
    CellDraw { cell: source.cell.clone(), scored: scored.units, unscored: unscored.units, spare, spare_pretest }
}

/// The distinct exposures of units that are sorted by exposure, in ascending order.
fn exposure_levels(units: &[Unit]) -> impl Iterator<Item = u32> {
    units.chunk_by(|one, other| one.exposure == other.exposure).map(|class| class[0].exposure)
}

/// The units with this exposure, out of units that are sorted by exposure.
fn with_exposure(units: &[Unit], exposure: u32) -> &[Unit] {
    let start = units.partition_point(|unit| unit.exposure < exposure);
    let length = units[start..].partition_point(|unit| unit.exposure == exposure);
    &units[start..start + length]
}

/// The scored or the unscored slots of a cell while they are filled.
struct OpenSlots {
    left: usize,
    units: Vec<Unit>,
}

impl OpenSlots {
    fn new(count: u32) -> Self {
        Self { left: count as usize, units: Vec::new() }
    }

    /// Takes units in order while they fit, and adds the others to `spare`. If no whole unit fits the last gap, splits
    /// a case and fills the gap with its first items: each item of a case can be answered without the others.
    fn fill(&mut self, units: &[Unit], spare: &mut Vec<Unit>, selected: &mut Selection<'_>) {
        let before = spare.len();
        for (at, unit) in units.iter().enumerate() {
            if self.left == 0 {
                spare.extend_from_slice(&units[at..]);
                return;
            }
            if unit.len() <= self.left && selected.admits(unit) {
                self.add(*unit, selected);
            } else {
                spare.push(*unit);
            }
        }
        let gap = self.left;
        let fits = |unit: &&mut Unit| unit.len() > gap && selected.admits(&unit.part(0, gap));
        if let Some(unit) = spare[before..].iter_mut().find(fits).filter(|_| gap > 0) {
            let first = unit.part(0, gap);
            *unit = unit.part(gap, unit.len() - gap);
            self.add(first, selected);
        }
    }

    fn add(&mut self, unit: Unit, selected: &mut Selection<'_>) {
        self.left -= unit.len();
        selected.add(&unit);
        self.units.push(unit);
    }
}
