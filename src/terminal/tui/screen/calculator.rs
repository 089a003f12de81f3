//! The calculator below the question, so that the figures stay in sight.

use ratatui::text::{Line, Span};

use crate::tui::line_editor::LineEditor;
use crate::tui::page::Page;
use crate::tui::text_lines::{hanging, paragraph};
use crate::tui::theme::Theme;
use examroom_app::view::SafeText;
use examroom_app::view::calculator::calculate;

/// What was typed and worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calculator {
    pub line: LineEditor,
    /// Calculations and their results, the last at the end.
    done: Vec<(String, String)>,
    trouble: Option<String>,
}

/// How many results are kept in sight.
const KEPT: usize = 3;

impl Calculator {
    /// Works out what was typed; the result can be used further.
    pub fn work_out(&mut self) {
        let typed = self.line.text();
        match calculate(&typed) {
            Ok(result) => {
                self.trouble = None;
                if typed.trim() != result {
                    self.line = LineEditor::new(&result);
                    self.done.push((typed, result));
                    let extra = self.done.len().saturating_sub(KEPT);
                    self.done.drain(..extra);
                }
            }
            Err(sentence) => self.trouble = Some(sentence),
        }
    }

    /// Something was typed: what was said about it before holds no longer.
    pub fn touched(&mut self) {
        self.trouble = None;
    }

    #[must_use]
    pub fn page(&self, width: u16, theme: Theme) -> Page {
        let width = usize::from(width);
        let mut page = Page::default();
        for (typed, result) in &self.done {
            page.extend(paragraph(&format!("{} = {result}", SafeText::new(typed)), theme.quiet(), width));
        }
        page.stop(typed_line("= ", &self.line, width, theme));
        if let Some(trouble) = &self.trouble {
            page.extend(paragraph(&SafeText::new(trouble), theme.accent(), width));
        }
        page
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::line_editor::Edit;

    #[test]
    fn a_result_can_be_worked_with_and_nonsense_is_told_until_something_is_typed() {
        let mut calculator = Calculator { line: LineEditor::new("12 / 480"), ..Calculator::default() };
        calculator.work_out();
        assert_eq!(calculator.line.text(), "0.025");
        for c in "*100".chars() {
            calculator.line.apply(Edit::Insert(c));
        }
        calculator.work_out();
        assert_eq!(calculator.line.text(), "2.5");
        calculator.line.apply(Edit::Insert('+'));
        calculator.work_out();
        assert!(calculator.trouble.is_some());
        calculator.touched();
        assert!(calculator.trouble.is_none());
    }
}
