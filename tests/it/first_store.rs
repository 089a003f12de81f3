//! A store of the first version, made by the program of that time, says the same today.

use std::path::Path;

use serde_json::Value;

use crate::support::{examroom, run};

/// A data folder with a finished mock, two finished rehearsals, a mock that was left in the middle, and one that never
/// began.
fn folder() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/store-1/examroom.db");
    std::fs::copy(store, data.path().join("examroom.db")).unwrap();
    data
}

fn json(data: &Path, arguments: &[&str]) -> Value {
    let mut command = examroom(data);
    command.args(arguments).arg("--json");
    let said = run(command, "");
    assert_eq!(said.code, Some(0), "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

/// These fields of a value, each but the first after a space.
fn fields(value: &Value, names: &[&str]) -> String {
    names.iter().map(|name| value[*name].to_string().replace('"', "")).collect::<Vec<_>>().join(" ")
}

#[test]
fn it_has_the_same_history() {
    let data = folder();
    let history = &json(data.path(), &["history"])["attempts"];
    let names = ["attempt", "exam", "kind", "right", "scored", "new_questions", "scaled", "outcome"];
    let told: Vec<String> = history.as_array().unwrap().iter().map(|row| fields(row, &names)).collect();
    assert_eq!(
        told,
        [
            "5 hospital mock null null null null null",
            "4 clinic mock null null null null null",
            "3 rhit-2023 rehearsal 1 4 4 null fail",
            "2 rhit rehearsal 15 61 61 null fail",
            "1 clinic mock 3 7 7 217 fail",
        ]
    );
    assert_eq!(fields(&history[3]["real_exam"], &["sittings", "questions", "score_low", "score_high"]), "1 61 190 290");
    assert_eq!(fields(&history[4], &["created_at", "finished_at"]), "2026-11-27T02:48:43.69Z 2026-11-27T02:48:43.781Z");
}

#[test]
fn it_has_the_same_reports() {
    let data = folder();
    let report = json(data.path(), &["report", "1"]);
    let names = ["id", "picked", "mark", "seen_before", "changes", "flagged"];
    let told: Vec<String> = report["items"].as_array().unwrap().iter().map(|item| fields(item, &names)).collect();
    assert_eq!(
        told,
        [
            "transfer-first [d] wrong 0 1 true",
            "transfer-pages [c] right 0 0 false",
            "release-two [e] wrong 0 0 false",
            "filing-misfile [a] right 0 0 false",
            "filing-color [] omitted 0 0 false",
            "filing-report [a] wrong 0 0 false",
            "visit-known [a] wrong 0 0 false",
            "visit-first [b] right 0 0 false",
        ]
    );
    let report = json(data.path(), &["report", "2"]);
    assert_eq!(fields(&report, &["completion", "needed", "background"]), "whole 37 recorded");
}

#[test]
fn a_damaged_one_is_read_as_one_of_its_own_version() {
    let data = folder();
    let whole = json(data.path(), &["history"]);
    let damaged = folder();
    let path = damaged.path().join("examroom.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[0] ^= 0xff;
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(json(damaged.path(), &["history"]), whole);
}

#[test]
fn in_a_folder_that_cannot_be_written_it_says_so_and_stays_as_it_is() {
    let data = folder();
    let path = data.path().join("examroom.db");
    // As there, a file that a writer needs cannot be made: permissions would not stop an administrator.
    std::fs::create_dir(data.path().join("examroom.db-shm")).unwrap();
    let before = std::fs::read(&path).unwrap();
    let older = ["examroom.db was written by an older examroom", "or copy it into a folder of your own, and name that"];
    let unwritable = ["cannot be written", "see that you may write that folder, or name another"];
    for (line, told) in [
        ("history", older),
        ("report 1", older),
        ("problems", older),
        ("resume 4", older),
        ("attempt export mine.txt", older),
        ("take rhit", unwritable),
    ] {
        let mut command = examroom(data.path());
        command.args(line.split_whitespace());
        let said = run(command, "");
        assert!(said.code == Some(1) && said.out.is_empty(), "{line}: {:?} {}{}", said.code, said.out, said.err);
        for words in told {
            assert!(said.err.contains(words), "{line}: {}", said.err);
        }
        assert_eq!(said.err.contains("the exam has not begun"), told == unwritable, "{line}: {}", said.err);
        assert!(std::fs::read(&path).unwrap() == before, "{line} changed the file");
    }
    std::fs::remove_dir(data.path().join("examroom.db-shm")).unwrap();
    assert_eq!(json(data.path(), &["history"])["attempts"].as_array().unwrap().len(), 5, "it is whole");
}

#[test]
fn what_was_left_goes_on_where_it_was() {
    let data = folder();
    let resume = |attempt: &str, script: &str| {
        let mut command = examroom(data.path());
        command.args(["resume", attempt]);
        run(command, script).out
    };
    let left = resume("4", "time\nreview\ngo 1\nleave\n");
    assert!(left.starts_with("Closed book, question 2 of 6."), "{left}");
    for told in ["A. Line 1 (struck out)", "C. Line 3 (chosen)", "40 minutes left", "2 of 6 answered, 0 flagged."] {
        assert!(left.contains(told), "{told}: {left}");
    }
    assert!(resume("5", "leave\n").contains("You have seen all of them before."));
}

#[test]
fn a_real_exam_stands_beside_what_was_told_before_it() {
    let data = folder();
    let say = |line: &str| {
        let mut command = examroom(data.path());
        command.args(line.split_whitespace()).env("TZ", "UTC");
        run(command, "")
    };
    // Attempt 2, a rehearsal of 61 questions, ended on 27 November.
    let told = json(data.path(), &["history"])["attempts"][3]["real_exam"]["chance_of_passing"].clone();
    for (line, shown) in [
        ("result rhit fail --date 2026-11-26", "Recorded: rhit failed on 2026-11-26.\nIt is listed by"),
        (
            "result rhit fail --date 2026-11-27",
            "Recorded: rhit failed on 2026-11-27.\nThe last estimate before it gave a",
        ),
        ("result rhit pass --date 2026-11-27", "Recorded: rhit passed on 2026-11-27."),
    ] {
        let said = say(line);
        assert!(said.code == Some(0) && said.out.contains(shown), "{line}: {}{}", said.out, said.err);
    }
    let real = &json(data.path(), &["history"])["real_exams"];
    let lines: Vec<String> = real
        .as_array()
        .unwrap()
        .iter()
        .map(|real| fields(real, &["exam", "day", "outcome", "chance_of_passing"]))
        .collect();
    assert_eq!(lines, ["rhit 2026-11-26 fail null".to_owned(), format!("rhit 2026-11-27 pass {told}")]);
    let history = say("history").out;
    assert!(history.contains("Real exam: rhit passed on 2026-11-27. The last estimate before it gave a"), "{history}");

    for (line, why) in [
        ("result rhit maybe", "possible values: pass, fail"),
        ("result rhit", "<OUTCOME>"),
        ("result rhyt pass", "did you mean rhit?"),
        ("result rhit pass --date 2026-13-01", "give a day of the calendar"),
        ("result rhit pass --date 2999-01-01", "2999-01-01 has not come yet"),
    ] {
        let said = say(line);
        assert!(said.code == Some(2) && said.err.contains(why), "{line}: {:?} {}{}", said.code, said.out, said.err);
    }
    assert_eq!(json(data.path(), &["history"])["real_exams"].as_array().unwrap().len(), 2);
}
