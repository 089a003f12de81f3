//! A short sitting of the real program, and what of it has to be in the store.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use examroom_core::journal::AttemptId;
use examroom_core::session::Event;
use examroom_core::time::Timestamp;
use examroom_store::Store;
use tempfile::TempDir;

use super::layer::Plan;
use super::tally::{Verdict, Wrong};

/// What is typed: two answers to each of six questions, and a flag and a note between.
pub const SCRIPT: &str =
    "begin\na\nb\nnext\nflag\na\nb\nnext\na\nnote ask again\nb\nnext\na\nb\nnext\na\nb\nnext\na\nb\nleave\n";

/// What a run said, and how it ended.
pub struct Said {
    pub out: String,
    pub err: String,
    /// `None` if it was killed.
    pub code: Option<i32>,
}

impl Said {
    /// How many answers were called saved.
    pub fn saved(&self) -> usize {
        saved(&self.out)
    }

    /// Whether the last word is that everything is saved.
    pub fn calls_all_saved(&self) -> bool {
        self.out.contains("Your answers are saved")
    }
}

/// How many answers are called saved in what was said so far.
pub fn saved(said: &str) -> usize {
    said.lines().filter(|line| line.contains("Chosen: ") && line.ends_with(" Saved.")).count()
}

/// A data folder with an attempt that has not begun, from which every trial starts, and the sitting without a fault.
pub struct Sitting {
    _base: TempDir,
    data: PathBuf,
    pub events: Vec<Event>,
    /// How many calls the whole run makes.
    pub calls: usize,
    pub trace: Vec<super::trace::Call>,
    pub recorded_in: PathBuf,
}

impl Sitting {
    /// Prepares it with a run whose calls are recorded.
    pub fn prepare() -> Self {
        let base = tempfile::tempdir().unwrap();
        let data = base.path().join("base");
        let take = ["take", "rhit", "--items", "6", "--seed", "7"];
        assert_eq!(run(&data, &take, "leave\n", &Plan::default()).code, Some(0));
        let mut sitting =
            Self { _base: base, data, events: Vec::new(), calls: 0, trace: Vec::new(), recorded_in: PathBuf::new() };
        let trial = sitting.trial();
        let log = trial.folder.path().join("log");
        let said = trial.run(&["resume"], SCRIPT, &Plan { log: Some(log.clone()), ..Plan::default() });
        assert!(said.calls_all_saved() && said.code == Some(0), "{}{}", said.out, said.err);
        sitting.recorded_in.clone_from(&trial.data);
        sitting.trace = super::trace::read(&log);
        sitting.calls = super::trace::counted(&sitting.trace);
        sitting.events = trial.events().unwrap();
        sitting
    }

    /// A folder of its own for a trial.
    pub fn trial(&self) -> Trial {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        copy(&self.data, &data);
        Trial { folder, data }
    }

    /// Whether what is in the store is how the sitting began, with at least so many answers.
    pub fn judge(&self, trial: &Path, answers: usize) -> Verdict {
        let events = events_in(trial)?;
        if !self.events.starts_with(&events) {
            let places = events.iter().zip(&self.events).position(|(found, wanted)| found != wanted);
            return Err((Wrong::Doubled, format!("{} events, others from {places:?} on", events.len())));
        }
        let found = count_answers(&events);
        if found < answers {
            return Err((Wrong::Lost, format!("{answers} answers were called saved, {found} are there")));
        }
        Ok(())
    }

    pub fn answers(&self) -> usize {
        count_answers(&self.events)
    }

    /// The folder that trials are copies of.
    pub fn base(&self) -> &Path {
        &self.data
    }
}

pub fn count_answers(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event, Event::Selected { .. })).count()
}

/// A data folder that a fault is tried on.
pub struct Trial {
    pub folder: TempDir,
    pub data: PathBuf,
}

impl Trial {
    pub fn run(&self, arguments: &[&str], script: &str, plan: &Plan) -> Said {
        run(&self.data, arguments, script, plan)
    }

    pub fn events(&self) -> Result<Vec<Event>, (Wrong, String)> {
        events_in(&self.data)
    }
}

/// What the only attempt of a data folder is made of, without the times; opened as a start of the program does.
fn events_in(data: &Path) -> Result<Vec<Event>, (Wrong, String)> {
    let corrupt = |what: &dyn std::fmt::Debug| (Wrong::Corrupt, format!("{what:?}"));
    let (store, recovered) = Store::open(data, Timestamp(0)).map_err(|error| corrupt(&error))?;
    if let Some(recovered) = recovered {
        return Err(corrupt(&recovered));
    }
    let attempts = store.list().map_err(|error| corrupt(&error))?;
    if attempts.len() != 1 {
        let wrong = if attempts.is_empty() { Wrong::Lost } else { Wrong::Doubled };
        return Err((wrong, format!("{} attempts", attempts.len())));
    }
    let attempt = store.load(AttemptId(1)).map_err(|error| corrupt(&error))?;
    Ok(attempt.session.journal().iter().map(|entry| entry.event.clone()).collect())
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// Runs the real program on a data folder; what it keeps elsewhere is in the folder's parent.
pub fn run(data: &Path, arguments: &[&str], script: &str, plan: &Plan) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_examroom"));
    command
        .args(["--plain", "--data-dir"])
        .arg(data)
        .args(arguments)
        .env_remove("EXAMROOM_DATA")
        .env("TMPDIR", data.parent().unwrap())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    plan.apply(&mut command, data);
    let mut child = command.spawn().unwrap();
    // Shorter than a pipe is long, so that nobody waits; a program that was killed reads none of it.
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), script.as_bytes());
    let output = child.wait_with_output().unwrap();
    Said {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code(),
    }
}
