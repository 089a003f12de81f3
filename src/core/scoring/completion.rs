//! Whether a sitting went through its form, and whether it can have been read.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{ItemScore, Mark};
use crate::bank::Item;
use crate::session::{EndReason, Event, Session};
use crate::time::minutes;

/// The most that may stay unreached of a sitting that counts as whole: a tenth.
const MOST_UNREACHED: usize = 10;

/// Words a minute that nobody reads with understanding. Adults read about 240 of them silently (M. Brysbaert, "How many
/// words do we read per minute?", *Journal of Memory and Language* 109, 2019).
const TOO_FAST: u32 = 600;

/// How far a sitting went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Completion {
    /// At most a tenth of the questions was never reached.
    Whole,
    /// The candidate submitted the form with more than a tenth never reached.
    SubmittedEarly,
    /// The time ran out with more than a tenth never reached.
    OutOfTime,
}

/// How fast a sitting was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speed {
    /// There was time to read what was answered.
    Readable,
    /// The answered questions were on the screen for less time than anyone needs to read them.
    FasterThanReading,
}

pub(super) fn completion(session: &Session, items: &[ItemScore]) -> Completion {
    let unreached = |items: &[ItemScore]| items.iter().filter(|item| item.mark == Mark::NotReached).count();
    if unreached(items) * MOST_UNREACHED <= items.len() {
        return Completion::Whole;
    }
    let ran_out = |section: u32| {
        let range = session.form().range(section as usize);
        items.get(range).is_some_and(|items| unreached(items) > 0)
    };
    let is_out_of_time = session.journal().iter().any(
        |entry| matches!(entry.event, Event::SectionEnded { section, cause: EndReason::TimeOut } if ran_out(section)),
    );
    if is_out_of_time { Completion::OutOfTime } else { Completion::SubmittedEarly }
}

pub(super) fn speed(session: &Session, items: &[ItemScore]) -> Speed {
    let answered = items.iter().filter(|item| matches!(item.mark, Mark::Right | Mark::Wrong));
    let (words, spent) = answered.fold((0, Duration::ZERO), |(words, spent), score| {
        let question = session.form().question(score.slot);
        (words + question.map_or(0, |question| words_of(&question.item)), spent + score.time)
    });
    let needed = minutes(1) * words / TOO_FAST;
    if spent < needed { Speed::FasterThanReading } else { Speed::Readable }
}

/// The words of a question and its choices, without what may be skimmed: its case and its exhibit.
fn words_of(item: &Item) -> u32 {
    let texts = std::iter::once(&item.stem).chain(item.choices.iter().map(|choice| &choice.text));
    texts.map(|text| u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX)).fold(0, u32::saturating_add)
}
