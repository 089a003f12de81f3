//! Formulas of test theory, on numbers alone: what the right answers to new questions say about the real exam.
//!
//! They stand below everything that they are used for, so that a form can carry the numbers they need and a simulation
//! can try them without a bank.

mod domains;
mod evidence;
mod prediction;

pub use domains::{DomainMargin, domain_margins};
pub use evidence::{Evidence, RatedAnswer};
pub use prediction::{Assumptions, Prediction};
