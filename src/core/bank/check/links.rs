//! What questions name exists: enemies, cases, reference sheets.

use std::collections::{HashMap, HashSet};

use super::Links;
use crate::diagnostics::{Code, Diagnostics, nearest};
use crate::id::SheetId;
use crate::text::counted;

/// A case pays its reading time with two to five questions (this project's guide for writers).
const CASE_SIZES: std::ops::RangeInclusive<usize> = 2..=5;

pub(super) fn check(links: &Links, diagnostics: &mut Diagnostics) {
    let mut items = Known::new(links.ids().map(|(id, _)| id));
    let mut cases = Known::new(links.cases.iter().map(|(case, _)| case.as_str()));
    let mut sheets = Known::new(links.sheets.keys().map(SheetId::as_str));
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for item in &links.items {
        let name = &item.name;
        for (enemy, span) in item.enemy_ids.iter().zip(&item.enemies) {
            if item.item.as_ref().is_some_and(|(own, _)| own == enemy) {
                let message = format!("{name} is its own enemy");
                diagnostics.add(Code::DanglingEnemy, *span, message, "name the other question, or remove it");
            } else if !items.ids.contains(enemy.as_str()) && !links.incomplete {
                let message = format!("{name} has the enemy `{enemy}`, but there is no such question");
                let help = items.near(enemy.as_str(), "remove it, or mend the id");
                diagnostics.add(Code::DanglingEnemy, *span, message, help);
            }
        }
        if let (Some(case), Some(span)) = (&item.case_id, item.case) {
            if cases.ids.contains(case.as_str()) {
                *sizes.entry(case.as_str()).or_default() += 1;
            } else if !links.incomplete {
                let message = format!("{name} belongs to the case `{case}`, but there is no such case");
                let help = cases.near(case.as_str(), "add a [[case]] with this id, or mend the name");
                diagnostics.add(Code::DanglingCase, span, message, help);
            }
        }
        for (sheet, span) in &item.references {
            if !sheets.ids.contains(sheet.as_str()) {
                let message = format!("{name} needs the reference sheet `{sheet}`, but the shelf has none");
                let help = sheets.near(sheet.as_str(), &format!("add references/{sheet}.toml, or mend the name"));
                diagnostics.add(Code::DanglingReference, *span, message, help);
            }
        }
    }
    if links.incomplete {
        return;
    }
    for (case, span) in &links.cases {
        match sizes.get(case.as_str()).copied().unwrap_or(0) {
            0 => {
                let message = format!("no question belongs to the case `{case}`");
                diagnostics.add(Code::UnusedCase, *span, message, "remove it, or add case = \"…\" to its questions");
            }
            size if !CASE_SIZES.contains(&size) => {
                let message = format!("the case `{case}` has {}", counted(size, "question"));
                diagnostics.add(Code::CaseSize, *span, message, "give a case two to five questions");
            }
            _ => {}
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
