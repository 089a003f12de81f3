//! The question on the screen.

use askama::Template;

use crate::explanation::Explained;

use super::{Around, Keys, Side};
use crate::frame::{Assets, Frame, STYLESHEET};
use examroom_app::view::keys::{Action, Context};
use examroom_app::view::question::{ChoiceView, ExhibitView, QuestionView};
use examroom_core::session::NOTE_LENGTH;

/// The question, with what lies beside it.
#[derive(Debug, Template)]
#[template(path = "room-question.html")]
pub struct QuestionPage<'p> {
    /// What is around the page.
    pub frame: Frame<'p>,
    /// What is around the screen.
    pub around: Around,
    /// The question.
    pub view: QuestionView,
    /// What lies beside it.
    pub side: Side,
    /// The addresses of the sheets that the question names.
    pub sheets: Vec<(String, String)>,
    /// Where its keys and buttons are those of: the exam, or practice before its reasons are shown, or with them.
    pub of: Context,
    /// The question with its reasons, which practice shows once it was answered.
    pub explained: Option<Explained>,
}

impl QuestionPage<'_> {
    fn keys(&self, action: Action) -> Keys {
        Keys::of(self.of, action)
    }

    fn kind(&self) -> &'static str {
        if self.view.wanted == 1 { "radio" } else { "checkbox" }
    }

    fn most() -> usize {
        NOTE_LENGTH
    }

    /// The key that picks a choice.
    fn letter(choice: &ChoiceView) -> char {
        choice.letter.to_ascii_lowercase()
    }
}
