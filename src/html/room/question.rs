//! The question on the screen.

use askama::Template;

use crate::explanation::Explained;

use super::{Around, Keys, Side};
use crate::frame::{Assets, Frame, STYLESHEET};
use examroom_app::view::keys::{Action, Context};
use examroom_app::view::question::{ChoiceView, ExhibitView, QuestionView, StemPart};
use examroom_core::session::{Confidence, ConfidencePolicy, NOTE_LENGTH};

/// How sure the candidate can say to be.
#[derive(Debug)]
struct Degree {
    confidence: Confidence,
    words: &'static str,
    is_said: bool,
    keys: String,
}

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
    /// Where its keys and buttons are those of: the exam, or practice before its reasons are shown, or with them.
    pub of: Context,
    /// Whether it is asked how sure the candidate is.
    pub confidence: ConfidencePolicy,
    /// The question with its reasons, which practice shows once it was answered.
    pub explained: Option<Explained>,
}

impl QuestionPage<'_> {
    fn keys(&self, action: Action) -> Keys {
        Keys::of(self.of, action)
    }

    /// The form that the tools send.
    fn form() -> &'static str {
        "answer"
    }

    /// How sure one can be, each with its button's words, whether it was said, and its keys: one key goes through them.
    fn degrees(&self) -> Vec<Degree> {
        if self.confidence == ConfidencePolicy::NotAsked {
            return Vec::new();
        }
        let said = self.view.confidence;
        // What was said is taken back by saying it again.
        let next = said.map_or(Some(Confidence::Sure), Confidence::next).or(said);
        let degree = |confidence: &Confidence| Degree {
            confidence: *confidence,
            words: match confidence {
                Confidence::Sure => "Sure",
                Confidence::ThinkSo => "Think so",
                Confidence::Guess => "Guess",
            },
            is_said: said == Some(*confidence),
            keys: if next == Some(*confidence) { self.keys(Action::Confidence).all } else { String::new() },
        };
        Confidence::ALL.iter().map(degree).collect()
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
