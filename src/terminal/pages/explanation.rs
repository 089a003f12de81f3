//! A question after the exam, with the reason for each choice.

use std::fmt::Write as _;

use super::layout::{Layout, WIDTH, wrapped};
use super::question::{body, references};
use super::wrap::wrap;
use examroom_app::view::explanation::{ExplanationView, UNSCORED, choice_state};

/// Before the lines of a reason, which stands below its choice.
const INDENT: &str = "   ";

/// The question, what was answered, and why each choice is right or wrong.
#[must_use]
pub fn explanation_page(view: &ExplanationView, layout: Layout) -> String {
    let question = &view.question;
    let unscored = if view.scored { String::new() } else { format!(" {UNSCORED}") };
    let flagged = if question.flagged { " Flagged." } else { "" };
    let heading = format!("{}, question {}.", view.section, question.number);
    format!(
        "{heading} {}{unscored}{flagged}\n{}{}{}{}",
        view.verdict,
        view.changed.map_or_else(String::new, |changed| format!("{changed}\n")),
        body(question, layout),
        references(question),
        reasons(view)
    )
}

/// What follows an answer in practice, below the question that was just read: the verdict and the reasons.
#[must_use]
pub fn reasons_page(view: &ExplanationView) -> String {
    format!("{}\n\n{}", view.verdict, reasons(view))
}

fn reasons(view: &ExplanationView) -> String {
    let question = &view.question;
    let mut page = String::new();
    for (choice, reason) in question.choices.iter().zip(&view.reasons) {
        let state = match choice_state(choice.selected, reason.is_key) {
            "" => String::new(),
            state => format!(" ({state})"),
        };
        let _ = writeln!(page, "{}", wrapped(&format!("{}. {}{state}", choice.letter, choice.text)));
        if let Some(why) = &reason.why {
            for line in wrap(why, WIDTH - INDENT.len()) {
                let _ = writeln!(page, "{INDENT}{line}");
            }
        }
    }
    page.push('\n');
    if let Some(explanation) = &view.explanation {
        let _ = writeln!(page, "{}\n", wrapped(&format!("Explanation: {explanation}")));
    }
    if let Some(source) = &view.source {
        let _ = writeln!(page, "{}", wrapped(&format!("Source: {source}")));
    }
    for place in &view.shelf {
        let _ = writeln!(page, "{}", wrapped(&format!("Found on the shelf: {place}")));
    }
    if !question.note.is_empty() {
        let _ = writeln!(page, "{}", wrapped(&format!("Your note: {}", question.note)));
    }
    if !question.problem.is_empty() {
        let _ = writeln!(page, "{}", wrapped(&format!("Problem noted: {}", question.problem)));
    }
    let _ = writeln!(page, "{} {} ({}).", view.work, view.domain, view.id);
    page
}
