//! What every text that is shown is looked through for: characters that cannot be seen,
//! backslashes that were lost, and markup (advice).

use std::cell::LazyCell;

use super::shown::{Layout, Role, Shown};
use super::{Checker, Question, backslash, markup};
use crate::diagnostics::{Code, Diagnostic, Fields, Spanned, codes};
use crate::text::hidden;

codes! {
    Warning HIDDEN_CHARACTER "hidden-character"
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let about_markup = LazyCell::new(|| markup::is_subject(question));
    for (role, text) in question.texts() {
        let layout = if role == Role::Exhibit { Layout::AsTyped } else { Layout::Flowing };
        let what = format_args!("{role} of {}", question.name);
        let shown = Shown { what: &what, text, file_text: question.file_text, layout };
        checker.report_all(characters(&shown));
        if markup::has_signs(text.value) && !*about_markup {
            checker.report_all(markup::check(&shown));
        }
    }
}

/// Looks through the texts of a table that is no question; `what` names the table.
pub(in crate::bank) fn look_through<'t>(
    what: &str,
    texts: impl IntoIterator<Item = &'t Spanned<&'t str>>,
    fields: &mut Fields<'_, '_>,
) {
    let file_text = fields.file_text();
    for text in texts {
        let shown = Shown { what: &what, text, file_text, layout: Layout::Flowing };
        fields.report_all(characters(&shown));
        fields.report_all(markup::check(&shown));
    }
}

fn characters(shown: &Shown<'_>) -> Option<Diagnostic> {
    backslash::check(shown).or_else(|| hidden_character(shown))
}

/// So much of the text before a hidden character is quoted.
const LEAD: usize = 24;

/// The first character of a text that cannot be seen.
fn hidden_character(shown: &Shown<'_>) -> Option<Diagnostic> {
    let text = shown.text;
    if text.value.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return None;
    }
    let (at, found) = hidden(text.value).next()?;
    let line = text.value[..at].rsplit('\n').next().unwrap_or("");
    let skipped = line.chars().count().saturating_sub(LEAD);
    let lead: String = line.chars().skip(skipped).collect();
    let place = if lead.trim().is_empty() { "at the start of a line".to_owned() } else { format!("behind \"{lead}\"") };
    let message = format!("{} holds the invisible character U+{:04X} {place}", shown.what, u32::from(found));
    let help = "remove it, for example by typing these words anew";
    Some(Diagnostic::new(Code::HIDDEN_CHARACTER, message).at(text.span).help(help))
}
