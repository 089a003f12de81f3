//! What looking back over many attempts takes.

use std::sync::Arc;

use examroom_app::live::system_now;
use examroom_core::form::Exposure;
use examroom_core::journal::AttemptId;
use examroom_store::Store;
use tempfile::TempDir;

use crate::commands::{examroom, run};
use crate::exams::{Exam, shipped};
use crate::forms::RULES;
use crate::measure::{Pair, job};

/// A store with so many attempts.
fn store(attempts: u64) -> (TempDir, Store) {
    let data = tempfile::tempdir().unwrap();
    let (mut store, _) = Store::open(data.path(), system_now()).unwrap();
    let exam = Exam::read(&shipped("ctr"));
    for seed in 0..attempts {
        store.create(&Arc::new(exam.form(seed, &Exposure::default())), RULES, system_now()).unwrap();
    }
    (data, store)
}

/// The list of 100 attempts, against reading one of them.
pub fn list() -> Pair {
    let open = |(data, store): (TempDir, Store)| {
        drop(store);
        let store = Store::open_to_read(data.path()).unwrap().unwrap();
        (data, store)
    };
    let ((listed, of_list), (loaded, of_load)) = (open(store(100)), open(store(100)));
    Pair {
        job: job(move || (listed.path().exists(), of_list.list().unwrap()).1),
        yardstick: job(move || (loaded.path().exists(), of_load.load(AttemptId(50)).unwrap()).1),
    }
}

/// `history` with 100 attempts, against 10.
pub fn ten_times_the_attempts() -> Pair {
    let history = |attempts| {
        let (data, _) = store(attempts);
        job(move || run(examroom(data.path(), &["history", "--plain"]), ""))
    };
    Pair { job: history(100), yardstick: history(10) }
}
