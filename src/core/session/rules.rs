//! The conditions of a sitting, which decide what the session allows.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Mode;

/// The conditions of the sitting, chosen before it begins and stored with the attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How much longer the time limits are than the exam's.
    #[serde(alias = "pace")]
    pub time_allowance: TimeAllowance,
    /// What happens to the clock while the candidate is away.
    #[serde(alias = "leaving")]
    pub away_policy: AwayPolicy,
    /// How the form is sat.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: Mode,
    /// Whether the candidate may say how sure each answer is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub confidence: ConfidencePolicy,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Rules {
    /// The exam's own time limits, and a clock that stops while the candidate is away.
    pub const ORDINARY: Self = Self {
        time_allowance: TimeAllowance::Ordinary,
        away_policy: AwayPolicy::StopsClock,
        mode: Mode::Exam,
        confidence: ConfidencePolicy::NotAsked,
    };

    /// The rules of practice: the reason after each question.
    #[must_use]
    pub const fn practice(time_allowance: TimeAllowance) -> Self {
        Self {
            time_allowance,
            away_policy: AwayPolicy::StopsClock,
            mode: Mode::Practice,
            confidence: ConfidencePolicy::Asked,
        }
    }
}

/// The time allowed, as a multiple of the exam's time limits. More than that is an accommodation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeAllowance {
    /// The exam's own time limits.
    #[default]
    Ordinary,
    /// 1.25 times the limits.
    Quarter,
    /// 1.5 times the limits.
    Half,
    /// Twice the limits.
    Double,
    /// As long as the candidate likes, which only practice gives.
    Unlimited,
}

/// A time limit that nobody reaches.
const WITHOUT_LIMIT: Duration = Duration::from_hours(100 * 365 * 24);

impl TimeAllowance {
    /// All allowances of an exam, each with the factor by which people name it.
    pub const ALL: [(&'static str, Self); 4] =
        [("1", Self::Ordinary), ("1.25", Self::Quarter), ("1.5", Self::Half), ("2", Self::Double)];

    /// Whether there is a limit: a clock to be shown, and minutes to be named.
    #[must_use]
    pub fn is_limited(self) -> bool {
        self != Self::Unlimited
    }

    /// The time limit that this allowance makes of the exam's; 100 years if there is none.
    #[must_use]
    pub fn of(self, time: Duration) -> Duration {
        match self {
            Self::Ordinary => time,
            Self::Quarter => time * 5 / 4,
            Self::Half => time * 3 / 2,
            Self::Double => time * 2,
            Self::Unlimited => WITHOUT_LIMIT,
        }
    }
}

/// What happens to the clock while the candidate is away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwayPolicy {
    /// The clock stops until the candidate returns, and the report says for how long it stood still.
    #[default]
    StopsClock,
    /// The clock keeps running, as at a test center.
    ClockRuns,
}

/// Whether the candidate may say how sure each answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfidencePolicy {
    /// No: the real exams do not ask.
    #[default]
    NotAsked,
    /// Where the candidate likes to.
    Asked,
}
