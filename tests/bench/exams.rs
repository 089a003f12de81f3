//! The exams that are measured: the shipped ones, and made ones of any size.

use std::path::Path;
use std::sync::Arc;

use examroom_app::library::{ExamFiles, Library};
use examroom_core::bank::{Bank, Depth};
use examroom_core::blueprint::Blueprint;
use examroom_core::form::{Exposure, Form, Plan, Request, assemble};
use examroom_core::id::ExamId;
use examroom_core::seed::Seed;
use jiff::civil::{Date, date};

use crate::large::{EXAM, InEach, Large};

pub fn day() -> Date {
    date(2026, 11, 24)
}

pub fn shipped(exam: &str) -> ExamFiles {
    Library::default().exam(&ExamId::new(exam)).unwrap().unwrap()
}

/// The names and texts of a shipped exam's files.
pub fn texts(exam: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("question_banks").join(exam);
    let mut texts = Vec::new();
    for folder in [folder.join("references"), folder].iter().filter(|folder| folder.is_dir()) {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|end| end == "toml") {
                texts.push((path.display().to_string(), std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    texts
}

/// An exam that can be sat.
#[derive(Clone)]
pub struct Exam {
    pub blueprint: Arc<Blueprint>,
    pub bank: Arc<Bank>,
}

impl Exam {
    pub fn read(files: &ExamFiles) -> Self {
        let reading = files.read(Depth::Errors, day(), &mut |_, _| {});
        assert!(!reading.diagnostics.has_errors());
        Self { blueprint: reading.blueprint.unwrap(), bank: Arc::new(reading.bank) }
    }

    pub fn made(questions: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Large { questions, files: 20, in_each: InEach::Nothing }.write(folder.path()).unwrap();
        Self::read(&ExamFiles::folder(&folder.path().join(EXAM)).unwrap())
    }

    pub fn form(&self, seed: u64, exposure: &Exposure) -> Form {
        let plan = Plan::mock(&self.blueprint);
        let request = Request { plan: &plan, seed: Seed(seed), day: day(), exposure };
        assemble(&self.blueprint, &self.bank, &request).unwrap()
    }
}
