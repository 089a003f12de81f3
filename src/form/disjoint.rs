//! Whether a bank gives a form, and how many that share no question.

use jiff::civil::Date;

use super::{Exposure, Form, Plan, Request, Shortage, assemble};
use crate::bank::{Bank, supply};
use crate::blueprint::Blueprint;
use crate::seed::Seed;

/// Draws one form, to show that one can be drawn at all.
///
/// # Errors
/// The cells for which the bank has too few questions.
pub fn one_form(blueprint: &Blueprint, bank: &Bank, day: Date) -> Result<Form, Shortage> {
    let plan = Plan::mock(blueprint);
    assemble(blueprint, bank, &Request { plan: &plan, seed: Seed(0), day, exposure: &Exposure::default() })
}

/// Draws forms one after the other, each leaving what the earlier ones had for last, until one repeats a question or
/// cannot be drawn. The proof is in the drawing: counts alone would overlook enemies and cases.
#[must_use]
pub fn disjoint_forms(blueprint: &Blueprint, bank: &Bank, day: Date) -> u32 {
    let most = upper_bound(blueprint, bank, day);
    let plan = Plan::mock(blueprint);
    let mut exposure = Exposure::default();
    for drawn in 0..most {
        let request = Request { plan: &plan, seed: Seed(u64::from(drawn)), day, exposure: &exposure };
        let Ok(form) = assemble(blueprint, bank, &request) else { return drawn };
        if form.item_ids().any(|item| exposure.times(item) > 0) {
            return drawn;
        }
        exposure.0.extend(form.item_ids().map(|item| (item.clone(), 1)));
    }
    most
}

/// What the counts of the cells allow.
fn upper_bound(blueprint: &Blueprint, bank: &Bank, day: Date) -> u32 {
    let cells = supply(blueprint, bank, day);
    let scored = cells.iter().filter(|cell| cell.scored_wanted > 0);
    let most = scored.map(|cell| cell.operational / cell.scored_wanted).min().unwrap_or(0);
    (1..=most).rev().find(|forms| cells.iter().all(|cell| cell.missing_for(*forms) == 0)).unwrap_or(0)
}
