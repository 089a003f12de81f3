//! The break between two sections, with its own clock.

use std::time::Duration;

use ratatui::text::Line;

use crate::tui::page::Page;
use crate::tui::text_lines::paragraph;
use crate::tui::theme::Theme;
use examroom_app::view::announcement::break_left;
use examroom_app::view::pause::PauseView;

#[must_use]
pub fn page(pause: &PauseView, left: Option<Duration>, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    page.push(Line::styled(pause.title, theme.accent()));
    if let Some(left) = left {
        page.push(Line::styled(break_left(left), theme.strong()));
    }
    for line in &pause.lines {
        page.blank();
        page.extend(paragraph(line, theme.text(), width));
    }
    page
}
