//! A question after the exam: the right answer, one's own, and the reason for each choice.

use ratatui::text::{Line, Span};

use super::question_page::exhibit_lines;
use crate::tui::page::Page;
use crate::tui::stem;
use crate::tui::text_lines::{hanging, paragraph};
use crate::tui::theme::Theme;
use examroom_app::view::explanation::ExplanationView;
use examroom_app::view::question::QuestionView;
use examroom_core::scoring::Mark;

/// What of a question with its reasons comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The whole question, to somebody who looks back.
    QuestionFirst,
    /// The reasons, to somebody who has just read the question: its case and its exhibit come last.
    ReasonsFirst,
}

#[must_use]
pub fn page(view: &ExplanationView, order: Order, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let question = &view.question;
    let mut page = Page::default();
    page.extend(paragraph(&format!("{} · {} · {}", view.section, view.domain, view.id), theme.quiet(), width));
    let (sign, style) = match view.mark {
        Mark::Right => ("✓ ", theme.right()),
        Mark::Wrong => ("✗ ", theme.wrong()),
        Mark::Omitted | Mark::NotReached => ("– ", theme.wrong()),
    };
    page.extend(hanging(vec![Span::styled(sign, style)], &view.verdict, style, width));
    let counted = if view.scored { "" } else { " Unscored: it does not count." };
    page.extend(paragraph(&format!("{}{counted}", view.work), theme.quiet(), width));
    if let Some(changed) = view.changed {
        page.extend(paragraph(changed, theme.accent(), width));
    }
    page.blank();
    if order == Order::QuestionFirst {
        case(&mut page, question, width, theme);
    }
    page.extend(stem::lines(question, None, width, theme));
    if order == Order::QuestionFirst {
        exhibit(&mut page, question, width, theme);
    }
    page.blank();
    for (choice, reason) in question.choices.iter().zip(&view.reasons) {
        let (sign, style) = match (reason.is_key, choice.selected) {
            (true, _) => ("✓ ", theme.right()),
            (false, true) => ("✗ ", theme.wrong()),
            (false, false) => ("  ", theme.text()),
        };
        let own = if choice.selected { "(•) " } else { "( ) " };
        let mark = vec![
            Span::styled(sign, style),
            Span::styled(own, style),
            Span::styled(format!("{}  ", choice.letter), style),
        ];
        page.extend(hanging(mark, &choice.text, if reason.is_key { theme.strong() } else { theme.text() }, width));
        if let Some(why) = &reason.why {
            let indent = if width >= 40 { 9 } else { 2 };
            page.extend(hanging(vec![Span::raw(" ".repeat(indent))], why, theme.text(), width));
        }
        page.blank();
    }
    if let Some(explanation) = &view.explanation {
        page.push(Line::styled("Explanation", theme.accent()));
        page.extend(paragraph(explanation, theme.text(), width));
        page.blank();
    }
    if let Some(source) = &view.source {
        page.extend(paragraph(&format!("Source: {source}"), theme.quiet(), width));
    }
    for place in &view.shelf {
        page.extend(paragraph(&format!("Found on the shelf: {place}"), theme.quiet(), width));
    }
    if !question.note.is_empty() {
        page.extend(hanging(vec![Span::styled("Your note: ", theme.accent())], &question.note, theme.text(), width));
    }
    if !question.problem.is_empty() {
        let mark = vec![Span::styled("Problem noted: ", theme.accent())];
        page.extend(hanging(mark, &question.problem, theme.text(), width));
    }
    if order == Order::ReasonsFirst {
        if question.case.is_some() {
            page.blank();
        }
        case(&mut page, question, width, theme);
        exhibit(&mut page, question, width, theme);
    }
    page
}

fn case(page: &mut Page, question: &QuestionView, width: usize, theme: Theme) {
    if let Some(case) = &question.case {
        page.push(Line::styled("Case", theme.accent()));
        page.extend(paragraph(case, theme.text(), width));
        page.blank();
    }
}

fn exhibit(page: &mut Page, question: &QuestionView, width: usize, theme: Theme) {
    if let Some(exhibit) = &question.exhibit {
        page.blank();
        for line in exhibit_lines(exhibit, width.saturating_sub(2)) {
            page.push(Line::from(vec![Span::styled("│ ", theme.quiet()), Span::raw(line)]));
        }
    }
}
