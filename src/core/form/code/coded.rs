//! The form of a code, and the codes of a series of forms.

use jiff::civil::Date;

use super::{Assembly, FormCode, MOST_DISJOINT, Prints, SERIES};
use crate::bank::Bank;
use crate::blueprint::Blueprint;
use crate::form::{AssemblyError, Exposure, Form, Plan, Request, assemble};

/// Draws the form of a code, whose exam has no [difference](FormCode::differences). It depends on nothing but the code
/// and the exam, so it says nothing of what a candidate has seen.
///
/// # Errors
///
/// An [`AssemblyError`] if the exam is another, or its bank too small.
pub fn coded_form(code: &FormCode, blueprint: &Blueprint, bank: &Bank) -> Result<Form, AssemblyError> {
    let mut series = Series::new(blueprint, bank);
    for number in 0..code.number {
        series.draw(code, number)?;
    }
    let form = series.draw(code, code.number)?;
    Ok(Form { code: Some(code.to_string()), background: None, ..form })
}

/// Why there are no codes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCodes {
    /// The day is beyond what a code can hold.
    #[error("a form code holds days from 2024 to the middle of 2046, and not {0}")]
    Day(Date),
    /// More forms than a series of codes tells apart.
    #[error("form codes tell at most {MOST_DISJOINT} forms without a common question apart")]
    TooMany,
    /// The series has fewer forms without a common question; another may have more.
    #[error("the bank yields no {wanted} forms without a common question")]
    Shared {
        /// How many were asked for.
        wanted: u32,
    },
    /// No form can be drawn.
    #[error(transparent)]
    Assembly(#[from] AssemblyError),
}

/// The codes of the first forms of a series (there are [`SERIES`] of them), which share no question.
///
/// # Errors
///
/// If there are no such codes: see [`NoCodes`].
pub fn disjoint_codes(
    blueprint: &Blueprint,
    bank: &Bank,
    day: Date,
    series: u32,
    forms: u32,
) -> Result<Vec<FormCode>, NoCodes> {
    if forms > MOST_DISJOINT {
        return Err(NoCodes::TooMany);
    }
    let prints = Prints::of(blueprint, bank);
    let code = |number| FormCode::new(day, series % SERIES, number, &prints).ok_or(NoCodes::Day(day));
    let codes = (0..forms).map(code).collect::<Result<Vec<_>, _>>()?;
    let mut drawn = Series::new(blueprint, bank);
    for (number, code) in (0..).zip(&codes) {
        let before = drawn.seen.0.len();
        let form = drawn.draw(code, number)?;
        if drawn.seen.0.len() - before < form.len() {
            return Err(NoCodes::Shared { wanted: forms });
        }
    }
    Ok(codes)
}

/// Forms drawn one after another, each as for a candidate who has sat those before.
struct Series<'s> {
    blueprint: &'s Blueprint,
    bank: &'s Bank,
    plan: Plan,
    seen: Exposure,
}

impl<'s> Series<'s> {
    fn new(blueprint: &'s Blueprint, bank: &'s Bank) -> Self {
        Self { blueprint, bank, plan: Plan::mock(blueprint), seen: Exposure::default() }
    }

    /// The next form, which has this number.
    fn draw(&mut self, code: &FormCode, number: u32) -> Result<Form, AssemblyError> {
        let request = Request { plan: &self.plan, seed: code.seed_of(number), day: code.day, exposure: &self.seen };
        let form = match code.assembly {
            Assembly::First => assemble(self.blueprint, self.bank, &request)?,
        };
        for id in form.item_ids() {
            *self.seen.0.entry(id.clone()).or_default() += 1;
        }
        Ok(form)
    }
}
