//! Whether any choice among units fills all cells while no two rivals stand together: found, proved impossible, or given
//! up after a bounded search.
//!
//! Each step forgets for a moment that rivals meet, except within cliques: of units that are all each other's rivals, at
//! most one may stand. So relaxed, the question is a matching of cliques with places (`matching`), which is quickly
//! answered. If there is none, there is no form either. If there is one whose units are no rivals, it is a form. If it has
//! rivals, one of them is left out, and if that leads nowhere, kept and its rivals left out. Where all rivalries are
//! within cliques, as among pairs and among variants of one question, the first matching decides.
//!
//! It is about numbers only: it knows neither items nor blueprints.

mod matching;
mod pack;

use matching::Matching;
use pack::pack;

/// A unit, by its place in [`Problem::units`].
pub(super) type Id = u32;

/// What is to be filled, from what.
pub(super) struct Problem {
    pub cells: Vec<Demand>,
    /// What comes first is preferred, where it can be.
    pub units: Vec<Candidate>,
    /// Of each unit: with whom it must not stand. Sorted; enmity goes both ways.
    pub rivals: Vec<Vec<Id>>,
}

/// The places of a cell, in questions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Demand {
    pub scored: u32,
    pub unscored: u32,
}

/// A unit as the search sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub cell: usize,
    pub role: Role,
    /// How many questions it has.
    pub size: u32,
}

/// In which places a unit may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Any,
    Unscored,
}

/// The units of a cell that stand on the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filled {
    pub scored: Vec<Id>,
    pub unscored: Vec<Id>,
}

/// What the search found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The units of each cell.
    Found(Vec<Filled>),
    /// There is no form.
    Impossible(Proof),
    /// There may be one.
    GivenUp,
}

/// Why there is no form.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// Whatever is chosen among rivals, these cells together lack so many questions.
    Lacking { cells: Vec<usize>, questions: u32 },
    /// Every choice was tried.
    Exhausted,
}

/// Searches until so much has been looked at: a hundred million take about a second.
pub(super) fn search(problem: &Problem, bound: u64) -> Verdict {
    Search::new(problem, bound).run()
}

struct Search<'p> {
    problem: &'p Problem,
    /// The units that have rivals; the others are only counted.
    contested: Vec<Id>,
    /// What units without rivals give each cell.
    uncontested: Vec<Supply>,
    /// Whether a unit may still be on the form.
    alive: Vec<bool>,
    /// How many rivals of each unit are alive.
    degree: Vec<u32>,
    /// The units that are no longer alive, in the order in which they went.
    gone: Vec<Id>,
    /// The contested units, each in one of these: units that are all each other's rivals.
    cliques: Vec<Vec<Id>>,
    /// How much may still be looked at.
    steps: Steps,
}

/// What a search may still look at.
struct Steps {
    left: u64,
}

impl Steps {
    fn take(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count as u64);
    }

    fn are_over(&self) -> bool {
        self.left == 0
    }
}

/// So many questions that may be scored, and that may not.
#[derive(Clone, Copy, Default)]
struct Supply {
    any: u32,
    unscored: u32,
}

impl Supply {
    fn add(&mut self, unit: Candidate) {
        match unit.role {
            Role::Any => self.any += unit.size,
            Role::Unscored => self.unscored += unit.size,
        }
    }
}

/// What a look at the units that are alive gives.
enum Outlook {
    Solved(Vec<Filled>),
    Hopeless,
    /// It hangs on this unit.
    Open(Id),
}

/// A unit that was left out, to be kept if that leads nowhere.
struct Decision {
    unit: Id,
    /// How many were gone before.
    gone: usize,
    kept: bool,
}

impl<'p> Search<'p> {
    fn new(problem: &'p Problem, bound: u64) -> Self {
        let count = problem.units.len();
        let mut uncontested = vec![Supply::default(); problem.cells.len()];
        let mut contested = Vec::new();
        for (id, (unit, rivals)) in (0..).zip(problem.units.iter().zip(&problem.rivals)) {
            if rivals.is_empty() {
                uncontested[unit.cell].add(*unit);
            } else {
                contested.push(id);
            }
        }
        let degree = problem.rivals.iter().map(|rivals| u32::try_from(rivals.len()).unwrap_or(u32::MAX)).collect();
        let mut search = Self {
            problem,
            contested,
            uncontested,
            alive: vec![true; count],
            degree,
            gone: Vec::new(),
            cliques: Vec::new(),
            steps: Steps { left: bound },
        };
        search.drop_dominated();
        search.cliques = search.find_cliques();
        search
    }

    fn run(mut self) -> Verdict {
        if let Some(proof) = self.lacking() {
            return Verdict::Impossible(proof);
        }
        let mut decisions: Vec<Decision> = Vec::new();
        loop {
            match self.outlook() {
                Outlook::Solved(filled) => return Verdict::Found(filled),
                _ if self.steps.are_over() => return Verdict::GivenUp,
                Outlook::Open(unit) => {
                    decisions.push(Decision { unit, gone: self.gone.len(), kept: false });
                    self.drop(unit);
                }
                Outlook::Hopeless => {
                    // The last unit that was left out is kept instead.
                    let last = loop {
                        let Some(last) = decisions.pop() else { return Verdict::Impossible(Proof::Exhausted) };
                        self.restore(last.gone);
                        if !last.kept {
                            break last;
                        }
                    };
                    for rival in &self.problem.rivals[last.unit as usize] {
                        if self.alive[*rival as usize] {
                            self.drop(*rival);
                        }
                    }
                    decisions.push(Decision { kept: true, ..last });
                }
            }
        }
    }

    fn unit(&self, id: Id) -> Candidate {
        self.problem.units[id as usize]
    }

    fn rivals(&self, id: Id) -> &'p [Id] {
        &self.problem.rivals[id as usize]
    }

    fn drop(&mut self, id: Id) {
        self.alive[id as usize] = false;
        self.gone.push(id);
        for rival in self.rivals(id) {
            self.degree[*rival as usize] -= 1;
        }
    }

    fn restore(&mut self, count: usize) {
        for id in self.gone.split_off(count) {
            self.alive[id as usize] = true;
            for rival in self.rivals(id) {
                self.degree[*rival as usize] += 1;
            }
        }
    }

    fn is_contested(&self, id: Id) -> bool {
        self.alive[id as usize] && self.degree[id as usize] > 0
    }

    /// Drops every unit whose place a rival can take at no cost, until there is none.
    fn drop_dominated(&mut self) {
        let mut before = usize::MAX;
        while self.gone.len() != before {
            before = self.gone.len();
            for at in 0..self.contested.len() {
                let id = self.contested[at];
                self.steps.take(1);
                if self.is_contested(id) && self.rivals(id).iter().any(|rival| self.dominates(*rival, id)) {
                    self.drop(id);
                }
                if self.steps.are_over() {
                    return;
                }
            }
        }
    }

    /// Whether a unit can stand wherever its rival can, and has no other rivals than that one.
    fn dominates(&mut self, id: Id, other: Id) -> bool {
        let (unit, instead_of) = (self.unit(id), self.unit(other));
        self.steps.take(1);
        self.alive[id as usize]
            && unit.cell == instead_of.cell
            && unit.size == instead_of.size
            && (unit.role == Role::Any || instead_of.role == Role::Unscored)
            && self.degree[id as usize] <= self.degree[other as usize]
            && self.rivals(id).iter().all(|rival| {
                self.steps.take(1);
                *rival == other || !self.alive[*rival as usize] || self.rivals(other).binary_search(rival).is_ok()
            })
    }

    /// Divides the contested units into cliques, as large as is easily found.
    fn find_cliques(&mut self) -> Vec<Vec<Id>> {
        let mut order: Vec<Id> = self.contested.iter().copied().filter(|id| self.is_contested(*id)).collect();
        order.sort_by_key(|id| self.degree[*id as usize]);
        let mut free = self.alive.clone();
        let mut cliques = Vec::new();
        for first in order {
            if !std::mem::take(&mut free[first as usize]) {
                continue;
            }
            let mut clique = vec![first];
            let mut candidates: Vec<Id> =
                self.rivals(first).iter().copied().filter(|rival| free[*rival as usize]).collect();
            while let Some(next) = self.most_connected(&candidates) {
                free[next as usize] = false;
                clique.push(next);
                candidates.retain(|id| self.are_rivals(*id, next));
            }
            cliques.push(clique);
        }
        cliques
    }

    /// Of those that can enlarge a clique, the one with most rivals among them; of very many, any.
    fn most_connected(&self, candidates: &[Id]) -> Option<Id> {
        const MANY: usize = 64;
        if candidates.len() > MANY {
            return candidates.first().copied();
        }
        let shared = |id: Id| candidates.iter().filter(|other| self.are_rivals(id, **other)).count();
        candidates.iter().copied().max_by_key(|id| shared(*id))
    }

    fn are_rivals(&self, one: Id, other: Id) -> bool {
        self.rivals(one).binary_search(&other).is_ok()
    }

    /// Matches the cliques with the places that units without rivals leave open.
    fn matching(&mut self) -> Matching {
        let mut supply = self.uncontested.clone();
        for id in &self.contested {
            if self.alive[*id as usize] && self.degree[*id as usize] == 0 {
                supply[self.unit(*id).cell].add(self.unit(*id));
            }
        }
        let contested = |clique: &Vec<Id>| -> Vec<(Id, Candidate)> {
            clique.iter().filter(|id| self.is_contested(**id)).map(|id| (*id, self.unit(*id))).collect()
        };
        let cliques: Vec<Vec<(Id, Candidate)>> = self.cliques.iter().map(contested).collect();
        let cells = self.problem.cells.iter().zip(supply);
        let open: Vec<Demand> = cells.map(|(cell, supply)| cell.left_open_by(supply)).collect();
        self.steps.take(self.contested.len());
        Matching::new(&open, &cliques, |id| self.degree[id as usize])
    }

    /// The cells that lack questions even if rivals outside of cliques could meet.
    fn lacking(&mut self) -> Option<Proof> {
        let mut matching = self.matching();
        let questions = matching.fill_all(&mut self.steps);
        (questions > 0).then(|| Proof::Lacking { cells: matching.short_cells(), questions })
    }

    fn outlook(&mut self) -> Outlook {
        self.drop_dominated();
        let mut matching = self.matching();
        if !matching.fill(&mut self.steps) {
            return Outlook::Hopeless;
        }
        let mut picked = vec![false; self.problem.units.len()];
        let picks: Vec<Id> = matching.picks();
        for id in &picks {
            picked[*id as usize] = true;
        }
        let clashes = |id: &Id| self.rivals(*id).iter().filter(|rival| picked[**rival as usize]).count();
        let worst = picks.iter().map(|id| (clashes(id), self.degree[*id as usize], *id)).max();
        if let Some((1.., _, id)) = worst {
            return Outlook::Open(id);
        }
        self.pack(&picked)
    }

    /// Fills the cells from the units that are picked and those that have no rivals.
    fn pack(&mut self, picked: &[bool]) -> Outlook {
        let mut units: Vec<Vec<(Id, Candidate)>> = vec![Vec::new(); self.problem.cells.len()];
        for (id, unit) in (0..).zip(&self.problem.units) {
            let at = id as usize;
            if self.alive[at] && (self.degree[at] == 0 || picked[at]) {
                units[unit.cell].push((id, *unit));
            }
        }
        let mut filled = Vec::with_capacity(units.len());
        for (cell, (units, demand)) in units.iter().zip(&self.problem.cells).enumerate() {
            match pack(units, *demand, &mut self.steps) {
                Some(places) => filled.push(places),
                // Sizes that do not add up may with another choice among the rivals of this cell.
                None => return self.largest_contested(cell).map_or(Outlook::Hopeless, Outlook::Open),
            }
        }
        Outlook::Solved(filled)
    }

    fn largest_contested(&self, cell: usize) -> Option<Id> {
        let contested = self.contested.iter().copied().filter(|id| self.is_contested(*id));
        contested
            .filter(|id| self.unit(*id).cell == cell)
            .max_by_key(|id| (self.unit(*id).size, self.degree[*id as usize]))
    }
}

impl Demand {
    /// The places that are left when as many as possible are filled.
    fn left_open_by(self, supply: Supply) -> Self {
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

    const ENOUGH: u64 = 10_000_000;

    fn single(cell: usize) -> Candidate {
        Candidate { cell, role: Role::Any, size: 1 }
    }

    fn problem(cells: &[(u32, u32)], units: Vec<Candidate>, enmities: &[(Id, Id)]) -> Problem {
        let mut rivals = vec![Vec::new(); units.len()];
        for (one, other) in enmities.iter().filter(|(one, other)| one != other) {
            rivals[*one as usize].push(*other);
            rivals[*other as usize].push(*one);
        }
        for rivals in &mut rivals {
            rivals.sort_unstable();
            rivals.dedup();
        }
        let cells = cells.iter().map(|(scored, unscored)| Demand { scored: *scored, unscored: *unscored }).collect();
        Problem { cells, units, rivals }
    }

    /// Whether there is a form, by trying every place for every unit.
    fn tried(problem: &Problem, at: usize, left: &mut [(u32, u32)], on_form: &mut Vec<Id>) -> bool {
        let Some(unit) = problem.units.get(at) else { return left.iter().all(|cell| *cell == (0, 0)) };
        if tried(problem, at + 1, left, on_form) {
            return true;
        }
        let id = Id::try_from(at).unwrap();
        if problem.rivals[at].iter().any(|rival| on_form.contains(rival)) {
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
                if tried(problem, at + 1, left, on_form) {
                    return true;
                }
                left[unit.cell] = before;
            }
        }
        on_form.pop();
        false
    }

    /// Every place is filled, from units of the cell that may stand there, and no rivals meet.
    fn is_a_form(problem: &Problem, filled: &[Filled]) {
        let mut on_form = Vec::new();
        for (number, (cell, demand)) in filled.iter().zip(&problem.cells).enumerate() {
            for (ids, places, scored) in [(&cell.scored, demand.scored, true), (&cell.unscored, demand.unscored, false)]
            {
                let units = || ids.iter().map(|id| problem.units[*id as usize]);
                assert_eq!(units().map(|unit| unit.size).sum::<u32>(), places);
                assert!(units().all(|unit| unit.cell == number && (unit.role == Role::Any || !scored)));
                on_form.extend(ids);
            }
        }
        for id in &on_form {
            assert!(problem.rivals[*id as usize].iter().all(|rival| !on_form.contains(rival)));
            assert_eq!(on_form.iter().filter(|other| *other == id).count(), 1);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn it_finds_a_form_exactly_where_trying_everything_does(
            cells in prop::collection::vec((0_u32..5, 0_u32..3), 1..4),
            units in prop::collection::vec((0_usize..3, prop::bool::weighted(0.2), 0_u32..6), 1..11),
            enmities in prop::collection::vec((0_u32..10, 0_u32..10), 0..14),
        ) {
            let count = units.len();
            let units = units.into_iter().map(|(cell, pretest, size)| Candidate {
                cell: cell % cells.len(),
                role: if pretest { Role::Unscored } else { Role::Any },
                size: [1, 1, 1, 1, 2, 3][size as usize],
            });
            let number = |id: Id| id % Id::try_from(count).unwrap();
            let enmities: Vec<(Id, Id)> = enmities.iter().map(|(a, b)| (number(*a), number(*b))).collect();
            let problem = problem(&cells, units.collect(), &enmities);
            let there_is = tried(&problem, 0, &mut cells.clone(), &mut Vec::new());
            match search(&problem, ENOUGH) {
                Verdict::Found(filled) => {
                    prop_assert!(there_is);
                    is_a_form(&problem, &filled);
                }
                Verdict::Impossible(_) => prop_assert!(!there_is),
                Verdict::GivenUp => prop_assert!(false, "so little takes no search"),
            }
        }
    }

    #[test]
    fn cells_that_share_too_few_questions_are_named_with_what_they_lack() {
        // Each of four questions of one cell has an enemy in another; a third cell has enough.
        let units: Vec<Candidate> = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2].map(single).to_vec();
        let enmities = [(0, 4), (1, 5), (2, 6), (3, 7)];
        let asked = problem(&[(3, 0), (3, 0), (2, 0)], units, &enmities);
        let proof = Proof::Lacking { cells: vec![0, 1], questions: 2 };
        assert_eq!(search(&asked, ENOUGH), Verdict::Impossible(proof));
    }

    #[test]
    fn what_only_trying_every_choice_shows_is_proved_too() {
        // Of five in a ring at most two can stand, though two pairs and one left over would give three.
        let ring = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)];
        let asked = |count| problem(&[(count, 0)], vec![single(0); 5], &ring);
        assert!(matches!(search(&asked(2), ENOUGH), Verdict::Found(_)));
        assert_eq!(search(&asked(3), ENOUGH), Verdict::Impossible(Proof::Exhausted));
    }

    #[test]
    fn a_search_that_is_given_up_proves_nothing() {
        let ring = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)];
        assert_eq!(search(&problem(&[(3, 0)], vec![single(0); 5], &ring), 5), Verdict::GivenUp);
    }
}
