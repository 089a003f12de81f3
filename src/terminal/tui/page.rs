//! A page: lines of text, those that can be pointed at, and drawing them. All text reaches the screen through here.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::scroll::Scroll;
use examroom_app::view::SafeText;

/// Lines that are longer, as a rule, than the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub lines: Vec<Line<'static>>,
    /// The lines of what can be pointed at: choices, rows, buttons.
    pub stops: Vec<Range<usize>>,
    /// The lines of the stem, whose words can be selected.
    pub stem: Range<usize>,
}

impl Page {
    pub fn push(&mut self, line: impl Into<Line<'static>>) {
        self.lines.push(line.into());
    }

    pub fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    pub fn extend(&mut self, lines: impl IntoIterator<Item = Line<'static>>) {
        self.lines.extend(lines);
    }

    /// Adds lines that can be pointed at.
    pub fn stop(&mut self, lines: impl IntoIterator<Item = Line<'static>>) {
        let start = self.lines.len();
        self.lines.extend(lines);
        self.stops.push(start..self.lines.len());
    }

    /// Adds the lines of the stem.
    pub fn stem(&mut self, lines: impl IntoIterator<Item = Line<'static>>) {
        let start = self.lines.len();
        self.lines.extend(lines);
        self.stem = start..self.lines.len();
    }

    /// The stop on a line.
    #[must_use]
    pub fn stop_at(&self, line: usize) -> Option<usize> {
        self.stops.iter().position(|stop| stop.contains(&line))
    }
}

/// Draws a line on a row of an area, if the area has that row. Everything that is drawn goes through here and is made
/// safe here, whether or not it was when the line was made.
#[expect(clippy::disallowed_methods, reason = "this is what draws")]
pub fn put(buffer: &mut Buffer, area: Rect, row: u16, line: &Line<'_>) {
    let area = area.intersection(buffer.area);
    if row >= area.height || area.width == 0 {
        return;
    }
    let unsafe_text = |span: &Span<'_>| SafeText::new(&span.content).as_str() != span.content;
    if line.spans.iter().any(unsafe_text) {
        let safe = |span: &Span<'_>| Span::styled(SafeText::new(&span.content).into_string(), span.style);
        let line = Line::from(line.spans.iter().map(safe).collect::<Vec<_>>()).style(line.style);
        buffer.set_line(area.x, area.y + row, &line, area.width);
    } else {
        buffer.set_line(area.x, area.y + row, line, area.width);
    }
}

/// Draws the part of a page that its scroll shows.
pub fn draw_page(buffer: &mut Buffer, area: Rect, page: &Page, scroll: Scroll) {
    for (row, line) in (0..area.height).zip(page.lines.iter().skip(scroll.top)) {
        put(buffer, area, row, line);
    }
}
