//! The calculator below the question, so that the figures stay in sight.

use std::time::Duration;

use crate::tui::keys::{Action, Context};
use crate::tui::line_editor::{Edit, LineEditor};
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::screen::component::{Component, Content, PageStyle, Seen};
use crate::tui::snapshot::Snapshot;
use crate::tui::text_lines::paragraph;
use crate::tui::theme::Theme;
use crate::tui::typed_line::typed_line;
use examroom_app::view::SafeText;
use examroom_app::view::calculator::calculate;
use examroom_core::session::Session;

/// What was typed and worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calculator {
    line: LineEditor,
    /// Calculations and their results, the last at the end.
    done: Vec<(String, String)>,
    trouble: Option<String>,
}

/// How many results are kept in sight.
const KEPT: usize = 3;

impl Calculator {
    /// Works out what was typed; the result can be used further.
    fn work_out(&mut self) {
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

    fn page(&self, width: usize, theme: Theme) -> Page {
        let mut page = Page::default();
        for (typed, result) in &self.done {
            page.extend(paragraph(&format!("{} = {result}", SafeText::new(typed)), theme.quiet(), width));
        }
        page.extend(typed_line("= ", &self.line, width, theme));
        if let Some(trouble) = &self.trouble {
            page.extend(paragraph(&SafeText::new(trouble), theme.accent(), width));
        }
        page
    }
}

impl Component for Calculator {
    fn context(&self) -> Context {
        Context::Calculator
    }

    fn act(&mut self, action: Action, _: &Session, _: Seen<'_>) -> Vec<Request> {
        if action != Action::Accept {
            return vec![Request::Close];
        }
        self.work_out();
        Vec::new()
    }

    fn content(&mut self, _: Snapshot<'_>, style: PageStyle) -> Content {
        self.page(usize::from(style.width), style.theme).into()
    }

    /// What was said about what was typed before holds no longer.
    fn edit(&mut self, edit: Edit, _: Duration) {
        self.line.apply(edit);
        self.trouble = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_can_be_worked_with_and_nonsense_is_told_until_something_is_typed() {
        let mut calculator = Calculator { line: LineEditor::new("12 / 480"), ..Calculator::default() };
        calculator.work_out();
        assert_eq!(calculator.line.text(), "0.025");
        for c in "*100".chars() {
            calculator.edit(Edit::Insert(c), Duration::ZERO);
        }
        calculator.work_out();
        assert_eq!(calculator.line.text(), "2.5");
        calculator.edit(Edit::Insert('+'), Duration::ZERO);
        calculator.work_out();
        assert!(calculator.trouble.is_some());
        calculator.edit(Edit::Insert('1'), Duration::ZERO);
        assert!(calculator.trouble.is_none());
    }
}
