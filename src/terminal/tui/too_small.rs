//! A window too small for a question: how large it must be, and the time left, which goes on.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::areas::SMALLEST;
use super::page::put;
use super::text_lines::wrap;
use super::theme::Theme;
use examroom_core::time::ClockFace;

pub fn draw(buffer: &mut Buffer, window: Rect, left: Option<Duration>, theme: Theme) {
    let mut lines = Vec::new();
    if let Some(left) = left {
        lines.push(Line::styled(ClockFace(left).to_string(), theme.strong()));
    }
    let (width, height) = SMALLEST;
    let text = if window.width < 16 || window.height < 4 {
        format!("needs {width}x{height}")
    } else {
        format!("Enlarge the window to {width}x{height} or more.")
    };
    lines.extend(wrap(&text, usize::from(window.width)).into_iter().map(Line::from));
    for (row, line) in (0..window.height).zip(&lines) {
        put(buffer, window, row, line);
    }
}
