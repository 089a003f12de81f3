//! Whole commands, from start to exit, and the start itself.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::measure::{Job, Pair, job, time};

/// The program, with its data in a folder of the bench's.
pub fn examroom(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_examroom"));
    command.env("EXAMROOM_DATA", data).args(arguments).stdin(Stdio::piped()).stdout(Stdio::null());
    command
}

/// Runs a command to its end, which must be a good one.
pub fn run(mut command: Command, script: &str) {
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

/// A command that leaves nothing behind.
pub fn command(arguments: &[&'static str]) -> Job {
    let (data, arguments) = (tempfile::tempdir().unwrap(), arguments.to_vec());
    job(move || run(examroom(data.path(), &arguments), ""))
}

/// `take`, left on its first page, into a store that is yet to be made; against `--version`.
pub fn take(exam: &'static str) -> Pair {
    let take = move || {
        let data = tempfile::tempdir().unwrap();
        time(|| run(examroom(data.path(), &["take", exam, "--plain"]), "leave\n"))
    };
    Pair { job: Box::new(take), yardstick: command(&["--version"]) }
}

/// A command that reads no bank, against `--version`.
pub fn exams() -> Pair {
    Pair { job: command(&["exams"]), yardstick: command(&["--version"]) }
}
