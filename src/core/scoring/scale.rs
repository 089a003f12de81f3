//! Converts raw scores to scaled scores.
//!
//! Forms differ in difficulty, so their raw cuts differ; on the scale, the cut is the same for all. The conversion is
//! piecewise linear, with a knot at the cut: a raw score of zero maps to the scale's lowest point, the raw cut to the
//! pass mark, and a perfect score to the highest point. Scaled scores are rounded down, so that a failing score never
//! shows the pass mark. The owners of the exams do not publish their conversions. This one is an assumption, and the
//! simplest that meets the three points that they do publish.

use super::Outcome;
use crate::form::{Form, ScalePoints};

/// The conversion for one form.
///
/// # Examples
///
/// ```
/// use examroom_core::form::ScalePoints;
/// use examroom_core::scoring::Scaling;
///
/// let points = ScalePoints { lowest: 100, pass: 300, highest: 400 };
/// let scaling = Scaling { points, cut: 91.0, questions: 130 };
/// assert_eq!(scaling.needed(), 91);
/// assert_eq!([0, 90, 91, 130].map(|right| scaling.scaled(right)), [100, 297, 300, 400]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaling {
    /// The points of the reported scale.
    pub points: ScalePoints,
    /// The raw cut, in raw points: 0 to `questions`.
    pub cut: f64,
    /// The number of scored questions on the form.
    pub questions: u32,
}

impl Scaling {
    /// The conversion for a form.
    #[must_use]
    pub fn of(form: &Form) -> Self {
        let questions = u32::try_from(form.scored().count()).unwrap_or(u32::MAX);
        Self { points: form.scale, cut: form.cut(), questions }
    }

    /// The smallest number of right answers that passes, or all of them if none does. Every screen and report takes the
    /// number from here, so that none asks a candidate who passed for one more.
    #[must_use]
    pub fn needed(&self) -> u32 {
        (0..self.questions).find(|right| self.outcome(*right) == Outcome::Pass).unwrap_or(self.questions)
    }

    /// Whether this many right answers pass.
    #[must_use]
    pub fn outcome(&self, right: u32) -> Outcome {
        // A sum of ratings carries rounding error: a cut of 91.000000001 means 91.
        if f64::from(right) + 1e-6 >= self.cut { Outcome::Pass } else { Outcome::Fail }
    }

    /// How many points of the scale one more right answer is worth, on the line that `right` lies on.
    #[must_use]
    pub fn slope(&self, right: u32) -> f64 {
        let ScalePoints { lowest, pass, highest } = self.points;
        match self.outcome(right) {
            Outcome::Fail => f64::from(pass - lowest) / self.cut.max(f64::EPSILON),
            Outcome::Pass => f64::from(highest - pass) / (f64::from(self.questions) - self.cut).max(f64::EPSILON),
        }
    }

    /// The scaled score of this many right answers: from the lowest to the highest point, and at or above the pass mark
    /// exactly if the outcome is a pass.
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

/// The scaled score, not rounded, of a share right, where `cut` is the share of the cut; both 0 to 1.
pub(super) fn scaled_share(points: ScalePoints, cut: f64, share: f64) -> f64 {
    let ScalePoints { lowest, pass, highest } = points;
    let (lowest, pass, highest) = (f64::from(lowest), f64::from(pass), f64::from(highest));
    if share < cut {
        lowest + (pass - lowest) * share / cut.max(f64::EPSILON)
    } else {
        pass + (highest - pass) * (share - cut) / (1.0 - cut).max(f64::EPSILON)
    }
}

/// Rounds down, unless the number is just below a whole one because of rounding error.
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
    fn the_conversion_meets_the_three_points_of_the_scale() {
        let scaling = Scaling { points: POINTS, cut: 91.0, questions: 130 };
        assert_eq!(scaling.scaled(0), 100);
        assert_eq!(scaling.scaled(90), 297);
        assert_eq!(scaling.scaled(91), 300);
        assert_eq!(scaling.scaled(130), 400);
    }

    #[test]
    fn the_number_needed_is_the_smallest_that_passes() {
        // In floating point, 100 ratings of 0.7 add up to a little more than 70.
        let sum: f64 = std::iter::repeat_n(0.7, 100).sum();
        assert!(sum > 70.0);
        assert_eq!(Scaling { points: POINTS, cut: sum, questions: 100 }.needed(), 70);
        assert_eq!(Scaling { points: POINTS, cut: 70.1, questions: 100 }.needed(), 71);
        assert_eq!(Scaling { points: POINTS, cut: 0.0, questions: 0 }.needed(), 0);
    }

    #[test]
    fn a_cut_at_either_end_of_the_range_works() {
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
