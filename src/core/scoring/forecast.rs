//! What new answers say about the real exam, in points of its scale.

use serde::{Deserialize, Serialize};

use super::scale::scaled_share;
use super::{Completion, ItemScore, Mark};
use crate::form::{Form, ScalePoints};
use crate::statistics::{Assumptions, Evidence, Prediction, RatedAnswer};

/// A sitting with fewer new scored questions says too little by itself: no chance and no range rest on it.
///
/// The simulation (`tests/simulation`) decides: it is the smallest number, in tens, whose answers foretell either
/// shipped exam at least four fifths as well as a whole mock's do, measured by how much the Brier score falls below that
/// of telling everyone the pass rate. 60 questions reach 85 % (RHIT) and 80 % (CTR), 50 reach 81 and 77.
pub const FEWEST_NEW: u32 = 60;

/// What is expected of the real exam, if it is sat now.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// What it rests on.
    pub basis: Basis,
    /// How many sittings its questions come from.
    pub sittings: u32,
    /// How many new scored questions it rests on.
    pub questions: u32,
    /// The probability of passing, 0 to 1.
    #[serde(rename = "chance_of_passing")]
    pub chance: f64,
    /// The scaled score that the candidate reaches with a probability of 97.5 %, rounded down to tens.
    #[serde(rename = "score_low")]
    pub low: u32,
    /// The scaled score above which the candidate stays with a probability of 2.5 %, rounded up to tens.
    #[serde(rename = "score_high")]
    pub high: u32,
}

/// Which sittings a forecast rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// This one, and earlier ones if there are any.
    ThisSitting,
    /// Earlier ones only, because this one had too few new questions.
    EarlierSittings,
}

/// What the new ones among these scored questions say. Of a form that was submitted early, only what was answered counts.
pub(super) fn evidence<'i>(
    form: &Form,
    items: impl Iterator<Item = &'i ItemScore>,
    completion: Completion,
) -> Evidence {
    let new = items.filter(|item| item.scored && item.is_new() && is_judged(item, completion));
    Evidence::of_sitting(new.filter_map(|item| {
        let question = form.question(item.slot)?;
        let raters = u32::try_from(question.item.ratings.len()).unwrap_or(u32::MAX).max(1);
        Some(RatedAnswer { rating: question.rating(form.default_rating), raters, is_right: item.mark == Mark::Right })
    }))
}

/// Whether a question says something about the candidate.
pub(super) fn is_judged(item: &ItemScore, completion: Completion) -> bool {
    completion != Completion::SubmittedEarly || matches!(item.mark, Mark::Right | Mark::Wrong)
}

/// The forecast from a sitting and those before it; `None` if neither has enough new questions.
#[must_use]
pub fn forecast(assumed: &Assumptions, points: ScalePoints, own: Evidence, earlier: Evidence) -> Option<Forecast> {
    let (basis, evidence) = if own.questions >= FEWEST_NEW {
        (Basis::ThisSitting, own.and(earlier))
    } else if earlier.questions >= FEWEST_NEW {
        (Basis::EarlierSittings, earlier)
    } else {
        return None;
    };
    let prediction = Prediction::new(&evidence, assumed);
    let (low, high) = prediction.range();
    let scaled = |share| scaled_share(points, evidence.cut_share(), share);
    Some(Forecast {
        basis,
        sittings: evidence.sittings,
        questions: evidence.questions,
        chance: prediction.chance(),
        low: tens(scaled(low), f64::floor).clamp(points.lowest, points.highest),
        high: tens(scaled(high), f64::ceil).clamp(points.lowest, points.highest),
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a point of the scale")]
fn tens(points: f64, round: impl Fn(f64) -> f64) -> u32 {
    (round(points / 10.0) * 10.0).max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::RHIT;

    const POINTS: ScalePoints = ScalePoints { lowest: 100, pass: 300, highest: 400 };

    fn mock(right: u32, questions: u32) -> Evidence {
        let share = f64::from(questions) / 130.0;
        Evidence { sittings: 1, questions, right, cut: 89.2 * share, variance: 26.2 * share, averaged_out: 0.0 }
    }

    #[test]
    fn the_range_is_told_in_tens_outward() {
        // Shares 0.6111 and 0.8607 of the worked example: 100 + 200 × 0.6111/0.6862 = 278.1, and
        // 300 + 100 × (0.8607 − 0.6862)/0.3138 = 355.6.
        let told = forecast(&RHIT, POINTS, mock(95, 130), Evidence::default()).unwrap();
        assert_eq!((told.low, told.high, told.basis), (270, 360, Basis::ThisSitting));
    }

    #[test]
    fn with_too_few_new_questions_the_earlier_sittings_speak_alone() {
        let earlier = mock(85, 130);
        let alone = forecast(&RHIT, POINTS, mock(100, 130).and(earlier), Evidence::default()).unwrap();
        for right in [0, FEWEST_NEW - 1] {
            let told = forecast(&RHIT, POINTS, mock(right, FEWEST_NEW - 1), earlier).unwrap();
            assert_eq!((told.basis, told.sittings, told.questions), (Basis::EarlierSittings, 1, 130));
            assert!(told.chance < alone.chance);
        }
        assert_eq!(forecast(&RHIT, POINTS, mock(10, FEWEST_NEW - 1), Evidence::default()), None);
    }
}
