//! Scores a sitting: marks, the raw score, an estimate of the scaled score, and how far that can be off.
//!
//! The score is an estimate because AHIMA and NCRA publish neither their raw cuts nor their conversions. It rests on
//! the bank's Angoff ratings (the raw cut) and on an assumed conversion ([`scale`]). So a report always states its
//! standard error and the probability of passing beside it.
//!
//! A *raw score* is the number of right answers to scored questions. A *mark* is what one question earned.

mod error;
pub mod scale;

use std::time::Duration;

use serde::Serialize;

use crate::form::{Kind, ScalePoints, Slot};
use crate::id::{DomainId, ItemId, SectionId};
use crate::session::{Response, Session};

pub use error::{Interval, chance_of_passing, interval, standard_error};
pub use scale::Scaling;

/// What a question earned. Each takes its key exactly: there is no partial credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// The choices selected are those of the key.
    Right,
    /// Other choices are selected, or not all of the key.
    Wrong,
    /// The question was seen and has no answer. Counts as wrong.
    Omitted,
    /// The question was never seen. Counts as wrong.
    NotReached,
}

/// A number-right score: one point for each right answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RawScore {
    /// The number of right answers, 0 to `of`.
    pub right: u32,
    /// The number of questions.
    pub of: u32,
}

/// Whether a score passes the exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The raw score is at or above the raw cut.
    Pass,
    /// The raw score is below the raw cut.
    Fail,
}

/// How a domain's score compares with its share of the cut, given how few questions it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The whole confidence interval is above the cut.
    Above,
    /// The whole confidence interval is below the cut.
    Below,
    /// The confidence interval contains the cut, or there are fewer than five questions.
    TooFewToTell,
}

/// The score of a domain: a hint where to study. The outcome does not depend on it.
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
    /// A 95 % interval for the candidate's true proportion right.
    pub interval: Interval,
    /// How the score compares with the cut.
    pub standing: Standing,
}

/// The score of one question, and what the candidate did with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemScore {
    /// The question's slot on the form.
    pub slot: Slot,
    /// The section.
    pub section: SectionId,
    /// The question number that the candidate saw, counted from 1 within the section.
    pub number: usize,
    /// The item.
    pub item: ItemId,
    /// Whether the question counts toward the score.
    pub scored: bool,
    /// What it earned.
    pub mark: Mark,
    /// How long it was on the screen; serialized in seconds.
    #[serde(serialize_with = "seconds")]
    pub time: Duration,
    /// How many times a complete answer was changed to another.
    pub changes: usize,
    /// Whether it was flagged for review at the end.
    pub flagged: bool,
}

fn seconds<S: serde::Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(time.as_secs_f64())
}

/// The score of a sitting, with the estimate of the scaled score and its error.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreReport {
    /// Whether the form was the whole exam.
    pub kind: Kind,
    /// The score on the scored questions.
    pub raw: RawScore,
    /// The raw cut, in raw points. It need not be a whole number.
    pub cut: f64,
    /// The smallest number of right answers that passes.
    pub needed: u32,
    /// The estimate of the scaled score, within `scale`.
    pub scaled: u32,
    /// The points of the reported scale.
    pub scale: ScalePoints,
    /// Whether the raw score passes.
    pub outcome: Outcome,
    /// The standard error of measurement.
    pub standard_error: StandardError,
    /// The probability that the candidate's true score is at or above the cut, 0 to 1; see [`chance_of_passing`].
    pub chance: f64,
    /// The scores of the domains that have scored questions, in the blueprint's order.
    pub domains: Vec<DomainScore>,
    /// The score on the unscored questions.
    pub unscored: RawScore,
    /// The scores of all questions, in the order of the form.
    pub items: Vec<ItemScore>,
}

/// The standard error of measurement of a score; see [`standard_error`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StandardError {
    /// In raw points.
    pub raw: f64,
    /// In points of the scale: the raw error times [`Scaling::slope`].
    pub scaled: f64,
}

/// A domain with fewer scored questions is not compared with its cut.
const MIN_DOMAIN_QUESTIONS: u32 = 5;

/// Scores a sitting as it stands; it need not be finished.
#[must_use]
pub fn score(session: &Session) -> ScoreReport {
    let form = session.form();
    let items: Vec<ItemScore> = form
        .questions()
        .map(|(slot, question)| {
            let state = session.item_state(slot);
            let mark = match state.response() {
                Response::NotReached => Mark::NotReached,
                Response::Omitted => Mark::Omitted,
                Response::Selected(choices) if question.item.is_right(choices) => Mark::Right,
                Response::Selected(_) => Mark::Wrong,
            };
            ItemScore {
                slot,
                section: question.item.section.clone(),
                number: form.number(slot),
                item: question.item.id.clone(),
                scored: question.scored,
                mark,
                time: state.time(),
                changes: state.changes(question.item.answer().count()),
                flagged: state.is_flagged(),
            }
        })
        .collect();
    let raw = tally(items.iter().filter(|item| item.scored));
    let scaling = Scaling::of(form);
    let raw_error = standard_error(raw);
    ScoreReport {
        kind: form.kind,
        raw,
        cut: scaling.cut,
        needed: scaling.needed(),
        scaled: scaling.scaled(raw.right),
        scale: form.scale,
        outcome: scaling.outcome(raw.right),
        standard_error: StandardError { raw: raw_error, scaled: raw_error * scaling.slope(raw.right) },
        chance: chance_of_passing(raw, scaling.cut),
        domains: domain_scores(session, &items),
        unscored: tally(items.iter().filter(|item| !item.scored)),
        items,
    }
}

fn tally<'i>(items: impl Iterator<Item = &'i ItemScore>) -> RawScore {
    items.fold(RawScore::default(), |sum, item| RawScore {
        right: sum.right + u32::from(item.mark == Mark::Right),
        of: sum.of + 1,
    })
}

fn domain_scores(session: &Session, items: &[ItemScore]) -> Vec<DomainScore> {
    let form = session.form();
    form.domains
        .iter()
        .filter_map(|(id, name)| {
            let of_domain = || form.scored().filter(|(_, question)| question.item.domain == *id);
            let raw = tally(of_domain().filter_map(|(slot, _)| items.get(slot.index())));
            if raw.of == 0 {
                return None;
            }
            let cut =
                of_domain().map(|(_, question)| question.rating(form.default_rating)).sum::<f64>() / f64::from(raw.of);
            let interval = interval(raw);
            let standing = if raw.of < MIN_DOMAIN_QUESTIONS {
                Standing::TooFewToTell
            } else if interval.low > cut {
                Standing::Above
            } else if interval.high < cut {
                Standing::Below
            } else {
                Standing::TooFewToTell
            };
            Some(DomainScore { id: id.clone(), name: name.clone(), raw, cut, interval, standing })
        })
        .collect()
}
