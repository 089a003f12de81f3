//! The key names some of the choices, but not all.

use super::Question;
use super::choices::MOST;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::id::ChoiceId;

pub(super) fn check(question: &Question<'_>, diagnostics: &mut Diagnostics) {
    let (Some(keys), Some(choices)) = (question.keys, question.choices) else { return };
    let name = question.name;
    if keys.is_empty() || keys.iter().all(|key| key.value.trim().is_empty()) {
        let span = question.key_span.unwrap_or(question.opening);
        diagnostics.add(Code::NoKey, span, format!("{name} has no right answer"), "write, for example, key = \"b\"");
        return;
    }
    // Of so many choices, those that are none must go first.
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
            diagnostics.push(Diagnostic {
                code: Code::DuplicateId,
                message: format!("the key of {name} names `{}` twice", key.value),
                span: Some(key.span),
                related: Some((first.span, "first named here".to_owned())),
                help: "remove one, or name the other right choice".to_owned(),
            });
        } else if !ids.contains(&id) {
            wrong = true;
            if question.broken || ids.is_empty() {
                continue;
            }
            let listed: Vec<String> = choices.iter().map(|(id, _)| format!("{:.100}", id.value)).collect();
            let message = format!("{name} has key `{}`, but its choices are {}", key.value, listed.join(", "));
            let help = listed.iter().find(|id| id.eq_ignore_ascii_case(key.value.trim())).map_or_else(
                || "name one of the choices, or add the missing one".to_owned(),
                |near| format!("did you mean `{near}`? capitals count"),
            );
            diagnostics.add(Code::KeyNotAChoice, key.span, message, help);
        }
    }
    let all = ids.len() > 1 && keys.len() == ids.len();
    if !wrong && all && !question.broken {
        let message = format!("every choice of {name} is a key");
        let span = question.key_span.unwrap_or(keys[0].span);
        diagnostics.add(Code::EveryChoiceAKey, span, message, "add wrong choices, or remove keys");
    }
}
