//! Parallel forms: swaps inside the blueprint's cells bring a form's raw cut to the exam's target, so that two
//! candidates, or two mocks of one candidate, meet forms of the same difficulty.
//!
//! A scored question is exchanged for a spare one of its cell that the candidate has seen as often (what has been seen
//! least stays on the form), or for an unscored operational one of its cell.

use rand::{Rng, RngExt};

use super::draw::CellDraw;
use super::eligible::Eligible;
use super::plan::{Cell, Plan};
use super::selection::Selection;
use super::unit::Unit;
use crate::bank::Status;
use crate::blueprint::Blueprint;

/// So near to the target, in raw points, a form is left as it is.
const NEAR_ENOUGH: f64 = 0.25;
/// So many draws without an improvement end the search.
const PATIENCE: usize = 200;

/// What forms of a plan are balanced toward.
#[derive(Clone, Copy)]
pub(super) struct Aim {
    /// The raw cut.
    target: f64,
    /// The rating of a question that has none.
    default_rating: f64,
}

impl Aim {
    /// The blueprint's share of the scored questions, or else what the bank's own mean ratings give, cell by cell.
    pub fn of(blueprint: &Blueprint, eligible: &Eligible<'_>, plan: &Plan) -> Self {
        let default_rating = blueprint.cut.default_rating.value;
        let share = |cell: &Cell| match &blueprint.cut.target {
            Some(target) => target.value,
            None => eligible
                .cell(&cell.section, &cell.domain)
                .and_then(|cell| eligible.mean_rating(cell))
                .unwrap_or(default_rating),
        };
        let target = plan.cells.iter().map(|cell| f64::from(cell.scored) * share(cell)).sum();
        Self { target, default_rating }
    }

    fn rating(&self, unit: &Unit, eligible: &Eligible<'_>) -> f64 {
        eligible.items(unit).map(|item| item.angoff.unwrap_or(self.default_rating)).sum()
    }
}

/// The spare single questions of a cell, sorted so that the nearest rating is found by halving.
struct SparePool {
    sorted: Vec<Spare>,
}

/// Exposure, rating, and the place among the cell's spare units.
type Spare = (u32, f64, usize);

impl SparePool {
    fn new(spare: &[Unit], aim: Aim, eligible: &Eligible<'_>) -> Self {
        let mut sorted: Vec<Spare> = spare
            .iter()
            .enumerate()
            // What is left of a torn case is not one of them.
            .filter(|(_, unit)| eligible.whole(unit).len() == 1)
            .map(|(at, unit)| (unit.exposure, aim.rating(unit, eligible), at))
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

/// Swaps until the cut is near enough to the target, or no swap brings it nearer.
pub(super) fn balance_to(
    aim: Aim,
    drawn: &mut [CellDraw],
    selected: &mut Selection<'_>,
    eligible: &Eligible<'_>,
    rng: &mut impl Rng,
) {
    let rating = |unit: &Unit| aim.rating(unit, eligible);
    let cut: f64 = drawn.iter().flat_map(|cell| &cell.scored).map(rating).sum();
    let mut off = aim.target - cut;
    if off.abs() <= NEAR_ENOUGH {
        return;
    }
    let mut benches: Vec<Option<SparePool>> = drawn.iter().map(|_| None).collect();
    let singles = singles(drawn, eligible);
    if singles.is_empty() {
        return;
    }
    let mut fruitless = 0;
    while off.abs() > NEAR_ENOUGH && fruitless < PATIENCE {
        fruitless += 1;
        let (cell, place) = singles[rng.random_range(0..singles.len())];
        let out = drawn[cell].scored[place];
        let (had, exposure) = (rating(&out), out.exposure);
        let gain = |new: f64| off.abs() - (off - (new - had)).abs();

        let pretest = drawn[cell]
            .unscored
            .iter()
            .enumerate()
            .filter(|(_, unit)| unit.len() == 1 && is_operational(unit, eligible))
            .map(|(at, unit)| (gain(rating(unit)), at))
            .filter(|(gain, _)| *gain > 1e-6)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let bench = benches[cell].get_or_insert_with(|| SparePool::new(&drawn[cell].spare, aim, eligible));
        let from_spare = bench
            .near(exposure, had + off)
            .map(|(_, new, at)| (gain(*new), *at))
            .filter(|(gain, at)| *gain > 1e-6 && selected.admits_instead(&drawn[cell].spare[*at], &out))
            .max_by(|a, b| a.0.total_cmp(&b.0));

        let CellDraw { scored, unscored, spare, .. } = &mut drawn[cell];
        match (from_spare, pretest) {
            (Some((gained, at)), other) if other.is_none_or(|(rival, _)| rival <= gained) => {
                selected.remove(&out);
                std::mem::swap(&mut scored[place], &mut spare[at]);
                selected.add(&scored[place]);
                bench.exchange((exposure, rating(&scored[place]), at), (exposure, had, at));
            }
            (_, Some((_, at))) => std::mem::swap(&mut scored[place], &mut unscored[at]),
            _ => continue,
        }
        off -= rating(&scored[place]) - had;
        fruitless = 0;
    }
}

/// The places of scored single questions that a swap may take from the form: cell, and place in it.
fn singles(drawn: &[CellDraw], eligible: &Eligible<'_>) -> Vec<(usize, usize)> {
    let places = |(cell, drawn): (usize, &CellDraw)| (0..drawn.scored.len()).map(move |place| (cell, place));
    drawn
        .iter()
        .enumerate()
        .flat_map(places)
        .filter(|(cell, place)| {
            // One of every pair of enemies stays on the form: the draw has put it there for the sake of later forms.
            let unit = &drawn[*cell].scored[*place];
            unit.len() == 1 && !eligible.has_enemies(unit)
        })
        .collect()
}

fn is_operational(unit: &Unit, eligible: &Eligible<'_>) -> bool {
    eligible.items(unit).all(|item| item.status == Status::Operational)
}
