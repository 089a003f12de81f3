//! The list of a section's questions, drawn together to their numbers.

use std::fmt::Write as _;

use super::layout::wrapped;
use examroom_app::view::numbers;
use examroom_app::view::review::{Filter, ReviewView};

/// What is answered, what is not, and what is flagged or has a note.
#[must_use]
pub fn review_page(view: &ReviewView, filter: Filter) -> String {
    let mut page = format!("{}: {}.\n", view.section, view.summary());
    let open = view.unanswered();
    if !open.is_empty() && filter != Filter::Flagged {
        let _ = writeln!(page, "{}", wrapped(&format!("Not answered: {}.", numbers(&open))));
    }
    let flagged: Vec<usize> = view.rows.iter().filter(|row| row.flagged).map(|row| row.number).collect();
    if !flagged.is_empty() && filter != Filter::Unanswered {
        let _ = writeln!(page, "{}", wrapped(&format!("Flagged: {}.", numbers(&flagged))));
    }
    if filter == Filter::All {
        for row in view.rows.iter().filter(|row| row.has_note) {
            let _ = writeln!(page, "Question {} has a note.", row.number);
        }
    }
    page.push_str("Go to one with its number, for example: go 1. Or: end.\n");
    page
}
