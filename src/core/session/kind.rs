//! What an attempt is to its candidate: what its score may be called, and what it may be counted with.

use serde::{Deserialize, Serialize};

use super::Rules;
use crate::form::{Form, Kind};
use crate::word::words;

/// How a form is sat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Under the exam's conditions: nothing is told before the end.
    #[default]
    Exam,
    /// Question by question, each with its reasons as soon as it is answered.
    Practice,
    /// On a printed booklet; the answers were entered from a sheet.
    Paper,
}

/// The kinds of attempts, which a history lists apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttemptKind {
    /// The whole exam, under its conditions.
    Mock,
    /// A shorter exam, under its conditions.
    Rehearsal,
    /// Practice with the reasons at once. Its answers say nothing about an exam.
    Practice,
    /// A form on paper.
    Paper,
}

words! { AttemptKind { Mock: "mock", Rehearsal: "rehearsal", Practice: "practice", Paper: "paper" } }

impl AttemptKind {
    /// The kind of an attempt at a form under these rules.
    #[must_use]
    pub fn of(form: &Form, rules: Rules) -> Self {
        match (rules.mode, form.kind) {
            (Mode::Practice, _) => Self::Practice,
            (Mode::Paper, _) => Self::Paper,
            (Mode::Exam, Kind::Mock) => Self::Mock,
            (Mode::Exam, Kind::Rehearsal) => Self::Rehearsal,
        }
    }
}
