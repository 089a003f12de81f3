//! What the screens and the overlays have in common, so that the exam room routes to any of them in one way.

use std::time::Duration;

use ratatui::text::Line;

use crate::tui::keys::{Action, Context};
use crate::tui::line_editor::Edit;
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::scroll::{Movement, Scroll};
use crate::tui::snapshot::Snapshot;
use crate::tui::theme::Theme;
use examroom_core::session::Session;

/// Whether the window has room for blank lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Density {
    Ample,
    Scarce,
}

/// How a page is to be set.
#[derive(Clone, Copy, Debug)]
pub struct PageStyle {
    /// In columns.
    pub width: u16,
    pub density: Density,
    pub theme: Theme,
}

/// What a screen shows.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Lines above the page that do not scroll.
    pub head: Vec<Line<'static>>,
    pub page: Page,
}

impl From<Page> for Content {
    fn from(page: Page) -> Self {
        Self { head: Vec::new(), page }
    }
}

/// The page as it was last laid out, so that a key acts on what the candidate saw.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'p> {
    pub page: &'p Page,
    /// How many rows of it are on the screen.
    pub rows: usize,
}

/// A screen, or what lies over it.
pub trait Component {
    /// Which keys of the table it takes.
    fn context(&self) -> Context;

    /// Does what a key asks for.
    fn act(&mut self, action: Action, session: &Session, seen: Seen<'_>) -> Vec<Request>;

    /// Makes the page.
    fn content(&mut self, snapshot: Snapshot<'_>, style: PageStyle) -> Content;

    /// Where the page is scrolled to; `None` for what never scrolls.
    fn scroll(&mut self) -> Option<&mut Scroll> {
        None
    }

    /// Moves through the page.
    fn travel(&mut self, movement: Movement, seen: Seen<'_>) {
        if let Some(scroll) = self.scroll() {
            scroll.by(movement.steps(seen.rows));
        }
    }

    /// Takes what is typed, with so much time left; only where something is typed.
    fn edit(&mut self, _: Edit, _: Duration) {}
}
