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
}

impl Evidence {
    /// The evidence of one sitting: the Angoff rating of each question, and whether it was answered right.
    #[must_use]
    pub fn of_sitting(answers: impl IntoIterator<Item = (f64, bool)>) -> Self {
        let start = Self { sittings: 1, ..Self::default() };
        answers.into_iter().fold(start, |sum, (rating, is_right)| Self {
            questions: sum.questions + 1,
            right: sum.right + u32::from(is_right),
            cut: sum.cut + rating,
            variance: sum.variance + rating * (1.0 - rating),
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
