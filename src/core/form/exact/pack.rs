//! Fills one cell exactly. A unit of several items stays whole, so the sizes must add up to the number of slots: a
//! subset sum problem in two dimensions (scored and unscored slots), solved by dynamic programming.

use super::{CellFill, Demand, Id, Role, SearchUnit, StepBudget};

/// Chooses among units without conflicts so that they fill every slot of a cell; `None` if their sizes do not add up or
/// the budget is spent. Prefers units that come early in the list and, for unscored slots, units that can fill no
/// others.
pub(super) fn pack(units: &[(Id, SearchUnit)], demand: Demand, budget: &mut StepBudget) -> Option<CellFill> {
    if let Some(filled) = fill_greedily(units, demand) {
        return Some(filled);
    }
    let (large, single): (Vec<_>, Vec<_>) = units.iter().copied().partition(|(_, unit)| unit.size > 1);
    let single = Singles {
        any: single.iter().filter(|(_, unit)| unit.role == Role::Any).map(|(id, _)| *id).collect(),
        unscored: single.iter().filter(|(_, unit)| unit.role == Role::Unscored).map(|(id, _)| *id).collect(),
    };
    let mut left = demand;
    let mut filled = CellFill::default();
    let sums = SumTable::new(&large, demand, &single, budget)?;
    if !sums.can_fill(0, Some(left)) {
        return None;
    }
    for (at, (id, unit)) in large.iter().enumerate() {
        let scored = left.after_scored(*unit);
        let unscored = left.after_unscored(*unit);
        if sums.can_fill(at + 1, scored) {
            filled.scored.push(*id);
            left = scored?;
        } else if sums.can_fill(at + 1, unscored) {
            filled.unscored.push(*id);
            left = unscored?;
        }
    }
    single.fill(left, &mut filled);
    Some(filled)
}

/// Takes units in order while they fit.
fn fill_greedily(units: &[(Id, SearchUnit)], demand: Demand) -> Option<CellFill> {
    let mut filled = CellFill::default();
    let mut left = demand;
    let mut spare = Vec::new();
    for (id, unit) in units.iter().filter(|(_, unit)| unit.role == Role::Any) {
        match left.after_scored(*unit) {
            Some(after) => {
                left = after;
                filled.scored.push(*id);
            }
            None => spare.push((*id, *unit)),
        }
    }
    let pretest = units.iter().filter(|(_, unit)| unit.role == Role::Unscored).chain(&spare);
    for (id, unit) in pretest {
        if let Some(after) = left.after_unscored(*unit) {
            left = after;
            filled.unscored.push(*id);
        }
    }
    (left.scored == 0 && left.unscored == 0).then_some(filled)
}

/// The units of one item, by role. They can fill any gap that the larger units leave.
struct Singles {
    any: Vec<Id>,
    unscored: Vec<Id>,
}

impl Singles {
    fn can_fill(&self, scored: usize, unscored: usize) -> bool {
        self.any.len().checked_sub(scored).is_some_and(|spare| unscored <= spare + self.unscored.len())
    }

    fn fill(&self, left: Demand, filled: &mut CellFill) {
        let (scored, spare) = self.any.split_at(left.scored as usize);
        filled.scored.extend(scored);
        filled.unscored.extend(self.unscored.iter().chain(spare).take(left.unscored as usize));
    }
}

/// Which numbers of slots can be filled exactly by single items and the larger units from a given one on.
struct SumTable {
    demand: Demand,
    /// Indexed by larger unit, then by scored slots, then by unscored slots.
    fillable: Vec<bool>,
}

impl SumTable {
    /// `None` if the table is larger than the budget.
    fn new(large: &[(Id, SearchUnit)], demand: Demand, single: &Singles, budget: &mut StepBudget) -> Option<Self> {
        let mut sums = Self { demand, fillable: Vec::new() };
        let size = sums.index(1, Demand { scored: 0, unscored: 0 });
        let count = size.saturating_mul(large.len() + 1);
        budget.spend(count);
        if budget.is_spent() {
            return None;
        }
        sums.fillable = vec![false; count];
        for at in (0..=large.len()).rev() {
            for scored in 0..=demand.scored {
                for unscored in 0..=demand.unscored {
                    let left = Demand { scored, unscored };
                    let fillable = match large.get(at) {
                        None => single.can_fill(scored as usize, unscored as usize),
                        Some((_, unit)) => [Some(left), left.after_scored(*unit), left.after_unscored(*unit)]
                            .into_iter()
                            .any(|left| sums.can_fill(at + 1, left)),
                    };
                    let index = sums.index(at, left);
                    sums.fillable[index] = fillable;
                }
            }
        }
        Some(sums)
    }

    /// Whether the larger units from `at` on, with the single items, can fill exactly the slots that are left.
    fn can_fill(&self, at: usize, left: Option<Demand>) -> bool {
        left.is_some_and(|left| self.fillable[self.index(at, left)])
    }

    fn index(&self, at: usize, left: Demand) -> usize {
        let (scored, unscored) = (self.demand.scored as usize + 1, self.demand.unscored as usize + 1);
        (at * scored + left.scored as usize) * unscored + left.unscored as usize
    }
}

impl Demand {
    /// What is left once the unit fills scored slots; `None` if it may not, or if too few are open.
    fn after_scored(self, unit: SearchUnit) -> Option<Self> {
        let scored = self.scored.checked_sub(unit.size).filter(|_| unit.role == Role::Any)?;
        Some(Self { scored, ..self })
    }

    /// What is left once the unit fills unscored slots; `None` if too few are open.
    fn after_unscored(self, unit: SearchUnit) -> Option<Self> {
        Some(Self { unscored: self.unscored.checked_sub(unit.size)?, ..self })
    }
}
