//! How much of an unfinished edition its bank can fill.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::caveats::Lacking;
use super::{AssemblyError, Cell, CellId, Exposure, Plan, Request, Shortage, assemble};
use crate::bank::{Bank, Supply, supply};
use crate::blueprint::{Blueprint, Progress};
use crate::id::DomainId;
use crate::seed::Seed;

/// The plan of the whole exam or, of an unfinished edition, of as much as the bank fills: a rehearsal then.
#[must_use]
pub fn full_plan(blueprint: &Blueprint, bank: &Bank, day: Date) -> Plan {
    match blueprint.progress {
        Progress::Finished => Plan::mock(blueprint),
        Progress::Unfinished(_) => reach(blueprint, bank, day),
    }
}

/// The largest plan, within the blueprint's counts, that the bank fills. Enemies and cases can keep it below what the
/// counts of questions allow.
fn reach(blueprint: &Blueprint, bank: &Bank, day: Date) -> Plan {
    let mut plan = Plan::mock(blueprint).with_cells(available(blueprint, bank, day));
    let exposure = Exposure::default();
    while !plan.cells.is_empty() {
        let request = Request { plan: &plan, seed: Seed(0), day, exposure: &exposure };
        let lower: Vec<(CellId, u32)> = match assemble(blueprint, bank, &request) {
            Ok(_) => break,
            Err(AssemblyError::TooFewItems(short)) => {
                short.into_iter().map(|Shortage { cell, short_by }| (cell, short_by)).collect()
            }
            Err(AssemblyError::TooManyEnemies { cells, short_by }) => {
                cells.into_iter().take(1).map(|cell| (cell, short_by)).collect()
            }
            // Which cell is too tight is not known: the largest can best spare a question.
            Err(AssemblyError::NoCombination | AssemblyError::SearchLimit) => plan
                .cells
                .iter()
                .max_by_key(|cell| cell.total())
                .map(|cell| (CellId::from(cell), 1))
                .into_iter()
                .collect(),
        };
        plan = lowered(plan, &lower);
    }
    plan
}

/// The plan with so many questions fewer in these cells, unscored ones first.
fn lowered(plan: Plan, by: &[(CellId, u32)]) -> Plan {
    let lower = |cell: &Cell| {
        let less = by.iter().find(|(id, _)| *id == CellId::from(cell)).map_or(0, |(_, less)| *less);
        let unscored = cell.unscored.saturating_sub(less);
        let scored = cell.scored.saturating_sub(less - (cell.unscored - unscored));
        Cell { scored, unscored, ..cell.clone() }
    };
    let cells = plan.cells.iter().map(lower).collect();
    plan.with_cells(cells)
}

/// What a plan lacks of the exam, by domain.
#[must_use]
pub fn lacking(blueprint: &Blueprint, plan: &Plan) -> Vec<Lacking> {
    let mut has: BTreeMap<&DomainId, u32> = BTreeMap::new();
    for cell in &plan.cells {
        *has.entry(&cell.domain).or_default() += cell.total();
    }
    let domains = blueprint.domains.iter().map(|domain| Lacking {
        domain: domain.name.clone(),
        has: has.get(&domain.id).copied().unwrap_or(0),
        of: domain.counts.iter().map(crate::blueprint::Count::total).sum(),
    });
    domains.filter(|domain| domain.has < domain.of).collect()
}

/// The cells with no more questions than there are.
fn available(blueprint: &Blueprint, bank: &Bank, day: Date) -> Vec<Cell> {
    let cell = |supply: Supply| {
        let scored = supply.scored_wanted.min(supply.operational);
        let unscored = supply.unscored_wanted.min(supply.pretest + (supply.operational - scored));
        Cell { section: supply.section, domain: supply.domain, scored, unscored }
    };
    supply(blueprint, bank, day).into_iter().map(cell).collect()
}
