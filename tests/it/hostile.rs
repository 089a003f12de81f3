//! Whatever a bank file holds, reading it ends without a panic, and a bank without errors is one that can be sat.

use std::collections::BTreeSet;
use std::sync::Arc;

use examroom_app::library::ExamFiles;
use examroom_core::bank::{Bank, Depth};
use examroom_core::blueprint::Blueprint;
use examroom_core::form::{Exposure, Plan, Request, assemble, disjoint_forms};
use examroom_core::seed::Seed;
use examroom_terminal::pages::{Paint, finding_text};
use proptest::prelude::*;

use crate::support::day;

/// A change to a text, at a place given as a share of its length.
#[derive(Clone, Debug)]
enum Harm {
    Delete(f64, usize),
    Insert(f64, &'static str),
    SwapLines(f64, f64),
    RepeatLine(f64),
    DropLine(f64),
}

fn harm() -> impl Strategy<Value = Harm> {
    let snippets = prop::sample::select(vec![
        "\"",
        "\"\"\"",
        "'",
        "[",
        "]]",
        "[[item]]\n",
        "[item.choices]\n",
        "[[case]]\n",
        "{",
        "}",
        "=",
        "#",
        "\\",
        "\u{1b}[2J",
        "\u{202e}",
        "\u{0}",
        "\r\n",
        "\u{feff}",
        "key = []\n",
        "key = [\"a\", \"b\", \"c\", \"d\"]\n",
        "angoff = nan\n",
        "angoff = 1e400\n",
        "id = \"q1\"\n",
        "valid = { from = 2026-13-45 }\n",
        "a.b.c = 1\n",
        "\u{301}",
        "漢",
        "= = =",
        "9999999999999999999999",
        "enemies = [[[[[[[[[[]]]]]]]]]]\n",
    ]);
    let at = || 0.0_f64..1.0;
    prop_oneof![
        (at(), 1_usize..40).prop_map(|(at, length)| Harm::Delete(at, length)),
        (at(), snippets).prop_map(|(at, text)| Harm::Insert(at, text)),
        (at(), at()).prop_map(|(one, other)| Harm::SwapLines(one, other)),
        at().prop_map(Harm::RepeatLine),
        at().prop_map(Harm::DropLine),
    ]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "small numbers"
)]
fn span(share: f64, length: usize) -> usize {
    (share * length as f64) as usize
}

fn apply(text: &str, harm: &Harm) -> String {
    let boundary = |share: f64| {
        let mut at = span(share, text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let mut lines: Vec<&str> = text.lines().collect();
    let count = lines.len();
    match harm {
        Harm::Delete(at, length) => {
            let start = boundary(*at);
            let kept: String = text[start..].chars().skip(*length).collect();
            return format!("{}{kept}", &text[..start]);
        }
        Harm::Insert(at, snippet) => {
            let start = boundary(*at);
            return format!("{}{snippet}{}", &text[..start], &text[start..]);
        }
        _ if count == 0 => return String::new(),
        Harm::SwapLines(one, other) => lines.swap(span(*one, count), span(*other, count)),
        Harm::RepeatLine(at) => lines.insert(span(*at, count), lines[span(*at, count)]),
        Harm::DropLine(at) => drop(lines.remove(span(*at, count))),
    }
    lines.join("\n")
}

/// What is promised of a bank without errors.
fn can_be_trusted(blueprint: &Arc<Blueprint>, bank: &Bank) -> Result<(), TestCaseError> {
    let ids: BTreeSet<_> = bank.items.iter().map(|item| &item.id).collect();
    prop_assert_eq!(ids.len(), bank.items.len(), "an id twice");
    for item in &bank.items {
        let choices: BTreeSet<_> = item.choices.iter().map(|choice| &choice.id).collect();
        prop_assert!(choices.len() == item.choices.len() && (2..=26).contains(&choices.len()));
        prop_assert!(!item.stem.trim().is_empty() && item.choices.iter().all(|choice| !choice.text.trim().is_empty()));
        prop_assert!(item.references.iter().all(|named| bank.sheets.iter().any(|sheet| sheet.id == *named)));
        prop_assert!(item.validity.from.zip(item.validity.until).is_none_or(|(from, until)| from <= until));
        prop_assert!(!item.key.is_empty() && item.key.len() < item.choices.len());
        prop_assert!(item.key.iter().all(|key| item.choice(key).is_some()));
        let domain = blueprint.domain(&item.domain);
        prop_assert!(domain.is_some_and(|domain| domain.count(&item.section).is_some()));
        prop_assert!(domain.is_some_and(|domain| domain.topics.iter().any(|topic| topic.id == item.topic)));
        prop_assert!(item.angoff.is_none_or(|angoff| angoff > 0.0 && angoff < 1.0));
        prop_assert!(item.case.as_ref().is_none_or(|case| bank.cases.contains_key(case)));
        prop_assert!(item.enemies.iter().all(|enemy| bank.item(enemy).is_some()));
    }
    let plan = Plan::mock(blueprint);
    let request = Request { plan: &plan, seed: Seed(1), day: day(), exposure: &Exposure::default() };
    let forms = disjoint_forms(blueprint, bank, day(), &mut |_, _| {});
    match assemble(blueprint, bank, &request) {
        Ok(form) => {
            prop_assert_eq!(form.len(), usize::try_from(blueprint.questions.value).unwrap());
            prop_assert_eq!(form.item_ids().collect::<BTreeSet<_>>().len(), form.len(), "a question twice");
        }
        // Enemies can still leave a form short. Whoever counts the forms says the same.
        Err(no_form) => prop_assert_eq!(forms, 0, "{}", no_form),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_damage_to_a_file_makes_the_reader_panic_or_overlook_a_fault(
        harms in prop::collection::vec(harm(), 1..6),
        blueprint_too in prop::bool::weighted(0.2),
    ) {
        let mut exam = include_str!("../fixtures/stable/exam.toml").to_owned();
        let mut bank = include_str!("../fixtures/stable/bank.toml").to_owned();
        for harm in &harms {
            let target = if blueprint_too { &mut exam } else { &mut bank };
            *target = apply(target, harm);
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("exam.toml"), exam).unwrap();
        std::fs::write(folder.path().join("bank.toml"), bank).unwrap();
        let reading = ExamFiles::folder(folder.path()).unwrap().read(Depth::Advice, day(), &mut |_, _| {});
        for finding in reading.diagnostics.sorted(&reading.sources) {
            let told = finding_text(finding, &reading.sources, Paint::Plain);
            prop_assert!(!told.contains(['\u{1b}', '\u{202e}', '\u{0}']), "{told:?}");
        }
        if !reading.diagnostics.has_errors() {
            can_be_trusted(&reading.blueprint.unwrap(), &reading.bank)?;
        }
    }
}
