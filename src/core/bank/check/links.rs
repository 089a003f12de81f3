//! What questions name exists: enemies, cases, reference sheets.

use std::collections::{HashMap, HashSet};

use super::{Checker, Links};
use crate::diagnostics::{Code, Diagnostic, Spanned, codes};
use crate::id::{CaseId, SheetId};
use crate::text::{counted, nearest};

codes! {
    Error DANGLING_ENEMY "dangling-enemy"
    Error DANGLING_CASE "dangling-case"
    Error DANGLING_REFERENCE "dangling-reference"
    Warning UNUSED_CASE "unused-case"
    Warning CASE_SIZE "case-size"
}

/// A case pays its reading time with two to five questions (this project's guide for writers).
const CASE_SIZES: std::ops::RangeInclusive<usize> = 2..=5;

pub(super) fn check(links: &Links, checker: &mut Checker<'_>) {
    enemies(links, checker);
    cases(links, checker);
    sheets(links, checker);
}

fn enemies(links: &Links, checker: &mut Checker<'_>) {
    let mut known = Known::new(links.ids().map(|(id, _)| id));
    for item in &links.items {
        for enemy in &item.enemies {
            let (name, id) = (&item.name, &enemy.value);
            let (message, help) = if item.id.as_ref().is_some_and(|own| own.value == *id) {
                (format!("{name} is its own enemy"), "name the other question, or remove it".to_owned())
            } else if !known.ids.contains(id.as_str()) && !links.incomplete {
                let help = known.near(id.as_str(), "remove it, or mend the id");
                (format!("{name} has the enemy `{id}`, but there is no such question"), help)
            } else {
                continue;
            };
            checker.report(Diagnostic::new(Code::DANGLING_ENEMY, message).at(enemy.span).help(help));
        }
    }
}

fn cases(links: &Links, checker: &mut Checker<'_>) {
    // A question without an id may name any of them, and a case may stand where nothing could be read.
    if links.incomplete {
        return;
    }
    let mut known = Known::new(links.cases.iter().map(|case| case.value.as_str()));
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for item in &links.items {
        let Some(case) = &item.case else { continue };
        if known.ids.contains(case.value.as_str()) {
            *sizes.entry(case.value.as_str()).or_default() += 1;
        } else {
            let message = format!("{} belongs to the case `{}`, but there is no such case", item.name, case.value);
            let help = known.near(case.value.as_str(), "add a [[case]] with this id, or mend the name");
            checker.report(Diagnostic::new(Code::DANGLING_CASE, message).at(case.span).help(help));
        }
    }
    for case in &links.cases {
        checker.report_all(size(case, sizes.get(case.value.as_str()).copied().unwrap_or(0)));
    }
}

/// What is wrong with the number of a case's questions.
fn size(case: &Spanned<CaseId>, size: usize) -> Option<Diagnostic> {
    let id = &case.value;
    let found = match size {
        0 => Diagnostic::new(Code::UNUSED_CASE, format!("no question belongs to the case `{id}`"))
            .help("remove it, or add case = \"…\" to its questions"),
        size if CASE_SIZES.contains(&size) => return None,
        size => Diagnostic::new(Code::CASE_SIZE, format!("the case `{id}` has {}", counted(size, "question")))
            .help("give a case two to five questions"),
    };
    Some(found.at(case.span))
}

fn sheets(links: &Links, checker: &mut Checker<'_>) {
    let mut known = Known::new(links.sheets.keys().map(SheetId::as_str));
    for item in &links.items {
        for sheet in item.references.iter().filter(|sheet| !links.sheets.contains_key(&sheet.value)) {
            let id = &sheet.value;
            let message = format!("{} needs the reference sheet `{id}`, but the shelf has none", item.name);
            let help = known.near(id.as_str(), &format!("add references/{id}.toml, or mend the name"));
            checker.report(Diagnostic::new(Code::DANGLING_REFERENCE, message).at(sheet.span).help(help));
        }
    }
}

/// The ids of one kind, for looking up one that is named and for suggesting what was meant.
struct Known<'l> {
    ids: HashSet<&'l str>,
    /// The same, sorted, once a suggestion is wanted.
    sorted: Vec<&'l str>,
    /// So many comparisons may still be made for suggestions.
    left: usize,
}

/// Where thousands of ids are unknown, a file is missing and no letter: then only the first have a suggestion, and
/// their number, times that of the known ids, is bounded.
const COMPARISONS: usize = 500_000;

impl<'l> Known<'l> {
    fn new(ids: impl Iterator<Item = &'l str>) -> Self {
        Self { ids: ids.collect(), sorted: Vec::new(), left: COMPARISONS }
    }

    /// The help for an id that is not known.
    fn near(&mut self, typed: &str, otherwise: &str) -> String {
        if self.left == 0 {
            return otherwise.to_owned();
        }
        if self.sorted.is_empty() {
            self.sorted = self.ids.iter().copied().collect();
            self.sorted.sort_unstable();
        }
        self.left = self.left.saturating_sub(self.sorted.len());
        nearest(typed, self.sorted.iter().copied())
            .map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
    }
}
