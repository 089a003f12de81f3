//! What an exam is made of, as a page.

use askama::Template;

use crate::frame::{Assets, Frame, STYLESHEET};
use crate::notice::Way;
use examroom_app::view::exam::ExamView;

/// The page.
#[derive(Debug, Template)]
#[template(path = "exam.html")]
pub struct ExamPage<'p> {
    /// What is around it.
    pub frame: Frame<'p>,
    /// The figures.
    pub view: ExamView,
    /// Where to go from here.
    pub ways: &'p [Way<'p>],
}
