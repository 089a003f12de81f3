//! Which questions stand on a form.
//!
//! Cell by cell, units are shuffled, those seen least come first, and each is taken that still fits and has no enemy on
//! the form. That is quick and finds a form where there is room. Where there is little, it is tried again, and at last
//! looked for exactly (`solve`): a bank is called too small only if that is proved.

use std::collections::BTreeSet;

use rand::rngs::ChaCha8Rng;

use super::eligible::Eligible;
use super::exact::Proof;
use super::plan::{Cell, Plan};
use super::pool::{CellPool, Pool};
use super::refusal::NoForm;
use super::selection::Selection;
use super::solve::{Cases, Nothing, Quest};
use super::unit::{Index, Unit};
use crate::bank::Status;
use crate::seed::{Seed, Stream};

/// A draw that enemies leave short, that repeats more questions than need be, or that tears a case, is tried again so
/// often, going on in the same random stream; the best of them stands.
const DRAWS: usize = 64;

/// How much may be looked at for a form that is better than the one at hand.
const BETTER: u64 = 1_000_000;

/// What was drawn for one cell.
#[derive(Clone)]
pub(super) struct CellDraw {
    pub cell: Cell,
    pub scored: Vec<Unit>,
    pub unscored: Vec<Unit>,
    /// Operational units that were left over: what a swap can bring in.
    pub spare: Vec<Unit>,
    /// Pretest units that were left over.
    pub spare_pretest: Vec<Unit>,
}

impl CellDraw {
    /// The units on the form.
    pub fn on_form(&self) -> impl Iterator<Item = &Unit> {
        self.scored.iter().chain(&self.unscored)
    }

    /// Puts a unit that has left the form to the spare ones.
    pub fn put_back(&mut self, unit: Unit, eligible: &Eligible<'_>) {
        match eligible.status(&unit) {
            Status::Pretest => self.spare_pretest.push(unit),
            _ => self.spare.push(unit),
        }
    }
}

/// How good a draw is; the least is the best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Blemishes {
    /// How often its questions have been seen, all together.
    seen: u32,
    /// Cases of which only a part is on the form.
    torn: usize,
}

impl Blemishes {
    fn of(drawn: &[CellDraw], eligible: &Eligible<'_>) -> Self {
        let units = || drawn.iter().flat_map(CellDraw::on_form);
        Self {
            seen: units().map(Unit::exposure_sum).sum(),
            torn: units().filter(|unit| unit.len() < eligible.whole(unit).len()).count(),
        }
    }
}

/// One drawing, with its own random stream.
pub(super) struct Draw<'d> {
    pool: Pool<'d>,
    rng: ChaCha8Rng,
}

impl<'d> Draw<'d> {
    /// `times_seen` says how often the candidate has seen each of the bank's items.
    pub fn new(eligible: &'d Eligible<'_>, plan: &'d Plan, seed: Seed, times_seen: &[u32]) -> Result<Self, NoForm> {
        let pool = Pool::new(eligible, plan, times_seen);
        let lacking = pool.lacking();
        if lacking.is_empty() {
            Ok(Self { pool, rng: seed.stream(Stream::Draw) })
        } else {
            Err(NoForm::TooFew(lacking))
        }
    }

    /// The questions of a form, cell by cell.
    pub fn questions(&mut self) -> Result<Vec<CellDraw>, NoForm> {
        let least = Blemishes { seen: self.pool.least_exposure(), torn: 0 };
        let mut best: Option<(Blemishes, Vec<CellDraw>)> = None;
        for _ in 0..DRAWS {
            let Some(drawn) = self.at_random() else { continue };
            let blemishes = Blemishes::of(&drawn, self.pool.eligible);
            if best.as_ref().is_none_or(|(before, _)| blemishes < *before) {
                best = Some((blemishes, drawn));
            }
            if blemishes <= least {
                break;
            }
        }
        match best {
            None => self.exactly(),
            Some((blemishes, drawn)) => Ok(self.better_than(blemishes, &drawn, least).unwrap_or(drawn)),
        }
    }

    pub fn eligible(&self) -> &'d Eligible<'d> {
        self.pool.eligible
    }

    /// Fills the cells one after the other; none if one cannot be filled.
    fn at_random(&mut self) -> Option<Vec<CellDraw>> {
        let enemy_sides = self.pool.enemy_sides(&mut self.rng);
        let mut selected = Selection::none(self.pool.eligible);
        let mut drawn = Vec::with_capacity(self.pool.cells.len());
        let mut short = false;
        for cell in &self.pool.cells {
            let filled = fill_cell(&cell.in_order(&enemy_sides, &mut self.rng), &mut selected);
            let count: usize = filled.on_form().map(Unit::len).sum();
            // The draw goes on all the same: the next one starts where the random stream then is.
            short |= count < cell.cell.total() as usize;
            drawn.push(filled);
        }
        (!short).then_some(drawn)
    }

    /// A form that repeats no question where none need be repeated, or tears no case: none if this one is as good.
    fn better_than(&mut self, blemishes: Blemishes, drawn: &[CellDraw], least: Blemishes) -> Option<Vec<CellDraw>> {
        let most_seen = match least.seen {
            0 => 0,
            _ => drawn.iter().flat_map(CellDraw::on_form).map(|unit| unit.exposure).max().unwrap_or(0),
        };
        if blemishes.torn == 0 && (blemishes.seen == 0 || least.seen > 0) {
            return None;
        }
        let cells = self.in_order();
        let quest = Quest { most_seen, bound: BETTER, ..Quest::new(self.pool.eligible, &cells) };
        quest.form().ok().filter(|found| Blemishes::of(found, self.pool.eligible) < blemishes)
    }

    /// Looks for a form exactly, of the questions seen least; as a last resort, of parts of cases.
    fn exactly(&mut self) -> Result<Vec<CellDraw>, NoForm> {
        let cells = self.in_order();
        if let Some(drawn) = self.seen_least(Quest::new(self.pool.eligible, &cells)) {
            return Ok(drawn);
        }
        let quest = Quest { cases: Cases::InParts, ..Quest::new(self.pool.eligible, &cells) };
        quest.form().map_err(|nothing| match nothing {
            Nothing::GivenUp => NoForm::NotFound,
            Nothing::Impossible(Proof::Exhausted) => NoForm::NoChoice,
            Nothing::Impossible(Proof::Lacking { cells: short, questions }) => {
                let place = |cell: usize| (cells[cell].cell.section.clone(), cells[cell].cell.domain.clone());
                NoForm::TooManyEnemies { cells: short.into_iter().map(place).collect(), lacking: questions }
            }
        })
    }

    /// Looks for a form of whole cases on which no two questions are alike.
    pub fn of_unlike(&mut self, alike: &BTreeSet<(Index, Index)>) -> Option<Vec<CellDraw>> {
        let cells = self.in_order();
        self.seen_least(Quest { alike, ..Quest::new(self.pool.eligible, &cells) })
    }

    /// Looks first among the questions seen least, then among more and more.
    fn seen_least(&self, quest: Quest<'_>) -> Option<Vec<CellDraw>> {
        let levels = self.pool.levels();
        let bound = quest.bound / levels.len().max(1) as u64;
        levels.into_iter().find_map(|most_seen| Quest { most_seen, bound, ..quest }.form().ok())
    }

    fn in_order(&mut self) -> Vec<CellPool<'d>> {
        let enemy_sides = self.pool.enemy_sides(&mut self.rng);
        self.pool.cells.iter().map(|cell| cell.in_order(&enemy_sides, &mut self.rng)).collect()
    }
}

fn fill_cell(source: &CellPool<'_>, selected: &mut Selection<'_>) -> CellDraw {
    let (mut scored, mut unscored) = (Places::empty(source.cell.scored), Places::empty(source.cell.unscored));
    let (mut left_over, mut spare, mut spare_pretest) = (Vec::new(), Vec::new(), Vec::new());
    for exposure in levels(&source.operational) {
        scored.fill(of_level(&source.operational, exposure), &mut left_over, selected);
    }
    // In unscored places pretest questions come first, but none is repeated while another was never seen.
    let both: BTreeSet<u32> = levels(&left_over).chain(levels(&source.pretest)).collect();
    for exposure in both {
        unscored.fill(of_level(&source.pretest, exposure), &mut spare_pretest, selected);
        unscored.fill(of_level(&left_over, exposure), &mut spare, selected);
    }
    CellDraw { cell: source.cell.clone(), scored: scored.units, unscored: unscored.units, spare, spare_pretest }
}

/// How often units have been seen that are sorted by it: each number once, rising.
fn levels(units: &[Unit]) -> impl Iterator<Item = u32> {
    units.chunk_by(|one, other| one.exposure == other.exposure).map(|class| class[0].exposure)
}

/// Those of sorted units that have been seen so often.
fn of_level(units: &[Unit], exposure: u32) -> &[Unit] {
    let start = units.partition_point(|unit| unit.exposure < exposure);
    let length = units[start..].partition_point(|unit| unit.exposure == exposure);
    &units[start..start + length]
}

/// Places of a form that are being filled.
struct Places {
    left: usize,
    units: Vec<Unit>,
}

impl Places {
    fn empty(count: u32) -> Self {
        Self { left: count as usize, units: Vec::new() }
    }

    /// Takes units in their order while they fit. A gap that no whole unit fits is filled with the first questions of a
    /// case: each of them can be answered without the others.
    fn fill(&mut self, units: &[Unit], spare: &mut Vec<Unit>, selected: &mut Selection<'_>) {
        let before = spare.len();
        for (at, unit) in units.iter().enumerate() {
            if self.left == 0 {
                spare.extend_from_slice(&units[at..]);
                return;
            }
            if unit.len() <= self.left && selected.admits(unit) {
                self.take(*unit, selected);
            } else {
                spare.push(*unit);
            }
        }
        let gap = self.left;
        let fits = |unit: &&mut Unit| unit.len() > gap && selected.admits(&unit.part(0, gap));
        if let Some(unit) = spare[before..].iter_mut().find(fits).filter(|_| gap > 0) {
            let first = unit.part(0, gap);
            *unit = unit.part(gap, unit.len() - gap);
            self.take(first, selected);
        }
    }

    fn take(&mut self, unit: Unit, selected: &mut Selection<'_>) {
        self.left -= unit.len();
        selected.add(&unit);
        self.units.push(unit);
    }
}
