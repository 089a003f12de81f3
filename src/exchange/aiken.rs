//! Aiken: a question a paragraph, its choices by letters, and `ANSWER: B`. It is read as any text is (`outline`); it has no
//! place for several right choices, for reasons or for lines.

use std::fmt::Write as _;

use crate::draft::{Draft, letter};
use crate::export::Export;
use crate::plain_table;
use examroom_core::bank::Exhibit;

/// Writes questions.
pub(crate) fn write(drafts: &[Draft]) -> Export {
    let mut export = Export::new();
    let mut text = String::new();
    for draft in drafts {
        let keys: Vec<usize> = draft.keys().collect();
        let [key] = keys[..] else {
            export.left_out(draft, "it has several right choices");
            continue;
        };
        let mut stem = draft.stem.clone();
        if let Some(exhibit) = &draft.exhibit {
            export.changed(draft, "its exhibit is written into the question");
            let exhibit = match exhibit {
                Exhibit::Text(text) => text.to_string(),
                Exhibit::Table(table) => plain_table::sentences(table),
            };
            let _ = write!(stem, " {exhibit}");
        }
        if stem.contains('\n') || draft.choices.iter().any(|choice| choice.text.contains('\n')) {
            export.changed(draft, "its lines are drawn together");
        }
        if draft.explanation.is_some() || draft.choices.iter().any(|choice| choice.why.is_some()) {
            export.changed(draft, "its explanations are left out");
        }
        if draft.keep_order {
            export.changed(draft, "its choices keep no fixed order there");
        }
        let _ = writeln!(text, "{}", one_line(&stem));
        for (at, choice) in draft.choices.iter().enumerate() {
            let _ = writeln!(text, "{}. {}", letter(at), one_line(&choice.text));
        }
        let _ = writeln!(text, "ANSWER: {}\n", letter(key));
    }
    export.bytes = text.into_bytes();
    export
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
