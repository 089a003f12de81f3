//! How the prompt behaves.

use crate::pages::Layout;

/// How the prompt behaves.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether to show `> ` where a line is awaited.
    pub prompt: bool,
    /// How tables are laid out. With [`Layout::Table`], a progress line stands above each question.
    pub layout: Layout,
}
