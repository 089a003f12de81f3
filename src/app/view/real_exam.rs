//! The real exam, as the candidate reports it.

use super::percent;
use examroom_core::scoring::Outcome;

/// How a real exam went, and what the last estimate before it was: a sentence or two.
#[must_use]
pub fn real_exam(exam: &str, outcome: Outcome, day: &str, chance_before: Option<f64>) -> String {
    let before = chance_before.map_or_else(String::new, |chance| format!(" {}.", foretold(chance)));
    format!("{}.{before}", went(exam, outcome, day))
}

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
