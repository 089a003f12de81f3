//! Something that is typed: a note, a number to go to, words to search for.

use super::calculator::typed_line;
use crate::tui::line_editor::LineEditor;
use crate::tui::page::Page;
use crate::tui::theme::Theme;

#[must_use]
pub fn page(prompt: &'static str, line: &LineEditor, width: u16, theme: Theme) -> Page {
    let mut page = Page::default();
    page.stop(typed_line(prompt, line, usize::from(width), theme));
    page
}
