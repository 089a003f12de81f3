//! What seemed wrong with questions, as a page.

use askama::Template;

use crate::frame::{Assets, Frame, STYLESHEET};
use examroom_app::view::problem::Problems;

/// The page.
#[derive(Debug, Template)]
#[template(path = "problems.html")]
pub struct ProblemsPage<'p> {
    /// What is around it.
    pub frame: Frame<'p>,
    /// What was noted.
    pub problems: Problems,
    /// The address of the file for the author.
    pub file: &'p str,
}
