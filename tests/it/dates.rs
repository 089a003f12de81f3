//! `--as-of`: one date decides which questions may be drawn and what a bank lacks.

use std::path::Path;

use crate::support::{Said, examroom, run};

/// A folder of banks with the exam "stable", after a change to the text of its bank.
fn banks(change: impl FnOnce(&str) -> String) -> tempfile::TempDir {
    let banks = tempfile::tempdir().unwrap();
    let exam = banks.path().join("stable");
    std::fs::create_dir(&exam).unwrap();
    std::fs::write(exam.join("exam.toml"), include_str!("../fixtures/stable/exam.toml")).unwrap();
    std::fs::write(exam.join("bank.toml"), change(include_str!("../fixtures/stable/bank.toml"))).unwrap();
    banks
}

/// One question is valid until the last of June, another from the first of July on.
fn two_come_and_go(bank: &str) -> String {
    bank.replacen("id = \"q20\"", "id = \"q20\"\nvalid = { until = 2027-06-30 }", 1).replacen(
        "id = \"q21\"",
        "id = \"q21\"\nvalid = { from = 2027-07-01 }",
        1,
    )
}

fn all_end_with_the_year(bank: &str) -> String {
    bank.replace("topic = \"t\"", "topic = \"t\"\nvalid = { until = 2027-12-31 }")
}

fn said(banks: &Path, arguments: &[&str]) -> Said {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.arg("--banks").arg(banks).args(arguments);
    run(command, "")
}

/// The ids on the form that is drawn with a seed on a date, as the attempt stores them.
fn drawn(banks: &Path, seed: u64, day: &str) -> Vec<String> {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.arg("--banks").arg(banks).args(["take", "stable", "--seed", &seed.to_string(), "--as-of", day]);
    let sat = run(command, "begin\nend\nyes\n");
    assert_eq!(sat.code, Some(0), "{}{}", sat.out, sat.err);
    let mut command = examroom(data.path());
    command.args(["report", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&run(command, "").out).unwrap();
    report["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_question_is_drawn_until_its_last_day_and_from_its_first_day_on() {
    let banks = banks(two_come_and_go);
    let forms = |date| (0..12).flat_map(|seed| drawn(banks.path(), seed, date)).collect::<Vec<_>>();
    let (last, next) = (forms("2027-06-30"), forms("2027-07-01"));
    let has = |ids: &[String], id: &str| ids.iter().any(|drawn| drawn == id);
    assert_eq!((has(&last, "q20"), has(&last, "q21")), (true, false));
    assert_eq!((has(&next, "q20"), has(&next, "q21")), (false, true));
}

#[test]
fn a_seed_and_a_date_give_the_same_form_on_every_day() {
    let banks = banks(two_come_and_go);
    assert_eq!(drawn(banks.path(), 3, "2027-06-30"), drawn(banks.path(), 3, "2027-06-30"));
}

#[test]
fn a_bank_is_short_of_its_blueprint_from_the_day_on_which_too_many_questions_are_over() {
    let banks = banks(all_end_with_the_year);
    let check = |date| said(banks.path(), &["bank", "check", "stable", "--as-of", date]);
    let before = check("2027-12-31");
    assert!(!before.out.contains("short-of-blueprint"), "{}", before.out);
    assert_eq!(before.code, Some(0));
    let after = check("2028-01-01");
    assert!(after.out.contains("error[short-of-blueprint]"), "{}", after.out);
    assert!(after.out.contains("stable on 2028-01-01: 1 error"), "{}", after.out);
    assert_eq!(after.code, Some(3));
}

#[test]
fn no_exam_starts_on_a_date_without_a_form_and_the_suggested_command_names_the_date() {
    let banks = banks(all_end_with_the_year);
    let refused = said(banks.path(), &["take", "stable", "--as-of", "2028-01-01"]);
    assert!(refused.err.contains(" bank check stable --as-of 2028-01-01\n"), "{}", refused.err);
    assert_eq!((refused.code, refused.out.as_str()), (Some(3), ""));
}

#[test]
fn the_statistics_count_what_is_valid_on_the_date() {
    let banks = banks(|bank| bank.replacen("id = \"q20\"", "id = \"q20\"\nvalid = { until = 2027-06-30 }", 1));
    let operational = |date| {
        let stats = said(banks.path(), &["bank", "stats", "stable", "--plain", "--as-of", date]).out;
        assert!(stats.starts_with(&format!("stable on {date}: ")), "{stats}");
        let count = stats.split(" operational").next().unwrap().rsplit(' ').next().unwrap();
        count.parse::<u32>().unwrap()
    };
    assert_eq!(operational("2027-06-30"), operational("2027-07-01") + 1);
}

#[test]
fn what_is_no_date_is_refused_with_what_is_wanted() {
    let banks = banks(two_come_and_go);
    for wrong in ["tomorrow", "2027-02-29", "2027-1-1", "01.02.2027", "2027-01-01T10:00", ""] {
        for command in [&["take", "stable"][..], &["bank", "check"], &["bank", "stats"]] {
            let refused = said(banks.path(), &[command, &["--as-of", wrong]].concat());
            assert!(
                refused.err.contains("--as-of <DATE>': give a day of the calendar as year, month and day"),
                "{wrong}: {}",
                refused.err
            );
            assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{wrong}");
        }
    }
}

#[test]
fn the_help_of_every_command_that_looks_at_the_date_says_what_it_is_for() {
    let banks = banks(two_come_and_go);
    for command in [&["take"][..], &["bank", "check"], &["bank", "stats"]] {
        let help = said(banks.path(), &[command, &["--help"]].concat()).out;
        let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("--as-of <DATE> The date on which a question must be valid to be drawn"), "{help}");
    }
}
