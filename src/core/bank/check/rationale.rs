//! Every choice says why, and what is said speaks only of choices that exist.

use super::choices::MOST;
use super::texts::{Role, span_of};
use super::{Entry, Question};
use crate::bank::braces::{Part, parts};
use crate::diagnostics::{Code, Diagnostics};
use crate::id::ChoiceId;

/// Errors: rationales of a choice that does not exist.
pub(super) fn of_choices(question: &Question<'_>, diagnostics: &mut Diagnostics) {
    let Some(choices) = question.choices.filter(|choices| choices.len() <= MOST && !question.broken) else { return };
    for (id, _) in question.why.iter().filter(|(id, _)| !is_choice(choices, id.value)) {
        let message = format!("{} has a rationale for `{}`, which is not one of its choices", question.name, id.value);
        diagnostics.add(Code::UnknownCitedChoice, id.span, message, "rename it, or remove it");
    }
}

/// Advice: words in braces that are not, or not here, replaced by the letter of a choice.
pub(super) fn braces(question: &Question<'_>, diagnostics: &mut Diagnostics) {
    let Some(choices) = question.choices.filter(|choices| choices.len() <= MOST && !question.broken) else { return };
    let listed = choices.iter().map(|(id, _)| id.value).collect::<Vec<_>>().join(", ");
    for (role, text) in question.texts().filter(|(_, text)| text.value.contains('{')) {
        let mut words = parts(text.value).into_iter().filter_map(|part| match part {
            Part::Word(word) => Some(word),
            Part::Text(_) => None,
        });
        let (word, says, help) = match role {
            Role::Rationale(_) | Role::Explanation => {
                let unknown = words.find(|word| !is_choice(choices, word));
                let Some(word) = unknown.or_else(|| spaced(text.value, choices)) else { continue };
                let near = choices.iter().map(|(id, _)| id.value).find(|id| id.eq_ignore_ascii_case(word.trim()));
                let help = match near {
                    Some(id) if id == word.trim() => format!("write {{{id}}}, without blanks"),
                    Some(id) => {
                        format!("did you mean {{{id}}}? for braces that are meant as such write {{{{{word}}}}}")
                    }
                    None => format!("the choices are {listed}; for braces that are meant as such write {{{{{word}}}}}"),
                };
                (word, "which is none of its choices and is shown as it stands", help)
            }
            Role::Stem | Role::Choice(_) => {
                let Some(word) = words.find(|word| is_choice(choices, word)) else { continue };
                let help = "say in words what is meant: letters stand for choices only in rationales and explanations";
                (word, "but braces are replaced by letters only in rationales and explanations", help.to_owned())
            }
            Role::Exhibit | Role::Source => continue,
        };
        let message = format!("{role} of {} names {{{word}}}, {says}", question.name);
        let span = span_of(&format!("{{{word}}}"), text, question.file_text);
        diagnostics.add(Code::BracesAsText, span, message, help);
    }
}

/// What stands in braces with blanks around the id of a choice.
fn spaced<'t>(text: &'t str, choices: &[Entry<'_>]) -> Option<&'t str> {
    let inner = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(inner, _)| inner);
    inner.filter(|inner| inner.trim() != *inner).find(|inner| is_choice(choices, inner.trim()))
}

fn is_choice(choices: &[Entry<'_>], id: &str) -> bool {
    choices.iter().any(|(choice, _)| ChoiceId::new(choice.value) == ChoiceId::new(id))
}

/// Advice: a rationale for each choice, and a source.
pub(super) fn present(question: &Question<'_>, diagnostics: &mut Diagnostics) {
    let name = question.name;
    let choices = question.choices.filter(|choices| choices.len() <= MOST).unwrap_or_default();
    let without: Vec<&str> = choices
        .iter()
        .map(|(id, _)| id.value)
        .filter(|choice| {
            let choice = ChoiceId::new(choice);
            !question.why.iter().any(|(id, text)| ChoiceId::new(id.value) == choice && !text.value.trim().is_empty())
        })
        .collect();
    // A rationale under a mistyped id was told, and is not missing as well.
    let misplaced = question.why.iter().any(|(id, _)| !is_choice(choices, id.value));
    if !without.is_empty() && !misplaced && question.advise.rationale {
        let message = format!("{name} has no rationale for choice {}", without.join(", "));
        diagnostics.add(Code::NoRationale, question.opening, message, "add them under [item.why]");
    }
    if question.advise.source && question.source.is_none_or(|source| source.value.trim().is_empty()) {
        let message = format!("{name} names no source");
        diagnostics.add(
            Code::NoSource,
            question.opening,
            message,
            "add, for example, source = \"45 CFR 164.524(b)(2)\"",
        );
    }
}
