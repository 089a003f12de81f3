//! The time left never rises: not by a kill of the program, and not by a clock that is set.

use std::path::Path;
use std::time::Duration;

use crate::support::{Talk, examroom, shift};

/// Starts an exam, or goes on with it.
fn sit(data: &Path, arguments: &[&str]) -> Talk {
    let mut command = examroom(data);
    command.args(arguments);
    Talk::start(command)
}

/// The time left as the program says it, in seconds.
fn time_left(talk: &mut Talk) -> u64 {
    talk.type_line("time");
    let said = talk.wait_for(" left.");
    let words: Vec<&str> = said.split_whitespace().take_while(|word| *word != "left.").collect();
    let second = |pair: &[&str]| {
        let unit =
            [("hour", 3600), ("minute", 60), ("second", 1)].into_iter().find(|(unit, _)| pair[1].starts_with(unit));
        Some(pair[0].parse::<u64>().ok()? * unit?.1)
    };
    words.windows(2).filter_map(second).sum()
}

fn begun(data: &Path) -> Talk {
    let mut talk = sit(data, &["take", "rhit", "--items", "6", "--seed", "7"]);
    talk.type_line("begin");
    talk.wait_for("Question 1 of 6.");
    talk
}

fn kill(mut talk: Talk) {
    talk.child.kill().unwrap();
    talk.child.wait().unwrap();
}

#[test]
fn time_left_never_rises_by_a_kill_of_the_program() {
    let data = tempfile::tempdir().unwrap();
    let mut talk = begun(data.path());
    let mut before = time_left(&mut talk);
    for _ in 0..4 {
        std::thread::sleep(Duration::from_millis(1300));
        let shown = time_left(&mut talk);
        assert!(shown <= before);
        before = shown;
        kill(talk);
        talk = sit(data.path(), &["resume"]);
        let shown = time_left(&mut talk);
        assert!(shown <= before, "{shown} s left after {before} s");
        before = shown;
    }
    kill(talk);
}

#[test]
fn a_clock_that_was_set_back_between_two_runs_gives_no_time_back_and_is_noted() {
    let data = tempfile::tempdir().unwrap();
    let mut talk = begun(data.path());
    std::thread::sleep(Duration::from_millis(1300));
    let before = time_left(&mut talk);
    kill(talk);
    shift(data.path(), 3_600_000);
    let mut talk = sit(data.path(), &["resume"]);
    let after = time_left(&mut talk);
    assert!(after <= before, "{after} s left after {before} s");
    talk.type_line("submit");
    talk.type_line("yes");
    talk.wait_for("Clock changed");
    kill(talk);
}
