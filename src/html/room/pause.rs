//! The break between two sections.

use askama::Template;

use super::{Around, Keys};
use crate::frame::{Assets, Frame, STYLESHEET};
use examroom_app::view::keys::{Action, Context};
use examroom_app::view::pause::PauseView;

/// The break.
#[derive(Debug, Template)]
#[template(path = "room-pause.html")]
pub struct PausePage<'p> {
    /// What is around the page.
    pub frame: Frame<'p>,
    /// What is around the screen.
    pub around: Around,
    /// The break in words.
    pub view: PauseView,
}

impl PausePage<'_> {
    fn keys(action: Action) -> Keys {
        Keys::of(Context::Break, action)
    }
}
