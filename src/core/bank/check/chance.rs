//! Whether a count could be chance. A bank of ten questions can have seven keys on one letter by chance, one of two
//! hundred cannot; so a habit is reported when an honest writer would hardly ever show it, however large the bank is.

use statrs::distribution::{Binomial, DiscreteCDF as _};

use crate::arithmetic::as_f64;

/// What happens to an honest writer less often than this, in the whole of one rule, is reported.
pub(super) const UNLIKELY: f64 = 0.002;

/// Hits among questions that are each hit by chance with a probability of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Count {
    pub questions: usize,
    pub hits: usize,
    /// The sum of the probabilities.
    pub expected: f64,
}

impl Count {
    /// Adds questions that are each hit by chance with `probability`.
    pub(super) fn add(&mut self, questions: usize, hits: usize, probability: f64) {
        self.questions += questions;
        self.hits += hits;
        self.expected += as_f64(questions) * probability;
    }

    /// The probability of this many hits or more, or a bound on it where the questions' probabilities differ (Hoeffding
    /// 1956, "On the distribution of the number of successes in independent trials", theorem 4).
    pub(super) fn at_least(&self) -> f64 {
        let Some(fewer) = self.hits.checked_sub(1) else { return 1.0 };
        self.binomial().map_or(1.0, |binomial| binomial.sf(fewer as u64))
    }

    /// The same for this few hits or fewer.
    pub(super) fn at_most(&self) -> f64 {
        self.binomial().map_or(1.0, |binomial| binomial.cdf(self.hits as u64))
    }

    fn binomial(&self) -> Option<Binomial> {
        let mean = self.expected / as_f64(self.questions.max(1));
        Binomial::new(mean.min(1.0), self.questions as u64).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn tails_are_those_of_the_binomial_distribution() {
        let count = |questions, hits, probability: f64| Count {
            questions,
            hits,
            expected: probability * f64::from(u32::try_from(questions).unwrap()),
        };
        assert!((count(10, 10, 0.25).at_least() - 0.25_f64.powi(10)).abs() < 1e-15);
        assert!((count(10, 0, 0.25).at_most() - 0.75_f64.powi(10)).abs() < 1e-12);
        assert!((count(3, 2, 0.5).at_least() - 0.5).abs() < 1e-12);
        assert!((count(10, 0, 0.25).at_least() - 1.0).abs() < 1e-12);
        assert!((Count::default().at_most() - 1.0).abs() < 1e-12);
    }
}
