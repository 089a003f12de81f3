//! How the command line and the environment are understood.

use crate::support::{Said, Talk, examroom, run};

fn said(arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(arguments).envs(variables.iter().copied());
    run(command, "")
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let home = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_examroom"));
    command.arg("history").env("EXAMROOM_DATA", "").env("HOME", home.path()).env("XDG_DATA_HOME", "");
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let history = run(command, "");
    assert!(history.out.contains("You have not sat an exam yet."), "{}{}", history.out, history.err);

    let with = |variables| said(&["exams"], variables).out;
    let table = with(&[]);
    assert_eq!(with(&[("ACCESSIBLE", ""), ("NO_COLOR", ""), ("TERM", ""), ("TZ", "")]), table);
    assert_ne!(with(&[("ACCESSIBLE", "1")]), table, "no tables");
    assert_eq!(with(&[("EXAMROOM_DATA", "/dev/null/nowhere")]), table, "the command line goes first");
}

#[test]
fn only_what_differs_by_a_slip_is_suggested() {
    for (typed, suggested) in [
        (&["take", "rhit", "--itms", "3"][..], "'--items'"),
        (&["tkae", "rhit"], "'take'"),
        (&["bank", "chek"], "'check'"),
        (&["report", "--only", "flaged"], "'flagged'"),
    ] {
        let error = said(typed, &[]).err;
        assert!(error.contains("similar") && error.contains(suggested), "{error}");
    }
    for (typed, named) in [
        (&["take", "rhit", "--domain", "legal"][..], "'--domain'"),
        (&["bank", "x"], "'x'"),
        (&["report", "--only", "all-of-them"], "'all-of-them'"),
    ] {
        let answer = said(typed, &[]);
        assert!(!answer.err.contains("similar") && !answer.err.contains("--plain"), "{}", answer.err);
        assert!(answer.err.contains(named), "{}", answer.err);
        assert_eq!(answer.code, Some(2));
    }
}

#[test]
fn the_ids_of_an_exam_can_be_listed() {
    let table = said(&["exams", "rhit", "--ids"], &[]).out;
    for (id, name) in [("main", "Examination"), ("legal", "Legal"), ("disclosure", "")] {
        let row = table.lines().find(|line| line.split_whitespace().nth(1) == Some(id));
        assert!(row.is_some_and(|row| row.contains(name)), "{id}\n{table}");
    }
    let sentences = said(&["exams", "rhit", "--ids", "--plain"], &[]).out;
    assert!(sentences.contains("\nDomain legal: Legal.\nTopic "), "{sentences}");
    assert_eq!(said(&["exams", "--ids"], &[]).code, Some(2));
}

#[test]
fn only_the_marks_of_sources_that_are_used_are_explained() {
    let rhit = said(&["exams", "rhit", "--plain"], &[]).out;
    assert!(rhit.contains("\ngiven: set for this program\n"), "{rhit}");
    for mark in ["owner", "given", "third-party", "recalled", "assumed", "unmarked"] {
        let used = rhit.contains(&format!(", {mark}.\n"));
        assert_eq!(rhit.contains(&format!("\n{mark}: ")), used, "{mark}\n{rhit}");
    }

    let banks = tempfile::tempdir().unwrap();
    let exam = banks.path().join("stable");
    std::fs::create_dir(&exam).unwrap();
    let blueprint = include_str!("../fixtures/stable/exam.toml")
        .replace("minutes = 20", "minutes = { value = 20, source = \"assumed\" }");
    std::fs::write(exam.join("exam.toml"), blueprint).unwrap();
    let own = said(&["exams", "stable", "--banks", banks.path().to_str().unwrap()], &[]).out;
    assert!(own.starts_with("A fixed exam (stable)\n"), "without an edition: {own}");
    assert!(own.contains("\nassumed: ") && own.contains("\nunmarked: ") && !own.contains("\ngiven: "), "{own}");
}

#[cfg(unix)]
#[test]
fn a_time_zone_that_names_a_device_is_not_read_and_one_that_names_a_file_is() {
    let data = tempfile::tempdir().unwrap();
    let mut take = examroom(data.path());
    take.args(["take", "rhit", "--items", "2"]);
    run(take, "leave\n");
    let begun = |variables: &[(&str, &str)]| {
        let mut command = examroom(data.path());
        command.arg("history").env_remove("TZDIR").envs(variables.iter().copied());
        run(command, "").out
    };
    let utc = begun(&[("TZ", "UTC")]);
    for endless in [
        &[("TZ", ":/dev/zero")][..],
        &[("TZ", "/dev/zero")],
        &[("TZ", "../../../../../../../../dev/zero")],
        &[("TZ", "zero"), ("TZDIR", "/dev")],
    ] {
        assert_eq!(begun(endless), utc, "{endless:?}");
    }
    assert_ne!(begun(&[("TZ", "XYZ-5")]), utc);

    // Nobody ever writes into it: reading it would wait for ever.
    let pipe = data.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = examroom(data.path());
    command.args(["history", "--plain"]).env("TZ", &pipe);
    let mut talk = Talk::start(command);
    talk.wait_for("Attempt 1: rhit");
    assert_eq!(talk.child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_exam_that_is_gone_on_with_is_the_one_under_way() {
    let data = tempfile::tempdir().unwrap();
    let sit = |arguments: &[&str], script: &str| {
        let mut command = examroom(data.path());
        command.args(arguments);
        run(command, script).out
    };
    sit(&["take", "rhit", "--items", "2"], "leave\n");
    assert!(sit(&["--plain"], "leave\n").contains("resume 1"), "where none is under way, the last one");
    sit(&["take", "rhit", "--items", "2"], "begin\nb\nleave\n");
    sit(&["take", "rhit", "--items", "2"], "leave\n");
    for arguments in [&["--plain"][..], &["resume"]] {
        assert!(sit(arguments, "leave\n").contains("resume 2"), "{arguments:?}");
    }
}
