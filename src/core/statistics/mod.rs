//! Formulas of test theory, on numbers alone: what the right answers to new questions say about the real exam.
//!
//! They stand below everything that they are used for, so that a form can carry the numbers they need and a simulation
//! can try them without a bank.

/// Standard deviations on either side of a range that holds 95 % of a normal distribution.
pub const TWO_SIDED_95: f64 = 1.96;

mod agreement;
mod domains;
mod evidence;
mod prediction;
mod trend;

pub use agreement::Agreement;
pub use domains::{DomainMargin, domain_margins};
pub use evidence::{Evidence, RatedAnswer};
pub use prediction::{Assumptions, Prediction};
pub use trend::{Trend, trend};

/// What tests assume: the figures of the shipped RHIT.
#[cfg(test)]
pub(crate) const RHIT: Assumptions = Assumptions {
    pass_rate: 0.74,
    spread: 0.09,
    likeness: 0.95,
    shared_error: 0.03,
    rating_error: 0.10,
    rater_independence: 0.16,
    domain_correlation: Some(0.90),
    questions: 130,
};
