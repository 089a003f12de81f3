//! Whose turn it is among enemies.
//!
//! Two enemies can stand on two forms, but not on one. If a form takes only one question of some pairs and neither of
//! others, the next form is left with pairs of which it can use only half, and soon a question has to be repeated though
//! others were never seen. So the enmities are divided into two sides before each draw (a colouring of the graph with two
//! colours, as far as it goes): one side comes first on this form, the other is left for the next.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rand::{Rng, RngExt};

use super::pool::{Index, Unit};

/// When a unit comes, among those that were seen as often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// Its side is this form's.
    Now,
    /// It has no enemies.
    #[default]
    Any,
    /// Its side is the next form's.
    Later,
}

/// Gives each unit its turn. The units must come in a fixed order; enmity counts between units seen as often, since the
/// others meet at most by necessity.
pub(super) fn assign<'e>(units: &mut [&mut Unit], enemies_of: impl Fn(Index) -> &'e [Index], chance: &mut impl Rng) {
    let mut home: BTreeMap<Index, usize> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        home.extend(unit.members.iter().filter(|index| !enemies_of(**index).is_empty()).map(|index| (*index, at)));
    }
    let mut edges: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (index, at) in &home {
        for other in enemies_of(*index).iter().filter_map(|enemy| home.get(enemy)) {
            if other != at && units[*other].exposure == units[*at].exposure {
                edges.entry(*at).or_default().insert(*other);
            }
        }
    }
    let mut turns: BTreeMap<usize, Turn> = BTreeMap::new();
    for start in edges.keys() {
        if turns.contains_key(start) {
            continue;
        }
        turns.insert(*start, if chance.random_bool(0.5) { Turn::Now } else { Turn::Later });
        let mut queue = VecDeque::from([*start]);
        while let Some(at) = queue.pop_front() {
            let opposite = if turns[&at] == Turn::Now { Turn::Later } else { Turn::Now };
            for other in &edges[&at] {
                if !turns.contains_key(other) {
                    turns.insert(*other, opposite);
                    queue.push_back(*other);
                }
            }
        }
    }
    for (at, unit) in units.iter_mut().enumerate() {
        unit.turn = turns.get(&at).copied().unwrap_or_default();
    }
}
