//! There is something to choose from.

use super::Question;
use crate::document::{Code, Diagnostic, Findings};
use crate::id::ChoiceId;

/// Choices are picked by one letter.
pub(super) const MOST: usize = 26;

pub(super) fn check(question: &Question<'_>, findings: &mut Findings) {
    let (name, Some(choices)) = (question.name, question.choices) else { return };
    let place = choices.first().map_or(question.opening, |(id, _)| id.place);
    match choices.len() {
        0 | 1 if question.broken => {}
        0 | 1 => findings.add(
            Code::TooFewChoices,
            place,
            format!("{name} has {}", if choices.is_empty() { "no choices" } else { "only one choice" }),
            "give it four choices; two is the least",
        ),
        2..=MOST => {}
        count => {
            let help = format!("keep at most {MOST}; both exams use four");
            findings.add(Code::TooManyChoices, place, format!("{name} has {count} choices"), help);
            // Many of these are no choices, and each would be compared with each.
            return;
        }
    }
    for (index, (id, text)) in choices.iter().enumerate() {
        let twin = |(other, _): &&super::Entry<'_>| ChoiceId::new(other.value) == ChoiceId::new(id.value);
        if let Some((first, _)) = choices[..index].iter().find(twin) {
            findings.push(Diagnostic {
                code: Code::DuplicateId,
                message: format!("two choices of {name} have the id `{}`", id.value),
                place: Some(id.place),
                related: Some((first.place, "first used here".to_owned())),
                help: "the accent is stored in two ways; give one of them another id".to_owned(),
            });
        }
        if text.value.trim().is_empty() {
            let message = format!("choice `{}` of {name} is empty", id.value);
            findings.add(Code::EmptyText, text.place, message, "write the choice, or remove the line");
            continue;
        }
        let same = |(_, other): &&super::Entry<'_>| other.value.trim().eq_ignore_ascii_case(text.value.trim());
        if let Some((first, other)) = choices[..index].iter().find(same) {
            findings.push(Diagnostic {
                code: Code::DuplicateChoice,
                message: format!("choices `{}` and `{}` of {name} say the same", first.value, id.value),
                place: Some(text.place),
                related: Some((other.place, "the other one".to_owned())),
                help: "change one of them".to_owned(),
            });
        }
    }
}
