//! There is something to choose from.

use super::{Checker, Question};
use crate::bank::Depth;
use crate::bank::question::Entry;
use crate::diagnostics::{Code, Diagnostic, codes};
use crate::id::ChoiceId;
use crate::text::visible;

codes! {
    Error TOO_FEW_CHOICES "too-few-choices"
    Error TOO_MANY_CHOICES "too-many-choices"
    Error DUPLICATE_CHOICE "duplicate-choice"
    Warning CHOICES_ALIKE "choices-alike"
}

/// Choices are picked by one letter.
pub(super) const MOST: usize = 26;

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let Some(choices) = &question.choices else { return };
    checker.report_all(number(question, choices));
    // Where there are too many, most of them are no choices, and each would be compared with each.
    if choices.len() > MOST {
        return;
    }
    let mut earlier: Vec<Seen<'_>> = Vec::with_capacity(choices.len());
    for choice in choices {
        let new = Seen { id: ChoiceId::new(choice.0.value), text: visible(choice.1.value), choice };
        if let Some(first) = earlier.iter().find(|first| first.id == new.id) {
            checker.report(same_id(question, first.choice, choice));
        }
        if new.text.is_empty() {
            checker.report(empty(question, choice));
        } else {
            checker.report_all(twin(question, &earlier, &new, checker.depth));
        }
        earlier.push(new);
    }
}

/// What is wrong with how many there are.
fn number(question: &Question<'_>, choices: &[Entry<'_>]) -> Option<Diagnostic> {
    let name = &question.name;
    let found = match choices.len() {
        0 | 1 if question.broken => return None,
        0 => Diagnostic::new(Code::TOO_FEW_CHOICES, format!("{name} has no choices")),
        1 => Diagnostic::new(Code::TOO_FEW_CHOICES, format!("{name} has only one choice")),
        2..=MOST => return None,
        count => Diagnostic::new(Code::TOO_MANY_CHOICES, format!("{name} has {count} choices")),
    };
    let help = if choices.len() < 2 {
        "give it four choices; two is the least".to_owned()
    } else {
        format!("keep at most {MOST}; both exams use four")
    };
    Some(found.at(choices.first().map_or(question.opening, |(id, _)| id.span)).help(help))
}

fn same_id(question: &Question<'_>, first: &Entry<'_>, (id, _): &Entry<'_>) -> Diagnostic {
    Diagnostic::new(Code::DUPLICATE_ID, format!("two choices of {} have the id `{}`", question.name, id.value))
        .at(id.span)
        .related(first.0.span, "first used here")
        .help("the accent is stored in two ways; give one of them another id")
}

fn empty(question: &Question<'_>, (id, text): &Entry<'_>) -> Diagnostic {
    let help = if question.file_text.at(text.span).contains('\\') {
        "write the backslash twice (\\\\n), or put the choice in 'single quotes'"
    } else {
        "write the choice, or remove the line"
    };
    Diagnostic::new(Code::EMPTY_TEXT, format!("choice `{}` of {} is empty", id.value, question.name))
        .at(text.span)
        .help(help)
}

/// A choice that cannot, or can hardly, be told from an earlier one.
fn twin(question: &Question<'_>, earlier: &[Seen<'_>], new: &Seen<'_>, depth: Depth) -> Option<Diagnostic> {
    let twin = |code, other: &Seen<'_>, says: &str| {
        let ((other_id, other_text), (id, text)) = (other.choice, new.choice);
        let message = format!("choices `{}` and `{}` of {} {says}", other_id.value, id.value, question.name);
        Diagnostic::new(code, message).at(text.span).related(other_text.span, "the other one")
    };
    if let Some(same) = earlier.iter().find(|other| other.text == new.text) {
        return Some(twin(Code::DUPLICATE_CHOICE, same, "say the same").help("change one of them"));
    }
    let alike = || earlier.iter().find(|other| loosely(&other.text) == loosely(&new.text));
    let other = if depth == Depth::Advice { alike()? } else { return None };
    let help = "make the difference plain, or change one of them; leave it where the capitals are what is asked";
    Some(twin(Code::CHOICES_ALIKE, other, "differ only in capitals or the last mark").help(help))
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
