//! Whose turn it is among enemies.
//!
//! Two enemies can stand on two forms, but not on one. If a form takes only one question of some pairs and neither of
//! others, the next form is left with pairs of which it can use only half, and soon a question has to be repeated though
//! others were never seen. So the enmities are divided into two sides before each draw (a coloring of the graph with two
//! colors, as far as it goes): one side comes first on this form, the other is left for the next.

use std::collections::{BTreeMap, VecDeque};

use rand::{Rng, RngExt};

/// When a unit comes, among those that were seen as often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EnemySide {
    /// Its side is this form's.
    Now,
    /// It has no enemies.
    #[default]
    Any,
    /// Its side is the next form's.
    Later,
}

/// The turns of all units, by number. `exposures` are theirs; none is that of a unit that no form may have. Enmity counts
/// between units seen as often, since the others meet at most by necessity.
pub(super) fn assign(
    rivals: &BTreeMap<u32, Vec<u32>>,
    exposures: &[Option<u32>],
    rng: &mut impl Rng,
) -> Vec<EnemySide> {
    let mut enemy_sides = vec![EnemySide::Any; exposures.len()];
    let exposure = |unit: u32| exposures[unit as usize];
    let met = |unit: u32| {
        let others = rivals.get(&unit).map_or(&[][..], Vec::as_slice);
        others.iter().copied().filter(move |other| exposure(unit).is_some() && exposure(unit) == exposure(*other))
    };
    let mut queue = VecDeque::new();
    for start in rivals.keys().copied() {
        if enemy_sides[start as usize] != EnemySide::Any || met(start).next().is_none() {
            continue;
        }
        enemy_sides[start as usize] = if rng.random_bool(0.5) { EnemySide::Now } else { EnemySide::Later };
        queue.push_back(start);
        while let Some(at) = queue.pop_front() {
            let opposite = if enemy_sides[at as usize] == EnemySide::Now { EnemySide::Later } else { EnemySide::Now };
            for other in met(at) {
                if enemy_sides[other as usize] == EnemySide::Any {
                    enemy_sides[other as usize] = opposite;
                    queue.push_back(other);
                }
            }
        }
    }
    enemy_sides
}
