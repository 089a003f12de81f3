//! How pages are laid out: their width, and whether tables stand in columns.

use ratatui::crossterm::terminal::size;

use super::wrap::wrap;

/// How tables are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// In columns.
    Table,
    /// A sentence a row, for a screen reader.
    Sentences,
}

/// The width that running text is wrapped to, where it does not depend on a terminal.
pub const WIDTH: usize = 80;

/// Longer lines are hard to read, however wide a terminal is.
const WIDEST: usize = 90;

/// The width for running text on the terminal.
#[must_use]
pub fn terminal_width() -> usize {
    size().map_or(WIDTH, |(columns, _)| usize::from(columns).clamp(1, WIDEST))
}

/// Running text as lines of the pages' width.
#[must_use]
pub fn wrapped(text: &str) -> String {
    wrap(text, WIDTH).join("\n")
}
