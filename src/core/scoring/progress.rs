//! Whether scores have risen or fallen by more than chance makes.

use serde::Serialize;

use crate::form::ScalePoints;
use crate::statistics::{Assumptions, Evidence, trend};

/// A change over several sittings, in points of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// How many sittings it is told from.
    pub sittings: usize,
    /// From the first to the last, by a line through all; negative for a fall.
    pub change: i32,
    /// How large a change, either way, chance alone makes in 95 % of cases.
    pub chance_alone: i32,
    /// What that amounts to.
    pub direction: Direction,
}

/// What a change amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The scores have risen by more than chance makes.
    Up,
    /// They have fallen by more than chance makes.
    Down,
    /// Chance alone may have made the change.
    WithinChance,
}

/// The progress over sittings in the order in which they were sat, by what each
/// [contributes](super::ScoreReport::contribution); `None` for fewer than two that contribute. `assumed` is what is known
/// of the ratings.
#[must_use]
pub fn progress(sittings: &[Evidence], assumed: Option<&Assumptions>, points: ScalePoints) -> Option<Progress> {
    let sittings: Vec<Evidence> = sittings.iter().filter(|evidence| evidence.questions > 0).copied().collect();
    let trend = trend(&sittings, assumed)?;
    let all = sittings.iter().fold(Evidence::default(), |sum, sitting| sum.and(*sitting));
    let cut = all.cut_share();
    // Two lines make the scale: the change is told in the points of that on which its middle lies.
    let slope = if trend.middle < 0.0 {
        f64::from(points.pass - points.lowest) / cut.max(f64::EPSILON)
    } else {
        f64::from(points.highest - points.pass) / (1.0 - cut).max(f64::EPSILON)
    };
    let (change, chance_alone) = (whole(trend.change * slope), whole((trend.chance_alone * slope).ceil()));
    let direction = match change {
        change if change > chance_alone => Direction::Up,
        change if change < -chance_alone => Direction::Down,
        _ => Direction::WithinChance,
    };
    Some(Progress { sittings: sittings.len(), change, chance_alone, direction })
}

#[expect(clippy::cast_possible_truncation, reason = "a cast saturates, and no scale is so long")]
fn whole(points: f64) -> i32 {
    points.round() as i32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POINTS: ScalePoints = ScalePoints { lowest: 100, pass: 300, highest: 400 };

    fn mock(right: u32) -> Evidence {
        Evidence { sittings: 1, questions: 130, right, cut: 89.2, variance: 26.2, averaged_out: 0.0 }
    }

    #[test]
    fn progress_is_what_is_more_than_its_error() {
        // Above the cut a question is worth 100/40.8 = 2.45 points; without an error of the ratings the difference of two
        // mocks varies by 1.96 × √(2 × 26.2) = 14.19 questions.
        let told = |first, last| progress(&[mock(first), mock(last)], None, POINTS).unwrap();
        assert_eq!(
            told(92, 106),
            Progress { sittings: 2, change: 34, chance_alone: 35, direction: Direction::WithinChance }
        );
        assert_eq!(told(92, 108).direction, Direction::Up);
        assert_eq!(told(108, 92).direction, Direction::Down);
    }

    #[test]
    fn sittings_that_say_too_little_are_left_out() {
        assert_eq!(progress(&[mock(92), Evidence::default()], None, POINTS), None);
        let with = progress(&[mock(92), Evidence::default(), mock(108)], None, POINTS);
        assert_eq!(with, progress(&[mock(92), mock(108)], None, POINTS));
    }

    proptest! {
        #[test]
        fn a_fall_is_a_rise_backward(first in 0_u32..=130, last in 0_u32..=130) {
            let rise = progress(&[mock(first), mock(last)], None, POINTS).unwrap();
            let fall = progress(&[mock(last), mock(first)], None, POINTS).unwrap();
            prop_assert_eq!(rise.change, -fall.change);
            prop_assert_eq!(rise.chance_alone, fall.chance_alone);
        }
    }
}
