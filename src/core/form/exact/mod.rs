//! Exact search: fills the cells of a form from units of which some conflict, or proves that no choice does.
//!
//! Two units *conflict* if they must not be on the same form, whether as enemies or as near-duplicates. The search
//! knows only numbers, neither items nor blueprints.
//!
//! It is a branch and bound over units that conflict. The bound comes from a relaxation that ignores conflicts except
//! within cliques (sets of units that all conflict with one another, so that a form has at most one of them). Relaxed
//! in this way, the problem is to match cliques to open slots ([`matching`]), which is fast to decide:
//!
//! - If there is no such matching, there is no form.
//! - If there is one, and the units it uses do not conflict, it is a form, provided the sizes add up ([`mod@pack`]).
//! - If some of its units conflict, the search removes one of them and tries again. If that fails, it keeps this unit
//!   and removes those that conflict with it.
//!
//! If all conflicts are within cliques, as they are among enemy pairs and variants of one item, the first matching
//! decides.

mod matching;
mod pack;

use matching::Matching;
use pack::pack;

/// A unit, by its index in [`Problem::units`].
pub(super) type Id = u32;

/// The cells to fill, and the units to fill them from.
pub(super) struct Problem {
    pub cells: Vec<Demand>,
    /// Units that come early are preferred where possible.
    pub units: Vec<SearchUnit>,
    /// For each unit, the units with which it conflicts, in ascending order. The relation is symmetric.
    pub conflicts: Vec<Vec<Id>>,
}

/// The open slots of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Demand {
    pub scored: u32,
    pub unscored: u32,
}

/// A unit as the search sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct SearchUnit {
    /// An index into [`Problem::cells`].
    pub cell: usize,
    pub role: Role,
    /// The number of items.
    pub size: u32,
}

/// Which slots a unit may fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Scored or unscored ones.
    Any,
    /// Unscored ones only.
    Unscored,
}

/// The units that fill a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CellFill {
    pub scored: Vec<Id>,
    pub unscored: Vec<Id>,
}

/// Why the search found no form.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SearchFailure {
    /// There is none.
    Infeasible(Proof),
    /// The step limit was reached. There may be one.
    StepLimit,
}

/// Why there is no form.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// Whichever unit of each clique is chosen, these cells together are this many items short.
    Shortfall { cells: Vec<usize>, items: u32 },
    /// Every choice was tried.
    Exhausted,
}

/// Searches for units that fill every cell, and returns them cell by cell.
///
/// # Errors
///
/// A [`SearchFailure`] if there are none, or after `max_steps` steps: a hundred million take about a second.
pub(super) fn search(problem: &Problem, max_steps: u64) -> Result<Vec<CellFill>, SearchFailure> {
    Search::new(problem, max_steps).run()
}

struct Search<'p> {
    problem: &'p Problem,
    /// The units that have conflicts. The others are only counted.
    conflicting: Vec<Id>,
    /// What the units without conflicts supply to each cell.
    conflict_free: Vec<Supply>,
    /// Whether each unit can still be chosen.
    alive: Vec<bool>,
    /// For each unit, how many of the units with which it conflicts are alive.
    degree: Vec<u32>,
    /// The units that are not alive, in the order of their removal.
    removed: Vec<Id>,
    /// A partition of the conflicting units into cliques.
    cliques: Vec<Vec<Id>>,
    budget: StepBudget,
}

/// The steps that a search may still take.
struct StepBudget {
    left: u64,
}

impl StepBudget {
    fn spend(&mut self, steps: usize) {
        self.left = self.left.saturating_sub(steps as u64);
    }

    fn is_spent(&self) -> bool {
        self.left == 0
    }
}

/// A number of items, by the slots that they may fill.
#[derive(Clone, Copy, Default)]
struct Supply {
    any: u32,
    unscored: u32,
}

impl Supply {
    fn add(&mut self, unit: SearchUnit) {
        match unit.role {
            Role::Any => self.any += unit.size,
            Role::Unscored => self.unscored += unit.size,
        }
    }
}

/// What the relaxation says about the units that are alive.
enum Bound {
    /// These units make a form.
    Solved(Vec<CellFill>),
    /// No choice makes a form.
    Infeasible,
    /// Undecided. The search branches on this unit.
    Branch(Id),
}

/// A unit on which the search branched: first removed, then kept.
struct Decision {
    unit: Id,
    /// How many units had been removed before.
    removed_before: usize,
    is_kept: bool,
}

impl<'p> Search<'p> {
    fn new(problem: &'p Problem, max_steps: u64) -> Self {
        let count = problem.units.len();
        let mut conflict_free = vec![Supply::default(); problem.cells.len()];
        let mut conflicting = Vec::new();
        for (id, (unit, conflicts)) in (0..).zip(problem.units.iter().zip(&problem.conflicts)) {
            if conflicts.is_empty() {
                conflict_free[unit.cell].add(*unit);
            } else {
                conflicting.push(id);
            }
        }
        let degree =
            problem.conflicts.iter().map(|conflicts| u32::try_from(conflicts.len()).unwrap_or(u32::MAX)).collect();
        let mut search = Self {
            problem,
            conflicting,
            conflict_free,
            alive: vec![true; count],
            degree,
            removed: Vec::new(),
            cliques: Vec::new(),
            budget: StepBudget { left: max_steps },
        };
        search.remove_dominated();
        search.cliques = search.find_cliques();
        search
    }

    fn run(mut self) -> Result<Vec<CellFill>, SearchFailure> {
        if let Some(proof) = self.prove_shortfall() {
            return Err(SearchFailure::Infeasible(proof));
        }
        let mut decisions: Vec<Decision> = Vec::new();
        loop {
            match self.bound() {
                Bound::Solved(filled) => return Ok(filled),
                _ if self.budget.is_spent() => return Err(SearchFailure::StepLimit),
                Bound::Branch(unit) => {
                    decisions.push(Decision { unit, removed_before: self.removed.len(), is_kept: false });
                    self.remove(unit);
                }
                Bound::Infeasible => {
                    // Backtrack to the last unit that was removed by choice, and keep it instead.
                    let last = loop {
                        let Some(last) = decisions.pop() else {
                            return Err(SearchFailure::Infeasible(Proof::Exhausted));
                        };
                        self.restore(last.removed_before);
                        if !last.is_kept {
                            break last;
                        }
                    };
                    for other in self.conflicts(last.unit) {
                        if self.alive[*other as usize] {
                            self.remove(*other);
                        }
                    }
                    decisions.push(Decision { is_kept: true, ..last });
                }
            }
        }
    }

    fn unit(&self, id: Id) -> SearchUnit {
        self.problem.units[id as usize]
    }

    /// The units with which a unit conflicts, alive or not.
    fn conflicts(&self, id: Id) -> &'p [Id] {
        &self.problem.conflicts[id as usize]
    }

    fn remove(&mut self, id: Id) {
        self.alive[id as usize] = false;
        self.removed.push(id);
        for other in self.conflicts(id) {
            self.degree[*other as usize] -= 1;
        }
    }

    /// Revives the units that were removed after the first `count`.
    fn restore(&mut self, count: usize) {
        for id in self.removed.split_off(count) {
            self.alive[id as usize] = true;
            for other in self.conflicts(id) {
                self.degree[*other as usize] += 1;
            }
        }
    }

    /// Whether a unit is alive and conflicts with another that is.
    fn is_conflicting(&self, id: Id) -> bool {
        self.alive[id as usize] && self.degree[id as usize] > 0
    }

    /// Removes every unit that another unit dominates, until none is left: choosing the other instead loses nothing.
    fn remove_dominated(&mut self) {
        let mut before = usize::MAX;
        while self.removed.len() != before {
            before = self.removed.len();
            for at in 0..self.conflicting.len() {
                let id = self.conflicting[at];
                self.budget.spend(1);
                if self.is_conflicting(id) && self.conflicts(id).iter().any(|other| self.dominates(*other, id)) {
                    self.remove(id);
                }
                if self.budget.is_spent() {
                    return;
                }
            }
        }
    }

    /// Whether a unit can fill any slots that `other`, with which it conflicts, can, and has no conflicts that `other`
    /// does not have.
    fn dominates(&mut self, id: Id, other: Id) -> bool {
        let (unit, instead_of) = (self.unit(id), self.unit(other));
        self.budget.spend(1);
        self.alive[id as usize]
            && unit.cell == instead_of.cell
            && unit.size == instead_of.size
            && (unit.role == Role::Any || instead_of.role == Role::Unscored)
            && self.degree[id as usize] <= self.degree[other as usize]
            && self.conflicts(id).iter().all(|third| {
                self.budget.spend(1);
                *third == other || !self.alive[*third as usize] || self.are_in_conflict(other, *third)
            })
    }

    /// Partitions the conflicting units into cliques. Finding the fewest is hard, so it grows each clique greedily.
    fn find_cliques(&mut self) -> Vec<Vec<Id>> {
        let mut order: Vec<Id> = self.conflicting.iter().copied().filter(|id| self.is_conflicting(*id)).collect();
        order.sort_by_key(|id| self.degree[*id as usize]);
        let mut free = self.alive.clone();
        let mut cliques = Vec::new();
        for first in order {
            if !std::mem::take(&mut free[first as usize]) {
                continue;
            }
            let mut clique = vec![first];
            let mut candidates: Vec<Id> =
                self.conflicts(first).iter().copied().filter(|other| free[*other as usize]).collect();
            while let Some(next) = self.most_connected(&candidates) {
                free[next as usize] = false;
                clique.push(next);
                candidates.retain(|id| self.are_in_conflict(*id, next));
            }
            cliques.push(clique);
        }
        cliques
    }

    /// Of the units that can extend a clique, the one that conflicts with the most others of them. If there are very
    /// many, the first: counting takes quadratic time.
    fn most_connected(&self, candidates: &[Id]) -> Option<Id> {
        const MANY: usize = 64;
        if candidates.len() > MANY {
            return candidates.first().copied();
        }
        let shared = |id: Id| candidates.iter().filter(|other| self.are_in_conflict(id, **other)).count();
        candidates.iter().copied().max_by_key(|id| shared(*id))
    }

    fn are_in_conflict(&self, one: Id, other: Id) -> bool {
        self.conflicts(one).binary_search(&other).is_ok()
    }

    /// The matching problem of the cliques and the slots that units without conflicts leave open.
    fn matching(&mut self) -> Matching {
        let mut supply = self.conflict_free.clone();
        for id in &self.conflicting {
            if self.alive[*id as usize] && self.degree[*id as usize] == 0 {
                supply[self.unit(*id).cell].add(self.unit(*id));
            }
        }
        let conflicting = |clique: &Vec<Id>| -> Vec<(Id, SearchUnit)> {
            clique.iter().filter(|id| self.is_conflicting(**id)).map(|id| (*id, self.unit(*id))).collect()
        };
        let cliques: Vec<Vec<(Id, SearchUnit)>> = self.cliques.iter().map(conflicting).collect();
        let cells = self.problem.cells.iter().zip(supply);
        let open: Vec<Demand> = cells.map(|(cell, supply)| cell.unmet_by(supply)).collect();
        self.budget.spend(self.conflicting.len());
        Matching::new(&open, &cliques, |id| self.degree[id as usize])
    }

    /// Whether some cells are short even in the relaxation, and by how much.
    fn prove_shortfall(&mut self) -> Option<Proof> {
        let mut matching = self.matching();
        let items = matching.fill_all(&mut self.budget);
        (items > 0).then(|| Proof::Shortfall { cells: matching.short_cells(), items })
    }

    fn bound(&mut self) -> Bound {
        self.remove_dominated();
        let mut matching = self.matching();
        if !matching.fill(&mut self.budget) {
            return Bound::Infeasible;
        }
        let mut is_chosen = vec![false; self.problem.units.len()];
        let chosen: Vec<Id> = matching.chosen();
        for id in &chosen {
            is_chosen[*id as usize] = true;
        }
        let clashes = |id: &Id| self.conflicts(*id).iter().filter(|other| is_chosen[**other as usize]).count();
        let worst = chosen.iter().map(|id| (clashes(id), self.degree[*id as usize], *id)).max();
        if let Some((1.., _, id)) = worst {
            return Bound::Branch(id);
        }
        self.pack(&is_chosen)
    }

    /// Fills the cells from the units that the matching has chosen and those without conflicts.
    fn pack(&mut self, is_chosen: &[bool]) -> Bound {
        let mut units: Vec<Vec<(Id, SearchUnit)>> = vec![Vec::new(); self.problem.cells.len()];
        for (id, unit) in (0..).zip(&self.problem.units) {
            let at = id as usize;
            if self.alive[at] && (self.degree[at] == 0 || is_chosen[at]) {
                units[unit.cell].push((id, *unit));
            }
        }
        let mut filled = Vec::with_capacity(units.len());
        for (cell, (units, demand)) in units.iter().zip(&self.problem.cells).enumerate() {
            match pack(units, *demand, &mut self.budget) {
                Some(fill) => filled.push(fill),
                // The sizes do not add up. With another choice among the conflicting units of the cell they might.
                None => return self.largest_conflicting(cell).map_or(Bound::Infeasible, Bound::Branch),
            }
        }
        Bound::Solved(filled)
    }

    fn largest_conflicting(&self, cell: usize) -> Option<Id> {
        let conflicting = self.conflicting.iter().copied().filter(|id| self.is_conflicting(*id));
        conflicting
            .filter(|id| self.unit(*id).cell == cell)
            .max_by_key(|id| (self.unit(*id).size, self.degree[*id as usize]))
    }
}

impl Demand {
    /// The slots that stay open when the supply fills as many as it can.
    fn unmet_by(self, supply: Supply) -> Self {
        let unscored = self.unscored.saturating_sub(supply.unscored);
        let scored = self.scored.saturating_sub(supply.any);
        let spare = supply.any - (self.scored - scored);
        Self { scored, unscored: unscored.saturating_sub(spare) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its promise is broken")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLENTY: u64 = 10_000_000;

    fn single(cell: usize) -> SearchUnit {
        SearchUnit { cell, role: Role::Any, size: 1 }
    }

    fn problem(cells: &[(u32, u32)], units: Vec<SearchUnit>, pairs: &[(Id, Id)]) -> Problem {
        let mut conflicts = vec![Vec::new(); units.len()];
        for (one, other) in pairs.iter().filter(|(one, other)| one != other) {
            conflicts[*one as usize].push(*other);
            conflicts[*other as usize].push(*one);
        }
        for conflicts in &mut conflicts {
            conflicts.sort_unstable();
            conflicts.dedup();
        }
        let cells = cells.iter().map(|(scored, unscored)| Demand { scored: *scored, unscored: *unscored }).collect();
        Problem { cells, units, conflicts }
    }

    /// Whether there is a form, by trying every slot for every unit.
    fn brute_force(problem: &Problem, at: usize, left: &mut [(u32, u32)], on_form: &mut Vec<Id>) -> bool {
        let Some(unit) = problem.units.get(at) else { return left.iter().all(|cell| *cell == (0, 0)) };
        if brute_force(problem, at + 1, left, on_form) {
            return true;
        }
        let id = Id::try_from(at).unwrap();
        if problem.conflicts[at].iter().any(|other| on_form.contains(other)) {
            return false;
        }
        on_form.push(id);
        let before = left[unit.cell];
        for scored in [true, false] {
            let after = match scored {
                true if unit.role == Role::Any => before.0.checked_sub(unit.size).map(|scored| (scored, before.1)),
                true => None,
                false => before.1.checked_sub(unit.size).map(|unscored| (before.0, unscored)),
            };
            if let Some(after) = after {
                left[unit.cell] = after;
                if brute_force(problem, at + 1, left, on_form) {
                    return true;
                }
                left[unit.cell] = before;
            }
        }
        on_form.pop();
        false
    }

    /// Asserts that units of each cell fill its slots, in their roles, and that none conflict.
    fn assert_is_form(problem: &Problem, filled: &[CellFill]) {
        let mut on_form = Vec::new();
        for (number, (cell, demand)) in filled.iter().zip(&problem.cells).enumerate() {
            for (ids, slots, scored) in [(&cell.scored, demand.scored, true), (&cell.unscored, demand.unscored, false)]
            {
                let units = || ids.iter().map(|id| problem.units[*id as usize]);
                assert_eq!(units().map(|unit| unit.size).sum::<u32>(), slots);
                assert!(units().all(|unit| unit.cell == number && (unit.role == Role::Any || !scored)));
                on_form.extend(ids);
            }
        }
        for id in &on_form {
            assert!(problem.conflicts[*id as usize].iter().all(|other| !on_form.contains(other)));
            assert_eq!(on_form.iter().filter(|other| *other == id).count(), 1);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn it_finds_a_form_exactly_where_brute_force_does(
            cells in prop::collection::vec((0_u32..5, 0_u32..3), 1..4),
            units in prop::collection::vec((0_usize..3, prop::bool::weighted(0.2), 0_u32..6), 1..11),
            pairs in prop::collection::vec((0_u32..10, 0_u32..10), 0..14),
        ) {
            let count = units.len();
            let units = units.into_iter().map(|(cell, pretest, size)| SearchUnit {
                cell: cell % cells.len(),
                role: if pretest { Role::Unscored } else { Role::Any },
                size: [1, 1, 1, 1, 2, 3][size as usize],
            });
            let number = |id: Id| id % Id::try_from(count).unwrap();
            let pairs: Vec<(Id, Id)> = pairs.iter().map(|(a, b)| (number(*a), number(*b))).collect();
            let problem = problem(&cells, units.collect(), &pairs);
            let exists = brute_force(&problem, 0, &mut cells.clone(), &mut Vec::new());
            match search(&problem, PLENTY) {
                Ok(filled) => {
                    prop_assert!(exists);
                    assert_is_form(&problem, &filled);
                }
                Err(SearchFailure::Infeasible(_)) => prop_assert!(!exists),
                Err(SearchFailure::StepLimit) => prop_assert!(false, "so small a problem takes few steps"),
            }
        }
    }

    #[test]
    fn cells_that_compete_for_too_few_items_are_named_with_their_shortfall() {
        // Each of the four items of one cell conflicts with an item of the next; a third cell has enough.
        let units: Vec<SearchUnit> = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2].map(single).to_vec();
        let pairs = [(0, 4), (1, 5), (2, 6), (3, 7)];
        let asked = problem(&[(3, 0), (3, 0), (2, 0)], units, &pairs);
        let proof = Proof::Shortfall { cells: vec![0, 1], items: 2 };
        assert_eq!(search(&asked, PLENTY), Err(SearchFailure::Infeasible(proof)));
    }

    #[test]
    fn an_exhaustive_search_proves_what_the_relaxation_cannot() {
        // Of five units in a ring at most two fit, but the cliques (two pairs and a single unit) allow three.
        let ring = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)];
        let asked = |count| problem(&[(count, 0)], vec![single(0); 5], &ring);
        assert!(search(&asked(2), PLENTY).is_ok());
        assert_eq!(search(&asked(3), PLENTY), Err(SearchFailure::Infeasible(Proof::Exhausted)));
    }

    #[test]
    fn a_search_that_reaches_its_limit_proves_nothing() {
        let ring = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)];
        assert_eq!(search(&problem(&[(3, 0)], vec![single(0); 5], &ring), 5), Err(SearchFailure::StepLimit));
    }
}
