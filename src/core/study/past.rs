//! What a candidate did with each question before, as far as practice depends on it.

use std::collections::{HashMap, HashSet};

use crate::form::Exposure;
use crate::id::ItemId;
use crate::session::{AttemptKind, Response, Session};
use crate::time::Timestamp;
use crate::word::words;

/// Why a candidate wants a question again, or at last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The last answer was wrong, or there was none.
    Missed,
    /// It is flagged in the last attempt that showed it.
    Flagged,
    /// It has never been on the screen.
    Unseen,
}

words! { Standing { Missed: "missed", Flagged: "flagged", Unseen: "unseen" } }

/// How a question went the last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Missed,
    Right,
}

/// What is known of one question.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ItemPast {
    /// How it went the last time, and when that attempt was last heard of; `None` if its answer was never shown.
    pub last: Option<(Outcome, Timestamp)>,
    pub is_flagged: bool,
}

/// How a question went in the last attempt that was finished with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastAnswer {
    /// When the attempt was finished.
    pub at: Timestamp,
    /// Whether the answer was right; one that was left out was not.
    pub is_right: bool,
    /// Whether it was flagged then.
    pub is_flagged: bool,
}

/// A candidate's answers, over all attempts.
#[derive(Clone, Debug, Default)]
pub struct StudyPast {
    items: HashMap<ItemId, ItemPast>,
    withheld: HashSet<ItemId>,
}

impl StudyPast {
    /// Adds how questions went in attempts that are finished, as [`Self::add`] would.
    pub fn add_last(&mut self, answers: Vec<(ItemId, LastAnswer)>, forgotten_until: Option<Timestamp>) {
        for (item, LastAnswer { at, is_right, is_flagged }) in answers {
            if forgotten_until.is_none_or(|until| at > until) {
                let outcome = if is_right { Outcome::Right } else { Outcome::Missed };
                self.items.insert(item, ItemPast { last: Some((outcome, at)), is_flagged });
            }
        }
    }

    /// Adds an attempt. Attempts must be added in the order in which they were made.
    ///
    /// Answers before `forgotten_until` are left out: the candidate has cleared them.
    pub fn add(&mut self, session: &Session, forgotten_until: Option<Timestamp>) {
        let is_practice = session.kind() == AttemptKind::Practice;
        if !is_practice && !session.is_finished() {
            // Practice would show the answers of an exam that is still open.
            self.withheld.extend(session.form().item_ids().cloned());
            return;
        }
        // A problem may be noted long after the end; the answers are as old as before.
        let Some(at) = session
            .finished_at()
            .or(session.last_event_at())
            .filter(|at| forgotten_until.is_none_or(|until| *at > until))
        else {
            return;
        };
        for (slot, question) in session.form().questions() {
            let state = session.item_state(slot);
            if !state.is_seen() {
                continue;
            }
            let past = self.items.entry(question.item.id.clone()).or_default();
            if past.last.is_some_and(|(_, known)| known > at) {
                // Practice that was left long ago does not outweigh what was answered since.
                continue;
            }
            past.is_flagged = state.is_flagged();
            if session.is_finished() || state.is_revealed() {
                let is_right =
                    matches!(state.response(), Response::Selected(choices) if question.item.is_right(choices));
                past.last = Some((if is_right { Outcome::Right } else { Outcome::Missed }, at));
            }
        }
    }

    /// How many questions count as missed, and how many as flagged.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let missed = self.items.values().filter(|past| matches!(past.last, Some((Outcome::Missed, _)))).count();
        (missed, self.items.values().filter(|past| past.is_flagged).count())
    }

    /// Whether an exam that is not finished has the question.
    pub(super) fn is_withheld(&self, item: &ItemId) -> bool {
        self.withheld.contains(item)
    }

    pub(super) fn of(&self, item: &ItemId) -> ItemPast {
        self.items.get(item).copied().unwrap_or_default()
    }

    /// Whether a question stands so.
    pub(super) fn has(&self, item: &ItemId, standing: Standing, exposure: &Exposure) -> bool {
        match standing {
            Standing::Missed => matches!(self.of(item).last, Some((Outcome::Missed, _))),
            Standing::Flagged => self.of(item).is_flagged,
            Standing::Unseen => exposure.times(item) == 0,
        }
    }
}
