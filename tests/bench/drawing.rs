//! Drawing a form.

use examroom_core::form::Exposure;

use crate::exams::{Exam, shipped};
use crate::measure::{Job, Pair, job};

fn drawing(exam: Exam, exposure: Exposure) -> Job {
    let mut seed = 0;
    job(move || {
        seed += 1;
        exam.form(seed, &exposure)
    })
}

/// From a shipped bank, against writing the form as JSON.
pub fn shipped_bank(exam: &str) -> Pair {
    let exam = Exam::read(&shipped(exam));
    let form = exam.form(1, &Exposure::default());
    Pair { job: drawing(exam, Exposure::default()), yardstick: job(move || serde_json::to_string(&form).unwrap()) }
}

/// By a candidate who has seen every question, against one who has seen none.
pub fn all_seen(exam: &str) -> Pair {
    let exam = Exam::read(&shipped(exam));
    let seen = Exposure(exam.bank.items.iter().map(|item| (item.id.clone(), 1)).collect());
    Pair { job: drawing(exam.clone(), seen), yardstick: drawing(exam, Exposure::default()) }
}

/// From a bank of 10,000 questions, against one of 1,000.
pub fn ten_times_the_bank() -> Pair {
    let made = |questions| drawing(Exam::made(questions), Exposure::default());
    Pair { job: made(10_000), yardstick: made(1000) }
}
