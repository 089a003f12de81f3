//! The key names some of the choices, but not all.

use super::Question;
use crate::document::{Code, Findings};

pub(super) fn check(question: &Question<'_>, findings: &mut Findings) {
    let (Some(keys), Some(choices)) = (question.keys, question.choices) else { return };
    let name = question.name;
    if keys.is_empty() || keys.iter().all(|key| key.value.trim().is_empty()) {
        let place = keys.first().map_or(question.opening, |key| key.place);
        findings.add(Code::NoKey, place, format!("`{name}` has no right answer"), "write, for example, key = \"b\"");
        return;
    }
    let mut wrong = false;
    for key in keys {
        if !choices.iter().any(|(id, _)| id.value == key.value) {
            wrong = true;
            let listed: Vec<&str> = choices.iter().map(|(id, _)| id.value).collect();
            let message = format!("`{name}` has key `{}`, but its choices are {}", key.value, listed.join(", "));
            findings.add(Code::KeyNotAChoice, key.place, message, "name one of the choices, or add the missing one");
        }
    }
    let all = choices.iter().all(|(id, _)| keys.iter().any(|key| key.value == id.value));
    if !wrong && all && choices.len() > 1 {
        let message = format!("every choice of `{name}` is a key");
        findings.add(Code::EveryChoiceAKey, keys[0].place, message, "add wrong choices, or remove keys");
    }
}
