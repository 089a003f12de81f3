//! Whether a candidate would pass the real exam, and with what score.
//!
//! The share right on a mock, less the share of its cut, is regressed toward what is known of all candidates, since
//! the luckiest of many good scores is partly luck: T. L. Kelley, *Fundamentals of Statistics* (1947). Four errors
//! stand between it and the real exam: the sampling of the mock's questions, the error of the cut (the ratings' own),
//! the unlikeness of the two exams, and the sampling of the real exam's questions.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::{Evidence, TWO_SIDED_95};

/// How much of the binomial variance is left on a form: its questions differ in difficulty, which takes some away.
/// 0.92 fits ratings like those of the shipped banks.
const LEFT_OF_BINOMIAL: f64 = 0.92;

/// What is assumed of the candidates and of the ratings. All are shares of the questions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assumptions {
    /// The share of candidates who pass the real exam, between 0 and 1.
    pub pass_rate: f64,
    /// The standard deviation of the candidates' true shares right, above 0.
    pub spread: f64,
    /// The correlation of true shares on the mock and on the real exam, above 0, at most 1.
    pub likeness: f64,
    /// The standard deviation of the error that all ratings share.
    pub shared_error: f64,
    /// The standard deviation of each single rating's own error.
    pub rating_error: f64,
    /// The share of the variance of that error, 0 to 1, that raters who judge the same question do not have in common:
    /// only this share shrinks with their number.
    #[serde(default)]
    pub rater_independence: f64,
    /// The correlation of true shares in two domains, above 0, at most 1; without it each domain is judged by its own
    /// answers.
    #[serde(default = "unstated_domain_correlation")]
    pub domain_correlation: Option<f64>,
    /// Scored questions of the real exam.
    pub questions: u32,
}

/// What forms assume that were stored before it was a figure of the blueprint.
#[expect(clippy::unnecessary_wraps, reason = "the default of an optional field")]
fn unstated_domain_correlation() -> Option<f64> {
    Some(0.90)
}

impl Assumptions {
    /// The variance of the mean of these questions' ratings that comes from the error of each. Of the k ratings of a
    /// question the independent part is averaged: (1 − s) + s/k of a single rating's variance is left, s being
    /// [`Self::rater_independence`].
    pub(super) fn rating_variance(&self, evidence: &Evidence) -> f64 {
        let questions = f64::from(evidence.questions.max(1));
        let single = questions - self.rater_independence * evidence.averaged_out;
        self.rating_error.powi(2) * single / questions.powi(2)
    }

    /// The mean of all candidates' margins over a cut with this share, 0 to 1.
    pub(super) fn mean_margin(&self, cut: f64) -> f64 {
        normal_quantile(self.pass_rate) * (self.spread.powi(2) + self.sampling(cut)).sqrt()
    }

    /// The variance of a share right on the real exam that comes from the choice of its questions.
    fn sampling(&self, cut: f64) -> f64 {
        LEFT_OF_BINOMIAL * cut * (1.0 - cut) / f64::from(self.questions.max(1))
    }
}

/// What is expected of a candidate on the real exam: the share right less the share of its cut, normally distributed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The expected margin over the cut.
    pub mean: f64,
    /// The standard deviation of the margin that the candidate will reach.
    pub deviation: f64,
    /// The cut's share, 0 to 1, which is taken to be the real exam's too.
    cut: f64,
}

impl Prediction {
    /// Predicts the real exam from new answers.
    #[must_use]
    pub fn new(evidence: &Evidence, assumed: &Assumptions) -> Self {
        let questions = f64::from(evidence.questions.max(1));
        let cut = evidence.cut_share();
        let spread = assumed.spread.powi(2);
        let measurement = evidence.variance / questions.powi(2);
        let rating = assumed.shared_error.powi(2) + assumed.rating_variance(evidence);
        let observed = spread + measurement + rating;
        let mean = assumed.mean_margin(cut);
        let slope = assumed.likeness * spread / observed;
        let unexplained = spread - (assumed.likeness * spread).powi(2) / observed;
        Self {
            mean: mean + slope * (evidence.margin() - mean),
            deviation: (unexplained + assumed.sampling(cut)).max(0.0).sqrt(),
            cut,
        }
    }

    /// The probability, 0 to 1, that the candidate passes the real exam if it is sat now.
    #[must_use]
    pub fn chance(&self) -> f64 {
        normal_cdf(self.mean / self.deviation.max(f64::EPSILON))
    }

    /// The shares right on the real exam, 0 to 1, between which the candidate stays with a probability of 95 %.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        let (center, half) = (self.cut + self.mean, TWO_SIDED_95 * self.deviation);
        ((center - half).clamp(0.0, 1.0), (center + half).clamp(0.0, 1.0))
    }
}

pub(super) fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

fn normal_quantile(share: f64) -> f64 {
    Normal::standard().inverse_cdf(share.clamp(1e-9, 1.0 - 1e-9))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::{RHIT, RatedAnswer};

    /// A mock of 130 with a cut of 89.2, whose ratings spread so that a borderline score varies by 5.12 raw points.
    fn mock(right: u32) -> Evidence {
        Evidence { sittings: 1, questions: 130, right, cut: 89.2, variance: 5.12_f64.powi(2), averaged_out: 0.0 }
    }

    fn percent(evidence: &Evidence) -> f64 {
        (Prediction::new(evidence, &RHIT).chance() * 100.0).round()
    }

    #[test]
    fn the_published_table_is_met() {
        let told: Vec<f64> = (80..=110).step_by(5).map(|right| percent(&mock(right))).collect();
        assert_eq!(told, [30.0, 46.0, 63.0, 78.0, 89.0, 95.0, 98.0]);
    }

    #[test]
    fn one_score_is_worked_by_hand() {
        // sE² = 5.12²/130² = 0.0015512, sC² = 0.03² + 0.1²/130 = 0.0009769, sT² = 0.0081; their sum is 0.0106281.
        // sR² = 0.92 × 0.68615 × 0.31385 / 130 = 0.0015240; μ = 0.64335 × √0.0096240 = 0.063113.
        // b = 0.95 × 0.0081 / 0.0106281 = 0.72402; d = (95 − 89.2)/130 = 0.044615; m = 0.063113 − b × 0.018498 = 0.049720.
        // v + sR² = 0.0081 − 0.9025 × 0.0081²/0.0106281 + 0.0015240 = 0.0040527, of which the root is 0.063661.
        let prediction = Prediction::new(&mock(95), &RHIT);
        assert!((prediction.mean - 0.049_720).abs() < 2e-6, "{prediction:?}");
        assert!((prediction.deviation - 0.063_661).abs() < 2e-6, "{prediction:?}");
        let (low, high) = prediction.range();
        assert!((low - 0.611_10).abs() < 1e-5 && (high - 0.860_65).abs() < 1e-5, "{low} {high}");
    }

    #[test]
    fn of_two_mocks_the_mean_counts_and_their_own_errors_halve() {
        let both = Prediction::new(&mock(85).and(mock(105)), &RHIT);
        // sE² = 0.00077562 and sᵢ²/260 = 0.00003846; the shared error 0.0009 stays: 0.0098141 in all. b = 0.78407.
        assert!((both.mean - (0.063_113 - 0.784_07 * 0.018_498)).abs() < 3e-6, "{both:?}");
        assert!(both.deviation < Prediction::new(&mock(95), &RHIT).deviation);
    }

    #[test]
    fn several_raters_shrink_their_error_as_far_as_they_are_independent() {
        // Three raters each: 1 − 0.16 × (1 − 1/3) = 0.893 of a single rating's variance is left.
        let answers = [RatedAnswer { rating: 0.7, raters: 3, is_right: true }; 30];
        let three = Evidence::of_sitting(answers);
        let one = Evidence { averaged_out: 0.0, ..three };
        assert!((RHIT.rating_variance(&one) - 0.01 / 30.0).abs() < 1e-12);
        assert!((RHIT.rating_variance(&three) - 0.01 / 30.0 * (1.0 - 0.16 * 2.0 / 3.0)).abs() < 1e-12);
        let [alike, apart] = [0.0, 1.0].map(|rater_independence| Assumptions { rater_independence, ..RHIT });
        assert!((alike.rating_variance(&three) - alike.rating_variance(&one)).abs() < 1e-12);
        assert!((apart.rating_variance(&three) - 0.01 / 90.0).abs() < 1e-12);
    }

    #[test]
    fn without_an_error_the_chance_is_the_score_alone() {
        let certain = Assumptions { likeness: 1.0, shared_error: 0.0, rating_error: 0.0, questions: u32::MAX, ..RHIT };
        let perfect = |right| Evidence { variance: 0.0, ..mock(right) };
        assert!(Prediction::new(&perfect(89), &certain).chance() < 1e-6);
        assert!(Prediction::new(&perfect(90), &certain).chance() > 1.0 - 1e-6);
    }

    #[test]
    fn without_questions_the_chance_is_that_of_all_candidates() {
        let nothing = Evidence { variance: 1e12, ..mock(95) };
        let chance = Prediction::new(&nothing, &RHIT).chance();
        assert!((chance - 0.74).abs() < 1e-3, "{chance}");
    }

    fn assumptions() -> impl Strategy<Value = Assumptions> {
        let figures =
            (0.01_f64..0.99, 0.01_f64..0.4, 0.05_f64..1.0, 0.0_f64..0.4, 0.0_f64..0.4, 0.0_f64..=1.0, 1_u32..400);
        figures.prop_map(|(pass_rate, spread, likeness, shared_error, rating_error, rater_independence, questions)| {
            Assumptions {
                pass_rate,
                spread,
                likeness,
                shared_error,
                rating_error,
                rater_independence,
                domain_correlation: None,
                questions,
            }
        })
    }

    fn answers() -> impl Strategy<Value = Vec<RatedAnswer>> {
        let answer = (0.0_f64..=1.0, 1_u32..=5, any::<bool>());
        proptest::collection::vec(answer, 1..300).prop_map(|answers| {
            answers.into_iter().map(|(rating, raters, is_right)| RatedAnswer { rating, raters, is_right }).collect()
        })
    }

    proptest! {
        #[test]
        fn the_chance_rises_with_right_answers_and_is_a_chance(assumed in assumptions(), answers in answers()) {
            let mut before = 0.0;
            for right in 0..=answers.len() {
                let evidence = Evidence {
                    right: u32::try_from(right).unwrap(),
                    ..Evidence::of_sitting(answers.iter().copied())
                };
                let prediction = Prediction::new(&evidence, &assumed);
                let (low, high) = prediction.range();
                prop_assert!((0.0..=1.0).contains(&prediction.chance()));
                prop_assert!(prediction.chance() >= before);
                prop_assert!(0.0 <= low && low <= high && high <= 1.0);
                before = prediction.chance();
            }
        }

        #[test]
        fn the_range_of_a_whole_mock_holds_its_score_from_a_third_right_upward(right in 44_u32..=130) {
            let (low, high) = Prediction::new(&mock(right), &RHIT).range();
            let share = f64::from(right) / 130.0;
            prop_assert!(low <= share && share <= high, "{share} is not in {low} to {high}");
        }

        #[test]
        fn more_of_the_same_narrows_what_is_expected(assumed in assumptions(), answers in answers()) {
            let once = Evidence::of_sitting(answers);
            let twice = once.and(once);
            prop_assert!(Prediction::new(&twice, &assumed).deviation <= Prediction::new(&once, &assumed).deviation + 1e-12);
        }
    }
}
