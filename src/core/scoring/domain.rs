//! The domains of a sitting: hints where to study. The outcome does not depend on them.

use serde::Serialize;

use super::forecast::{evidence, is_judged};
use super::{Completion, Interval, ItemScore, RawScore, interval, tally};
use crate::form::Form;
use crate::id::DomainId;
use crate::statistics::domain_margins;

/// Fewer questions are not held against a cut.
const MIN_QUESTIONS: u32 = 5;

/// The probability above which a domain is called below its cut, or above it.
const LIKELY: f64 = 0.80;

/// Without assumptions about candidates: the distance of a share right from the cut that is called near.
const NEAR: f64 = 0.10;

/// How a domain's score compares with its share of the cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The true share right is probably above the cut.
    Above,
    /// The true share right is probably below the cut.
    Below,
    /// Neither is probable.
    NearCut,
    /// There are too few questions.
    TooFewToTell,
}

/// The score of a domain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DomainScore {
    /// The domain.
    pub id: DomainId,
    /// The domain's name, as candidates read it.
    pub name: String,
    /// The score on its scored questions.
    pub raw: RawScore,
    /// The proportion right at the cut, 0 to 1: the mean Angoff rating of its scored questions.
    pub cut: f64,
    /// A 95 % interval for the candidate's true proportion right, from the domain's own questions.
    pub interval: Interval,
    /// The probability, 0 to 1, that the true proportion right is below the cut, from the new questions of all domains;
    /// `None` where nothing is assumed of the candidates or of how domains go together, or where there are too few new questions.
    pub below_cut: Option<f64>,
    /// How the score compares with the cut.
    pub standing: Standing,
}

/// The scores of the domains that have scored questions. Of a form that was submitted early, only what was answered
/// counts.
pub(super) fn domain_scores(form: &Form, items: &[ItemScore], completion: Completion) -> Vec<DomainScore> {
    let of_domain = |id: &DomainId| -> Vec<&ItemScore> {
        items.iter().filter(|item| item.scored && item.domain == *id && is_judged(item, completion)).collect()
    };
    let domains: Vec<_> = form
        .domains
        .iter()
        .map(|(id, name)| (id, name, of_domain(id)))
        .filter(|(_, _, items)| !items.is_empty())
        .collect();
    let new: Vec<_> = domains.iter().map(|(_, _, items)| evidence(form, items.iter().copied(), completion)).collect();
    let margins = form.assumptions.and_then(|assumed| domain_margins(&new, &assumed));
    domains
        .iter()
        .enumerate()
        .map(|(index, (id, name, items))| {
            let raw = tally(items.iter().copied());
            let ratings = items.iter().filter_map(|item| form.question(item.slot));
            let cut = ratings.map(|question| question.rating(form.default_rating)).sum::<f64>() / f64::from(raw.of);
            let interval = interval(raw);
            let below_cut = margins
                .as_ref()
                .filter(|_| new[index].questions >= MIN_QUESTIONS)
                .map(|margins| margins[index].below());
            let standing = match (&margins, below_cut) {
                (Some(_), None) => Standing::TooFewToTell,
                (_, Some(below)) => probably(below),
                (None, None) => apart(raw, cut, interval),
            };
            DomainScore { id: (*id).clone(), name: (*name).clone(), raw, cut, interval, below_cut, standing }
        })
        .collect()
}

fn probably(below: f64) -> Standing {
    if below > LIKELY {
        Standing::Below
    } else if below < 1.0 - LIKELY {
        Standing::Above
    } else {
        Standing::NearCut
    }
}

/// The standing by the domain's interval alone.
fn apart(raw: RawScore, cut: f64, interval: Interval) -> Standing {
    if raw.of < MIN_QUESTIONS {
        Standing::TooFewToTell
    } else if interval.low > cut {
        Standing::Above
    } else if interval.high < cut {
        Standing::Below
    } else if (f64::from(raw.right) / f64::from(raw.of) - cut).abs() < NEAR {
        Standing::NearCut
    } else {
        Standing::TooFewToTell
    }
}
