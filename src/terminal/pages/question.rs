//! The question on the prompt.

use std::fmt::Write as _;

use super::layout::{Layout, WIDTH, wrapped};
use super::table::{table_lines, table_sentences};
use examroom_app::view::SafeText;
use examroom_app::view::question::{ExhibitView, QuestionView};

/// The question with its choices, as it is asked.
#[must_use]
pub fn question_page(view: &QuestionView, layout: Layout) -> String {
    let mut page = format!("{}.{}\n", view.heading(), if view.flagged { " Flagged." } else { "" });
    page.push_str(&body(view, layout));
    if !view.references.is_empty() {
        page.push_str("The reference shelf is open: type shelf.\n\n");
    }
    for choice in &view.choices {
        let state = match (choice.selected, choice.struck) {
            (true, _) => " (chosen)",
            (false, true) => " (struck out)",
            (false, false) => "",
        };
        let _ = writeln!(page, "{}", wrapped(&format!("{}. {}{state}", choice.letter, choice.text)));
    }
    page.push_str(&view.instruction);
    page.push('\n');
    if let Some(confidence) = view.confidence {
        let _ = writeln!(page, "How sure: {confidence}.");
    }
    for passage in &view.highlights {
        let _ = writeln!(page, "{}", wrapped(&format!("Highlighted: {}", passage.of(&view.stem))));
    }
    if !view.note.is_empty() {
        let _ = writeln!(page, "Your note: {}", wrapped(&view.note));
    }
    if !view.problem.is_empty() {
        let _ = writeln!(page, "{}", wrapped(&format!("Problem noted: {}", view.problem)));
    }
    page
}

/// Case, stem and exhibit.
pub(super) fn body(view: &QuestionView, layout: Layout) -> String {
    let mut page = String::new();
    if let Some(case) = &view.case {
        let _ = writeln!(page, "Case: {}\n", wrapped(case));
    }
    let _ = writeln!(page, "{}\n", wrapped(&view.stem));
    if let Some(exhibit) = &view.exhibit {
        let _ = writeln!(page, "{}\n", exhibit_text(exhibit, layout));
    }
    page
}

/// The sheets that the question needs, for who has answered it: to know where to look is a part of the question.
pub(super) fn references(view: &QuestionView) -> String {
    if view.references.is_empty() {
        return String::new();
    }
    let titles: Vec<&str> = view.references.iter().map(|(_, title)| title.as_str()).collect();
    format!("On the shelf: {}\n\n", wrapped(&titles.join("; ")))
}

pub(super) fn exhibit_text(exhibit: &ExhibitView, layout: Layout) -> String {
    let lines = match (exhibit, layout) {
        (ExhibitView::Text(text), _) => return text.to_string(),
        (ExhibitView::Table(rows), Layout::Table) => table_lines(rows, WIDTH),
        (ExhibitView::Table(rows), Layout::Sentences) => table_sentences(rows, WIDTH),
    };
    lines.iter().map(SafeText::as_str).collect::<Vec<_>>().join("\n")
}
