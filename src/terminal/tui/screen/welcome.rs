//! What is told before the clock starts.

use ratatui::text::{Line, Span};

use crate::tui::page::Page;
use crate::tui::text_lines::{hanging, paragraph};
use crate::tui::theme::Theme;
use examroom_app::view::rules::RulesView;

#[must_use]
pub fn page(rules: &RulesView, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    page.extend(paragraph(&rules.title, theme.accent(), width));
    page.extend(paragraph(&rules.kind, theme.text(), width));
    if let Some(pass_mark) = &rules.pass_mark {
        page.extend(paragraph(pass_mark, theme.text(), width));
        page.extend(paragraph("No clock is running yet.", theme.quiet(), width));
    }
    page.blank();
    let list = |page: &mut Page, title: &'static str, texts: &[examroom_app::view::SafeText]| {
        page.push(Line::styled(title, theme.strong()));
        for text in texts {
            page.extend(hanging(vec![Span::styled("  · ", theme.accent())], text, theme.text(), width));
        }
    };
    if !rules.parts.is_empty() {
        list(&mut page, "Parts", &rules.parts);
        page.blank();
    }
    list(&mut page, "Rules", &rules.rules);
    page
}
