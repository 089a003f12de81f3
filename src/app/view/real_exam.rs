//! The real exam, as the candidate reports it.

use super::percent;
use examroom_core::scoring::Outcome;

/// `rhit passed on 2026-11-24`.
#[must_use]
pub fn went(exam: &str, outcome: Outcome, day: &str) -> String {
    let how = match outcome {
        Outcome::Pass => "passed",
        Outcome::Fail => "failed",
    };
    format!("{exam} {how} on {day}")
}

/// What the last estimate before it was, without its full stop.
#[must_use]
pub fn foretold(chance: f64) -> String {
    format!("The last estimate before it gave a chance of passing of {}", percent(chance.clamp(0.01, 0.99)))
}
