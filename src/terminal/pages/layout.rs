//! How pages are laid out: their width, and whether tables stand in columns.

use super::wrap::wrap;

/// How tables are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// In columns.
    Table,
    /// A sentence a row, for a screen reader.
    Sentences,
}

/// The width that running text is wrapped to.
pub const WIDTH: usize = 80;

/// Running text as lines of the pages' width.
#[must_use]
pub fn wrapped(text: &str) -> String {
    wrap(text, WIDTH).join("\n")
}
