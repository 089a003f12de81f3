//! What the cells of one form can be filled from.

use std::collections::BTreeMap;

use rand::Rng;
use rand::seq::SliceRandom;

use super::eligible::Eligible;
use super::enemy_side::{self, EnemySide};
use super::plan::{Cell, Plan};
use super::unit::Unit;
use crate::bank::Status;
use crate::id::{DomainId, SectionId};

/// The units of every cell, in the order in which the cells are filled: those with the fewest questions to spare first,
/// while nothing on the form stands in the way of theirs.
pub(super) struct Pool<'p> {
    pub eligible: &'p Eligible<'p>,
    pub cells: Vec<CellPool<'p>>,
    /// Of the units by number; none where no form may have it.
    exposures: Vec<Option<u32>>,
}

/// What one cell can be filled from.
#[derive(Clone)]
pub(super) struct CellPool<'p> {
    pub cell: &'p Cell,
    /// Questions that may be scored.
    pub operational: Vec<Unit>,
    /// Questions that may only be tried out.
    pub pretest: Vec<Unit>,
}

impl<'p> Pool<'p> {
    /// `times_seen` says how often the candidate has seen each of the bank's items.
    pub fn new(eligible: &'p Eligible<'_>, plan: &'p Plan, times_seen: &[u32]) -> Self {
        let empty = |cell| CellPool { cell, operational: Vec::new(), pretest: Vec::new() };
        let mut cells: Vec<CellPool<'_>> = plan.cells.iter().map(empty).collect();
        let wanted: BTreeMap<usize, usize> = plan
            .cells
            .iter()
            .enumerate()
            .filter_map(|(at, cell)| Some((eligible.cell(&cell.section, &cell.domain)?, at)))
            .collect();
        let mut exposures = Vec::with_capacity(eligible.units().len());
        for placed in eligible.units() {
            let most =
                |unit: &Unit| eligible.members(unit).iter().map(|index| times_seen[*index as usize]).max().unwrap_or(0);
            let unit = placed.unit.seen(most(&placed.unit));
            exposures.push(placed.open.then_some(unit.exposure));
            if let Some(at) = wanted.get(&placed.cell).filter(|_| placed.open) {
                match placed.status {
                    Status::Pretest => cells[*at].pretest.push(unit),
                    _ => cells[*at].operational.push(unit),
                }
            }
        }
        cells.sort_by_key(CellPool::to_spare);
        Self { eligible, cells, exposures }
    }

    /// Which side of the enmities comes first on this form.
    pub fn enemy_sides(&self, rng: &mut impl Rng) -> Vec<EnemySide> {
        enemy_side::assign(self.eligible.rivals(), &self.exposures, rng)
    }

    /// The cells for which there are too few questions, enemies and cases apart.
    pub fn lacking(&self) -> Vec<(SectionId, DomainId, u32)> {
        let lacking = |cell: &CellPool<'_>| (cell.cell.section.clone(), cell.cell.domain.clone(), cell.lacking());
        self.cells.iter().map(lacking).filter(|(.., lacking)| *lacking > 0).collect()
    }

    /// The least that the questions of a form can have been seen, all together, if only the counts mattered.
    pub fn least_exposure(&self) -> u32 {
        self.cells.iter().map(CellPool::least_exposure).sum()
    }

    /// How often units have been seen, each number once, rising.
    pub fn levels(&self) -> Vec<u32> {
        let units = self.cells.iter().flat_map(|cell| cell.operational.iter().chain(&cell.pretest));
        let mut levels: Vec<u32> = units.map(|unit| unit.exposure).collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    }
}

impl CellPool<'_> {
    /// How many questions it has more than the form needs; below zero where it has too few.
    fn to_spare(&self) -> i64 {
        let size: usize = self.operational.iter().chain(&self.pretest).map(Unit::len).sum();
        i64::try_from(size).unwrap_or(i64::MAX) - i64::from(self.cell.total())
    }

    /// How many questions the form needs that it does not have, enemies and cases apart.
    fn lacking(&self) -> u32 {
        let sum = |units: &[Unit]| u32::try_from(units.iter().map(Unit::len).sum::<usize>()).unwrap_or(u32::MAX);
        let (operational, pretest) = (sum(&self.operational), sum(&self.pretest));
        let spare = operational.saturating_sub(self.cell.scored);
        let scored = self.cell.scored.saturating_sub(operational);
        scored + self.cell.unscored.saturating_sub(pretest.saturating_add(spare))
    }

    fn least_exposure(&self) -> u32 {
        let mut levels = BTreeMap::new();
        count_levels(&self.operational, &mut levels);
        let scored = take_least(&mut levels, self.cell.scored);
        count_levels(&self.pretest, &mut levels);
        scored + take_least(&mut levels, self.cell.unscored)
    }

    /// Its units in the order in which they are taken: by chance, those seen least first, and among these those whose
    /// turn it is.
    pub fn in_order(&self, enemy_sides: &[EnemySide], rng: &mut impl Rng) -> Self {
        let mut ordered = self.clone();
        for units in [&mut ordered.operational, &mut ordered.pretest] {
            units.shuffle(rng);
            units.sort_by_key(|unit| (unit.exposure, enemy_sides[unit.number as usize]));
        }
        ordered
    }
}

/// Adds to how many questions have been seen how often.
fn count_levels(units: &[Unit], levels: &mut BTreeMap<u32, u32>) {
    for unit in units {
        *levels.entry(unit.exposure).or_default() += u32::try_from(unit.len()).unwrap_or(u32::MAX);
    }
}

/// Takes so many questions, those seen least first; how often they have been seen, all together.
fn take_least(levels: &mut BTreeMap<u32, u32>, want: u32) -> u32 {
    let (mut left, mut sum) = (want, 0);
    for (exposure, count) in levels {
        let selected = left.min(*count);
        *count -= selected;
        left -= selected;
        sum += exposure * selected;
    }
    sum
}
