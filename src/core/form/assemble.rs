//! Blueprint, bank and request → form.
//!
//! A form is a function of the request: the same seed, bank, day and exposure give the same form on every machine. The
//! module header of [`form`](super) lists the steps.

use std::collections::HashMap;

use jiff::civil::Date;

use super::balance::{self, CutTarget};
use super::cell_draw::CellDraw;
use super::draw::Draw;
use super::eligible::Eligible;
use super::error::AssemblyError;
use super::lay_out::lay_out;
use super::parallel::{Goal, make_parallel};
use super::plan::Plan;
use super::selection::Selection;
use super::separate::separate_near_duplicates;
use super::{Background, Form, Origin};
use crate::bank::Bank;
use crate::blueprint::Blueprint;
use crate::id::ItemId;
use crate::seed::{Seed, Stream};

/// How many times a candidate has seen each item. Items that are absent have not been seen.
#[derive(Clone, Debug, Default)]
pub struct Exposure(pub HashMap<ItemId, u32>);

impl Exposure {
    /// How many times the candidate has seen an item.
    #[must_use]
    pub fn times(&self, item: &ItemId) -> u32 {
        self.0.get(item).copied().unwrap_or(0)
    }

    /// Adds what was seen elsewhere.
    pub fn add(&mut self, other: Self) {
        for (item, times) in other.0 {
            *self.0.entry(item).or_default() += times;
        }
    }

    /// The exposure of each of a bank's items, by index.
    fn of_items(&self, bank: &Bank) -> Vec<u32> {
        if self.0.is_empty() {
            return vec![0; bank.items.len()];
        }
        bank.items.iter().map(|item| self.times(&item.id)).collect()
    }
}

/// Which form to assemble from a bank.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// How many questions each cell gets, and how much time each section.
    pub plan: &'r Plan,
    /// Decides everything that is left to chance.
    pub seed: Seed,
    /// The day of the sitting. Items that are not valid on it are left out.
    pub day: Date,
    /// What the candidate has seen before. Less exposed items are drawn first.
    pub exposure: &'r Exposure,
}

/// Assembles a form.
///
/// # Errors
///
/// An [`AssemblyError`] if the bank cannot fill the plan, or if the search for a way to fill it reached its limit.
pub fn assemble(blueprint: &Blueprint, bank: &Bank, request: &Request<'_>) -> Result<Form, AssemblyError> {
    let eligible = Eligible::new(bank, request.day);
    let mut draw = Draw::new(&eligible, request.plan, request.seed, &request.exposure.of_items(bank))?;
    let mut drawn = draw.run()?;
    let mut selected = Selection::of(drawn.iter().flat_map(CellDraw::on_form), &eligible);
    let target = CutTarget::of(blueprint, &eligible, request.plan);
    let goal = Goal::new(blueprint, &eligible, request.plan, target);
    let mut rng = request.seed.stream(Stream::Balance);
    make_parallel(&goal, &mut drawn, &mut selected, &eligible, &mut rng);
    balance::balance(target, &mut drawn, &mut selected, &eligible, &mut rng);
    let near_duplicates = separate_near_duplicates(&mut draw, &mut drawn, &goal, target, &mut rng);
    let form = Form { near_duplicates, ..lay_out(blueprint, &eligible, request.plan, request.seed, &drawn) };
    let background = Background::new(Origin::Recorded, &form, request.exposure);
    Ok(Form { background: Some(background), ..form })
}
