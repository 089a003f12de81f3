//! The questions that may be drawn, in units that stay together.

use std::collections::HashMap;

use jiff::civil::Date;

use super::Exposure;
use super::plan::{Cell, Plan};
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

/// All cells' pools, and who must not meet whom.
pub(super) struct Pool<'b> {
    cells: HashMap<(&'b SectionId, &'b DomainId), CellPool>,
    enemies: HashMap<Index, Vec<Index>>,
}

impl<'b> Pool<'b> {
    /// Sorts a bank's items that may be drawn on `day` into units.
    pub fn new(bank: &'b Bank, day: Date, exposure: &Exposure) -> Self {
        let mut cells: HashMap<(&SectionId, &DomainId), CellPool> = HashMap::new();
        let mut open_cases: HashMap<(&CaseId, Status, &SectionId, &DomainId), usize> = HashMap::new();
        for (index, item) in (0..).zip(&bank.items) {
            if item.status == Status::Retired || !item.validity.holds_on(day) {
                continue;
            }
            let cell = cells.entry((&item.section, &item.domain)).or_default();
            let units = if item.status == Status::Pretest { &mut cell.pretest } else { &mut cell.operational };
            let seen = exposure.times(&item.id);
            if let Some(case) = &item.case {
                let unit = *open_cases.entry((case, item.status, &item.section, &item.domain)).or_insert_with(|| {
                    units.push(Unit { members: Vec::new(), exposure: 0 });
                    units.len() - 1
                });
                units[unit].members.push(index);
                units[unit].exposure = units[unit].exposure.max(seen);
            } else {
                units.push(Unit { members: vec![index], exposure: seen });
            }
        }
        Self { cells, enemies: enemies(bank) }
    }

    pub fn take_cell(&mut self, section: &'b SectionId, domain: &'b DomainId) -> CellPool {
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
        self.enemies.get(&index).map_or(&[], Vec::as_slice)
    }
}

/// Enmity goes both ways, whichever side says so.
fn enemies(bank: &Bank) -> HashMap<Index, Vec<Index>> {
    let mut enemies: HashMap<Index, Vec<Index>> = HashMap::new();
    if bank.items.iter().all(|item| item.enemies.is_empty()) {
        return enemies;
    }
    let by_id: HashMap<&ItemId, Index> = bank.items.iter().map(|item| &item.id).zip(0..).collect();
    for (index, item) in (0..).zip(&bank.items) {
        for other in item.enemies.iter().filter_map(|enemy| by_id.get(enemy)) {
            enemies.entry(index).or_default().push(*other);
            enemies.entry(*other).or_default().push(index);
        }
    }
    enemies
}
