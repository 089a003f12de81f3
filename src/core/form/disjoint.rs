//! What a bank can yield: whether one form, and how many forms that share no item.
//!
//! An author wants to know how often a class can sit the exam before items repeat. Counting items per cell only gives
//! an upper bound, because enemies and case sizes can make a form impossible that the counts allow. So these functions
//! draw the forms.

use jiff::civil::Date;

use super::cell_draw::CellDraw;
use super::draw::Draw;
use super::eligible::Eligible;
use super::{AssemblyError, Exposure, Form, Plan, Request, assemble};
use crate::bank::{Bank, Supply, supply};
use crate::blueprint::Blueprint;
use crate::seed::Seed;

/// How many seeds are tried while the search reaches its limit: with another order it may find a form.
const MAX_SEEDS: u64 = 8;
/// How many series of disjoint forms are drawn. The length of a series depends on which items its first forms use up.
const MAX_SERIES: u32 = 4;

/// Draws one full-length form, to show that the bank yields one.
///
/// # Errors
///
/// An [`AssemblyError`] if it does not, or if the search reached its limit with every seed that was tried.
pub fn one_form(blueprint: &Blueprint, bank: &Bank, day: Date) -> Result<Form, AssemblyError> {
    let plan = Plan::mock(blueprint);
    let exposure = Exposure::default();
    let draw = |seed| assemble(blueprint, bank, &Request { plan: &plan, seed: Seed(seed), day, exposure: &exposure });
    (1..MAX_SEEDS).fold(draw(0), |form, seed| match form {
        Err(AssemblyError::SearchLimit) => draw(seed),
        decided => decided,
    })
}

/// Counts the full-length forms that a bank yields on `day` without repeating an item, by drawing them one after
/// another from the items that are left. The true maximum may be higher.
///
/// Calls `progress` after each form it draws, with the highest count so far and the upper bound.
#[must_use]
pub fn disjoint_forms(blueprint: &Blueprint, bank: &Bank, day: Date, progress: &mut dyn FnMut(u32, u32)) -> u32 {
    let most = upper_bound(blueprint, bank, day);
    let plan = Plan::mock(blueprint);
    let mut best = 0;
    for series in 0..MAX_SERIES {
        let mut eligible = Eligible::new(bank, day);
        let mut drawn = 0;
        while drawn < most && draw_and_exclude(&mut eligible, &plan, Seed(u64::from(series * most + drawn))) {
            drawn += 1;
            best = best.max(drawn);
            progress(best, most);
        }
        if best == most {
            break;
        }
    }
    best
}

/// Draws a form and excludes its units from further forms. Returns whether there was one.
fn draw_and_exclude(eligible: &mut Eligible<'_>, plan: &Plan, seed: Seed) -> bool {
    let unseen = vec![0; eligible.bank.items.len()];
    let drawn = Draw::new(eligible, plan, seed, &unseen).and_then(|mut draw| draw.run());
    match drawn {
        Ok(drawn) => {
            eligible.exclude(drawn.iter().flat_map(CellDraw::on_form));
            true
        }
        Err(_) => false,
    }
}

/// The number of disjoint forms that the item counts of the cells allow.
fn upper_bound(blueprint: &Blueprint, bank: &Bank, day: Date) -> u32 {
    forms_within(&supply(blueprint, bank, day))
}

/// The number of disjoint forms that these counts allow.
pub(super) fn forms_within(cells: &[Supply]) -> u32 {
    let scored = cells.iter().filter(|cell| cell.scored_wanted > 0);
    let most = scored.map(|cell| cell.operational / cell.scored_wanted).min().unwrap_or(0);
    (1..=most).rev().find(|forms| cells.iter().all(|cell| cell.missing_for(*forms) == 0)).unwrap_or(0)
}
