//! Ids name one thing each.

use std::collections::HashMap;

use super::Links;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

pub(super) fn unique(links: &Links, diagnostics: &mut Diagnostics) {
    twice("question", links.ids(), diagnostics);
    twice("case", links.cases.iter().map(|(case, span)| (case.as_str(), *span)), diagnostics);
}

fn twice<'i>(what: &str, ids: impl Iterator<Item = (&'i str, Span)>, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (id, span) in ids {
        if let Some(first) = seen.get(id) {
            diagnostics.push(Diagnostic {
                code: Code::DuplicateId,
                message: format!("the {what} id `{id}` is used twice"),
                span: Some(span),
                related: Some((*first, "first used here".to_owned())),
                help: format!(
                    "give one of them another id, and keep the id of the {what} that students have already seen{}",
                    if what == "question" && span.file != first.file {
                        "; to put yours in the other's place, add replaces = true to it"
                    } else {
                        ""
                    }
                ),
            });
        } else {
            seen.insert(id, span);
        }
    }
}
