//! The key names some of the choices, but not all.

use super::choices::MOST;
use super::{Checker, Question};
use crate::diagnostics::{Code, Diagnostic, Spanned, codes};
use crate::id::ChoiceId;

codes! {
    Error KEY_NOT_A_CHOICE "key-not-a-choice"
    Error NO_KEY "no-key"
    Error EVERY_CHOICE_A_KEY "every-choice-a-key"
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let (Some(keys), Some(choices)) = (&question.keys, &question.choices) else { return };
    let name = &question.name;
    if keys.iter().all(|key| key.value.trim().is_empty()) {
        let span = question.key_span.unwrap_or(question.opening);
        let message = format!("{name} has no right answer");
        checker.report(Diagnostic::new(Code::NO_KEY, message).at(span).help("write, for example, key = \"b\""));
        return;
    }
    // Where there are too many choices, those that are none must go first.
    if choices.len() > MOST {
        return;
    }
    let ids: Vec<ChoiceId> = choices.iter().map(|(id, _)| ChoiceId::new(id.value)).collect();
    let mut wrong = false;
    for (index, key) in keys.iter().enumerate() {
        let id = ChoiceId::new(key.value);
        // Of more keys than there can be choices one is wrong at any rate.
        let earlier = &keys[..index.min(MOST)];
        if let Some(first) = earlier.iter().find(|other| ChoiceId::new(other.value) == id) {
            wrong = true;
            let message = format!("the key of {name} names `{}` twice", key.value);
            checker.report(
                Diagnostic::new(Code::DUPLICATE_ID, message)
                    .at(key.span)
                    .related(first.span, "first named here")
                    .help("remove one, or name the other right choice"),
            );
        } else if !ids.contains(&id) {
            wrong = true;
            if !question.broken && !ids.is_empty() {
                checker.report(not_a_choice(question, key));
            }
        }
    }
    if !wrong && ids.len() > 1 && keys.len() == ids.len() && !question.broken {
        let message = format!("every choice of {name} is a key");
        let span = question.key_span.unwrap_or(keys[0].span);
        checker.report(
            Diagnostic::new(Code::EVERY_CHOICE_A_KEY, message).at(span).help("add wrong choices, or remove keys"),
        );
    }
}

fn not_a_choice(question: &Question<'_>, key: &Spanned<&str>) -> Diagnostic {
    let listed: Vec<String> = question.choices.iter().flatten().map(|(id, _)| format!("{:.100}", id.value)).collect();
    let message = format!("{} has key `{}`, but its choices are {}", question.name, key.value, listed.join(", "));
    let help = listed.iter().find(|id| id.eq_ignore_ascii_case(key.value.trim())).map_or_else(
        || "name one of the choices, or add the missing one".to_owned(),
        |near| format!("did you mean `{near}`? capitals count"),
    );
    Diagnostic::new(Code::KEY_NOT_A_CHOICE, message).at(key.span).help(help)
}
