//! Which of two enemies a form tries first.
//!
//! Enemies can appear on two forms, but not on the same one. Suppose a form takes one item of some enemy pairs and none
//! of others. The next form is then left with pairs of which it can use only one item each, and before long the
//! candidate sees an item again while others have never been seen. So before each draw the units that have enemies are
//! split into two sides (a two-coloring of the enemy graph, as far as the graph allows one): this form tries one side
//! first and leaves the other for the next form.
//!
//! Where the bank has room for more than two forms, a form that took one of every pair would ask such items more often
//! than others. So it then leaves some pairs alone, by chance, and as many as make all items equally likely.

use std::collections::{BTreeMap, VecDeque};

use rand::{Rng, RngExt};

/// When a form tries a unit, among units with the same exposure. Declared in that order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EnemySide {
    /// On the side that this form tries first.
    Preferred,
    /// Without enemies.
    #[default]
    Neutral,
    /// On the side that is left for the next form.
    Deferred,
}

/// Assigns every unit, by number, to a side. `exposures` are those of the units; `None` marks a unit that no form may
/// use. Only enemies with the same exposure count: a form does not choose between the others, since it takes the less
/// exposed one anyway. `forms_left` says of a unit how many forms the items of its cell are enough for.
pub(super) fn assign(
    enemy_units: &BTreeMap<u32, Vec<u32>>,
    exposures: &[Option<u32>],
    forms_left: impl Fn(u32) -> f64,
    rng: &mut impl Rng,
) -> Vec<EnemySide> {
    let mut sides = vec![EnemySide::Neutral; exposures.len()];
    let exposure = |unit: u32| exposures[unit as usize];
    let equally_exposed_enemies = |unit: u32| {
        let others = enemy_units.get(&unit).map_or(&[][..], Vec::as_slice);
        others.iter().copied().filter(move |other| exposure(unit).is_some() && exposure(unit) == exposure(*other))
    };
    let mut queue = VecDeque::new();
    for start in enemy_units.keys().copied() {
        if sides[start as usize] != EnemySide::Neutral || equally_exposed_enemies(start).next().is_none() {
            continue;
        }
        // Of two enemies one is on each of two forms, out of all that are left.
        let is_used = rng.random_bool((2.0 / forms_left(start).floor().max(2.0)).clamp(0.0, 1.0));
        let first = if is_used && rng.random_bool(0.5) { EnemySide::Preferred } else { EnemySide::Deferred };
        sides[start as usize] = first;
        queue.push_back(start);
        while let Some(at) = queue.pop_front() {
            let opposite = match sides[at as usize] {
                EnemySide::Deferred if is_used => EnemySide::Preferred,
                _ => EnemySide::Deferred,
            };
            for other in equally_exposed_enemies(at) {
                if sides[other as usize] == EnemySide::Neutral {
                    sides[other as usize] = opposite;
                    queue.push_back(other);
                }
            }
        }
    }
    sides
}
