//! Lines of text on the screen: wrapped at a readable width after their marks, cut and padded.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::pages::{self, clusters, columns};
use examroom_app::view::SafeText;

/// Lines of a text, made safe, that fit `width` columns. Line feeds of the text stay.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    pages::wrap(&SafeText::new(text), width)
}

/// The widest line of running text.
pub const READABLE: u16 = 84;

/// Preformatted text: no wrapping by words, but nothing is lost either; lines that are too long continue below.
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
}
