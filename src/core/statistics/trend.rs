//! Whether a candidate has changed over several sittings, or only the luck.
//!
//! The margins of the sittings over their cuts are fitted by a line, each weighted by its error (weighted least squares).
//! The error that all ratings share is in every margin alike and drops out; what is left is the sampling of the questions
//! and the error of each rating.

use super::{Assumptions, Evidence, TWO_SIDED_95};

/// A change from the first of several sittings to the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// How much the margin rises along the line, from −1 to 1; negative if it falls.
    pub change: f64,
    /// How large a change, either way, chance alone makes in 95 % of cases where the candidate is unchanged.
    pub chance_alone: f64,
    /// The margin in the middle of the line.
    pub middle: f64,
}

/// The trend of sittings in the order in which they were sat; `None` for fewer than two. Without assumptions the ratings
/// are taken to be right.
#[must_use]
pub fn trend(sittings: &[Evidence], assumed: Option<&Assumptions>) -> Option<Trend> {
    let points = || {
        (0_u32..).map(f64::from).zip(sittings).map(|(at, evidence)| {
            let measurement = evidence.variance / f64::from(evidence.questions.max(1)).powi(2);
            let variance = measurement + assumed.map_or(0.0, |assumed| assumed.rating_variance(evidence));
            (at, evidence.margin(), 1.0 / variance.max(f64::EPSILON))
        })
    };
    let last = points().last().map(|(at, ..)| at).filter(|at| *at > 0.0)?;
    let total: f64 = points().map(|(_, _, weight)| weight).sum();
    let mean = |of: fn((f64, f64, f64)) -> f64| points().map(|point| point.2 * of(point)).sum::<f64>() / total;
    let (center, level) = (mean(|(at, ..)| at), mean(|(_, margin, _)| margin));
    let spread: f64 = points().map(|(at, _, weight)| weight * (at - center).powi(2)).sum();
    let slope = points().map(|(at, margin, weight)| weight * (at - center) * (margin - level)).sum::<f64>() / spread;
    Some(Trend {
        change: slope * last,
        chance_alone: TWO_SIDED_95 * last / spread.sqrt(),
        middle: level + slope * (last / 2.0 - center),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::RHIT;

    fn mock(right: u32) -> Evidence {
        Evidence { sittings: 1, questions: 130, right, cut: 89.2, variance: 26.2, averaged_out: 0.0 }
    }

    #[test]
    fn of_two_sittings_it_is_their_difference() {
        // 12 of 130 are 0.0923. Each margin varies by 26.2/130² + 0.01/130 = 0.0016272, their difference by twice that,
        // of which the root is 0.057048.
        let told = trend(&[mock(90), mock(102)], Some(&RHIT)).unwrap();
        assert!((told.change - 12.0 / 130.0).abs() < 1e-9, "{told:?}");
        assert!((told.chance_alone - 1.96 * 0.057_048).abs() < 1e-5, "{told:?}");
        assert!((told.middle - (96.0 - 89.2) / 130.0).abs() < 1e-9, "{told:?}");
    }

    #[test]
    fn more_sittings_between_tell_the_same_change_more_surely() {
        let two = trend(&[mock(85), mock(100)], Some(&RHIT)).unwrap();
        let four = trend(&[mock(85), mock(90), mock(95), mock(100)], Some(&RHIT)).unwrap();
        assert!((two.change - four.change).abs() < 1e-9 && four.chance_alone < two.chance_alone, "{two:?} {four:?}");
    }

    #[test]
    fn one_sitting_has_no_trend() {
        assert_eq!(trend(&[], None), None);
        assert_eq!(trend(&[mock(90)], None), None);
    }
}
