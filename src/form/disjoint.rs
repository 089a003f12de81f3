//! Whether a bank gives a form, and how many that share no question.

use jiff::civil::Date;

use super::assemble::draw;
use super::pool::Ground;
use super::{Exposure, Form, Plan, Request, Shortage, assemble, balance};
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
/// cannot be drawn. The proof is in the drawing: counts alone would overlook enemies and cases. `progress` hears how many
/// were drawn, of at most how many.
#[must_use]
pub fn disjoint_forms(blueprint: &Blueprint, bank: &Bank, day: Date, progress: &mut dyn FnMut(u32, u32)) -> u32 {
    let most = upper_bound(blueprint, bank, day);
    let plan = Plan::mock(blueprint);
    let ground = Ground::new(bank, day);
    let target = balance::target(blueprint, bank, &plan, day);
    let mut exposures = vec![0; bank.items.len()];
    for number in 0..most {
        progress(number, most);
        let seed = Seed(u64::from(number));
        let Ok(drawn) = draw(&ground, &plan, seed, &exposures, target, blueprint.cut.without_ratings.value) else {
            return number;
        };
        for index in drawn.iter().flat_map(|cell| cell.scored.iter().chain(&cell.unscored)).flat_map(|u| &u.members) {
            let exposure = &mut exposures[*index as usize];
            if *exposure > 0 {
                return number;
            }
            *exposure = 1;
        }
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
