//! Which units a form tries before others.
//!
//! Enemies can appear on two forms, but not on the same one. Suppose a form takes one item of some enemy pairs and none
//! of others. The next form is then left with pairs of which it can use only one item each, and before long the
//! candidate sees an item again while others have never been seen. So before each draw the units that have enemies are
//! colored so that no two enemies have the same color: this form tries one color first and leaves the others for later
//! forms. A case cannot fill a gap that is smaller than it is, so it too is tried first or last.
//!
//! All items of a cell should be on a form equally often. So chance decides which color is tried first, or that none is,
//! and which cases are, such that each unit is tried first on one of as many forms as its cell has items for.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rand::{Rng, RngExt};

/// When a form tries a unit, among units with the same exposure. Declared in that order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// A case, or a unit of a color, that this form tries first.
    First,
    /// A single item without enemies.
    #[default]
    Neutral,
    /// A unit that is left for later forms.
    Later,
}

/// What is known of a unit that a form may use.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    /// How often the candidate has seen it. Only enemies with the same exposure count: a form does not choose between
    /// the others, since it takes the less exposed one anyway.
    pub exposure: u32,
    /// Whether it has several items.
    pub is_case: bool,
    /// How many forms the items of its cell are enough for.
    pub forms_left: f64,
}

impl Candidate {
    /// On which part of the forms, 0 to 1, it is to be tried first.
    fn share(self) -> f64 {
        1.0 / self.forms_left.max(1.0)
    }
}

/// Assigns every unit, by number, its turn; `None` marks a unit that no form may use. `enemy_units` has the enemies of
/// each unit that has any.
pub(super) fn assign(
    enemy_units: &BTreeMap<u32, Vec<u32>>,
    candidates: &[Option<Candidate>],
    rng: &mut impl Rng,
) -> Vec<Turn> {
    let mut turns = vec![Turn::Neutral; candidates.len()];
    let exposure = |unit: u32| candidates[unit as usize].map(|candidate| candidate.exposure);
    let enemies = |unit: u32| {
        let others = enemy_units.get(&unit).map_or(&[][..], Vec::as_slice);
        others.iter().copied().filter(move |other| exposure(unit).is_some() && exposure(unit) == exposure(*other))
    };
    let mut colors: BTreeMap<u32, usize> = BTreeMap::new();
    for start in enemy_units.keys().copied() {
        if !colors.contains_key(&start) && enemies(start).next().is_some() {
            let group = color_group(start, enemies, &mut colors);
            take_turns(&group, &colors, candidates, rng, &mut turns);
        }
    }
    for (turn, candidate) in turns.iter_mut().zip(candidates) {
        if let Some(candidate) = candidate.filter(|candidate| candidate.is_case && *turn == Turn::Neutral) {
            *turn = if rng.random_bool(candidate.share()) { Turn::First } else { Turn::Later };
        }
    }
    turns
}

/// Gives `start`, and all units that are connected with it through enemies, the lowest color that no enemy has. Returns
/// them.
fn color_group<I: Iterator<Item = u32>>(
    start: u32,
    enemies: impl Fn(u32) -> I,
    colors: &mut BTreeMap<u32, usize>,
) -> Vec<u32> {
    let mut group = vec![start];
    let mut queue = VecDeque::from([start]);
    colors.insert(start, 0);
    while let Some(at) = queue.pop_front() {
        for unit in enemies(at) {
            if colors.contains_key(&unit) {
                continue;
            }
            let taken: BTreeSet<usize> = enemies(unit).filter_map(|enemy| colors.get(&enemy)).copied().collect();
            let lowest = (0..taken.len()).find(|color| !taken.contains(color)).unwrap_or(taken.len());
            colors.insert(unit, lowest);
            group.push(unit);
            queue.push_back(unit);
        }
    }
    group
}

/// Lets one color of a group be tried first, or none. Each color has a stretch of a line, as long as the share of its
/// unit that is wanted most, and chance a point of the line.
fn take_turns(
    group: &[u32],
    colors: &BTreeMap<u32, usize>,
    candidates: &[Option<Candidate>],
    rng: &mut impl Rng,
    turns: &mut [Turn],
) {
    let share = |unit: u32| candidates[unit as usize].map_or(0.0, Candidate::share);
    let mut stretches: Vec<f64> = Vec::new();
    for unit in group {
        let color = colors[unit];
        stretches.resize(stretches.len().max(color + 1), 0.0);
        stretches[color] = stretches[color].max(share(*unit));
    }
    let point = rng.random::<f64>() * stretches.iter().sum::<f64>().max(1.0);
    for unit in group {
        let start: f64 = stretches[..colors[unit]].iter().sum();
        let is_first = (start..start + share(*unit)).contains(&point);
        turns[*unit as usize] = if is_first { Turn::First } else { Turn::Later };
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    use super::*;

    /// How often each unit of a triangle and of a chain of enemies, each case and each other unit comes first.
    #[test]
    fn every_unit_comes_first_as_often_as_its_cell_has_forms() {
        let enemies = [(0, vec![1, 2]), (1, vec![0, 2]), (2, vec![0, 1]), (3, vec![4]), (4, vec![3, 5]), (5, vec![4])];
        let enemies = BTreeMap::from(enemies);
        let unit = |forms_left, is_case| Some(Candidate { exposure: 0, is_case, forms_left });
        let single = |forms_left| unit(forms_left, false);
        let candidates = [
            single(4.0),
            single(4.0),
            single(4.0),
            single(3.5),
            single(2.5),
            single(3.5),
            unit(2.0, true),
            single(2.0),
        ];
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut first = [0_u32; 8];
        for _ in 0..10_000 {
            let turns = assign(&enemies, &candidates, &mut rng);
            for (unit, others) in &enemies {
                let is_first = |unit: u32| turns[unit as usize] == Turn::First;
                assert!(!is_first(*unit) || others.iter().all(|other| !is_first(*other)), "{turns:?}");
            }
            assert_eq!(turns[7], Turn::Neutral);
            for (count, turn) in first.iter_mut().zip(&turns) {
                *count += u32::from(*turn == Turn::First);
            }
        }
        for (count, wanted) in first.iter().zip([2500.0, 2500.0, 2500.0, 2857.0, 4000.0, 2857.0, 5000.0, 0.0]) {
            assert!((f64::from(*count) - wanted).abs() < 200.0, "{first:?}");
        }
    }
}
