//! What a candidate did with one question.

use std::collections::BTreeSet;
use std::time::Duration;

use super::confidence::Confidence;
use super::highlight::{Highlights, Passage};
use crate::id::ChoiceId;
use crate::time::Timestamp;

/// The length limit of a note, in characters.
pub const NOTE_LENGTH: usize = 2000;

/// What a candidate did with one question, up to now. QTI calls it the item session state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemState {
    answer_history: Vec<(Timestamp, Vec<ChoiceId>)>,
    struck: BTreeSet<ChoiceId>,
    is_flagged: bool,
    note: String,
    problem: String,
    confidence: Option<Confidence>,
    highlights: Highlights,
    is_revealed: bool,
    is_seen: bool,
    time: Duration,
}

/// Whether and how a candidate answered a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Response<'s> {
    /// The candidate selected these choices: at least one, and possibly fewer than the question takes.
    Selected(&'s [ChoiceId]),
    /// The question was on the screen and has no answer.
    Omitted,
    /// The question was never on the screen.
    NotReached,
}

impl ItemState {
    /// The response as it stands.
    #[must_use]
    pub fn response(&self) -> Response<'_> {
        match (self.selected(), self.is_seen) {
            ([], false) => Response::NotReached,
            ([], true) => Response::Omitted,
            (choices, _) => Response::Selected(choices),
        }
    }

    /// The choices that are selected, in the order of selection; empty without an answer.
    #[must_use]
    pub fn selected(&self) -> &[ChoiceId] {
        self.answer_history.last().map_or(&[], |(_, choices)| choices)
    }

    /// How many times one complete answer, of `required` choices, was followed by another. Changing back to an earlier
    /// answer counts.
    #[must_use]
    pub fn changes(&self, required: usize) -> usize {
        self.complete_answers(required).count().saturating_sub(1)
    }

    /// The complete answers, of `required` choices, in the order in which they were given.
    pub fn complete_answers(&self, required: usize) -> impl Iterator<Item = &[ChoiceId]> {
        let answers = self.answer_history.iter().map(|(_, choices)| choices.as_slice());
        answers.filter(move |choices| choices.len() == required)
    }

    /// Whether a choice is struck out.
    #[must_use]
    pub fn is_struck(&self, choice: &ChoiceId) -> bool {
        self.struck.contains(choice)
    }

    /// Whether the question is flagged for review.
    #[must_use]
    pub fn is_flagged(&self) -> bool {
        self.is_flagged
    }

    /// The note on the question; empty without one.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }

    /// What the candidate says is wrong with the question; empty without that.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// How sure the candidate is; `None` if that was not said.
    #[must_use]
    pub fn confidence(&self) -> Option<Confidence> {
        self.confidence
    }

    /// The highlighted passages of the stem, in order and apart from each other.
    #[must_use]
    pub fn highlights(&self) -> &[Passage] {
        self.highlights.passages()
    }

    /// Whether all of a passage is highlighted.
    #[must_use]
    pub fn is_highlighted(&self, passage: Passage) -> bool {
        self.highlights.cover(passage)
    }

    /// Whether the right answer has been shown, and the candidate's is final.
    #[must_use]
    pub fn is_revealed(&self) -> bool {
        self.is_revealed
    }

    /// Whether the question has been on the screen.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.is_seen
    }

    /// How long the question has been on the screen, without the candidate's absences and only until its answer was
    /// shown. The current view counts once it ends.
    #[must_use]
    pub fn time(&self) -> Duration {
        self.time
    }

    /// Records an answer, and restores the choices in it that were struck out.
    pub(super) fn answer(&mut self, at: Timestamp, choices: Vec<ChoiceId>) {
        for choice in &choices {
            self.struck.remove(choice);
        }
        self.answer_history.push((at, choices));
    }

    pub(super) fn set_struck(&mut self, choice: &ChoiceId, on: bool) {
        if on {
            self.struck.insert(choice.clone());
        } else {
            self.struck.remove(choice);
        }
    }

    pub(super) fn set_flag(&mut self, on: bool) {
        self.is_flagged = on;
    }

    pub(super) fn set_note(&mut self, note: &str) {
        note.clone_into(&mut self.note);
    }

    pub(super) fn set_problem(&mut self, problem: &str) {
        problem.clone_into(&mut self.problem);
    }

    pub(super) fn set_confidence(&mut self, confidence: Option<Confidence>) {
        self.confidence = confidence;
    }

    pub(super) fn highlight(&mut self, passage: Passage, on: bool) {
        self.highlights.set(passage, on);
    }

    pub(super) fn reveal(&mut self) {
        self.is_revealed = true;
    }

    pub(super) fn mark_seen(&mut self) {
        self.is_seen = true;
    }

    pub(super) fn add_time(&mut self, time: Duration) {
        self.time += time;
    }
}
