//! How an exam is to be sat: the choices before it, on the first page, and by themselves where one was not understood.

use askama::Template;

use crate::frame::{Assets, Frame, STYLESHEET};
use crate::room::Banner;
use examroom_app::view::SafeText;
use examroom_core::session::{AwayPolicy, ConfidencePolicy, TimeAllowance};

/// The choices as a part of a page.
#[derive(Clone, Debug, Template)]
#[template(path = "take-form.html")]
pub struct TakeForm {
    /// The exam's id.
    pub exam: SafeText,
    /// Which of its questions.
    pub which: Which,
    /// What stands in the field of a rehearsal's length.
    pub items: SafeText,
    /// What stands in the field of the code.
    pub code: SafeText,
    /// How much more time than the exam's.
    pub time: TimeAllowance,
    /// Whether the clock runs while the candidate is away.
    pub clock: AwayPolicy,
    /// Whether it is asked how sure the candidate is.
    pub confidence: ConfidencePolicy,
}

/// Which of an exam's questions are sat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// As many as the exam has.
    Whole,
    /// Fewer.
    Rehearsal,
    /// Those of a form code.
    Coded,
}

impl Which {
    /// Each with the word that stands for it in a form.
    pub const ALL: [(&'static str, Self); 3] =
        [("whole", Self::Whole), ("rehearsal", Self::Rehearsal), ("code", Self::Coded)];
}

impl TakeForm {
    /// A short rehearsal of an exam, under its own rules.
    #[must_use]
    pub fn new(exam: SafeText) -> Self {
        Self {
            exam,
            which: Which::Rehearsal,
            items: "20".into(),
            code: SafeText::default(),
            time: TimeAllowance::Ordinary,
            clock: AwayPolicy::StopsClock,
            confidence: ConfidencePolicy::NotAsked,
        }
    }

    /// The times that can be chosen, each with its number and its words.
    fn times() -> impl Iterator<Item = (&'static str, String, TimeAllowance)> {
        let words = |number: &str, time| match time {
            TimeAllowance::Ordinary => "the exam's own".to_owned(),
            _ => format!("{number} times the exam's"),
        };
        TimeAllowance::ALL.into_iter().map(move |(number, time)| (number, words(number, time), time))
    }
}

/// The choices by themselves.
#[derive(Debug, Template)]
#[template(path = "take.html")]
pub struct TakePage<'p> {
    /// What is around them.
    pub frame: Frame<'p>,
    /// What was not understood, or why it cannot be.
    pub told: Vec<Banner>,
    /// The choices as they were made.
    pub form: TakeForm,
}
