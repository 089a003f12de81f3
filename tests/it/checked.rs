//! No question is shipped whose rule was not looked up: the record beside the banks has a line for each.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{shipped, text};

const EXAMS: [&str; 2] = ["rhit", "ctr"];
const KINDS: [&str; 4] = ["primary", "secondary", "general", "plain"];

/// The record's lines, each as exam, question, kind and place.
fn record() -> Vec<[String; 4]> {
    text("question_banks/CHECKED.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
            fields.try_into().unwrap_or_else(|_| panic!("not four fields: {line}"))
        })
        .collect()
}

#[test]
fn every_shipped_question_says_where_its_rule_was_read() {
    let shipped: BTreeSet<(String, String)> = EXAMS
        .iter()
        .flat_map(|exam| shipped(exam).1.items.into_iter().map(|item| ((*exam).to_owned(), item.id.to_string())))
        .collect();
    let record = record();
    let recorded: BTreeSet<(String, String)> =
        record.iter().map(|[exam, question, ..]| (exam.clone(), question.clone())).collect();
    assert_eq!(recorded.len(), record.len(), "a question has two lines");
    let unread: Vec<_> = shipped.difference(&recorded).collect();
    let gone: Vec<_> = recorded.difference(&shipped).collect();
    assert!(unread.is_empty() && gone.is_empty(), "without a line: {unread:?}; not in the banks: {gone:?}");
    for [_, question, kind, place] in &record {
        assert!(KINDS.contains(&kind.as_str()), "{question}: {kind}");
        assert!(place.trim() == place && place.len() > 5, "{question}: {place}");
    }
}

#[test]
fn the_guide_says_how_many_were_checked_in_which_way() {
    let guide = text("question_banks/README.md");
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for [exam, _, kind, _] in record() {
        *counts.entry((kind, exam)).or_default() += 1;
    }
    let count = |kind: &str, exam: &str| counts.get(&(kind.to_owned(), exam.to_owned())).copied().unwrap_or_default();
    for kind in KINDS {
        let row = guide.lines().find(|line| line.trim_start().starts_with(&format!("| `{kind}`"))).unwrap();
        let figures = format!("| {} | {} |", count(kind, "rhit"), count(kind, "ctr"));
        assert!(row.ends_with(&figures), "{row} should end with {figures}");
    }
}
