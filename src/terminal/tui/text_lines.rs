//! Lines of text on the screen: wrapped at a readable width behind their marks, cut, padded, and scrolled.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use examroom_app::view::SafeText;
use examroom_app::view::wrap::{self, clusters, columns};

/// Lines of a text, made safe, that fit `width` columns. Line feeds of the text stay.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap::wrap(&SafeText::new(text), width)
}

/// The widest line of running text.
pub const READABLE: u16 = 84;

/// Preformatted text: no wrapping by words, but nothing is lost either; lines that are too long go on below.
#[must_use]
pub fn preformatted(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.trim_end().split('\n') {
        if columns(line) <= width.max(1) {
            lines.push(line.to_owned());
        } else {
            lines.extend(wrap(line, width));
        }
    }
    lines
}

/// The lines of a paragraph behind a first mark; the following lines hang below its text.
#[must_use]
pub fn hanging(mark: Vec<Span<'static>>, text: &str, style: Style, width: usize) -> Vec<Line<'static>> {
    let indent: usize = mark.iter().map(Span::width).sum();
    let mut first = Some(mark);
    wrap(text, width.saturating_sub(indent))
        .into_iter()
        .map(|line| {
            let mut spans = first.take().unwrap_or_else(|| vec![Span::raw(" ".repeat(indent))]);
            spans.push(Span::styled(line, style));
            Line::from(spans)
        })
        .collect()
}

/// A paragraph in one style.
#[must_use]
pub fn paragraph(text: &str, style: Style, width: usize) -> Vec<Line<'static>> {
    wrap(text, width).into_iter().map(|line| Line::styled(line, style)).collect()
}

/// Cuts a text to a width, with a sign that it goes on.
#[must_use]
pub fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 0;
    for (cluster, wide) in clusters(text) {
        if used + wide + 1 > width {
            break;
        }
        used += wide;
        short.push_str(cluster);
    }
    if width > 0 {
        short.push('…');
    }
    short
}

/// Pads a text to a width, by columns and not by characters.
#[must_use]
pub fn padded(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let missing = width.saturating_sub(columns(&text));
    format!("{text}{}", " ".repeat(missing))
}

/// Which lines of a longer text are on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    pub top: usize,
}

impl Scroll {
    /// Keeps within the text: `lines` of it, `rows` on the screen.
    pub fn clamp(&mut self, lines: usize, rows: usize) {
        self.top = self.top.min(lines.saturating_sub(rows));
    }

    pub fn by(&mut self, lines: isize) {
        self.top = self.top.saturating_add_signed(lines);
    }

    /// Moves as little as needed so that a range of lines is on the screen, its first line above all.
    pub fn show(&mut self, range: &std::ops::Range<usize>, rows: usize) {
        if range.end > self.top + rows {
            self.top = range.end - rows;
        }
        if range.start < self.top {
            self.top = range.start;
        }
    }

    #[must_use]
    pub fn shows(self, range: &std::ops::Range<usize>, rows: usize) -> bool {
        range.start >= self.top && range.end.min(range.start + rows) <= self.top + rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_combining_text_is_cut_and_padded_by_columns() {
        assert_eq!(cut("漢字漢字", 5), "漢字…");
        assert_eq!(padded("漢字", 6), "漢字  ");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 3), "e\u{301}e\u{301}e\u{301}");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn a_hanging_paragraph_keeps_its_indent() {
        let lines = hanging(vec![Span::raw("A  ")], "one two three", Style::new(), 10);
        let texts: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["A  one two", "   three"]);
    }

    #[test]
    fn scrolling_shows_a_range_with_the_least_movement() {
        let mut scroll = Scroll { top: 0 };
        scroll.show(&(8..10), 5);
        assert_eq!(scroll.top, 5);
        scroll.show(&(2..20), 5);
        assert_eq!(scroll.top, 2, "the first line counts when not all fits");
        scroll.clamp(4, 5);
        assert_eq!(scroll.top, 0);
    }
}
