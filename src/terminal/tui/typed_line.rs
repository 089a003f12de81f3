//! A line being typed: a note, a number, words to search for, a calculation.

use ratatui::text::{Line, Span};

use super::line_editor::LineEditor;
use super::text_lines::hanging;
use super::theme::Theme;
use examroom_app::view::SafeText;

/// A typed line with its cursor; the cursor is a reversed character, so that no terminal can lose it.
#[must_use]
pub fn typed_line(prompt: &'static str, line: &LineEditor, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let (before, after) = line.parts();
    let text = format!("{}\u{0}{}", SafeText::new(before), SafeText::new(after));
    let mut lines = hanging(vec![Span::styled(prompt, theme.accent())], &with_cursor(&text), theme.text(), width);
    for line in &mut lines {
        let mut spans = Vec::with_capacity(line.spans.len() + 2);
        for span in line.spans.drain(..) {
            match span.content.split_once(CURSOR) {
                Some((before, after)) => {
                    spans.push(Span::styled(before.to_owned(), span.style));
                    spans.push(Span::styled("▏".to_owned(), theme.accent()));
                    spans.push(Span::styled(after.to_owned(), span.style));
                }
                None => spans.push(span),
            }
        }
        line.spans = spans;
    }
    lines
}

/// A stand-in of one column, of no use in running text (private use area).
const CURSOR: char = '\u{f8ff}';

fn with_cursor(text: &str) -> String {
    text.replace(CURSOR, "?").replace('\u{0}', &CURSOR.to_string())
}
