//! Raw score → scaled score.
//!
//! Two straight lines that meet at the cut: no right answer is the scale's lowest point, the raw cut is the pass mark,
//! every answer right is the highest point. Rounded down, so that a fail never shows the pass mark. The owners do not
//! publish their conversions; this one is assumed, and is the simplest that honors the three points they do name.

use super::Outcome;
use crate::form::{Form, ScalePoints};

/// The conversion of one form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaling {
    pub points: ScalePoints,
    /// In raw points; between 0 and the number of questions.
    pub cut: f64,
    /// Scored questions on the form.
    pub questions: u32,
}

impl Scaling {
    #[must_use]
    pub fn of(form: &Form) -> Self {
        let questions = u32::try_from(form.scored().count()).unwrap_or(u32::MAX);
        Self { points: form.scale, cut: form.cut(), questions }
    }

    /// The least number of right answers that passes. Whoever names such a number asks here, so that nobody who passed
    /// is told that one more was needed.
    #[must_use]
    pub fn needed(&self) -> u32 {
        (0..self.questions).find(|right| self.outcome(*right) == Outcome::Pass).unwrap_or(self.questions)
    }

    #[must_use]
    pub fn outcome(&self, right: u32) -> Outcome {
        // Sums of ratings carry rounding noise; a cut of 91.000000001 is a cut of 91.
        if f64::from(right) + 1e-6 >= self.cut { Outcome::Pass } else { Outcome::Fail }
    }

    /// Scaled points for one more right answer, on the line that `right` lies on.
    #[must_use]
    pub fn slope(&self, right: u32) -> f64 {
        let ScalePoints { lowest, pass, highest } = self.points;
        match self.outcome(right) {
            Outcome::Fail => f64::from(pass - lowest) / self.cut.max(f64::EPSILON),
            Outcome::Pass => f64::from(highest - pass) / (f64::from(self.questions) - self.cut).max(f64::EPSILON),
        }
    }

    #[must_use]
    pub fn scaled(&self, right: u32) -> u32 {
        let ScalePoints { lowest, pass, highest } = self.points;
        if right >= self.questions && self.outcome(right) == Outcome::Pass {
            return highest;
        }
        match self.outcome(right) {
            Outcome::Fail => whole(f64::from(lowest) + self.slope(right) * f64::from(right)).clamp(lowest, pass - 1),
            Outcome::Pass => {
                let above = (f64::from(right) - self.cut).max(0.0);
                whole(f64::from(pass) + self.slope(right) * above).clamp(pass, highest)
            }
        }
    }
}

/// Rounds down, forgiving the last digits of a binary fraction.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of u32 before the cast"
)]
fn whole(points: f64) -> u32 {
    (points + 1e-9).floor().clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POINTS: ScalePoints = ScalePoints { lowest: 100, pass: 300, highest: 400 };

    #[test]
    fn the_three_points_of_the_scale_are_met() {
        let scaling = Scaling { points: POINTS, cut: 91.0, questions: 130 };
        assert_eq!(scaling.scaled(0), 100);
        assert_eq!(scaling.scaled(90), 297);
        assert_eq!(scaling.scaled(91), 300);
        assert_eq!(scaling.scaled(130), 400);
    }

    #[test]
    fn as_many_are_needed_as_pass() {
        // 100 ratings of 0.7 add up to a little more than 70.
        let sum: f64 = std::iter::repeat_n(0.7, 100).sum();
        assert!(sum > 70.0);
        assert_eq!(Scaling { points: POINTS, cut: sum, questions: 100 }.needed(), 70);
        assert_eq!(Scaling { points: POINTS, cut: 70.1, questions: 100 }.needed(), 71);
        assert_eq!(Scaling { points: POINTS, cut: 0.0, questions: 0 }.needed(), 0);
    }

    #[test]
    fn a_cut_at_either_end_does_no_harm() {
        assert_eq!(Scaling { points: POINTS, cut: 0.0, questions: 0 }.scaled(0), 400);
        assert_eq!(Scaling { points: POINTS, cut: 5.0, questions: 5 }.scaled(5), 400);
        assert_eq!(Scaling { points: POINTS, cut: 5.0, questions: 5 }.scaled(4), 260);
    }

    proptest! {
        #[test]
        fn the_scale_rises_and_a_fail_never_shows_the_pass_mark(questions in 1_u32..400, share in 0.01_f64..0.99) {
            let scaling = Scaling { points: POINTS, cut: share * f64::from(questions), questions };
            let mut before = 0;
            for right in 0..=questions {
                let scaled = scaling.scaled(right);
                prop_assert_eq!(scaling.outcome(right) == Outcome::Pass, right >= scaling.needed());
                prop_assert!(scaled >= before, "{scaled} after {before}");
                prop_assert!((100..=400).contains(&scaled));
                match scaling.outcome(right) {
                    Outcome::Pass => prop_assert!(scaled >= 300),
                    Outcome::Fail => prop_assert!(scaled < 300),
                }
                before = scaled;
            }
        }
    }
}
