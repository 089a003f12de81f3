//! A question after it was answered, with the reason for each choice: in the report, looked back on, and in practice.

use askama::Template;

use examroom_app::view::explanation::{ExplanationView, Reason, UNSCORED, choice_state};
use examroom_app::view::question::{ChoiceView, ExhibitView, StemPart};
use examroom_core::scoring::Mark;
use examroom_core::session::NOTE_LENGTH;

/// The question as a part of a page.
#[derive(Debug, Template)]
#[template(path = "explanation.html")]
pub struct Explained {
    view: ExplanationView,
    /// Its place among those that are shown, from 1, which is its address in the page: `q3`.
    place: usize,
    order: Order,
    /// Where what is wrong with it is sent; nowhere from a file.
    problem_to: Option<String>,
}

/// What of a question with its reasons comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// The whole question, to somebody who looks back.
    QuestionFirst,
    /// The reasons, to somebody who has just read the question: its case is folded away.
    ReasonsFirst,
}

impl Explained {
    /// A question at a place of the page.
    #[must_use]
    pub fn new(view: ExplanationView, place: usize) -> Self {
        Self { view, place, order: Order::QuestionFirst, problem_to: None }
    }

    /// A question that was answered just now.
    #[must_use]
    pub fn just_answered(view: ExplanationView) -> Self {
        Self { view, place: 1, order: Order::ReasonsFirst, problem_to: None }
    }

    /// With a form for what is wrong with it, which is sent to an address.
    #[must_use]
    pub fn with_problem_to(self, address: String) -> Self {
        Self { problem_to: Some(address), ..self }
    }

    fn most() -> usize {
        NOTE_LENGTH
    }

    /// Its number, as the candidate saw it.
    #[must_use]
    pub fn number(&self) -> usize {
        self.view.question.number
    }

    /// Its place among those that are shown.
    #[must_use]
    pub fn place(&self) -> usize {
        self.place
    }

    /// What it earned.
    #[must_use]
    pub fn mark(&self) -> Mark {
        self.view.mark
    }

    /// Whether it was answered right, and what is right.
    #[must_use]
    pub fn verdict(&self) -> &str {
        &self.view.verdict
    }

    fn choices(&self) -> impl Iterator<Item = (&ChoiceView, &Reason)> {
        self.view.question.choices.iter().zip(&self.view.reasons)
    }

    /// The class of the verdict.
    fn tag(&self) -> &'static str {
        if self.view.mark == Mark::Right { "tag-right" } else { "tag-wrong" }
    }
}

/// The class of a choice by what it was and whether it was chosen.
fn choice_class(choice: &ChoiceView, reason: &Reason) -> &'static str {
    match (reason.is_key, choice.selected) {
        (true, _) => "is-right",
        (false, true) => "is-wrong",
        (false, false) => "",
    }
}
