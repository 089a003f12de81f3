//! The first page in a browser: the exams, and the attempts that were left.

use askama::Template;

use crate::frame::{Assets, Frame, STYLESHEET};
use crate::history::PastView;
use crate::take::TakeForm;
use examroom_app::view::SafeText;
use examroom_app::view::history::WHISKERS;
use examroom_app::view::home::OfferedForm;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "start.html")]
pub struct StartPage<'p> {
    /// What is around it.
    pub frame: Frame<'p>,
    /// What is told first.
    pub said: Option<SafeText>,
    /// The exams of the outlines in force.
    pub exams: Vec<ExamChoice>,
    /// Those of older ones.
    pub older: Vec<ExamChoice>,
    /// The attempts that can be continued, the newest first.
    pub unfinished: Vec<AttemptChoice>,
    /// What was sat.
    pub past: PastView,
}

/// An exam that can be sat.
#[derive(Debug)]
pub struct ExamChoice {
    /// Its id.
    pub id: SafeText,
    /// Its name.
    pub name: SafeText,
    /// What it is, in a sentence.
    pub summary: SafeText,
    /// The name of the exam whose outline is in force, where this one's is older.
    pub in_force: Option<SafeText>,
    /// The form that came with its bank.
    pub offered: Option<OfferedForm>,
    /// The choices before it.
    pub form: TakeForm,
}

/// An attempt.
#[derive(Debug)]
pub struct AttemptChoice {
    /// Its number.
    pub id: i64,
    /// The exam, and when it was begun.
    pub text: SafeText,
}

/// An attempt that is open in another window, which may be taken over.
#[derive(Debug, Template)]
#[template(path = "take-over.html")]
pub struct TakeOverPage<'p> {
    /// What is around it.
    pub frame: Frame<'p>,
    /// Its number.
    pub id: i64,
}
