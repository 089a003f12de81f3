//! Two windows on one attempt: the second is told, may take it over, and whatever the first does, there is one history.

use std::path::Path;

use crate::support::{Said, Talk, examroom, run};

fn command(data: &Path, arguments: &[&str]) -> std::process::Command {
    let mut command = examroom(data);
    command.args(arguments);
    command
}

fn say(data: &Path, arguments: &[&str], script: &str) -> Said {
    run(command(data, arguments), script)
}

/// A window with the exam open at its first question.
fn window(data: &Path) -> Talk {
    let mut talk = Talk::start(command(data, &["take", "rhit", "--items", "6", "--seed", "7"]));
    talk.type_line("begin");
    talk.type_line("a");
    talk.wait_for("Chosen: A. Saved.");
    talk
}

#[cfg(unix)]
fn send(signal: &str, talk: &Talk) {
    let pid = talk.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_window_that_was_stopped_is_taken_over_and_ends_when_it_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let mut stopped = window(data.path());
    send("STOP", &stopped);
    let refused = say(data.path(), &["resume", "1"], "");
    assert!(refused.err.contains("attempt 1 is open in another examroom"), "{}", refused.err);
    let taken = say(data.path(), &["resume", "1", "--take-over"], "next\nb\nleave\n");
    assert!(taken.out.contains("Chosen: B. Saved."), "{}{}", taken.out, taken.err);
    send("CONT", &stopped);
    assert_eq!(stopped.child.wait().unwrap().code(), Some(4));
    let resumed = say(data.path(), &["resume", "1"], "time\nleave\n");
    assert!(resumed.out.contains("2 of 6 answered"), "{}{}", resumed.out, resumed.err);
}

#[test]
fn a_window_that_is_taken_over_ends_by_itself() {
    let data = tempfile::tempdir().unwrap();
    let mut first = window(data.path());
    let taken = say(data.path(), &["resume", "1", "--take-over"], "next\nb\nleave\n");
    assert!(taken.out.contains("Chosen: B. Saved."), "{}{}", taken.out, taken.err);
    assert_eq!(first.child.wait().unwrap().code(), Some(4));
}

#[test]
fn where_the_locks_were_removed_the_later_window_has_the_attempt_and_the_earlier_one_ends() {
    let data = tempfile::tempdir().unwrap();
    let mut first = window(data.path());
    std::fs::remove_dir_all(data.path().join("locks")).unwrap();
    let mut second = Talk::start(command(data.path(), &["resume", "1"]));
    second.type_line("next");
    second.type_line("b");
    second.wait_for("Chosen: B. Saved.");
    assert_eq!(first.child.wait().unwrap().code(), Some(4));
    second.type_line("leave");
    second.wait_for("Your answers are saved");
    let resumed = say(data.path(), &["resume", "1"], "time\nleave\n");
    assert!(resumed.out.contains("2 of 6 answered"), "{}{}", resumed.out, resumed.err);
}

#[test]
fn an_exam_whose_lock_cannot_be_made_is_not_made_either() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("locks"), "in the way").unwrap();
    for _ in 0..3 {
        let said = say(data.path(), &["take", "rhit", "--items", "6"], "leave\n");
        assert_eq!(said.code, Some(1), "{}", said.out);
        assert!(said.err.contains("locks") && said.err.contains("help: "), "{}", said.err);
    }
    assert!(say(data.path(), &["history"], "").out.contains("You have not sat an exam yet"));
}
