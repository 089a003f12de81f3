//! `bank check`, as a whole command with everything that it prints.

use examroom_app::library::ExamFiles;
use examroom_core::bank::Depth;

use crate::commands::{command, examroom, run};
use crate::exams::{day, texts};
use crate::large::{EXAM, InEach, Large};
use crate::measure::{Job, Pair, job};
use crate::reading::deserialized;

/// Of a shipped bank, against what the toml crate needs for its files.
pub fn shipped_bank(exam: &'static str) -> Pair {
    let texts = texts(exam);
    Pair { job: command(&["bank", "check", exam, "--plain"]), yardstick: job(move || deserialized(&texts)) }
}

/// Of 10,000 questions in one file with a finding in each, all of them printed, against the same without a finding.
pub fn findings() -> Pair {
    let made = |in_each| made(Large { questions: 10_000, files: 1, in_each });
    Pair { job: made(InEach::OneFinding), yardstick: made(InEach::Nothing) }
}

/// Of 10,000 questions, against 1,000.
pub fn ten_times_the_bank() -> Pair {
    let made = |questions| made(Large { questions, files: 20, in_each: InEach::Nothing });
    Pair { job: made(10_000), yardstick: made(1000) }
}

fn made(bank: Large) -> Job {
    let parent = tempfile::tempdir().unwrap();
    bank.write(parent.path()).unwrap();
    let folder = parent.path().join(EXAM);
    let found = ExamFiles::folder(&folder).unwrap().read(Depth::Advice, day(), &mut |_, _| {}).diagnostics;
    let expected = if let InEach::OneFinding = bank.in_each { bank.questions } else { 0 };
    // A bank that was made has its keys in too regular places, which is advice about the whole of it.
    assert!(found.errors() == 0 && (expected..expected + 5).contains(&found.warnings()), "{}", found.warnings());
    job(move || {
        let mut command = examroom(parent.path(), &["bank", "check", "--all", "--plain"]);
        command.arg(&folder);
        run(command, "");
    })
}
