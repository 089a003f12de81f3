//! The error of a score: its standard error and a confidence interval.

use serde::Serialize;
use statrs::distribution::{Beta, ContinuousCDF};

use super::RawScore;

/// Lord's binomial standard error of measurement of a number-right score of k out of N, in raw points:
/// sqrt(k (N − k) / (N − 1)); zero for fewer than two questions.
///
/// F. M. Lord, "Do tests of the same length have the same standard errors of measurement?", *Educational and
/// Psychological Measurement* 17 (1957). The model treats the questions as a random sample from one domain, so it
/// overstates the error of a form that follows a blueprint.
#[must_use]
pub fn standard_error(raw: RawScore) -> f64 {
    let (right, of) = (f64::from(raw.right), f64::from(raw.of));
    if raw.of < 2 { 0.0 } else { (right * (of - right) / (of - 1.0)).sqrt() }
}

/// An interval of proportions, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The distribution of the true proportion right, given k right out of N: Jeffreys' posterior, Beta(k + ½, N − k + ½).
///
/// L. D. Brown, T. T. Cai and A. `DasGupta`, "Interval estimation for a binomial proportion", *Statistical Science* 16
/// (2001), recommend it for small N. Unlike the normal approximation it makes sense at 0 and N right.
fn posterior(raw: RawScore) -> Option<Beta> {
    let right = f64::from(raw.right.min(raw.of));
    Beta::new(right + 0.5, f64::from(raw.of) - right + 0.5).ok()
}

/// A 95 % interval for the true proportion right: the central 95 % of Jeffreys' posterior, extended to 0 if no answer
/// is right and to 1 if all are (as Brown, Cai and `DasGupta` recommend). Without questions it is 0 to 1.
#[must_use]
pub fn interval(raw: RawScore) -> Interval {
    let Some(posterior) = posterior(raw).filter(|_| raw.of > 0) else { return Interval { low: 0.0, high: 1.0 } };
    Interval {
        low: if raw.right == 0 { 0.0 } else { posterior.inverse_cdf(0.025) },
        high: if raw.right >= raw.of { 1.0 } else { posterior.inverse_cdf(0.975) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(right: u32, of: u32) -> RawScore {
        RawScore { right, of }
    }

    #[test]
    fn the_error_of_a_rhit_form_near_its_cut_is_about_five_questions() {
        assert!((standard_error(raw(91, 130)) - 5.24).abs() < 0.01);
        assert!(standard_error(raw(0, 130)).abs() < 1e-12);
    }

    #[test]
    fn intervals_agree_with_published_values_and_reach_the_ends() {
        // Jeffreys 95 % for 2 of 10: 0.044 to 0.503 (Brown, Cai, DasGupta 2001, table 5).
        let two_of_ten = interval(raw(2, 10));
        assert!((two_of_ten.low - 0.044).abs() < 0.002 && (two_of_ten.high - 0.503).abs() < 0.002, "{two_of_ten:?}");
        assert!(interval(raw(0, 10)).low.abs() < 1e-12);
        assert!((interval(raw(10, 10)).high - 1.0).abs() < 1e-12);
        assert_eq!(interval(raw(0, 0)), Interval { low: 0.0, high: 1.0 });
    }
}
