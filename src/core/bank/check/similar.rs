//! No question stands in the bank twice in other words (advice).
//!
//! One finding tells a whole group, however many copies there are: an author who has pasted a question forty times looks
//! for the question, not for eight hundred pairs.

use std::collections::{HashMap, HashSet};

use super::{Checker, Links};
use crate::bank::likeness::{Likeness, resemblance};
use crate::bank::{Bank, Item, Status};
use crate::diagnostics::{Code, Diagnostic, Span, codes};

codes! {
    Warning NEAR_DUPLICATE "near-duplicate"
}

/// So many questions of a group are named.
const NAMED: usize = 8;

pub(super) fn check(bank: &Bank, links: &Links, checker: &mut Checker<'_>) {
    let items: Vec<&Item> = bank.items.iter().map(AsRef::as_ref).filter(|i| i.status != Status::Retired).collect();
    let enemies = enemies(&items);
    let likeness = Likeness::among(&items, |one, other| enemies.contains(&(one.min(other), one.max(other))));
    if likeness.groups().is_empty() {
        return;
    }
    let spans: HashMap<&str, Span> = links.ids().collect();
    for group in likeness.groups() {
        let group: Vec<(&Item, Span)> =
            group.iter().filter_map(|at| Some((items[*at], *spans.get(items[*at].id.as_str())?))).collect();
        checker.report_all(alike(&group));
    }
}

/// The pairs of places of questions that never stand on one form: so much of it is no fault.
fn enemies(items: &[&Item]) -> HashSet<(usize, usize)> {
    let named: HashSet<_> = items.iter().flat_map(|item| &item.enemies).collect();
    let by_id: HashMap<_, usize> =
        items.iter().enumerate().map(|(at, item)| (&item.id, at)).filter(|(id, _)| named.contains(id)).collect();
    let pair = |one: usize, other: usize| (one.min(other), one.max(other));
    let of = |(at, item): (usize, &&Item)| -> Vec<(usize, usize)> {
        item.enemies.iter().filter_map(|enemy| by_id.get(enemy)).map(|other| pair(at, *other)).collect()
    };
    items.iter().enumerate().flat_map(of).collect()
}

fn alike(group: &[(&Item, Span)]) -> Option<Diagnostic> {
    match group {
        [] | [_] => None,
        [first, second] => Some(pair(first, second)),
        [first, second, ..] => Some(several(group, first.1, second.1)),
    }
}

fn pair((first, there): &(&Item, Span), (second, here): &(&Item, Span)) -> Diagnostic {
    let share = resemblance(first, second) * 100.0;
    let message = format!("`{}` and `{}` agree in {share:.0} % of their words", first.id, second.id);
    Diagnostic::new(Code::NEAR_DUPLICATE, message)
        .at(*here)
        .related(*there, "the other one")
        .help(format!("drop one, rewrite it, or write enemies = [\"{}\"]", first.id))
}

fn several(group: &[(&Item, Span)], first: Span, second: Span) -> Diagnostic {
    let named: Vec<String> = group.iter().take(NAMED).map(|(item, _)| format!("`{}`", item.id)).collect();
    let more = match group.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("{} questions are nearly the same: {}{more}", group.len(), named.join(", "));
    Diagnostic::new(Code::NEAR_DUPLICATE, message)
        .at(first)
        .related(second, "the second of them")
        .help("keep one, and drop or rewrite the others; those that must stay, make enemies of each other")
}
