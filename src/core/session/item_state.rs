//! What a candidate did with one question.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::id::ChoiceId;
use crate::time::Timestamp;

/// The longest note, in characters.
pub const NOTE_LENGTH: usize = 2000;

/// What has been done on one question: QTI calls it the item session state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemState {
    /// Every answer there was, oldest first; the last one stands. Empty: taken back.
    answer_history: Vec<(Timestamp, Vec<ChoiceId>)>,
    struck: BTreeSet<ChoiceId>,
    flagged: bool,
    note: String,
    seen: bool,
    time: Duration,
}

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Response<'w> {
    /// These choices are picked.
    Selected(&'w [ChoiceId]),
    /// It was on the screen and has no answer.
    Omitted,
    /// It never was on the screen.
    NotReached,
}

impl ItemState {
    #[must_use]
    pub fn response(&self) -> Response<'_> {
        match (self.selected(), self.seen) {
            ([], false) => Response::NotReached,
            ([], true) => Response::Omitted,
            (choices, _) => Response::Selected(choices),
        }
    }

    #[must_use]
    pub fn selected(&self) -> &[ChoiceId] {
        self.answer_history.last().map_or(&[], |(_, choices)| choices)
    }

    /// How often a complete or partial answer was replaced or taken back.
    #[must_use]
    pub fn changes(&self, wanted: usize) -> usize {
        let whole: Vec<_> =
            self.answer_history.iter().map(|(_, choices)| choices).filter(|c| c.len() == wanted).collect();
        whole.len().saturating_sub(1)
    }

    /// Every answer there was, oldest first.
    #[must_use]
    pub fn answer_history(&self) -> &[(Timestamp, Vec<ChoiceId>)] {
        &self.answer_history
    }

    #[must_use]
    pub fn is_struck(&self, choice: &ChoiceId) -> bool {
        self.struck.contains(choice)
    }

    #[must_use]
    pub fn is_flagged(&self) -> bool {
        self.flagged
    }

    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }

    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.seen
    }

    /// The time that the question was on the screen with the candidate there.
    #[must_use]
    pub fn time(&self) -> Duration {
        self.time
    }

    pub(super) fn select(&mut self, at: Timestamp, choices: Vec<ChoiceId>) {
        for choice in &choices {
            self.struck.remove(choice);
        }
        self.answer_history.push((at, choices));
    }

    pub(super) fn strike(&mut self, choice: &ChoiceId, on: bool) {
        if on {
            self.struck.insert(choice.clone());
        } else {
            self.struck.remove(choice);
        }
    }

    pub(super) fn flag(&mut self, on: bool) {
        self.flagged = on;
    }

    pub(super) fn write(&mut self, note: &str) {
        note.clone_into(&mut self.note);
    }

    pub(super) fn show(&mut self) {
        self.seen = true;
    }

    pub(super) fn spend(&mut self, time: Duration) {
        self.time += time;
    }
}
