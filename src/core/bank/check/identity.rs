//! Ids name one thing each.

use std::collections::HashMap;

use super::{Checker, Links};
use crate::diagnostics::{Code, Diagnostic, Span};

pub(super) fn unique(links: &Links, checker: &mut Checker<'_>) {
    twice("question", links.ids(), checker);
    twice("case", links.cases.iter().map(|case| (case.value.as_str(), case.span)), checker);
}

fn twice<'i>(what: &str, ids: impl Iterator<Item = (&'i str, Span)>, checker: &mut Checker<'_>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (id, span) in ids {
        let Some(first) = seen.get(id) else {
            seen.insert(id, span);
            continue;
        };
        let replace = if what == "question" && span.file != first.file {
            "; to put yours in the other's place, add replaces = true to it"
        } else {
            ""
        };
        let help = format!(
            "give one of them another id, and keep the id of the {what} that students have already seen{replace}"
        );
        let message = format!("the {what} id `{id}` is used twice");
        checker.report(
            Diagnostic::new(Code::DUPLICATE_ID, message).at(span).related(*first, "first used here").help(help),
        );
    }
}
