//! Blueprint + bank + seed → form.
//!
//! The questions are drawn (`draw`), swaps bring the raw cut to the exam's target (`balance`), and the order of questions
//! and choices is drawn (`lay_out`). Everything is a function of the request: the same seed, bank, day and history give
//! the same form.

use std::collections::HashMap;

use jiff::civil::Date;

use super::Form;
use super::apart::keep_apart;
use super::balance::{self, Aim};
use super::draw::{CellDraw, Draw};
use super::eligible::Eligible;
use super::lay_out::lay_out;
use super::plan::Plan;
use super::refusal::NoForm;
use super::selection::Selection;
use crate::bank::Bank;
use crate::blueprint::Blueprint;
use crate::id::ItemId;
use crate::seed::{Seed, Stream};

/// How often a candidate has seen each question.
#[derive(Clone, Debug, Default)]
pub struct Exposure(pub HashMap<ItemId, u32>);

impl Exposure {
    #[must_use]
    pub fn times(&self, item: &ItemId) -> u32 {
        self.0.get(item).copied().unwrap_or(0)
    }

    /// Of each of a bank's items.
    fn of_items(&self, bank: &Bank) -> Vec<u32> {
        if self.0.is_empty() {
            return vec![0; bank.items.len()];
        }
        bank.items.iter().map(|item| self.times(&item.id)).collect()
    }
}

/// What to draw.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    pub plan: &'r Plan,
    pub seed: Seed,
    /// The day of the sitting: out-of-date questions are left out.
    pub day: Date,
    pub exposure: &'r Exposure,
}

/// Draws a form.
///
/// # Errors
/// Why there is none.
pub fn assemble(blueprint: &Blueprint, bank: &Bank, request: &Request<'_>) -> Result<Form, NoForm> {
    let eligible = Eligible::new(bank, request.day);
    let mut draw = Draw::new(&eligible, request.plan, request.seed, &request.exposure.of_items(bank))?;
    let mut drawn = draw.questions()?;
    let mut selected = Selection::by(drawn.iter().flat_map(CellDraw::on_form), &eligible);
    let aim = Aim::of(blueprint, &eligible, request.plan);
    let mut rng = request.seed.stream(Stream::Balance);
    balance::balance_to(aim, &mut drawn, &mut selected, &eligible, &mut rng);
    let near_copies = keep_apart(&mut draw, &mut drawn, aim, &mut rng);
    Ok(Form { near_copies, ..lay_out(blueprint, &eligible, request.plan, request.seed, &drawn) })
}
