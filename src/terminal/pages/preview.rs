//! A question of a bank, for its author.

use std::fmt::Write as _;

use super::layout::{Layout, WIDTH, wrapped};
use super::question::exhibit_text;
use super::wrap::wrap;
use examroom_app::view::preview::Preview;

/// Before the lines of a reason, which stands below its choice.
const INDENT: &str = "   ";

/// The question, which choices are right, and the reasons.
#[must_use]
pub fn preview_page(view: &Preview, layout: Layout) -> String {
    let mut page = format!("{}\n\n", view.heading);
    if let Some(case) = &view.case {
        let _ = writeln!(page, "Case: {}\n", wrapped(case));
    }
    let _ = writeln!(page, "{}\n", wrapped(&view.stem));
    if let Some(exhibit) = &view.exhibit {
        let _ = writeln!(page, "{}\n", exhibit_text(exhibit, layout));
    }
    for (letter, text, reason) in &view.choices {
        let state = if reason.is_key { " (right)" } else { "" };
        let _ = writeln!(page, "{}", wrapped(&format!("{letter}. {text}{state}")));
        if let Some(why) = &reason.why {
            for line in wrap(why, WIDTH - INDENT.len()) {
                let _ = writeln!(page, "{INDENT}{line}");
            }
        }
    }
    let _ = writeln!(page, "{}\n", view.instruction);
    if let Some(explanation) = &view.explanation {
        let _ = writeln!(page, "{}\n", wrapped(&format!("Explanation: {explanation}")));
    }
    if let Some(source) = &view.source {
        let _ = writeln!(page, "{}\n", wrapped(&format!("Source: {source}")));
    }
    page.push_str(view.note);
    page
}
