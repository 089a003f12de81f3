//! How the prompt is begun, and how it ends.

use crate::pages::Layout;

/// How the prompt behaves.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether to show `> ` where a line is awaited.
    pub prompt: bool,
    /// How tables are laid out. With [`Layout::Table`], a progress line stands above each question.
    pub layout: Layout,
}

/// How the exam ended here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Finished,
    /// The candidate left.
    Left,
    /// Standard input was closed, or the program was asked to end.
    InputEnded,
    /// Another process took the attempt over.
    TakenOver,
}
