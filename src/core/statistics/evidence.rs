//! What a candidate's answers to new questions amount to, as sums that can be added over several sittings.

use serde::{Deserialize, Serialize};

/// The answers to scored questions that the candidate had not seen before, of one sitting or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// How many sittings the questions come from.
    pub sittings: u32,
    /// The number of questions.
    pub questions: u32,
    /// How many of them were answered right.
    pub right: u32,
    /// Their raw cut: the sum of their Angoff ratings a, in raw points.
    pub cut: f64,
    /// The variance of a borderline candidate's raw score: the sum of a (1 − a), in squared raw points.
    pub variance: f64,
    /// What the mean of several ratings takes away of the error that each rater makes alone, in questions: the sum of
    /// 1 − 1/k, where k raters judged a question; 0 where each question has one rating.
    #[serde(default)]
    pub averaged_out: f64,
}

/// An answer to a question, with what is known of the question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatedAnswer {
    /// The question's Angoff rating, 0 to 1.
    pub rating: f64,
    /// How many raters it is the mean of, at least 1.
    pub raters: u32,
    /// Whether the answer is right.
    pub is_right: bool,
}

impl Evidence {
    /// The evidence of one sitting.
    #[must_use]
    pub fn of_sitting(answers: impl IntoIterator<Item = RatedAnswer>) -> Self {
        let start = Self { sittings: 1, ..Self::default() };
        answers.into_iter().fold(start, |sum, RatedAnswer { rating, raters, is_right }| Self {
            questions: sum.questions + 1,
            right: sum.right + u32::from(is_right),
            cut: sum.cut + rating,
            variance: sum.variance + rating * (1.0 - rating),
            averaged_out: sum.averaged_out + 1.0 - 1.0 / f64::from(raters.max(1)),
            ..sum
        })
    }

    /// This evidence and that of other sittings.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            sittings: self.sittings + other.sittings,
            questions: self.questions + other.questions,
            right: self.right + other.right,
            cut: self.cut + other.cut,
            variance: self.variance + other.variance,
            averaged_out: self.averaged_out + other.averaged_out,
        }
    }

    /// The share right less the share of the cut, from −1 to 1; 0 without questions.
    #[must_use]
    pub fn margin(&self) -> f64 {
        (f64::from(self.right) - self.cut) / f64::from(self.questions.max(1))
    }

    /// The cut as a share of the questions, 0 to 1; 0 without questions.
    #[must_use]
    pub fn cut_share(&self) -> f64 {
        self.cut / f64::from(self.questions.max(1))
    }
}
