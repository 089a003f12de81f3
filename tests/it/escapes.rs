//! Nothing that a terminal acts on, and nothing that cannot be seen, leaves the program by any outlet.

#![cfg(unix)]

use std::ffi::OsStr;
use std::path::Path;

use examroom_core::text::{hidden, is_hidden};

use crate::support::{Said, examroom, run};

/// An escape sequence, a C1 control, a direction override, a blank letter, a zero-width space.
const EVIL: &str = "x\u{1b}[31m\u{9b}7m\u{202e}\u{3164}\u{200b}";

fn said(data: &Path, arguments: &[&str], script: &str) -> Said {
    let mut command = examroom(data);
    command.args(arguments);
    run(command, script)
}

fn assert_clean(what: &[&str], said: &Said) {
    for text in [&said.out, &said.err] {
        assert_eq!(hidden(text).next(), None, "{what:?}\n{text:?}");
    }
}

/// A folder of banks with one exam whose name, edition and stems are evil, in a folder of this name.
fn evil_banks(folder: &str) -> tempfile::TempDir {
    let banks = tempfile::tempdir().unwrap();
    let exam = banks.path().join(folder);
    std::fs::create_dir(&exam).unwrap();
    let toml = EVIL.replace('\u{1b}', "\\u001b").replace('\u{9b}', "\\u009b");
    let blueprint = include_str!("../fixtures/stable/exam.toml").replace("name = \"", &format!("name = \"{toml}"));
    std::fs::write(exam.join("exam.toml"), format!("edition = \"{toml}\"\n{blueprint}")).unwrap();
    let bank = include_str!("../fixtures/stable/bank.toml").replace("stem = \"", &format!("stem = \"{toml}"));
    std::fs::write(exam.join("bank.toml"), bank).unwrap();
    banks
}

#[test]
fn folders_names_and_words_of_the_command_line_are_shown_as_marks() {
    let data = tempfile::tempdir().unwrap();
    let banks = evil_banks(EVIL);
    let with_banks = banks.path().to_str().unwrap();
    let folder = banks.path().join(EVIL);
    let folder = folder.to_str().unwrap();
    let nowhere = format!("/nowhere/{EVIL}");
    for arguments in [
        &["exams"][..],
        &["exams", "--plain"],
        &["exams", EVIL],
        &["exams", "nothing"],
        &["take", EVIL],
        &["take", "nothing"],
        &["bank", "check"],
        &["bank", "check", folder],
        &["bank", "check", with_banks],
        &["bank", "check", EVIL],
        &["bank", "stats"],
        &["bank", "stats", folder, "--plain"],
        &["bank", "explain", EVIL],
        &["bank", "new", EVIL],
        &["bank", "new", "demo", "--domains", EVIL],
        &["bank", "new", "demo", "--into", folder],
        &["bank", "new", "demo", "--into", "/dev/null/\u{1b}"],
        &["report", EVIL],
        &["resume", EVIL],
        &["take", "rhit", "--time", EVIL],
        &["take", "rhit", "--seed", EVIL],
        &["take", "rhit", &format!("--{EVIL}")],
        &[EVIL],
        &["completions", EVIL],
    ] {
        assert_clean(arguments, &said(data.path(), &[&["--banks", with_banks], arguments].concat(), "leave\n"));
    }
    assert_clean(&["--banks"], &said(data.path(), &["--banks", &nowhere, "exams"], ""));
    let mut elsewhere = examroom(Path::new("/dev/null").join(EVIL).as_path());
    elsewhere.args(["take", "rhit"]);
    assert_clean(&["--data-dir"], &run(elsewhere, ""));
    let mut by_environment = std::process::Command::new(env!("CARGO_BIN_EXE_examroom"));
    by_environment.args(["take", "rhit", "--plain"]).env("EXAMROOM_DATA", OsStr::new(&format!("/dev/null/{EVIL}")));
    by_environment.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    assert_clean(&["EXAMROOM_DATA"], &run(by_environment, ""));
}

#[test]
fn a_sitting_its_report_and_the_history_show_marks_and_json_escapes() {
    let data = tempfile::tempdir().unwrap();
    let banks = evil_banks("stable");
    let script = format!("{EVIL}\nbegin\ncalc 1+\u{1b}\nnote {EVIL}\nshelf {EVIL}\nsubmit\nyes\n");
    let take = ["--banks", banks.path().to_str().unwrap(), "take", "stable", "--seed", "1"];
    let sat = said(data.path(), &take, &script);
    assert!(sat.out.contains("it would score 100"), "{}{}", sat.out, sat.err);
    assert!(sat.out.contains("<U+001B> is not recognized"), "{}", sat.out);
    for arguments in [&["report", "--only", "all"][..], &["history"], &["history", "--plain"]] {
        assert_clean(arguments, &said(data.path(), arguments, ""));
    }
    assert_clean(&take, &sat);

    let json = said(data.path(), &["report", "--json"], "").out;
    assert!(!json.chars().any(is_hidden), "{json:?}");
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["edition"], EVIL, "it is escaped, and nothing of it is lost");
    let history = said(data.path(), &["history", "--json"], "").out;
    assert!(!history.chars().any(is_hidden), "{history:?}");
}

#[test]
fn a_store_from_somebody_else_is_told_of_in_marks() {
    let data = tempfile::tempdir().unwrap();
    assert_eq!(said(data.path(), &["take", "rhit", "--items", "2"], "begin\nleave\n").code, Some(0));
    #[expect(clippy::disallowed_methods, reason = "the test looks behind the program's back")]
    let db = rusqlite::Connection::open(data.path().join("examroom.db")).unwrap();
    let body = serde_json::json!({ "at": 1, "event": EVIL }).to_string();
    db.execute("UPDATE event SET body = ?1", [body]).unwrap();
    drop(db);
    for arguments in [&["report", "1"][..], &["resume", "1"], &["history"], &["history", "--json"]] {
        assert_clean(arguments, &said(data.path(), arguments, ""));
    }
}
