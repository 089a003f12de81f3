//! Ids can be typed, and name one thing each.

use std::collections::HashMap;

use super::Links;
use crate::document::{Code, Diagnostic, Findings, Located, Place};

/// The longest id, in characters.
const LONGEST: usize = 80;

pub(in crate::bank) fn well_formed(id: &Located<&str>, findings: &mut Findings) {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || ('\u{300}'..='\u{36f}').contains(&c);
    if !id.value.chars().all(fits) || id.value.chars().count() > LONGEST {
        let message = format!("the id \"{}\" has other characters than an id can have", id.value.escape_debug());
        let help =
            format!("use letters, digits, `-`, `_` and `.`, at most {LONGEST} of them, for example legal-consent-1");
        findings.add(Code::BadId, id.place, message, help);
    }
}

pub(super) fn unique(links: &Links, findings: &mut Findings) {
    twice("question", links.items.iter().map(|item| (item.item.as_str(), item.id)), findings);
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
                help: "give one of them another id; keep the id of the one that students have already seen".to_owned(),
            });
        } else {
            seen.insert(id, place);
        }
    }
}
