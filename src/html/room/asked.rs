//! What has to be confirmed.

use askama::Template;

use super::{Around, Keys};
use crate::frame::{Assets, Frame, STYLESHEET};
use examroom_app::view::confirmation::ConfirmationView;
use examroom_app::view::keys::{Action, Context};

/// The question and its two answers.
#[derive(Debug, Template)]
#[template(path = "room-asked.html")]
pub struct AskedPage<'p> {
    /// What is around the page.
    pub frame: Frame<'p>,
    /// What is around the screen.
    pub around: Around,
    /// What is asked.
    pub view: ConfirmationView,
    /// The word that does it.
    pub deed: &'static str,
    /// The address of what it lies over.
    pub back: String,
}

impl AskedPage<'_> {
    fn keys(action: Action) -> Keys {
        Keys::of(Context::Confirm, action)
    }
}
