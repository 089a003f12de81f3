//! What a later place of banks puts in the place of an earlier one's: an instructor mends or retires a shipped
//! question without copying the exam.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::Bank;
use super::links::{ItemLinks, Links, Outcome, Replaces};
use crate::diagnostics::{Code, Diagnostic, FileId, Span, codes};
use crate::id::{ItemId, SheetId};
use crate::text::nearest;

codes! {
    Error REPLACES_NOTHING "replaces-nothing"
    Warning UNMARKED_REPLACEMENT "unmarked-replacement"
}

/// The questions of earlier places that a later place changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overrides {
    /// Another question stands in their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<ItemId>,
    /// They are not drawn any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<ItemId>,
}

impl Overrides {
    /// Whether nothing was changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.replaced.is_empty() && self.retired.is_empty()
    }
}

/// Takes the replaced questions out of the bank and out of what is said about them. A replacement of nothing is an error.
pub(super) fn resolve(bank: &mut Bank, links: &mut Links) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if links.items.iter().all(|item| item.replaces.is_none()) {
        return found;
    }
    let mut by_id: HashMap<&ItemId, Vec<usize>> = HashMap::new();
    for (index, item) in links.items.iter().enumerate() {
        if let Some(id) = &item.id {
            by_id.entry(&id.value).or_default().push(index);
        }
    }
    let mut gone: HashSet<usize> = HashSet::new();
    for (index, item) in links.items.iter().enumerate() {
        let (Some(replaces), Some(id)) = (item.replaces, &item.id) else { continue };
        let of_id = by_id[&id.value].iter().copied();
        let mut earlier = of_id.filter(|other| links.items[*other].rank < item.rank).peekable();
        if earlier.peek().is_none() {
            if !links.incomplete {
                found.push(nothing(item, &id.value, replaces, links));
            }
            continue;
        }
        gone.extend(earlier);
        if item.bank_index.is_none() {
            gone.insert(index);
        }
        match replaces.outcome {
            Outcome::Replaced => bank.overrides.replaced.push(id.value.clone()),
            Outcome::Retired => bank.overrides.retired.push(id.value.clone()),
        }
    }
    let items: HashSet<usize> = gone.iter().filter_map(|index| links.items[*index].bank_index).collect();
    retain_by_index(&mut bank.items, &items);
    retain_by_index(&mut links.items, &gone);
    found
}

/// A question that replaces nothing.
fn nothing(item: &ItemLinks, id: &ItemId, replaces: Replaces, links: &Links) -> Diagnostic {
    let others = links.items.iter().filter(|other| other.rank < item.rank);
    let known: Vec<&str> = others.filter_map(|other| Some(other.id.as_ref()?.value.as_str())).collect();
    let help = nearest(id.as_str(), known.into_iter()).map_or_else(
        || "remove the line: it is for a question of the program, or of an earlier folder of banks".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    let message = format!("{} replaces a question, but there is none of this id to replace", item.name);
    Diagnostic::new(Code::REPLACES_NOTHING, message).at(replaces.span).help(help)
}

fn retain_by_index<T>(list: &mut Vec<T>, gone: &HashSet<usize>) {
    let mut index = 0;
    list.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}

/// What is wrong with a sheet of `file` that takes, or does not take, an `earlier` one's place.
pub(super) fn sheet(
    id: &SheetId,
    file: FileId,
    replaces: Option<Replaces>,
    earlier: bool,
    links: &Links,
) -> Option<Diagnostic> {
    match (replaces, earlier) {
        (Some(replaces), false) => {
            let help = nearest(id.as_str(), links.sheets.keys().map(SheetId::as_str)).map_or_else(
                || "remove the line: it is for a sheet of the program, or of an earlier folder of banks".to_owned(),
                |near| format!("did you mean `{near}`? the sheet's id is the name of its file"),
            );
            let message = format!("the sheet `{id}` replaces another, but there is none of this id to replace");
            Some(Diagnostic::new(Code::REPLACES_NOTHING, message).at(replaces.span).help(help))
        }
        (None, true) => {
            let message = format!("the sheet `{id}` stands in the place of an earlier one without saying so");
            let help = "add replaces = true at its top, or give its file another name";
            Some(Diagnostic::new(Code::UNMARKED_REPLACEMENT, message).at(Span::new(file, 0..0)).help(help))
        }
        _ => None,
    }
}
