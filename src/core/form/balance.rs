//! Makes parallel forms: swaps items within the blueprint's cells until the form's raw cut is near the exam's target.
//!
//! A random draw gives easier and harder forms. Two candidates, or one candidate in two mock exams, should meet the
//! same difficulty. The raw cut (the sum of the Angoff ratings of the scored questions) measures it.
//!
//! A swap exchanges a scored item for a spare one of the same cell with the same exposure, so that the form keeps the
//! least exposed items, or for an unscored operational item of the same cell.

use rand::{Rng, RngExt};

use super::cell_draw::CellDraw;
use super::eligible::Eligible;
use super::plan::{Cell, Plan};
use super::selection::Selection;
use super::unit::Unit;
use crate::bank::{Item, Status};
use crate::blueprint::Blueprint;

/// How far the raw cut of a balanced form may be from the target, in raw points.
const TOLERANCE: f64 = 0.12;
/// The fraction of the target, in raw points: with the tolerance it keeps the cut away from whole numbers, so that every
/// form of an exam is passed with the same number of right answers.
const FRACTION: f64 = 0.55;
/// How many tries in a row may fail to improve the cut before balancing stops.
const MAX_FUTILE_TRIES: usize = 200;
/// The smallest gain that counts, in raw points. Less is rounding error, and swapping for it might never end.
const MIN_GAIN: f64 = 1e-6;

/// The raw cut that the forms of a plan should have.
#[derive(Clone, Copy)]
pub(super) struct CutTarget {
    /// In raw points.
    cut: f64,
    /// The rating of an item that has none of its own.
    default_rating: f64,
}

impl CutTarget {
    /// The target of a plan: the blueprint's target share of the scored questions or, without one, the sum of the
    /// bank's mean ratings, cell by cell.
    pub fn of(blueprint: &Blueprint, eligible: &Eligible<'_>, plan: &Plan) -> Self {
        let default_rating = blueprint.cut.default_rating.value;
        let share = |cell: &Cell| match &blueprint.cut.target {
            Some(target) => target.value,
            None => eligible
                .cell(&cell.section, &cell.domain)
                .and_then(|cell| eligible.mean_rating(cell))
                .unwrap_or(default_rating),
        };
        let cut: f64 = plan.cells.iter().map(|cell| f64::from(cell.scored) * share(cell)).sum();
        // The nearest number with that fraction.
        Self { cut: (cut - FRACTION).round() + FRACTION, default_rating }
    }

    /// In raw points.
    pub fn cut(&self) -> f64 {
        self.cut
    }

    /// The mean rating of a cell, or what stands in for it.
    pub fn mean(&self, cell: Option<usize>, eligible: &Eligible<'_>) -> f64 {
        cell.and_then(|cell| eligible.mean_rating(cell)).unwrap_or(self.default_rating)
    }

    pub fn item_rating(&self, item: &Item) -> f64 {
        item.angoff.unwrap_or(self.default_rating)
    }

    /// What a unit adds to the raw cut if it is scored.
    fn rating(&self, unit: &Unit, eligible: &Eligible<'_>) -> f64 {
        eligible.items(unit).map(|item| self.item_rating(item)).sum()
    }
}

/// The spare single items of a cell, sorted so that a binary search finds the nearest rating.
struct SparePool {
    sorted: Vec<Spare>,
}

/// A spare unit's exposure, its rating, and its position among the cell's spare units.
type Spare = (u32, f64, usize);

impl SparePool {
    fn new(spare: &[Unit], target: CutTarget, eligible: &Eligible<'_>) -> Self {
        let mut sorted: Vec<Spare> = spare
            .iter()
            .enumerate()
            // One item left over from a split case is not a single item: its whole is longer.
            .filter(|(_, unit)| eligible.whole(unit).len() == 1)
            .map(|(at, unit)| (unit.exposure, target.rating(unit, eligible), at))
            .collect();
        sorted.sort_unstable_by(order);
        Self { sorted }
    }

    /// Records that `new` has taken the place of `old` among the spare units.
    fn replace(&mut self, old: Spare, new: Spare) {
        if let Ok(at) = self.sorted.binary_search_by(|known| order(known, &old)) {
            self.sorted.remove(at);
        }
        let at = self.sorted.partition_point(|known| order(known, &new).is_lt());
        self.sorted.insert(at, new);
    }

    /// The few spare units with this exposure whose ratings are nearest to `rating` on either side.
    fn near(&self, exposure: u32, rating: f64) -> impl Iterator<Item = &Spare> {
        const REACH: usize = 4;
        let at = self.sorted.partition_point(|(seen, known, _)| (*seen, *known) < (exposure, rating));
        let window = at.saturating_sub(REACH)..(at + REACH).min(self.sorted.len());
        self.sorted[window].iter().filter(move |(seen, ..)| *seen == exposure)
    }
}

fn order(a: &Spare, b: &Spare) -> std::cmp::Ordering {
    a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2))
}

/// Swaps items until the raw cut is within the tolerance, or many tries in a row have found no swap that improves it.
pub(super) fn balance(
    target: CutTarget,
    drawn: &mut [CellDraw],
    selected: &mut Selection<'_>,
    eligible: &Eligible<'_>,
    rng: &mut impl Rng,
) {
    let rating = |unit: &Unit| target.rating(unit, eligible);
    let cut: f64 = drawn.iter().flat_map(|cell| &cell.scored).map(rating).sum();
    // How much the cut must rise to meet the target; negative if it must fall.
    let mut gap = target.cut - cut;
    if gap.abs() <= TOLERANCE {
        return;
    }
    let mut spare_pools: Vec<Option<SparePool>> = drawn.iter().map(|_| None).collect();
    let swappable = swappable(drawn, eligible);
    if swappable.is_empty() {
        return;
    }
    let mut futile_tries = 0;
    while gap.abs() > TOLERANCE && futile_tries < MAX_FUTILE_TRIES {
        futile_tries += 1;
        let (cell, at_scored) = swappable[rng.random_range(0..swappable.len())];
        let old = drawn[cell].scored[at_scored];
        let (old_rating, exposure) = (rating(&old), old.exposure);
        let gain = |new_rating: f64| gap.abs() - (gap - (new_rating - old_rating)).abs();

        let from_unscored = drawn[cell]
            .unscored
            .iter()
            .enumerate()
            .filter(|(_, unit)| unit.len() == 1 && is_operational(unit, eligible))
            .map(|(at, unit)| (gain(rating(unit)), at))
            .filter(|(gain, _)| *gain > MIN_GAIN)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let pool = spare_pools[cell].get_or_insert_with(|| SparePool::new(&drawn[cell].spare, target, eligible));
        let from_spare = pool
            .near(exposure, old_rating + gap)
            .map(|(_, new_rating, at)| (gain(*new_rating), *at))
            .filter(|(gain, at)| *gain > MIN_GAIN && selected.admits_instead(&drawn[cell].spare[*at], &old))
            .max_by(|a, b| a.0.total_cmp(&b.0));

        let CellDraw { scored, unscored, spare, .. } = &mut drawn[cell];
        match (from_spare, from_unscored) {
            (Some((gained, at)), other) if other.is_none_or(|(other_gain, _)| other_gain <= gained) => {
                selected.remove(&old);
                std::mem::swap(&mut scored[at_scored], &mut spare[at]);
                selected.add(&scored[at_scored]);
                pool.replace((exposure, rating(&scored[at_scored]), at), (exposure, old_rating, at));
            }
            (_, Some((_, at))) => std::mem::swap(&mut scored[at_scored], &mut unscored[at]),
            _ => continue,
        }
        gap -= rating(&scored[at_scored]) - old_rating;
        futile_tries = 0;
    }
}

/// The scored single items that a swap may take off the form: each as its cell and its position in that cell.
fn swappable(drawn: &[CellDraw], eligible: &Eligible<'_>) -> Vec<(usize, usize)> {
    let positions = |(cell, drawn): (usize, &CellDraw)| (0..drawn.scored.len()).map(move |at| (cell, at));
    drawn
        .iter()
        .enumerate()
        .flat_map(positions)
        .filter(|(cell, at)| {
            // Items with enemies stay: the draw took one of each pair so that later forms can use the other.
            let unit = &drawn[*cell].scored[*at];
            unit.len() == 1 && !eligible.has_enemies(unit)
        })
        .collect()
}

fn is_operational(unit: &Unit, eligible: &Eligible<'_>) -> bool {
    eligible.items(unit).all(|item| item.status == Status::Operational)
}
