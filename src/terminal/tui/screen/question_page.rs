//! The page of a question: case, stem, exhibit and choices as one text to scroll through. Its domain is not shown.

use ratatui::text::{Line, Span};

use super::component::{Density, PageStyle};
use crate::pages::table_lines;
use crate::tui::keys::{self, Action};
use crate::tui::page::Page;
use crate::tui::stem;
use crate::tui::text_lines::{hanging, paragraph, preformatted};
use crate::tui::theme::Theme;
use examroom_app::view::SafeText;
use examroom_app::view::question::{ChoiceView, ExhibitView, QuestionView};
use examroom_core::session::Passage;

#[must_use]
pub fn page(question: &QuestionView, pointed: Option<usize>, selected: Option<Passage>, style: PageStyle) -> Page {
    let PageStyle { density, theme, .. } = style;
    let width = usize::from(style.width);
    let mut page = Page::default();
    let gap = |page: &mut Page| {
        if density == Density::Ample || page.lines.is_empty() {
            page.blank();
        }
    };
    if let Some(case) = &question.case {
        page.push(Line::styled("Case", theme.accent()));
        page.extend(paragraph(case, theme.text(), width));
        gap(&mut page);
        page.push(Line::styled("Question", theme.accent()));
    }
    page.stem(stem::lines(question, selected, width, theme));
    if let Some(exhibit) = &question.exhibit {
        gap(&mut page);
        page.push(Line::styled("Exhibit", theme.accent()));
        for line in exhibit_lines(exhibit, width.saturating_sub(2)) {
            page.push(Line::from(vec![Span::styled("│ ", theme.quiet()), Span::raw(line)]));
        }
    }
    if !question.references.is_empty() {
        gap(&mut page);
        // The key stands here and not in the footer: it means something only where the shelf is open. Which sheet is needed
        // is not told: to know where to look is a part of the question.
        let key = keys::first_key(Action::Shelf).map_or_else(String::new, |key| format!(" (press {key})"));
        page.extend(paragraph(&format!("The reference shelf is open{key}."), theme.quiet(), width));
    }
    gap(&mut page);
    let instruction = if question.wanted > 1 {
        format!("{} ({} picked)", question.instruction, question.picked())
    } else {
        question.instruction.clone()
    };
    page.push(Line::styled(instruction, if question.wanted > 1 { theme.accent() } else { theme.quiet() }));
    gap(&mut page);
    for (index, choice) in question.choices.iter().enumerate() {
        page.stop(lines_of(choice, question.wanted, pointed == Some(index), width, theme));
        // Air between choices that run over several lines.
        if density == Density::Ample && page.stops.last().is_some_and(|stop| stop.len() > 1) {
            page.blank();
        }
    }
    if let Some(confidence) = question.confidence {
        gap(&mut page);
        page.push(Line::from(vec![Span::styled("How sure: ", theme.accent()), Span::raw(confidence.word())]));
    }
    if !question.note.is_empty() {
        gap(&mut page);
        let mark = vec![Span::styled("Your note: ", theme.accent())];
        page.extend(hanging(mark, &question.note, theme.text(), width));
    }
    if !question.problem.is_empty() {
        gap(&mut page);
        let mark = vec![Span::styled("Problem noted: ", theme.accent())];
        page.extend(hanging(mark, &question.problem, theme.text(), width));
    }
    while page.lines.last().is_some_and(|line| line.spans.is_empty()) {
        page.lines.pop();
    }
    page
}

/// An exhibit as lines of at most `width` columns.
#[must_use]
pub fn exhibit_lines(exhibit: &ExhibitView, width: usize) -> Vec<String> {
    match exhibit {
        ExhibitView::Text(text) => preformatted(text, width),
        ExhibitView::Table(rows) => table_lines(rows, width).into_iter().map(SafeText::into_string).collect(),
    }
}

/// The mark in front of a choice. It says in characters what color could only hint at.
fn mark(choice: &ChoiceView, wanted: usize) -> &'static str {
    match (choice.selected, choice.struck, wanted) {
        (true, _, 1) => "(•)",
        (true, _, _) => "[x]",
        (false, true, _) => "---",
        (false, false, 1) => "( )",
        (false, false, _) => "[ ]",
    }
}

fn lines_of(choice: &ChoiceView, wanted: usize, pointed: bool, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let style = match (choice.selected, choice.struck) {
        (true, _) => theme.strong(),
        (false, true) => theme.struck(),
        (false, false) => theme.text(),
    };
    let mark_style = if choice.selected { theme.accent() } else { theme.text() };
    let letter = if pointed { theme.pointed() } else { mark_style.patch(theme.strong()) };
    let spans = vec![
        Span::styled(if pointed { "› " } else { "  " }, theme.accent()),
        Span::styled(mark(choice, wanted), mark_style),
        Span::raw(" "),
        Span::styled(format!("{}", choice.letter), letter),
        Span::raw("  "),
    ];
    // In a very narrow window the marks may take no more than half of it.
    let spans = if width < 24 { spans.into_iter().filter(|span| span.content != " ").collect() } else { spans };
    hanging(spans, &choice.text, style, width)
}
