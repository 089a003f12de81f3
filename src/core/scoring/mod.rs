//! Scores a sitting: marks, the raw score, an estimate of the scaled score, and how far that can be off.
//!
//! The score is an estimate because AHIMA and NCRA publish neither their raw cuts nor their conversions. It rests on
//! the bank's Angoff ratings (the raw cut) and on an assumed conversion ([`scale`]). So a report always states how far
//! it can be off. What it says about the real exam ([`Forecast`]) rests on questions that were new to the candidate.
//!
//! A *raw score* is the number of right answers to scored questions. A *mark* is what one question earned.

mod completion;
mod domain;
mod error;
mod forecast;
mod look_up;
mod progress;
mod regrade;
pub mod scale;
mod summary;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::bank::Level;
use crate::form::{Kind, Origin, ScalePoints, Slot};
use crate::id::{ChoiceId, DomainId, ItemId, SectionId, TopicId};
use crate::session::{AttemptKind, Confidence, Response, Session};
use crate::statistics::{Assumptions, Evidence};
use crate::word::words;

pub use completion::{Completion, Speed};
pub use domain::{DomainScore, Standing};
pub use error::{Interval, interval, standard_error};
pub use forecast::{Basis, FEWEST_NEW, Forecast, forecast};
pub use look_up::{Found, LookUpScore, LookUps, look_ups};
pub use progress::{Direction, Progress, progress};
pub use regrade::{Change, changes, regraded};
pub use scale::Scaling;
pub use summary::ScoreSummary;

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

words! { Mark { Right: "right", Wrong: "wrong", Omitted: "omitted", NotReached: "not-reached" } }

/// A number-right score: one point for each right answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawScore {
    /// The number of right answers, 0 to `of`.
    pub right: u32,
    /// The number of questions.
    pub of: u32,
}

/// Whether a score passes the exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The raw score is at or above the raw cut.
    Pass,
    /// The raw score is below the raw cut.
    Fail,
}

words! { Outcome { Pass: "pass", Fail: "fail" } }

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
    #[serde(rename = "id")]
    pub item: ItemId,
    /// The item's domain.
    pub domain: DomainId,
    /// The item's topic.
    pub topic: TopicId,
    /// The item's cognitive level.
    pub level: Level,
    /// The choices that are selected at the end.
    pub picked: Vec<ChoiceId>,
    /// Whether the question counts toward the score.
    pub scored: bool,
    /// What it earned.
    pub mark: Mark,
    /// How many times the candidate had seen it before; `None` if that is not known.
    pub seen_before: Option<u32>,
    /// How long it was on the screen; serialized in seconds.
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub time: Duration,
    /// How many times a complete answer was changed to another.
    pub changes: usize,
    /// Whether it was flagged for review at the end.
    pub flagged: bool,
    /// How sure the candidate was; `None` if that was not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
}

impl ItemScore {
    /// Whether the candidate is known not to have seen the question before.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.seen_before == Some(0)
    }
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
    /// How far the sitting went.
    pub completion: Completion,
    /// Whether the sitting was slow enough to be read.
    pub speed: Speed,
    /// The score on the scored questions that count as answered; see [`is_answered`].
    pub answered: RawScore,
    /// How many of the scored questions were new to the candidate; `None` if that is not known.
    pub new_questions: Option<u32>,
    /// How the questions that the candidate had seen before are known; `None` if they are not.
    pub background: Option<Origin>,
    /// What the new questions of this sitting say.
    pub evidence: Evidence,
    /// What a forecast rests on; `None` if the blueprint assumes nothing of its candidates.
    pub assumptions: Option<Assumptions>,
    /// What is expected of the real exam; `None` without assumptions or with too few new questions.
    pub real_exam: Option<Forecast>,
    /// The scores of the domains that have scored questions, in the blueprint's order.
    pub domains: Vec<DomainScore>,
    /// The score on the unscored questions.
    pub unscored: RawScore,
    /// The scores of all questions, in the order of the form.
    pub items: Vec<ItemScore>,
}

impl ScoreReport {
    /// What the sitting adds to the forecasts of later ones: its evidence, or nothing where that is too little.
    #[must_use]
    pub fn contribution(&self) -> Evidence {
        if self.evidence.questions >= FEWEST_NEW { self.evidence } else { Evidence::default() }
    }
}

/// The standard error of measurement of a score; see [`standard_error`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StandardError {
    /// In raw points.
    pub raw: f64,
    /// In points of the scale: the raw error times [`Scaling::slope`].
    pub scaled: f64,
}

/// Scores a sitting as it stands; it need not be finished.
#[must_use]
pub fn score(session: &Session) -> ScoreReport {
    let form = session.form();
    let items = item_scores(session);
    let raw = tally(items.iter().filter(|item| item.scored));
    let scaling = Scaling::of(form);
    let raw_error = standard_error(raw);
    let completion = completion::completion(session, &items);
    let evidence = match session.kind() {
        // An answer after which the reason was shown, or before which others were, says little about an exam.
        AttemptKind::Practice => Evidence::default(),
        _ => forecast::evidence(form, items.iter(), completion),
    };
    let earlier = form.background.as_ref().map(|background| background.earlier).unwrap_or_default();
    ScoreReport {
        kind: form.kind,
        raw,
        cut: scaling.cut,
        needed: scaling.needed(),
        scaled: scaling.scaled(raw.right),
        scale: form.scale,
        outcome: scaling.outcome(raw.right),
        standard_error: StandardError { raw: raw_error, scaled: raw_error * scaling.slope(raw.right) },
        completion,
        speed: completion::speed(session, &items),
        answered: tally(items.iter().filter(|item| item.scored && is_answered(session, item))),
        new_questions: form
            .background
            .as_ref()
            .map(|_| tally(items.iter().filter(|item| item.scored && item.is_new())).of),
        background: form.background.as_ref().map(|background| background.origin),
        evidence,
        assumptions: form.assumptions,
        real_exam: form.assumptions.and_then(|assumed| forecast::forecast(&assumed, form.scale, evidence, earlier)),
        domains: domain::domain_scores(form, &items, completion),
        unscored: tally(items.iter().filter(|item| !item.scored)),
        items,
    }
}

/// Whether the candidate is through with a question: answered it, or in practice was shown the right answer, which
/// counts as an answer that is not right.
#[must_use]
pub fn is_answered(session: &Session, item: &ItemScore) -> bool {
    match item.mark {
        Mark::Right | Mark::Wrong => true,
        Mark::Omitted | Mark::NotReached => session.item_state(item.slot).is_revealed(),
    }
}

/// The score of one question as it stands; `None` if the form has no such slot.
#[must_use]
pub fn item_score(session: &Session, slot: Slot) -> Option<ItemScore> {
    let form = session.form();
    let question = form.question(slot)?;
    let state = session.item_state(slot);
    let mark = match state.response() {
        Response::NotReached => Mark::NotReached,
        Response::Omitted => Mark::Omitted,
        Response::Selected(choices) if question.item.is_right(choices) => Mark::Right,
        Response::Selected(_) => Mark::Wrong,
    };
    Some(ItemScore {
        slot,
        section: question.item.section.clone(),
        number: form.number(slot),
        item: question.item.id.clone(),
        domain: question.item.domain.clone(),
        topic: question.item.topic.clone(),
        level: question.item.level,
        picked: state.selected().to_vec(),
        scored: question.scored,
        mark,
        seen_before: form.background.as_ref().map(|background| background.times(&question.item.id)),
        time: state.time(),
        changes: state.changes(question.item.answer().count()),
        flagged: state.is_flagged(),
        confidence: state.confidence(),
    })
}

fn item_scores(session: &Session) -> Vec<ItemScore> {
    session.form().questions().filter_map(|(slot, _)| item_score(session, slot)).collect()
}

fn tally<'i>(items: impl Iterator<Item = &'i ItemScore>) -> RawScore {
    items.fold(RawScore::default(), |sum, item| RawScore {
        right: sum.right + u32::from(item.mark == Mark::Right),
        of: sum.of + 1,
    })
}
