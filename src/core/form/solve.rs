//! A form looked for exactly, where the draw by chance finds none or only a bad one.

use std::collections::{BTreeSet, HashSet};

use super::draw::CellDraw;
use super::eligible::Eligible;
use super::exact::{Candidate, Demand, Filled, Id, Problem, Proof, Role, Verdict, search};
use super::pool::CellPool;
use super::unit::{Index, Unit};

/// Whether cases may be torn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cases {
    Whole,
    /// Any of their questions may stand without the others.
    InParts,
}

/// How much may be looked at for one form: a fraction of a second.
const BOUND: u64 = 20_000_000;

/// What to look for.
#[derive(Clone, Copy)]
pub(super) struct Quest<'q> {
    pub eligible: &'q Eligible<'q>,
    /// The cells with their units in the order in which they are preferred.
    pub cells: &'q [CellPool<'q>],
    pub cases: Cases,
    /// Questions that were seen more often stay off the form.
    pub most_seen: u32,
    /// Pairs that must not stand on one form, besides enemies.
    pub alike: &'q BTreeSet<(Index, Index)>,
    /// How much may be looked at.
    pub bound: u64,
}

/// Why there is nothing.
#[derive(Debug)]
pub(super) enum Nothing {
    /// It is proved.
    Impossible(Proof),
    /// There was too much to look at.
    GivenUp,
}

impl<'q> Quest<'q> {
    /// A form of any questions, with its cases whole.
    pub const fn new(eligible: &'q Eligible<'q>, cells: &'q [CellPool<'q>]) -> Self {
        const NONE: &BTreeSet<(Index, Index)> = &BTreeSet::new();
        Self { eligible, cells, cases: Cases::Whole, most_seen: u32::MAX, alike: NONE, bound: BOUND }
    }

    pub fn form(&self) -> Result<Vec<CellDraw>, Nothing> {
        let (units, candidates) = self.candidates();
        let demand = |cell: &CellPool<'_>| Demand { scored: cell.cell.scored, unscored: cell.cell.unscored };
        let problem =
            Problem { cells: self.cells.iter().map(demand).collect(), rivals: self.rivals(&units), units: candidates };
        match search(&problem, self.bound) {
            Verdict::Found(filled) => Ok(self.drawn(&units, &filled)),
            Verdict::Impossible(proof) => Err(Nothing::Impossible(proof)),
            Verdict::GivenUp => Err(Nothing::GivenUp),
        }
    }

    /// The units that may be drawn, in the search's numbers.
    fn candidates(&self) -> (Vec<Unit>, Vec<Candidate>) {
        let (mut units, mut candidates) = (Vec::new(), Vec::new());
        for (number, cell) in self.cells.iter().enumerate() {
            for (role, all) in [(Role::Any, &cell.operational), (Role::Unscored, &cell.pretest)] {
                let parts = all.iter().filter(|unit| unit.exposure <= self.most_seen).flat_map(|unit| self.parts(unit));
                for part in parts {
                    units.push(part);
                    candidates.push(Candidate { cell: number, role, size: part.size() });
                }
            }
        }
        (units, candidates)
    }

    /// In what a unit may be drawn: as a whole, unless its questions must not meet, or one by one.
    fn parts(&self, unit: &Unit) -> Vec<Unit> {
        match self.cases {
            Cases::Whole if self.eligible.is_at_war_within(unit) || self.has_two_alike(unit) => Vec::new(),
            Cases::Whole => vec![*unit],
            Cases::InParts => (0..unit.len()).map(|at| unit.part(at, 1)).collect(),
        }
    }

    fn has_two_alike(&self, unit: &Unit) -> bool {
        let members = self.eligible.members(unit);
        members
            .iter()
            .enumerate()
            .any(|(at, one)| members[at..].iter().any(|other| self.alike.contains(&(*one, *other))))
    }

    fn rivals(&self, units: &[Unit]) -> Vec<Vec<Id>> {
        let mut home: Vec<Option<Id>> = vec![None; self.eligible.bank.items.len()];
        for (id, unit) in (0..).zip(units) {
            for index in self.eligible.members(unit) {
                home[*index as usize] = Some(id);
            }
        }
        let at_home = |index: &Index| home[*index as usize];
        let enemies = |unit: &Unit| -> Vec<Id> {
            let members = self.eligible.members(unit).iter();
            members.flat_map(|index| self.eligible.enemies_of(*index)).filter_map(at_home).collect()
        };
        let mut rivals: Vec<Vec<Id>> = units.iter().map(enemies).collect();
        for (one, other) in self.alike {
            if let (Some(one), Some(other)) = (at_home(one), at_home(other)) {
                rivals[one as usize].push(other);
                rivals[other as usize].push(one);
            }
        }
        for (id, rivals) in (0..).zip(&mut rivals) {
            rivals.sort_unstable();
            rivals.dedup();
            rivals.retain(|rival| *rival != id);
        }
        rivals
    }

    fn drawn(&self, units: &[Unit], filled: &[Filled]) -> Vec<CellDraw> {
        let of = |ids: &[Id]| -> Vec<Unit> { ids.iter().map(|id| units[*id as usize]).collect() };
        let drawn = |(cell, filled): (&CellPool<'_>, &Filled)| {
            let (scored, unscored) = (of(&filled.scored), of(&filled.unscored));
            let on_form: HashSet<u32> = scored.iter().chain(&unscored).map(|unit| unit.number).collect();
            let spare = |all: &[Unit]| all.iter().filter(|unit| !on_form.contains(&unit.number)).copied().collect();
            let (spare, spare_pretest) = (spare(&cell.operational), spare(&cell.pretest));
            CellDraw { cell: cell.cell.clone(), scored, unscored, spare, spare_pretest }
        };
        self.cells.iter().zip(filled).map(drawn).collect()
    }
}
