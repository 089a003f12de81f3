//! Every choice says why, and what is said speaks only of choices that exist.

use super::choices::MOST;
use super::shown::Role;
use super::{Checker, Question};
use crate::bank::braces::{Part, parts};
use crate::bank::question::Entry;
use crate::diagnostics::{Code, Diagnostic, Spanned, codes};
use crate::id::ChoiceId;

codes! {
    Error UNKNOWN_CITED_CHOICE "unknown-cited-choice"
    Warning NO_RATIONALE "no-rationale"
    Warning NO_SOURCE "no-source"
    Warning BRACES_AS_TEXT "braces-as-text"
}

/// The choices, where there are not so many that most are none, and nothing of them may have been lost.
fn choices<'q>(question: &'q Question<'_>) -> Option<&'q [Entry<'q>]> {
    question.choices.as_deref().filter(|choices| choices.len() <= MOST && !question.broken)
}

/// Errors: rationales of a choice that does not exist.
pub(super) fn of_choices(question: &Question<'_>, checker: &mut Checker<'_>) {
    let Some(choices) = choices(question) else { return };
    for (id, _) in question.why.iter().filter(|(id, _)| !is_choice(choices, id.value)) {
        let message = format!("{} has a rationale for `{}`, which is not one of its choices", question.name, id.value);
        let help = "rename it, or remove it";
        checker.report(Diagnostic::new(Code::UNKNOWN_CITED_CHOICE, message).at(id.span).help(help));
    }
}

/// Advice: words in braces that are not, or not here, replaced by the letter of a choice.
pub(super) fn braces(question: &Question<'_>, checker: &mut Checker<'_>) {
    let Some(choices) = choices(question) else { return };
    for (role, text) in question.texts().filter(|(_, text)| text.value.contains('{')) {
        let found = match role {
            Role::Rationale(_) | Role::Explanation => unknown_choice(text.value, choices),
            Role::Stem | Role::Choice(_) => not_replaced(text.value, choices),
            Role::Exhibit | Role::Source => None,
        };
        checker.report_all(found.map(|found| found.finding(question, role, text)));
    }
}

/// A word in braces that is shown as it stands.
struct Braces<'t> {
    word: &'t str,
    says: &'static str,
    help: String,
}

impl Braces<'_> {
    fn finding(self, question: &Question<'_>, role: Role<'_>, text: &Spanned<&str>) -> Diagnostic {
        let braces = format!("{{{}}}", self.word);
        let message = format!("{role} of {} names {braces}, {}", question.name, self.says);
        Diagnostic::new(Code::BRACES_AS_TEXT, message)
            .at(question.file_text.span_of(&braces, text.span))
            .help(self.help)
    }
}

/// Where braces are replaced: what is no choice.
fn unknown_choice<'t>(text: &'t str, choices: &[Entry<'_>]) -> Option<Braces<'t>> {
    let word = words(text).find(|word| !is_choice(choices, word)).or_else(|| spaced(text, choices))?;
    let near = choices.iter().map(|(id, _)| id.value).find(|id| id.eq_ignore_ascii_case(word.trim()));
    let meant = format!("for braces that are meant as such write {{{{{word}}}}}");
    let help = match near {
        Some(id) if id == word.trim() => format!("write {{{id}}}, without blanks"),
        Some(id) => format!("did you mean {{{id}}}? {meant}"),
        None => {
            let listed = choices.iter().map(|(id, _)| id.value).collect::<Vec<_>>().join(", ");
            format!("the choices are {listed}; {meant}")
        }
    };
    Some(Braces { word, says: "which is none of its choices and is shown as it stands", help })
}

/// Where they are not: what is a choice.
fn not_replaced<'t>(text: &'t str, choices: &[Entry<'_>]) -> Option<Braces<'t>> {
    let word = words(text).find(|word| is_choice(choices, word))?;
    let says = "but braces are replaced by letters only in rationales and explanations";
    let help = "say in words what is meant: letters stand for choices only in rationales and explanations";
    Some(Braces { word, says, help: help.to_owned() })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Word(word) => Some(word),
        Part::Text(_) => None,
    })
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
pub(super) fn present(question: &Question<'_>, checker: &mut Checker<'_>) {
    let name = &question.name;
    let without = without_rationale(question);
    if !without.is_empty() && question.advise.rationale {
        let message = format!("{name} has no rationale for choice {}", without.join(", "));
        let help = "add them under [item.why]";
        checker.report(Diagnostic::new(Code::NO_RATIONALE, message).at(question.opening).help(help));
    }
    if question.advise.source && question.source.as_ref().is_none_or(|source| source.value.trim().is_empty()) {
        let help = "add, for example, source = \"45 CFR 164.524(b)(2)\"";
        checker.report(
            Diagnostic::new(Code::NO_SOURCE, format!("{name} names no source")).at(question.opening).help(help),
        );
    }
}

fn without_rationale<'q>(question: &Question<'q>) -> Vec<&'q str> {
    let choices = question.choices.as_deref().filter(|choices| choices.len() <= MOST).unwrap_or_default();
    // A rationale under a mistyped id was reported, and is not missing as well.
    if question.why.iter().any(|(id, _)| !is_choice(choices, id.value)) {
        return Vec::new();
    }
    let has_rationale = |choice: &str| {
        let choice = ChoiceId::new(choice);
        question.why.iter().any(|(id, text)| ChoiceId::new(id.value) == choice && !text.value.trim().is_empty())
    };
    choices.iter().map(|(id, _)| id.value).filter(|choice| !has_rationale(choice)).collect()
}
