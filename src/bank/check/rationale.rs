//! Every choice says why, and speaks only of choices that exist.

use super::choices::MOST;
use super::{Entry, Question};
use crate::document::{Code, Findings};
use crate::id::ChoiceId;

/// Errors: rationales of, or citing, a choice that does not exist.
pub(super) fn cited(question: &Question<'_>, findings: &mut Findings) {
    let Some(choices) = question.choices.filter(|choices| choices.len() <= MOST) else { return };
    let known = |id: &str| is_choice(choices, id) || question.broken;
    let name = question.name;
    for (id, text) in question.why {
        if !known(id.value) {
            let message = format!("{name} has a rationale for `{}`, which is not one of its choices", id.value);
            findings.add(Code::UnknownCitedChoice, id.place, message, "rename it, or remove it");
        }
        for cited in citations(text.value).filter(|cited| !known(cited)) {
            let message = format!("a rationale of {name} names {{{cited}}}, which is not one of its choices");
            findings.add(Code::UnknownCitedChoice, text.place, message, "name a choice by its id, as in {b}");
        }
    }
}

fn is_choice(choices: &[Entry<'_>], id: &str) -> bool {
    choices.iter().any(|(choice, _)| ChoiceId::new(choice.value) == ChoiceId::new(id))
}

/// Advice: a rationale for each choice, and a source.
pub(super) fn present(question: &Question<'_>, findings: &mut Findings) {
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
        findings.add(Code::NoRationale, question.opening, message, "add them under [item.why]");
    }
    if question.advise.source && question.source.is_none_or(|source| source.value.trim().is_empty()) {
        let message = format!("{name} names no source");
        findings.add(Code::NoSource, question.opening, message, "add, for example, source = \"45 CFR 164.524(b)(2)\"");
    }
}

/// The choice ids that a rationale names in braces.
pub(super) fn citations(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(id, _)| id)).filter(|id| {
        !id.is_empty() && id.len() <= 8 && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    })
}

#[cfg(test)]
mod tests {
    use super::citations;

    #[test]
    fn only_short_words_in_braces_are_citations() {
        let found: Vec<&str> = citations("unlike {a} and {b2}, a {set of things} or { }").collect();
        assert_eq!(found, ["a", "b2"]);
    }
}
