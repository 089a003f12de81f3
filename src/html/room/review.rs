//! The list of a section's questions.

use askama::Template;

use super::{Around, Keys, Side};
use crate::frame::{Assets, Frame, STYLESHEET};
use examroom_app::view::keys::{Action, Context};
use examroom_app::view::review::{Filter, ReviewView, Row, State};
use examroom_core::session::Mode;

/// The list.
#[derive(Debug, Template)]
#[template(path = "room-review.html")]
pub struct ReviewPage<'p> {
    /// What is around the page.
    pub frame: Frame<'p>,
    /// What is around the screen.
    pub around: Around,
    /// The questions.
    pub view: ReviewView,
    /// Which are shown.
    pub filter: Filter,
    /// The filters with the addresses of the list by each.
    pub filters: Vec<(Filter, String)>,
    /// What lies beside the list.
    pub side: Side,
    /// What is sat.
    pub mode: Mode,
}

impl ReviewPage<'_> {
    #[expect(clippy::unused_self, reason = "the templates that it shares with a question ask the page")]
    fn keys(&self, action: Action) -> Keys {
        Keys::of(Context::Review, action)
    }

    /// The form that the tools send.
    fn form() -> &'static str {
        "deed"
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.view.rows.iter().filter(|row| self.filter.admits(row))
    }

    fn is_empty(&self) -> bool {
        self.rows().next().is_none()
    }

    /// The filter that its key turns to.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn is_next(&self, filter: &Filter) -> bool {
        *filter == self.filter.next()
    }

    fn end(&self) -> &'static str {
        match (self.view.is_last, self.mode) {
            (false, _) => "End this section",
            (true, Mode::Practice) => "End practice",
            (true, Mode::Exam | Mode::Paper) => "End the exam",
        }
    }

    /// As the stylesheet calls it.
    fn state(row: &Row) -> &'static str {
        match row.state {
            State::Answered => "answered",
            State::Partly => "partly",
            State::Unanswered => "unanswered",
            State::NotSeen => "unseen",
        }
    }
}
