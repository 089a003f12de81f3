//! One cell filled exactly: units of several questions stay whole, so that their sizes must add up.

use super::{Candidate, Demand, Filled, Id, Role, Steps};

/// Chooses among units that are no rivals, so that every place of a cell is filled; none if their sizes do not add up.
/// The first are preferred, and in unscored places those that may stand nowhere else.
pub(super) fn pack(units: &[(Id, Candidate)], demand: Demand, steps: &mut Steps) -> Option<Filled> {
    if let Some(filled) = in_order(units, demand) {
        return Some(filled);
    }
    let (large, single): (Vec<_>, Vec<_>) = units.iter().copied().partition(|(_, unit)| unit.size > 1);
    let single = Singles {
        any: single.iter().filter(|(_, unit)| unit.role == Role::Any).map(|(id, _)| *id).collect(),
        unscored: single.iter().filter(|(_, unit)| unit.role == Role::Unscored).map(|(id, _)| *id).collect(),
    };
    let mut left = demand;
    let mut filled = Filled::default();
    let sums = Sums::of(&large, demand, &single, steps)?;
    if !sums.reach(0, Some(left)) {
        return None;
    }
    for (at, (id, unit)) in large.iter().enumerate() {
        let scored = left.without_scored(*unit);
        let unscored = left.without_unscored(*unit);
        if sums.reach(at + 1, scored) {
            filled.scored.push(*id);
            left = scored?;
        } else if sums.reach(at + 1, unscored) {
            filled.unscored.push(*id);
            left = unscored?;
        }
    }
    single.fill(left, &mut filled);
    Some(filled)
}

/// Takes units in their order while they fit.
fn in_order(units: &[(Id, Candidate)], demand: Demand) -> Option<Filled> {
    let mut filled = Filled::default();
    let mut left = demand;
    let mut spare = Vec::new();
    for (id, unit) in units.iter().filter(|(_, unit)| unit.role == Role::Any) {
        match left.without_scored(*unit) {
            Some(less) => {
                left = less;
                filled.scored.push(*id);
            }
            None => spare.push((*id, *unit)),
        }
    }
    let pretest = units.iter().filter(|(_, unit)| unit.role == Role::Unscored).chain(&spare);
    for (id, unit) in pretest {
        if let Some(less) = left.without_unscored(*unit) {
            left = less;
            filled.unscored.push(*id);
        }
    }
    (left.scored == 0 && left.unscored == 0).then_some(filled)
}

/// The single questions of a cell.
struct Singles {
    any: Vec<Id>,
    unscored: Vec<Id>,
}

impl Singles {
    fn can_fill(&self, scored: usize, unscored: usize) -> bool {
        self.any.len().checked_sub(scored).is_some_and(|spare| unscored <= spare + self.unscored.len())
    }

    fn fill(&self, left: Demand, filled: &mut Filled) {
        let (scored, spare) = self.any.split_at(left.scored as usize);
        filled.scored.extend(scored);
        filled.unscored.extend(self.unscored.iter().chain(spare).take(left.unscored as usize));
    }
}

/// Which places can be filled exactly by the larger units from one of them on and by single questions.
struct Sums {
    demand: Demand,
    /// By unit, then by scored places, then by unscored ones.
    reached: Vec<bool>,
}

impl Sums {
    /// None if they are more than may be looked at.
    fn of(large: &[(Id, Candidate)], demand: Demand, single: &Singles, steps: &mut Steps) -> Option<Self> {
        let mut sums = Self { demand, reached: Vec::new() };
        let size = sums.index(1, Demand { scored: 0, unscored: 0 });
        let count = size.saturating_mul(large.len() + 1);
        steps.take(count);
        if steps.are_over() {
            return None;
        }
        sums.reached = vec![false; count];
        for at in (0..=large.len()).rev() {
            for scored in 0..=demand.scored {
                for unscored in 0..=demand.unscored {
                    let left = Demand { scored, unscored };
                    let reached = match large.get(at) {
                        None => single.can_fill(scored as usize, unscored as usize),
                        Some((_, unit)) => [Some(left), left.without_scored(*unit), left.without_unscored(*unit)]
                            .into_iter()
                            .any(|left| sums.reach(at + 1, left)),
                    };
                    let index = sums.index(at, left);
                    sums.reached[index] = reached;
                }
            }
        }
        Some(sums)
    }

    /// Whether the units from this one on can fill what is left.
    fn reach(&self, at: usize, left: Option<Demand>) -> bool {
        left.is_some_and(|left| self.reached[self.index(at, left)])
    }

    fn index(&self, at: usize, left: Demand) -> usize {
        let (scored, unscored) = (self.demand.scored as usize + 1, self.demand.unscored as usize + 1);
        (at * scored + left.scored as usize) * unscored + left.unscored as usize
    }
}

impl Demand {
    /// The places left when a unit takes scored ones; none if it may not, or if there are too few.
    fn without_scored(self, unit: Candidate) -> Option<Self> {
        let scored = self.scored.checked_sub(unit.size).filter(|_| unit.role == Role::Any)?;
        Some(Self { scored, ..self })
    }

    fn without_unscored(self, unit: Candidate) -> Option<Self> {
        Some(Self { unscored: self.unscored.checked_sub(unit.size)?, ..self })
    }
}
