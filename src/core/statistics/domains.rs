//! Where a candidate stands in each domain.
//!
//! A domain's few answers are a poor guide alone. All answers together say much about each domain, because candidates
//! who know one mostly know the others: the domain's own answers and the total are weighed by their errors (H. Wainer
//! and others, "Augmented scores", in D. Thissen and H. Wainer, eds., *Test Scoring*, 2001).

use super::prediction::normal_cdf;
use super::{Assumptions, Evidence};

/// What is known of the true share right in one domain, less the share of its cut: a normal distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DomainMargin {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
}

impl DomainMargin {
    /// The probability, 0 to 1, that the true share is below the cut.
    #[must_use]
    pub fn below(&self) -> f64 {
        normal_cdf(-self.mean / self.deviation.max(f64::EPSILON))
    }
}

/// The margins of all domains, in the order given, each from its own answers and from all; `None` if nothing is assumed
/// of how the domains go together.
///
/// The model: a candidate's true margin in a domain is a general margin plus one of the domain's own; answers show it
/// with their error, that of each rating, and one that all ratings share.
#[must_use]
pub fn domain_margins(domains: &[Evidence], assumed: &Assumptions) -> Option<Vec<DomainMargin>> {
    let correlation = assumed.domain_correlation?;
    let general = correlation * assumed.spread.powi(2);
    let own = (1.0 - correlation) * assumed.spread.powi(2);
    let shared = assumed.shared_error.powi(2);
    let all = domains.iter().fold(Evidence::default(), |sum, domain| sum.and(*domain));
    let prior = assumed.mean_margin(all.cut_share());
    let error = |domain: &Evidence| {
        let questions = f64::from(domain.questions);
        domain.variance / questions.powi(2) + assumed.rating_variance(domain)
    };
    // The general margin as the ratings show it, with the error that they share still in it.
    let answered = || domains.iter().filter(|domain| domain.questions > 0);
    let start = (1.0 / (general + shared), prior / (general + shared));
    let (precision, weighted) = answered().fold(start, |(precision, weighted), domain| {
        let weight = 1.0 / (own + error(domain));
        (precision + weight, weighted + weight * domain.margin())
    });
    let (shown, uncertain) = (weighted / precision, 1.0 / precision);
    let trusted = general / (general + shared);
    let margin = |domain: &Evidence| {
        let kept = if domain.questions == 0 { 0.0 } else { own / (own + error(domain)) };
        let variance = (trusted - kept).powi(2) * uncertain + (1.0 - kept) * own + trusted * shared;
        DomainMargin {
            mean: prior + trusted * (shown - prior) + kept * (domain.margin() - shown),
            deviation: variance.sqrt(),
        }
    };
    Some(domains.iter().map(margin).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::RHIT;

    fn domain(right: u32, questions: u32) -> Evidence {
        let of = f64::from(questions);
        Evidence { sittings: 1, questions, right, cut: 0.7 * of, variance: 0.2 * of, averaged_out: 0.0 }
    }

    #[test]
    fn a_domain_is_pulled_toward_the_others_and_keeps_its_order() {
        let margins = domain_margins(&[domain(14, 20), domain(8, 20), domain(18, 20)], &RHIT).unwrap();
        assert!(margins[1].mean > domain(8, 20).margin() && margins[2].mean < domain(18, 20).margin(), "{margins:?}");
        assert!(margins[1].below() > margins[0].below() && margins[0].below() > margins[2].below(), "{margins:?}");
    }

    #[test]
    fn the_same_answers_say_more_where_the_other_domains_agree() {
        let weak = domain_margins(&[domain(10, 20), domain(50, 110)], &RHIT).unwrap();
        let strong = domain_margins(&[domain(10, 20), domain(100, 110)], &RHIT).unwrap();
        assert!(weak[0].below() > 0.95 && strong[0].below() < 0.5, "{weak:?} {strong:?}");
    }

    #[test]
    fn without_a_correlation_the_domains_say_nothing_of_each_other() {
        let nothing = Assumptions { domain_correlation: None, ..RHIT };
        assert_eq!(domain_margins(&[domain(14, 20)], &nothing), None);
    }

    #[test]
    fn a_domain_without_answers_is_as_the_total_says() {
        let margins = domain_margins(&[Evidence::default(), domain(77, 110)], &RHIT).unwrap();
        assert!((margins[0].mean - margins[1].mean).abs() < 0.02, "{margins:?}");
        assert!(margins[0].deviation > margins[1].deviation, "{margins:?}");
    }
}
