//! Formulas of test theory, on numbers alone: what the right answers to new questions say about the real exam.
//!
//! They stand below everything that they are used for, so that a form can carry the numbers they need and a simulation
//! can try them without a bank.

/// Standard deviations on either side of a range that holds 95 % of a normal distribution.
pub const TWO_SIDED_95: f64 = 1.96;

mod domains;
mod evidence;
mod prediction;
mod trend;

pub use domains::{DomainMargin, domain_margins};
pub use evidence::{Evidence, RatedAnswer};
pub use prediction::{Assumptions, Prediction};
pub use trend::{Trend, trend};
