//! What is kept of a finished attempt's score, so that looking back over many attempts reads and scores none of them.

use serde::{Deserialize, Serialize};

use super::{Completion, Forecast, Outcome, RawScore, ScoreReport};
use crate::form::{Kind, ScalePoints};
use crate::session::{AttemptKind, Session};
use crate::statistics::Evidence;

/// The score of a finished attempt in short. It is stored, so fields that come later need a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreSummary {
    /// How far the sitting went.
    pub completion: Completion,
    /// The score on the scored questions; in practice, on those that count as answered.
    pub raw: RawScore,
    /// Whether that passes.
    pub outcome: Outcome,
    /// The points of the reported scale.
    pub scale: ScalePoints,
    /// The estimate of the scaled score; `None` if the form was not the whole exam, or was practice.
    pub scaled: Option<u32>,
    /// The standard error of measurement, in points of the scale.
    pub standard_error: f64,
    /// How many of the scored questions were new to the candidate; `None` if that is not known.
    pub new_questions: Option<u32>,
    /// What was expected of the real exam after this sitting.
    pub real_exam: Option<Forecast>,
    /// What the sitting adds to the forecasts of later ones.
    pub contribution: Evidence,
}

impl ScoreSummary {
    /// The summary of a finished session's report.
    #[must_use]
    pub fn of(session: &Session, report: &ScoreReport) -> Self {
        let is_practice = session.kind() == AttemptKind::Practice;
        Self {
            completion: report.completion,
            // What was left out of practice was not wrong.
            raw: if is_practice { report.answered } else { report.raw },
            outcome: report.outcome,
            scale: report.scale,
            scaled: (report.kind == Kind::Mock && !is_practice).then_some(report.scaled),
            standard_error: report.standard_error.scaled,
            new_questions: report.new_questions,
            real_exam: report.real_exam,
            contribution: if is_practice { Evidence::default() } else { report.contribution() },
        }
    }
}
