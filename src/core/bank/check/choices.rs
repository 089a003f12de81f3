//! There is something to choose from.

use super::texts::raw;
use super::{Entry, Question};
use crate::bank::Depth;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::id::ChoiceId;
use crate::text::visible;

/// Choices are picked by one letter.
pub(super) const MOST: usize = 26;

pub(super) fn check(question: &Question<'_>, depth: Depth, diagnostics: &mut Diagnostics) {
    let (name, Some(choices)) = (question.name, question.choices) else { return };
    let span = choices.first().map_or(question.opening, |(id, _)| id.span);
    match choices.len() {
        0 | 1 if question.broken => {}
        0 | 1 => diagnostics.add(
            Code::TooFewChoices,
            span,
            format!("{name} has {}", if choices.is_empty() { "no choices" } else { "only one choice" }),
            "give it four choices; two is the least",
        ),
        2..=MOST => {}
        count => {
            let help = format!("keep at most {MOST}; both exams use four");
            diagnostics.add(Code::TooManyChoices, span, format!("{name} has {count} choices"), help);
            // Many of these are no choices, and each would be compared with each.
            return;
        }
    }
    let mut earlier: Vec<Seen<'_>> = Vec::with_capacity(choices.len());
    for choice in choices {
        let (id, text) = choice;
        let new = Seen { id: ChoiceId::new(id.value), text: visible(text.value), choice };
        if let Some(first) = earlier.iter().find(|first| first.id == new.id) {
            diagnostics.push(Diagnostic {
                code: Code::DuplicateId,
                message: format!("two choices of {name} have the id `{}`", id.value),
                span: Some(id.span),
                related: Some((first.choice.0.span, "first used here".to_owned())),
                help: "the accent is stored in two ways; give one of them another id".to_owned(),
            });
        }
        if new.text.is_empty() {
            let message = format!("choice `{}` of {name} is empty", id.value);
            let help = if raw(text, question.file_text).contains('\\') {
                "write the backslash twice (\\\\n), or put the choice in 'single quotes'"
            } else {
                "write the choice, or remove the line"
            };
            diagnostics.add(Code::EmptyText, text.span, message, help);
            earlier.push(new);
            continue;
        }
        let mut twin = |code, other: &Entry<'_>, says: &str, help: &str| {
            diagnostics.push(Diagnostic {
                code,
                message: format!("choices `{}` and `{}` of {name} {says}", other.0.value, id.value),
                span: Some(text.span),
                related: Some((other.1.span, "the other one".to_owned())),
                help: help.to_owned(),
            });
        };
        if let Some(other) = earlier.iter().find(|other| other.text == new.text) {
            twin(Code::DuplicateChoice, other.choice, "say the same", "change one of them");
        } else if depth == Depth::Advice
            && let Some(other) = earlier.iter().find(|other| loosely(&other.text) == loosely(&new.text))
        {
            let help =
                "make the difference plain, or change one of them; leave it where the capitals are what is asked";
            twin(Code::ChoicesAlike, other.choice, "differ only in capitals or the last mark", help);
        }
        earlier.push(new);
    }
}

/// A choice, by what tells it from others.
struct Seen<'q> {
    id: ChoiceId,
    text: String,
    choice: &'q Entry<'q>,
}

/// A text whatever its capitals and the mark at its end.
fn loosely(seen: &str) -> String {
    let bare = seen.trim_end_matches(['.', ',', ';', ':']);
    if bare.is_empty() { seen.to_owned() } else { bare.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::loosely;

    #[test]
    fn capitals_and_the_last_mark_make_no_difference() {
        assert_eq!(loosely("\u{c9}TAT."), loosely("\u{e9}tat"));
        assert_ne!(loosely("5 mg"), loosely("5 g"));
        assert_eq!(loosely("..."), "...");
    }
}
