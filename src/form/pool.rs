//! The questions that may be drawn, in units that stay together.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use rand::Rng;

use super::plan::{Cell, Plan};
use super::turns::{self, Turn};
use crate::bank::{Bank, Status};
use crate::id::{CaseId, DomainId, ItemId, SectionId};

/// An index into the bank's items.
pub(super) type Index = u32;

/// Questions of one cell that are drawn together: one question, or those of a case.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// In the order of the bank.
    pub members: Vec<Index>,
    /// How often the candidate has seen the member seen most.
    pub exposure: u32,
    /// Whether it comes before or after others seen as often.
    pub turn: Turn,
}

impl Unit {
    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn exposure_sum(&self) -> u32 {
        self.exposure * u32::try_from(self.len()).unwrap_or(u32::MAX)
    }
}

/// What one cell can be filled from.
#[derive(Debug, Default)]
pub(super) struct CellPool {
    /// Questions that may be scored.
    pub operational: Vec<Unit>,
    /// Questions that may only be tried out.
    pub pretest: Vec<Unit>,
}

impl CellPool {
    fn size(&self) -> usize {
        self.operational.iter().chain(&self.pretest).map(Unit::len).sum()
    }
}

/// What of a bank is the same for every form of one day: who may be drawn for what, and who must not meet whom. Forms
/// that are drawn one after the other share it.
pub(super) struct Ground<'b> {
    pub bank: &'b Bank,
    cells: Vec<(&'b SectionId, &'b DomainId)>,
    /// In the order of the bank.
    entries: Vec<Entry>,
    cases: usize,
    /// By index; empty where no question has an enemy.
    enemies: Vec<Vec<Index>>,
}

/// A question that may be drawn.
struct Entry {
    index: Index,
    /// Of [`Ground::cells`].
    cell: usize,
    status: Status,
    /// Questions of a case that are drawn together have the same number.
    case: Option<usize>,
}

impl<'b> Ground<'b> {
    pub fn new(bank: &'b Bank, day: Date) -> Self {
        let mut cells: Vec<(&SectionId, &DomainId)> = Vec::new();
        let mut cases: HashMap<(&CaseId, Status, usize), usize> = HashMap::new();
        let mut entries = Vec::with_capacity(bank.items.len());
        let mut cell = 0;
        for (index, item) in (0..).zip(&bank.items) {
            if item.status == Status::Retired || !item.validity.holds_on(day) {
                continue;
            }
            // Neighbours mostly share a cell.
            let here = (&item.section, &item.domain);
            if cells.get(cell).is_none_or(|known| *known != here) {
                cell = cells.iter().position(|known| *known == here).unwrap_or_else(|| {
                    cells.push(here);
                    cells.len() - 1
                });
            }
            let new = cases.len();
            let case = item.case.as_ref().map(|case| *cases.entry((case, item.status, cell)).or_insert(new));
            entries.push(Entry { index, cell, status: item.status, case });
        }
        Self { bank, cells, entries, cases: cases.len(), enemies: enemies(bank) }
    }
}

/// All cells' pools, for one draw.
pub(super) struct Pool<'g> {
    cells: HashMap<(&'g SectionId, &'g DomainId), CellPool>,
    enemies: &'g [Vec<Index>],
}

impl<'g> Pool<'g> {
    /// Sorts the questions into units; `exposures` are those of the bank's items.
    pub fn new(ground: &'g Ground<'_>, exposures: &[u32]) -> Self {
        let mut cells: Vec<CellPool> = ground.cells.iter().map(|_| CellPool::default()).collect();
        let mut opened: Vec<Option<usize>> = vec![None; ground.cases];
        for entry in &ground.entries {
            let cell = &mut cells[entry.cell];
            let units = if entry.status == Status::Pretest { &mut cell.pretest } else { &mut cell.operational };
            let exposure = exposures[entry.index as usize];
            if let Some(unit) = entry.case.and_then(|case| opened[case]) {
                units[unit].members.push(entry.index);
                units[unit].exposure = units[unit].exposure.max(exposure);
                continue;
            }
            if let Some(case) = entry.case {
                opened[case] = Some(units.len());
            }
            units.push(Unit { members: vec![entry.index], exposure, turn: Turn::Any });
        }
        Self { cells: ground.cells.iter().copied().zip(cells).collect(), enemies: &ground.enemies }
    }

    /// Divides the enemies between this form and the next.
    pub fn assign_turns(&mut self, chance: &mut impl Rng) {
        if self.enemies.is_empty() {
            return;
        }
        let Self { cells, enemies } = self;
        let mut units: Vec<&mut Unit> =
            cells.values_mut().flat_map(|cell| cell.operational.iter_mut().chain(&mut cell.pretest)).collect();
        units.sort_by_key(|unit| unit.members[0]);
        turns::assign(&mut units, |index| enemies.get(index as usize).map_or(&[], Vec::as_slice), chance);
    }

    /// The cells in the order in which they are filled: those with the fewest questions to spare first, while nothing
    /// on the form stands in the way of theirs.
    pub fn tightest_first<'p>(&self, plan: &'p Plan) -> Vec<&'p Cell> {
        let spare = |cell: &Cell| {
            let size = self.cells.get(&(&cell.section, &cell.domain)).map_or(0, CellPool::size);
            i64::try_from(size).unwrap_or(i64::MAX) - i64::from(cell.total())
        };
        let mut cells: Vec<&Cell> = plan.cells.iter().collect();
        cells.sort_by_key(|cell| spare(cell));
        cells
    }

    pub fn take_cell(&mut self, section: &'g SectionId, domain: &'g DomainId) -> CellPool {
        self.cells.remove(&(section, domain)).unwrap_or_default()
    }

    /// The least that the questions of a form can have been seen, all together, if only the counts mattered.
    pub fn least_exposure(&self, plan: &Plan) -> u32 {
        let of_cell = |cell: &Cell| -> u32 {
            let Some(pool) = self.cells.get(&(&cell.section, &cell.domain)) else { return 0 };
            let least = |units: &mut dyn Iterator<Item = &Unit>, want: u32| -> (u32, u32) {
                let mut seen: Vec<u32> = units.flat_map(|unit| unit.members.iter().map(|_| unit.exposure)).collect();
                seen.sort_unstable();
                let taken: Vec<u32> = seen.into_iter().take(want as usize).collect();
                (taken.iter().sum(), u32::try_from(taken.len()).unwrap_or(u32::MAX))
            };
            let (tried_out, count) = least(&mut pool.pretest.iter(), cell.unscored);
            tried_out + least(&mut pool.operational.iter(), cell.scored + cell.unscored.saturating_sub(count)).0
        };
        plan.cells.iter().map(of_cell).sum()
    }

    pub fn has_enemies(&self, unit: &Unit) -> bool {
        unit.members.iter().any(|index| !self.enemies_of(*index).is_empty())
    }

    pub fn enemies_of(&self, index: Index) -> &[Index] {
        self.enemies.get(index as usize).map_or(&[], Vec::as_slice)
    }
}

/// Enmity goes both ways, whichever side says so.
fn enemies(bank: &Bank) -> Vec<Vec<Index>> {
    if bank.items.iter().all(|item| item.enemies.is_empty()) {
        return Vec::new();
    }
    let mut enemies = vec![Vec::new(); bank.items.len()];
    let named: HashSet<&ItemId> = bank.items.iter().flat_map(|item| &item.enemies).collect();
    let by_id: HashMap<&ItemId, Index> =
        bank.items.iter().map(|item| &item.id).zip(0..).filter(|(id, _)| named.contains(id)).collect();
    for (index, item) in (0_u32..).zip(&bank.items) {
        for other in item.enemies.iter().filter_map(|enemy| by_id.get(enemy)) {
            enemies[index as usize].push(*other);
            enemies[*other as usize].push(index);
        }
    }
    enemies
}

/// What was drawn for one cell.
pub(super) struct Drawn {
    pub scored: Vec<Unit>,
    pub unscored: Vec<Unit>,
    /// Operational units that were left over: what a swap can bring in.
    pub spare: Vec<Unit>,
    pub cell: Cell,
}

/// The questions on the form so far.
#[derive(Default)]
pub(super) struct Taken(HashSet<Index>);

impl Taken {
    pub fn admits(&self, unit: &Unit, pool: &Pool<'_>) -> bool {
        let at_war = |index: &Index| pool.enemies_of(*index).iter().any(|enemy| self.0.contains(enemy));
        let within =
            || unit.members.iter().any(|one| unit.members.iter().any(|other| pool.enemies_of(*one).contains(other)));
        !unit.members.iter().any(at_war) && (unit.len() == 1 || !within())
    }

    pub fn add(&mut self, unit: &Unit) {
        self.0.extend(&unit.members);
    }

    pub fn remove(&mut self, unit: &Unit) {
        for member in &unit.members {
            self.0.remove(member);
        }
    }
}
