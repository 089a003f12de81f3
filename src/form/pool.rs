//! The questions that may be drawn, in units that stay together.

use std::collections::HashMap;

use jiff::civil::Date;

use super::Exposure;
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
    /// By index; empty where no question has an enemy.
    enemies: Vec<Vec<Index>>,
}

impl<'b> Pool<'b> {
    /// Sorts a bank's items that may be drawn on `day` into units.
    pub fn new(bank: &'b Bank, day: Date, exposure: &Exposure) -> Self {
        let mut cells: Vec<((&SectionId, &DomainId), CellPool)> = Vec::new();
        let mut last = 0;
        let mut open_cases: HashMap<(&CaseId, Status, &SectionId, &DomainId), usize> = HashMap::new();
        for (index, item) in (0..).zip(&bank.items) {
            if item.status == Status::Retired || !item.validity.holds_on(day) {
                continue;
            }
            // Neighbours mostly share a cell.
            let here = (&item.section, &item.domain);
            if cells.get(last).is_none_or(|(cell, _)| *cell != here) {
                last = cells.iter().position(|(cell, _)| *cell == here).unwrap_or_else(|| {
                    cells.push((here, CellPool::default()));
                    cells.len() - 1
                });
            }
            let cell = &mut cells[last].1;
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
        Self { cells: cells.into_iter().collect(), enemies: enemies(bank) }
    }

    pub fn take_cell(&mut self, section: &'b SectionId, domain: &'b DomainId) -> CellPool {
        self.cells.remove(&(section, domain)).unwrap_or_default()
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
    let by_id: HashMap<&ItemId, Index> = bank.items.iter().map(|item| &item.id).zip(0..).collect();
    for (index, item) in (0_u32..).zip(&bank.items) {
        for other in item.enemies.iter().filter_map(|enemy| by_id.get(enemy)) {
            enemies[index as usize].push(*other);
            enemies[*other as usize].push(index);
        }
    }
    enemies
}
