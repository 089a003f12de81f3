//! Every command's output, word for word, as it stands in a pipe: what is asked, what is printed, how it ends.

use std::path::Path;

use crate::folder::copy;
use crate::pinned::{command, every_command, exams, filters, session};
use crate::support::{examroom, run};

/// The answers of a finished exam: right, wrong, left out and flagged.
const SITTING: &str =
    "begin\nd\nnext\nflag\nc\nnext\na c\nnext\nnote moved\nb\nend\nyes\ncontinue\nc\nnext\nend\nyes\n";

/// A data folder with an exam that was finished, a rehearsal that was finished, and an exam that was left.
fn three_attempts() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    command(data.path(), "take clinic --seed 1", SITTING);
    command(data.path(), "take clinic --seed 2 --items 4 --time 1.5", "begin\na\nsubmit\nyes\n");
    command(data.path(), "take hospital --seed 3 --strict", "begin\na b\nleave\nyes\n");
    data
}

/// A data folder whose own banks have the clinic's exam with changes in its records, as `changed`.
fn changed_clinic(changes: &[(&str, &str)]) -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("banks/changed");
    copy(&Path::new(&exams()).join("clinic"), &folder);
    for name in ["exam.toml", "1-records.toml", "2-coding.toml"] {
        let mut text = std::fs::read_to_string(folder.join(name)).unwrap().replace("\"clinic\"", "\"changed\"");
        for (there, instead) in changes.iter().filter(|_| name == "1-records.toml") {
            assert!(text.contains(there), "{there}");
            text = text.replace(there, instead);
        }
        std::fs::write(folder.join(name), text).unwrap();
    }
    data
}

#[test]
fn the_help_of_every_command() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let helps = every_command().into_iter().map(|path| format!("{path} --help"));
    let helps: Vec<String> = helps.map(|line| line.trim().to_owned()).collect();
    let lines: Vec<&str> = helps.iter().map(String::as_str).chain(["--version"]).collect();
    insta::assert_snapshot!(session(data.path(), &lines));
}

#[test]
fn the_exams_that_there_are() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    insta::assert_snapshot!(session(data.path(), &["", "exams", "exams --plain"]));
}

#[test]
fn what_an_exam_is_made_of() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines =
        ["exams clinic", "exams clinic --plain", "exams hospital", "exams clinic --ids", "exams clinic --ids --plain"];
    insta::assert_snapshot!(session(data.path(), &lines));
}

#[test]
fn what_the_shipped_exams_are_made_of() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    insta::assert_snapshot!(session(data.path(), &["exams rhit", "exams rhit-2023", "exams ctr", "exams ods"]));
}

#[test]
fn the_history() {
    let data = three_attempts();
    let _filters = filters(data.path());
    let lines = ["history", "history --plain", "history --json"];
    let empty = tempfile::tempdir().unwrap();
    insta::assert_snapshot!([session(empty.path(), &lines), session(data.path(), &lines)].concat());
}

#[test]
fn the_report() {
    let data = three_attempts();
    let _filters = filters(data.path());
    insta::assert_snapshot!("report", session(data.path(), &["report 1", "report 1 --plain", "report"]));
    insta::assert_snapshot!("report_json", session(data.path(), &["report 1 --json"]));
}

#[test]
fn the_report_with_its_questions() {
    let data = three_attempts();
    let _filters = filters(data.path());
    let page = |only: &str| {
        let told = session(data.path(), &[&format!("report 1 --only {only}")]);
        let (_, questions) = told.split_once("scores.\n").unwrap();
        format!("$ examroom report 1 --only {only}\n[the report]\n{questions}")
    };
    insta::assert_snapshot!("report_only_all", page("all"));
    insta::assert_snapshot!("report_only_some", [page("wrong"), page("flagged")].concat());
}

#[test]
fn what_is_not_there_to_be_reported_or_resumed() {
    let (empty, data) = (tempfile::tempdir().unwrap(), three_attempts());
    let _filters = filters(data.path());
    let before = session(empty.path(), &["report", "report 1", "resume", "resume 1"]);
    let lines = ["report 3", "report 99", "resume 1", "resume 99"];
    insta::assert_snapshot!([before, session(data.path(), &lines)].concat());
}

#[test]
fn a_check_of_a_bank_without_a_finding() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = ["bank check clinic --strict", "bank check hospital", "bank check clinic --as-of 2027-01-01 --plain"];
    insta::assert_snapshot!(session(data.path(), &lines));
}

#[test]
fn a_check_that_only_advises() {
    let data = changed_clinic(&[("angoff = 0.80\n", ""), ("source = \"The clinic's manual, chapter 6\"\n", "")]);
    let _filters = filters(data.path());
    let lines = ["bank check changed", "bank check changed --strict --plain"];
    insta::assert_snapshot!(session(data.path(), &lines));
}

#[test]
fn a_check_that_finds_errors() {
    let changes = [
        ("key = \"a\"", "key = \"e\""),
        ("level = \"recall\"\nangoff = 0.60", "level = \"recal\""),
        ("case = \"transfer\"\nstem = \"The", "case = \"transfr\"\nstem = \"The"),
    ];
    let data = changed_clinic(&changes);
    let _filters = filters(data.path());
    let lines = ["bank check changed", "bank check changed --all --plain", "bank stats changed", "take changed"];
    insta::assert_snapshot!(session(data.path(), &lines));
}

#[test]
fn a_bank_that_is_too_small_for_its_exam() {
    let data = changed_clinic(&[("status = \"pretest\"", "status = \"retired\"")]);
    let _filters = filters(data.path());
    insta::assert_snapshot!(session(data.path(), &["take changed", "bank stats changed", "bank check changed"]));
}

#[test]
fn what_a_finding_means() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = [
        "bank explain key-not-a-choice",
        "bank explain warning[no-source]:",
        "bank explain no-sorce",
        "bank explain nothing-of-the-kind",
        "bank explain",
    ];
    insta::assert_snapshot!(session(data.path(), &lines));
}

#[test]
fn the_counts_of_a_bank() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = ["bank stats clinic", "bank stats clinic --plain", "bank stats hospital --as-of 2027-01-01"];
    insta::assert_snapshot!(session(data.path(), &lines));
}

#[test]
fn a_new_bank() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = [
        "bank new demo --domains law,codes",
        "bank new demo",
        "bank new rhit",
        "bank new Demo",
        "bank new other --into elsewhere",
        "bank check demo",
        "bank check elsewhere/other",
        "exams demo --plain",
    ];
    insta::assert_snapshot!(session(data.path(), &lines));
}

#[test]
fn completions_begin_as_each_shell_expects() {
    let data = tempfile::tempdir().unwrap();
    for (shell, beginning) in [
        ("bash", "_examroom() {\n"),
        ("zsh", "#compdef examroom\n"),
        ("fish", "# Print an optspec for argparse"),
        ("powershell", "\nusing namespace System.Management.Automation\n"),
        ("elvish", "\nuse builtin;\n"),
    ] {
        let mut command = examroom(data.path());
        command.args(["completions", shell]);
        let said = run(command, "");
        assert!(said.out.starts_with(beginning), "{shell}: {}", said.out);
        assert!(said.out.contains("resume") && said.err.is_empty(), "{shell}: {}", said.err);
        assert_eq!(said.code, Some(0));
    }
}

#[test]
fn what_cannot_be_found_or_is_not_understood() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = [
        "take clinc",
        "exams nothing-like-it",
        "bank check nowhere/at/all",
        "bank stats clinc",
        "tkae clinic",
        "take",
        "take clinic --itms 3",
        "take clinic --items 0",
        "take clinic --items many",
        "take clinic --time 3",
        "take clinic --seed x",
        "take clinic --as-of tomorrow",
        "report --only flaged",
        "report first",
        "resume --json",
        "exams --ids",
        "bank",
        "completions tcsh",
    ];
    insta::assert_snapshot!(session(data.path(), &lines));
}

#[test]
fn a_folder_of_banks_that_is_not_there() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let mut command = examroom(data.path());
    command.args(["exams", "--banks", "/nowhere/at/all"]);
    let said = run(command, "");
    assert_eq!((said.out.as_str(), said.code), ("", Some(2)));
    insta::assert_snapshot!(said.err);
}
