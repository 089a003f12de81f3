//! What comes before the clock: the rules of the sitting, and how the room is used.

use askama::Template;

use super::{Around, Keys};
use crate::frame::{Assets, Frame, STYLESHEET};
use examroom_app::view::keys::{Action, Binding, Context, bindings};
use examroom_app::view::rules::RulesView;

/// The rules of the sitting.
#[derive(Debug, Template)]
#[template(path = "room-welcome.html")]
pub struct WelcomePage<'p> {
    /// What is around the page.
    pub frame: Frame<'p>,
    /// What is around the screen.
    pub around: Around,
    /// The rules.
    pub view: RulesView,
    /// Where its keys are those of: before an exam, or before practice.
    pub of: Context,
    /// The address of the tutorial.
    pub tutorial: String,
}

impl WelcomePage<'_> {
    fn keys(&self, action: Action) -> Keys {
        Keys::of(self.of, action)
    }

    fn is_practice(&self) -> bool {
        self.of == Context::PracticeStart
    }
}

/// A page of the tutorial.
#[derive(Debug, Template)]
#[template(path = "room-tutorial.html")]
pub struct TutorialPage<'p> {
    /// What is around the page.
    pub frame: Frame<'p>,
    /// What is around the screen.
    pub around: Around,
    /// From 0.
    pub number: usize,
    /// The address of the page before, or of the welcome.
    pub before: String,
    /// The address of the next page; none on the last one.
    pub next: Option<String>,
}

/// What a page of the tutorial teaches.
#[derive(Debug)]
pub struct Lesson {
    title: &'static str,
    text: &'static str,
    actions: &'static [Action],
    more: &'static str,
}

/// The tutorial.
pub const LESSONS: [Lesson; 3] = [
    Lesson {
        title: "Answering",
        text: "Click or touch a choice to pick it; another one changes the answer. Where several choices are wanted, each \
               click picks one or removes it. On a keyboard, type the choice's letter.",
        actions: &[Action::Strike, Action::Clear, Action::Flag, Action::Note, Action::Highlight],
        more: "Every answer is saved as you give it.",
    },
    Lesson {
        title: "Moving about",
        text: "Questions can be answered in any order within a section. The review list shows which are answered, \
               unanswered or flagged, and ends the section after asking you.",
        actions: &[
            Action::Next,
            Action::Previous,
            Action::GoTo(None),
            Action::Review,
            Action::Shelf,
            Action::Calculator,
        ],
        more: "No single key and no single click ends anything for good.",
    },
    Lesson {
        title: "Time, saving, leaving",
        text: "The time left is at the top right. You are notified at 30, 10, 5 and 1 minute. The word \"saved\" beside it \
               means that every answer is on the disk. The clock keeps running when you close the page: to pause it, leave.",
        actions: &[Action::HideClock, Action::HideNumber, Action::Help, Action::Leave],
        more: "After this page the exam starts, and its clock with it.",
    },
];

impl TutorialPage<'_> {
    fn lesson(&self) -> &'static Lesson {
        &LESSONS[self.number.min(LESSONS.len() - 1)]
    }

    fn pages() -> usize {
        LESSONS.len()
    }

    fn keys(action: Action) -> Keys {
        Keys::of(Context::Tutorial, action)
    }

    /// The keys of the lesson, and what each does.
    fn lines(&self) -> impl Iterator<Item = (String, &'static str)> {
        let binding = |action: &Action| bindings(Context::Question).find(|binding| binding.action == *action);
        let line = |binding: &'static Binding| Some((binding.keys.first()?.name(), binding.words));
        self.lesson().actions.iter().filter_map(binding).filter_map(line)
    }
}
