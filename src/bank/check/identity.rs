//! Ids name one thing each.

use std::collections::HashMap;

use super::Links;
use crate::document::{Code, Diagnostic, Findings, Place};

pub(super) fn unique(links: &Links, findings: &mut Findings) {
    twice("question", links.ids(), findings);
    twice("case", links.cases.iter().map(|(case, place)| (case.as_str(), *place)), findings);
}

fn twice<'i>(what: &str, ids: impl Iterator<Item = (&'i str, Place)>, findings: &mut Findings) {
    let mut seen: HashMap<&str, Place> = HashMap::new();
    for (id, place) in ids {
        if let Some(first) = seen.get(id) {
            findings.push(Diagnostic {
                code: Code::DuplicateId,
                message: format!("the {what} id `{id}` is used twice"),
                place: Some(place),
                related: Some((*first, "first used here".to_owned())),
                help: format!(
                    "give one of them another id, and keep the id of the {what} that students have already seen{}",
                    if what == "question" && place.file != first.file {
                        "; to put yours in the other's place, add replaces = true to it"
                    } else {
                        ""
                    }
                ),
            });
        } else {
            seen.insert(id, place);
        }
    }
}
