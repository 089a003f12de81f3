//! Parallel forms: swaps inside the blueprint's cells bring a form's raw cut to the exam's target, so that two
//! candidates, or two mocks of one candidate, meet forms of the same difficulty.
//!
//! A scored question is exchanged for a spare one of its cell that the candidate has seen as often (what has been seen
//! least stays on the form), or for an unscored operational one of its cell.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rand::{Rng, RngExt};

use super::plan::{Cell, Plan};
use super::pool::{Drawn, Pool, Taken, Unit};
use crate::bank::Bank;
use crate::blueprint::Blueprint;

/// So near to the target, in raw points, a form is left as it is.
const NEAR_ENOUGH: f64 = 0.25;
/// So many draws without an improvement end the search.
const PATIENCE: usize = 200;

/// The raw cut that forms of this plan are balanced towards: the blueprint's share of the scored questions, or else
/// what the bank's own mean ratings give, cell by cell.
pub(super) fn target(blueprint: &Blueprint, bank: &Bank, plan: &Plan, day: Date) -> f64 {
    let unrated = blueprint.cut.without_ratings.value;
    let means = match &blueprint.cut.target {
        Some(_) => BTreeMap::new(),
        None => bank.mean_ratings(day),
    };
    let cell_share = |cell: &Cell| match &blueprint.cut.target {
        Some(target) => target.value,
        None => means.get(&(&cell.section, &cell.domain)).copied().unwrap_or(unrated),
    };
    plan.cells.iter().map(|cell| f64::from(cell.scored) * cell_share(cell)).sum()
}

/// The spare single questions of a cell, sorted so that the nearest rating is found by halving.
struct Bench {
    sorted: Vec<Spare>,
}

/// Exposure, rating, and the place among the cell's spare units.
type Spare = (u32, f64, usize);

impl Bench {
    fn new(spare: &[Unit], rating: &impl Fn(&Unit) -> f64) -> Self {
        let mut sorted: Vec<Spare> = spare
            .iter()
            .enumerate()
            .filter(|(_, unit)| unit.len() == 1)
            .map(|(at, unit)| (unit.exposure, rating(unit), at))
            .collect();
        sorted.sort_unstable_by(order);
        Self { sorted }
    }

    /// Another unit has taken the place of a spare one.
    fn exchange(&mut self, old: Spare, new: Spare) {
        if let Ok(at) = self.sorted.binary_search_by(|known| order(known, &old)) {
            self.sorted.remove(at);
        }
        let at = self.sorted.partition_point(|known| order(known, &new).is_lt());
        self.sorted.insert(at, new);
    }

    /// Candidates of this exposure from the nearest rating outwards, a few of them.
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

/// Swaps until the cut is near enough to `target`, or no swap brings it nearer.
pub(super) fn towards(
    target: f64,
    drawn: &mut [Drawn],
    taken: &mut Taken,
    pool: &Pool<'_>,
    bank: &Bank,
    unrated: f64,
    chance: &mut impl Rng,
) {
    let rating = |unit: &Unit| -> f64 {
        unit.members.iter().map(|index| bank.items[*index as usize].angoff.unwrap_or(unrated)).sum()
    };
    let cut: f64 = drawn.iter().flat_map(|cell| &cell.scored).map(rating).sum();
    let mut off = target - cut;
    if off.abs() <= NEAR_ENOUGH || drawn.is_empty() {
        return;
    }
    let mut benches: Vec<Option<Bench>> = drawn.iter().map(|_| None).collect();
    let singles: Vec<(usize, usize)> = drawn
        .iter()
        .enumerate()
        .flat_map(|(cell, drawn)| (0..drawn.scored.len()).map(move |place| (cell, place)))
        .filter(|(cell, place)| {
            // One of every pair of enemies stays on the form: the draw has put it there for the sake of later forms.
            let unit = &drawn[*cell].scored[*place];
            unit.len() == 1 && !pool.has_enemies(unit)
        })
        .collect();
    if singles.is_empty() {
        return;
    }
    let mut fruitless = 0;
    while off.abs() > NEAR_ENOUGH && fruitless < PATIENCE {
        fruitless += 1;
        let (cell, place) = singles[chance.random_range(0..singles.len())];
        let out = &drawn[cell].scored[place];
        let (had, exposure) = (rating(out), out.exposure);
        let gain = |new: f64| off.abs() - (off - (new - had)).abs();

        let tried_out = drawn[cell]
            .unscored
            .iter()
            .enumerate()
            .filter(|(_, unit)| unit.len() == 1 && is_operational(bank, unit))
            .map(|(at, unit)| (gain(rating(unit)), at))
            .filter(|(gain, _)| *gain > 1e-6)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let bench = benches[cell].get_or_insert_with(|| Bench::new(&drawn[cell].spare, &rating));
        let from_spare = bench
            .near(exposure, had + off)
            .map(|(_, new, at)| (gain(*new), *at))
            .filter(|(gain, at)| *gain > 1e-6 && fits(&drawn[cell].spare[*at], out, taken, pool))
            .max_by(|a, b| a.0.total_cmp(&b.0));

        match (from_spare, tried_out) {
            (Some((gained, at)), other) if other.is_none_or(|(rival, _)| rival <= gained) => {
                taken.remove(&drawn[cell].scored[place]);
                let Drawn { scored, spare, .. } = &mut drawn[cell];
                std::mem::swap(&mut scored[place], &mut spare[at]);
                taken.add(&scored[place]);
                let new = rating(&scored[place]);
                off -= new - had;
                bench.exchange((exposure, new, at), (exposure, had, at));
                fruitless = 0;
            }
            (_, Some((_, at))) => {
                let Drawn { scored, unscored, .. } = &mut drawn[cell];
                std::mem::swap(&mut scored[place], &mut unscored[at]);
                off -= rating(&drawn[cell].scored[place]) - had;
                fruitless = 0;
            }
            _ => {}
        }
    }
}

fn is_operational(bank: &Bank, unit: &Unit) -> bool {
    unit.members.iter().all(|index| bank.items[*index as usize].status == crate::bank::Status::Operational)
}

/// Whether `new` has no enemy on the form once `old` has left it.
fn fits(new: &Unit, old: &Unit, taken: &mut Taken, pool: &Pool<'_>) -> bool {
    taken.remove(old);
    let admitted = taken.admits(new, pool);
    taken.add(old);
    admitted
}
