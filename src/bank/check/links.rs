//! What questions name exists: enemies, cases, reference sheets.

use std::collections::HashMap;
use std::collections::HashSet;

use super::Links;
use crate::document::{Code, Findings, nearest};
use crate::id::SheetId;

/// A case pays its reading time with two to five questions (this project's guide for writers).
const CASE_SIZES: std::ops::RangeInclusive<usize> = 2..=5;

pub(super) fn check(links: &Links, findings: &mut Findings) {
    let items: HashSet<&str> = links.ids().map(|(id, _)| id).collect();
    let cases: HashSet<&str> = links.cases.iter().map(|(case, _)| case.as_str()).collect();
    let sheets: HashSet<&str> = links.sheets.iter().map(SheetId::as_str).collect();
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for item in &links.items {
        let name = &item.name;
        for (enemy, place) in item.enemy_ids.iter().zip(&item.enemies) {
            if item.item.as_ref().is_some_and(|(own, _)| own == enemy) {
                let message = format!("{name} is its own enemy");
                findings.add(Code::DanglingEnemy, *place, message, "name the other question, or remove it");
            } else if !items.contains(enemy.as_str()) && !links.incomplete {
                let message = format!("{name} has the enemy `{enemy}`, but there is no such question");
                let help = near(enemy.as_str(), &items, "remove it, or mend the id");
                findings.add(Code::DanglingEnemy, *place, message, help);
            }
        }
        if let (Some(case), Some(place)) = (&item.case_id, item.case) {
            if cases.contains(case.as_str()) {
                *sizes.entry(case.as_str()).or_default() += 1;
            } else if !links.incomplete {
                let message = format!("{name} belongs to the case `{case}`, but there is no such case");
                let help = near(case.as_str(), &cases, "add a [[case]] with this id, or mend the name");
                findings.add(Code::DanglingCase, place, message, help);
            }
        }
        for (sheet, place) in &item.references {
            if !sheets.contains(sheet.as_str()) {
                let message = format!("{name} needs the reference sheet `{sheet}`, but the shelf has none");
                let help = near(sheet.as_str(), &sheets, &format!("add references/{sheet}.toml, or mend the name"));
                findings.add(Code::DanglingReference, *place, message, help);
            }
        }
    }
    if links.incomplete {
        return;
    }
    for (case, place) in &links.cases {
        match sizes.get(case.as_str()).copied().unwrap_or(0) {
            0 => {
                let message = format!("no question belongs to the case `{case}`");
                findings.add(Code::UnusedCase, *place, message, "remove it, or add case = \"…\" to its questions");
            }
            size if !CASE_SIZES.contains(&size) => {
                let message = format!("the case `{case}` has {size} question{}", if size == 1 { "" } else { "s" });
                findings.add(Code::CaseSize, *place, message, "give a case two to five questions");
            }
            _ => {}
        }
    }
}

fn near(typed: &str, known: &HashSet<&str>, otherwise: &str) -> String {
    let mut sorted: Vec<&str> = known.iter().copied().collect();
    sorted.sort_unstable();
    nearest(typed, sorted.into_iter()).map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
}
