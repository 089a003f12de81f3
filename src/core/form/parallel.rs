//! Makes forms parallel: swaps items within the blueprint's cells until the form has its share of everything.
//!
//! Two forms of the same counts and the same cut can still differ: one asks for recall where the other asks for
//! analysis, or one has most of the calculations. So each form aims at the same goals, and not at another form: the raw
//! cut, the cut of each domain, the levels, the calculations, the topics, the length, and the spread of the ratings.
//! The goals are what one form may take of the bank so that as many forms as the bank yields can have the same.

use std::collections::HashMap;

use rand::{Rng, RngExt};

use super::balance::CutTarget;
use super::cell_draw::CellDraw;
use super::eligible::Eligible;
use super::plan::{Cell, Plan};
use super::selection::Selection;
use super::unit::{Index, Unit};
use crate::bank::{Item, Level, Status};
use crate::blueprint::Blueprint;
use crate::id::TopicId;

/// How many swaps are tried.
const TRIES: usize = 24_000;
/// The most spare units of a cell that are considered; they stand in random order.
const MOST_SPARE: usize = 400;
/// The smallest gain that counts: for less, items that happen to fit would be on more forms than others.
const MIN_GAIN: f64 = 0.3;

/// What a deviation of one costs: of a raw point of the cut, of a hundredth of a domain's cut, of a question of a level,
/// of a calculation, of a question of a topic, of a tenth of the ratings' spread, and of a hundredth of the length.
/// Chosen by trying: the first four are held nearly always, the rest as far as they leave room.
const CUT: f64 = 40.0;
const DOMAIN_CUT: f64 = 2.0;
const LEVEL: f64 = 6.0;
const CALCULATION: f64 = 6.0;
const TOPIC: f64 = 1.5;
const SPREAD: f64 = 0.5;
const LENGTH: f64 = 0.25;

/// What an item counts for.
#[derive(Clone, Copy, Default)]
struct Features {
    rating: f64,
    /// The square of the rating's distance from its cell's mean.
    spread: f64,
    length: f64,
    level: usize,
    /// An index into [`Goal::topics`].
    topic: usize,
    calculation: f64,
    /// How many enemies it has.
    enemies: usize,
}

/// What a form adds up to, of its scored questions.
#[derive(Clone, Default)]
struct Sums {
    cut: f64,
    /// By cell of the plan.
    cell_cuts: Vec<f64>,
    levels: [f64; 3],
    calculations: f64,
    topics: Vec<f64>,
    spread: f64,
    length: f64,
}

/// What every form of a plan aims at.
pub(super) struct Goal<'b> {
    cells: &'b [Cell],
    target: CutTarget,
    sums: Sums,
    /// The number of scored questions of each cell of the plan.
    scored: Vec<f64>,
    /// The mean rating of each cell of the plan.
    means: Vec<f64>,
    /// The position of a topic among [`Sums::topics`], by cell of the plan.
    topics: HashMap<(usize, &'b TopicId), usize>,
}

impl<'b> Goal<'b> {
    pub fn new(blueprint: &Blueprint, eligible: &Eligible<'b>, plan: &'b Plan, target: CutTarget) -> Self {
        let cells: Vec<Option<usize>> =
            plan.cells.iter().map(|cell| eligible.cell(&cell.section, &cell.domain)).collect();
        let scored: Vec<f64> = plan.cells.iter().map(|cell| f64::from(cell.scored)).collect();
        let means = cells.iter().map(|cell| target.mean(*cell, eligible)).collect();
        let mut goal =
            Self { cells: &plan.cells, target, sums: Sums::default(), scored, means, topics: HashMap::new() };
        let supply = goal.supply(&cells, eligible);
        goal.aim(&supply);
        goal.sums.levels = levels(blueprint, &supply, &goal.scored);
        goal
    }

    /// What the operational items of each cell of the plan add up to.
    fn supply(&mut self, cells: &[Option<usize>], eligible: &Eligible<'b>) -> Vec<CellSupply> {
        let mut supply: Vec<CellSupply> = cells.iter().map(|_| CellSupply::default()).collect();
        for unit in eligible.units().iter().filter(|unit| unit.status == Status::Operational) {
            let Some(cell) = cells.iter().position(|cell| *cell == Some(unit.cell)) else { continue };
            for item in eligible.items(&unit.unit) {
                let next = self.topics.len();
                let topic = *self.topics.entry((cell, &item.topic)).or_insert(next);
                let features = self.features(cell, item, topic);
                supply[cell].add(&features);
            }
        }
        supply
    }

    /// Sets all goals but the levels: each form takes of a cell in proportion to what the cell has.
    fn aim(&mut self, supply: &[CellSupply]) {
        let mut sums = Sums { topics: vec![0.0; self.topics.len()], ..Sums::default() };
        for (cell, supply) in supply.iter().enumerate() {
            let share = self.scored[cell] / supply.items.max(1.0);
            sums.calculations += share * supply.calculations;
            sums.spread += share * supply.spread;
            sums.length += share * supply.length;
            for (topic, count) in &supply.topics {
                sums.topics[*topic] += share * count;
            }
        }
        sums.calculations = sums.calculations.round();
        sums.cut = self.target.cut();
        let proportional: f64 = self.scored.iter().zip(&self.means).map(|(scored, mean)| scored * mean).sum();
        let scored: f64 = self.scored.iter().sum();
        let shift = (sums.cut - proportional) / scored.max(1.0);
        sums.cell_cuts = self.scored.iter().zip(&self.means).map(|(scored, mean)| scored * (mean + shift)).collect();
        self.sums = sums;
    }

    fn features(&self, cell: usize, item: &Item, topic: usize) -> Features {
        let rating = self.target.item_rating(item);
        let length = item.stem.len() + item.choices.iter().map(|choice| choice.text.len()).sum::<usize>();
        Features {
            rating,
            spread: (rating - self.means[cell]).powi(2),
            length: crate::arithmetic::as_f64(length),
            level: level(item.level),
            topic,
            calculation: f64::from(u8::from(item.calculation.is_some())),
            enemies: 0,
        }
    }

    fn features_of(&self, cell: usize, index: Index, eligible: &Eligible<'b>) -> Features {
        let item = eligible.bank.items[index as usize].as_ref();
        let topic = self.topics.get(&(cell, &item.topic)).copied().unwrap_or(0);
        Features { enemies: eligible.enemies_of(index).len(), ..self.features(cell, item, topic) }
    }

    /// The position among the cells of the plan, which a draw takes in another order.
    fn position(&self, drawn: &CellDraw) -> usize {
        self.cells.iter().position(|cell| *cell == drawn.cell).unwrap_or(0)
    }

    /// What a form adds up to.
    fn sums_of(&self, drawn: &[CellDraw], eligible: &Eligible<'b>) -> Sums {
        let mut sums =
            Sums { cell_cuts: vec![0.0; self.scored.len()], topics: vec![0.0; self.topics.len()], ..Sums::default() };
        for drawn in drawn {
            let cell = self.position(drawn);
            for index in drawn.scored.iter().flat_map(|unit| eligible.members(unit)) {
                sums.add(cell, &self.features_of(cell, *index, eligible), 1.0);
            }
        }
        sums
    }

    /// How much the cost falls if `new` takes the place of `old` in a cell. `topics` are the form's own goals.
    fn gain(&self, sums: &Sums, topics: &[f64], cell: usize, old: &Features, new: &Features) -> f64 {
        let fall = |weight: f64, sum: f64, goal: f64, change: f64| {
            let off = sum - goal;
            weight * (off * off - (off + change) * (off + change))
        };
        let rise = new.rating - old.rating;
        let hundredth = self.scored[cell].max(1.0) / 100.0;
        let mut gain = fall(CUT, sums.cut, self.sums.cut, rise)
            + fall(DOMAIN_CUT / hundredth.powi(2), sums.cell_cuts[cell], self.sums.cell_cuts[cell], rise)
            + fall(CALCULATION, sums.calculations, self.sums.calculations, new.calculation - old.calculation)
            + fall(
                SPREAD * 100.0 / self.sums.spread.max(0.01).powi(2),
                sums.spread,
                self.sums.spread,
                new.spread - old.spread,
            )
            + fall(
                LENGTH * 1e4 / self.sums.length.max(1.0).powi(2),
                sums.length,
                self.sums.length,
                new.length - old.length,
            );
        if new.level != old.level {
            gain += fall(LEVEL, sums.levels[old.level], self.sums.levels[old.level], -1.0)
                + fall(LEVEL, sums.levels[new.level], self.sums.levels[new.level], 1.0);
        }
        if new.topic != old.topic {
            gain += fall(TOPIC, sums.topics[old.topic], topics[old.topic], -1.0)
                + fall(TOPIC, sums.topics[new.topic], topics[new.topic], 1.0);
        }
        gain
    }
}

impl Sums {
    fn add(&mut self, cell: usize, features: &Features, times: f64) {
        self.cut += times * features.rating;
        self.cell_cuts[cell] += times * features.rating;
        self.levels[features.level] += times;
        self.calculations += times * features.calculation;
        self.topics[features.topic] += times;
        self.spread += times * features.spread;
        self.length += times * features.length;
    }
}

/// What the operational items of a cell add up to.
#[derive(Default)]
struct CellSupply {
    items: f64,
    levels: [f64; 3],
    calculations: f64,
    spread: f64,
    length: f64,
    /// Pairs of a topic's position and its number of items, in the bank's order.
    topics: Vec<(usize, f64)>,
}

impl CellSupply {
    fn add(&mut self, features: &Features) {
        self.items += 1.0;
        self.levels[features.level] += 1.0;
        self.calculations += features.calculation;
        self.spread += features.spread;
        self.length += features.length;
        match self.topics.iter_mut().find(|(topic, _)| *topic == features.topic) {
            Some((_, count)) => *count += 1.0,
            None => self.topics.push((features.topic, 1.0)),
        }
    }
}

/// How many scored questions of each level a form aims at: the blueprint's shares, as far as each of the forms that the
/// bank yields can have them; without shares, in proportion to the bank.
fn levels(blueprint: &Blueprint, supply: &[CellSupply], scored: &[f64]) -> [f64; 3] {
    let cells = || supply.iter().zip(scored).filter(|(_, scored)| **scored > 0.0);
    let forms = cells().map(|(supply, scored)| (supply.items / scored).floor()).fold(f64::MAX, f64::min).max(1.0);
    let total: f64 = scored.iter().sum();
    let bank =
        |level: usize| cells().map(|(supply, scored)| scored * supply.levels[level] / supply.items.max(1.0)).sum();
    let wanted = blueprint.levels.map_or_else(
        || [0, 1, 2].map(bank),
        |shares| [shares.recall, shares.application, shares.analysis].map(|s| s * total),
    );
    let most = |level: usize| -> f64 {
        cells().map(|(supply, scored)| f64::min(*scored, (supply.levels[level] / forms).floor())).sum()
    };
    let least = |level: usize| -> f64 {
        let others = |supply: &CellSupply| -> f64 {
            (0..3).filter(|other| *other != level).map(|other| (supply.levels[other] / forms).floor()).sum()
        };
        cells().map(|(supply, scored)| f64::max(0.0, scored - others(supply))).sum()
    };
    let mut aimed = [0, 1, 2].map(|level| wanted[level].round().clamp(least(level).min(most(level)), most(level)));
    // What clamping took or rounding gave goes to the level with the most room.
    for _ in 0..1000 {
        let left = total - aimed.iter().sum::<f64>();
        if left.abs() < 0.5 {
            break;
        }
        let room =
            |level: &usize| if left > 0.0 { most(*level) - aimed[*level] } else { aimed[*level] - least(*level) };
        let Some(level) = (0..3).max_by(|a, b| room(a).total_cmp(&room(b))) else { break };
        aimed[level] += left.signum();
    }
    aimed
}

fn level(level: Level) -> usize {
    match level {
        Level::Recall => 0,
        Level::Application => 1,
        Level::Analysis => 2,
    }
}

/// Where a unit that may be swapped in stands.
#[derive(Clone, Copy)]
enum Source {
    Spare(usize),
    Unscored(usize),
}

impl Source {
    /// Whether a swap leaves later forms as much. The draw decides how many items with enemies a form has, so that later
    /// forms can have the others: an item leaves the form only for one with as many.
    fn suits(self, old: &Features, new: &Features) -> bool {
        match self {
            Self::Unscored(_) => true,
            Self::Spare(_) => old.enemies == new.enemies,
        }
    }
}

/// The single items of a cell that may be swapped, with what they count for.
struct CellSwaps {
    /// An index into what was drawn.
    drawn: usize,
    /// The position of the cell in the plan.
    cell: usize,
    /// Positions among the scored units.
    scored: Vec<(usize, Features)>,
    others: Vec<(Source, Features)>,
}

/// Swaps items while that brings the form nearer to the goal. A scored item gives way to a spare one of its cell with the
/// same exposure, so that the form keeps the least exposed items, or to an unscored operational one.
pub(super) fn make_parallel<'b>(
    goal: &Goal<'b>,
    drawn: &mut [CellDraw],
    selected: &mut Selection<'_>,
    eligible: &Eligible<'b>,
    rng: &mut impl Rng,
) {
    let mut sums = goal.sums_of(drawn, eligible);
    // A topic that is due on every third form is aimed at by every third: rounded, it would be on none.
    let topics: Vec<f64> = goal
        .sums
        .topics
        .iter()
        .map(|due| due.floor() + f64::from(u8::from(rng.random_bool(due.fract().clamp(0.0, 1.0)))))
        .collect();
    let mut swaps: Vec<CellSwaps> = drawn
        .iter()
        .enumerate()
        .map(|(at, drawn)| CellSwaps::new(goal, at, drawn, eligible))
        .filter(|swaps| !swaps.scored.is_empty() && !swaps.others.is_empty())
        .collect();
    let positions: Vec<(usize, usize)> = swaps
        .iter()
        .enumerate()
        .flat_map(|(at, swaps)| (0..swaps.scored.len()).map(move |position| (at, position)))
        .collect();
    if positions.is_empty() {
        return;
    }
    for _ in 0..TRIES {
        let (at, position) = positions[rng.random_range(0..positions.len())];
        let swaps = &mut swaps[at];
        let other = rng.random_range(0..swaps.others.len());
        let ((at_scored, old), (source, new)) = (swaps.scored[position], swaps.others[other]);
        if !source.suits(&old, &new) || goal.gain(&sums, &topics, swaps.cell, &old, &new) <= MIN_GAIN {
            continue;
        }
        let CellDraw { scored, unscored, spare, .. } = &mut drawn[swaps.drawn];
        match source {
            Source::Unscored(at) => std::mem::swap(&mut scored[at_scored], &mut unscored[at]),
            Source::Spare(at) => {
                let (leaving, joining) = (scored[at_scored], spare[at]);
                if leaving.exposure != joining.exposure || !selected.admits_instead(&joining, &leaving) {
                    continue;
                }
                selected.remove(&leaving);
                selected.add(&joining);
                std::mem::swap(&mut scored[at_scored], &mut spare[at]);
            }
        }
        sums.add(swaps.cell, &old, -1.0);
        sums.add(swaps.cell, &new, 1.0);
        swaps.scored[position].1 = new;
        swaps.others[other].1 = old;
    }
}

impl CellSwaps {
    fn new<'b>(goal: &Goal<'b>, at: usize, drawn: &CellDraw, eligible: &Eligible<'b>) -> Self {
        let cell = goal.position(drawn);
        let features = |unit: &Unit| {
            let first = eligible.members(unit).first();
            first.map(|index| goal.features_of(cell, *index, eligible)).unwrap_or_default()
        };
        let is_operational = |unit: &Unit| eligible.status(unit) == Status::Operational;
        // One item left over from a split case is not a single item: its whole is longer.
        let is_single = |unit: &Unit| unit.len() == 1 && eligible.whole(unit).len() == 1;
        let scored = drawn.scored.iter().enumerate().filter(|(_, unit)| unit.len() == 1);
        let unscored = drawn.unscored.iter().enumerate().filter(|(_, unit)| unit.len() == 1 && is_operational(unit));
        let spare = drawn.spare.iter().enumerate().filter(|(_, unit)| is_single(unit)).take(MOST_SPARE);
        Self {
            drawn: at,
            cell,
            scored: scored.map(|(at, unit)| (at, features(unit))).collect(),
            others: unscored
                .map(|(at, unit)| (Source::Unscored(at), features(unit)))
                .chain(spare.map(|(at, unit)| (Source::Spare(at), features(unit))))
                .collect(),
        }
    }
}
