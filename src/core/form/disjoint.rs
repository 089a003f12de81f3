//! Whether a bank gives a form, and how many that share no question.

use jiff::civil::Date;

use super::draw::{CellDraw, Draw};
use super::eligible::Eligible;
use super::{Exposure, Form, NoForm, Plan, Request, assemble};
use crate::bank::{Bank, supply};
use crate::blueprint::Blueprint;
use crate::seed::Seed;

/// So many seeds are tried before a form counts as not found: what one search gives up, another may find.
const SEEDS: u64 = 8;
/// So many rows of disjoint forms are drawn at most: what the first forms of a row take decides how long it gets.
const ROWS: u32 = 4;

/// Draws one form, to show that one can be drawn at all.
///
/// # Errors
/// Why there is none.
pub fn one_form(blueprint: &Blueprint, bank: &Bank, day: Date) -> Result<Form, NoForm> {
    let plan = Plan::mock(blueprint);
    let exposure = Exposure::default();
    let draw = |seed| assemble(blueprint, bank, &Request { plan: &plan, seed: Seed(seed), day, exposure: &exposure });
    (1..SEEDS).fold(draw(0), |form, seed| match form {
        Err(NoForm::NotFound) => draw(seed),
        known => known,
    })
}

/// Draws forms one after the other, each from what the earlier ones have left, until none can be drawn. The proof is in
/// the drawing: counts alone would overlook enemies and cases. `progress` hears how many were drawn, of at most how many.
#[must_use]
pub fn disjoint_forms(blueprint: &Blueprint, bank: &Bank, day: Date, progress: &mut dyn FnMut(u32, u32)) -> u32 {
    let most = upper_bound(blueprint, bank, day);
    let plan = Plan::mock(blueprint);
    let mut best = 0;
    for row in 0..ROWS {
        let mut eligible = Eligible::new(bank, day);
        let mut drawn = 0;
        while drawn < most && draw_and_close(&mut eligible, &plan, Seed(u64::from(row * most + drawn))) {
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

/// Draws a form from questions that are still open, and closes them for the next; whether there was one.
fn draw_and_close(eligible: &mut Eligible<'_>, plan: &Plan, seed: Seed) -> bool {
    let unseen = vec![0; eligible.bank.items.len()];
    let drawn = Draw::new(eligible, plan, seed, &unseen).and_then(|mut draw| draw.questions());
    match drawn {
        Ok(drawn) => {
            eligible.close(drawn.iter().flat_map(CellDraw::on_form));
            true
        }
        Err(_) => false,
    }
}

/// What the counts of the cells allow.
fn upper_bound(blueprint: &Blueprint, bank: &Bank, day: Date) -> u32 {
    let cells = supply(blueprint, bank, day);
    let scored = cells.iter().filter(|cell| cell.scored_wanted > 0);
    let most = scored.map(|cell| cell.operational / cell.scored_wanted).min().unwrap_or(0);
    (1..=most).rev().find(|forms| cells.iter().all(|cell| cell.missing_for(*forms) == 0)).unwrap_or(0)
}
