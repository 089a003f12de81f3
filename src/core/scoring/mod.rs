//! From answers to an estimate of the score, with its error.
//!
//! Nothing here is AHIMA's or NCRA's: they publish neither their raw cuts nor their conversion. The estimate rests on
//! the bank's Angoff ratings and on [`scale`]'s two straight lines, and it is told together with how far it can be off.

mod error;
pub mod scale;

use std::time::Duration;

use serde::Serialize;

use crate::form::{Kind, ScalePoints, Slot};
use crate::id::{DomainId, ItemId, SectionId};
use crate::session::{Response, Session};

pub use error::{Interval, chance_of_passing, interval, standard_error};
pub use scale::Scaling;

/// What a question earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    Right,
    Wrong,
    /// Seen and left without an answer; counts as wrong.
    Omitted,
    /// Never seen; counts as wrong.
    NotReached,
}

/// Right answers among so many questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RawScore {
    pub right: u32,
    pub of: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Pass,
    Fail,
}

/// What a domain's few questions can say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Above its cut by more than chance.
    Above,
    /// Below its cut by more than chance.
    Below,
    /// The interval holds the cut.
    TooFewToTell,
}

/// A domain's result: a hint where to study, not a part of the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DomainScore {
    pub id: DomainId,
    pub name: String,
    pub raw: RawScore,
    /// Its share of the raw cut, 0 to 1: the mean Angoff rating of its scored questions.
    pub cut: f64,
    /// Where the true share right lies, with 95 % confidence.
    pub interval: Interval,
    pub standing: Standing,
}

/// One question's result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemScore {
    pub slot: Slot,
    pub section: SectionId,
    /// From 1 within its section.
    pub number: usize,
    pub item: ItemId,
    pub scored: bool,
    pub mark: Mark,
    #[serde(serialize_with = "seconds")]
    pub time: Duration,
    pub changes: usize,
    pub flagged: bool,
}

fn seconds<S: serde::Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(time.as_secs_f64())
}

/// The estimate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreReport {
    pub kind: Kind,
    pub raw: RawScore,
    /// The raw score at which the form is passed; forms differ in difficulty, so it has a fraction.
    pub cut: f64,
    /// The least number of right answers that passes the form.
    pub needed: u32,
    pub scaled: u32,
    pub scale: ScalePoints,
    pub outcome: Outcome,
    /// The standard error, in raw points and in points of the scale.
    pub standard_error: StandardError,
    /// The chance that a candidate who scores like this truly stands at or above the cut.
    pub chance: f64,
    pub domains: Vec<DomainScore>,
    /// The questions that did not count.
    pub unscored: RawScore,
    pub items: Vec<ItemScore>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StandardError {
    pub raw: f64,
    pub scaled: f64,
}

/// With fewer questions a domain's interval is never held against its cut.
const FEWEST: u32 = 5;

/// Marks and scores a sitting as it stands.
#[must_use]
pub fn score(session: &Session) -> ScoreReport {
    let form = session.form();
    let items: Vec<ItemScore> = form
        .questions()
        .map(|(slot, question)| {
            let work = session.item_state(slot);
            let mark = match work.response() {
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
                time: work.time(),
                changes: work.changes(question.item.answer().count()),
                flagged: work.is_flagged(),
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
        domains: domains(session, &items),
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

fn domains(session: &Session, items: &[ItemScore]) -> Vec<DomainScore> {
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
            let standing = if raw.of < FEWEST {
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
