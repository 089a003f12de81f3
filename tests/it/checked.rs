//! No question is shipped whose rule was not looked up: the record beside the banks has a line for each.

use std::collections::{BTreeMap, BTreeSet};

use examroom_core::bank::Guessing;
use examroom_core::form::{Exposure, Plan};
use examroom_core::id::ChoiceId;

use crate::support::{draw, shipped, text};

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

/// To a point: a few questions that are mended do not make the guide wrong.
#[test]
fn the_guide_says_how_far_guessing_gets() {
    let guide = text("question_banks/README.md").replace("\n  ", " ");
    for (exam, said) in [("rhit", " of the RHIT questions"), ("ctr", "Of the CTR questions it gets ")] {
        let guessing = Guessing::of(&shipped(exam).1).unwrap();
        let sentence = guide.split(". ").find(|sentence| sentence.contains(said)).unwrap();
        let figure = sentence.split_whitespace().zip(sentence.split_whitespace().skip(1));
        let gets = figure.filter(|(before, _)| *before == "gets").map(|(_, figure)| figure.parse::<f64>().unwrap());
        let said: Vec<f64> = gets.collect();
        assert_eq!(said.len(), 1, "{sentence}");
        assert!((said[0] - guessing.rate * 100.0).abs() <= 1.0, "{sentence}\nand it is {:.1}", guessing.rate * 100.0);
    }
}

/// The readers' lines: exam, question, then each reader's answer and rating.
fn ratings() -> Vec<Vec<String>> {
    let lines = text("question_banks/RATINGS.tsv");
    lines
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_rating_by_several_is_what_three_readers_gave_who_answered_the_question_first() {
    let mut rated: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for line in ratings() {
        let (name, readers) = line.split_at(2);
        assert_eq!(readers.len(), 6, "three readers: {line:?}");
        let figures = readers.chunks(2).map(|reader| reader[1].parse().unwrap()).collect();
        let twice = rated.insert((name[0].clone(), name[1].clone()), figures);
        assert!(twice.is_none(), "{name:?} has two lines");
    }
    for exam in EXAMS {
        for item in shipped(exam).1.items.iter().filter(|item| !item.ratings.is_empty()) {
            let figures = rated.remove(&(exam.to_owned(), item.id.to_string()));
            assert_eq!(figures.as_deref(), Some(&*item.ratings), "{}", item.id);
        }
    }
    assert!(rated.is_empty(), "rated, but not in the banks: {:?}", rated.keys());
}

#[test]
fn most_readers_of_a_rated_question_found_its_key_without_seeing_it() {
    let banks: BTreeMap<&str, _> = EXAMS.iter().map(|exam| (*exam, shipped(exam).1)).collect();
    for line in ratings() {
        let item = banks[line[0].as_str()].items.iter().find(|item| item.id.as_str() == line[1]).unwrap();
        let mut key: Vec<&str> = item.key.iter().map(ChoiceId::as_str).collect();
        key.sort_unstable();
        let found = line[2..].chunks(2).filter(|reader| reader[0] == key.join(",")).count();
        assert!(found >= 2, "{line:?}");
    }
}

/// Draws so many forms for each of 60 seeds, each for a candidate who has seen the earlier ones: no question comes again.
fn no_question_comes_again(exam: &str, forms: u64) {
    let (blueprint, bank) = shipped(exam);
    let plan = Plan::mock(&blueprint);
    for seed in 0..60 {
        let mut seen = Exposure::default();
        for form in 1..=forms {
            let drawn = draw(&blueprint, &bank, &plan, seed * forms + form, &seen);
            for id in drawn.item_ids() {
                assert_eq!(seen.times(id), 0, "{exam}, seed {seed}, form {form}: {id} again");
            }
            seen.0.extend(drawn.item_ids().map(|id| (id.clone(), 1)));
        }
    }
}

#[test]
fn three_forms_of_each_rhit_outline_share_no_question_whatever_the_seed() {
    no_question_comes_again("rhit", 3);
    no_question_comes_again("rhit-2023", 3);
}

#[test]
fn two_forms_of_ctr_and_of_ods_share_no_question_whatever_the_seed() {
    no_question_comes_again("ctr", 2);
    no_question_comes_again("ods", 2);
}
