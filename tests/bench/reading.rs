//! From an exam's files to a form.

use examroom_core::form::Exposure;

use crate::exams::{Exam, shipped, texts};
use crate::measure::{Pair, job};
use crate::yardstick;

/// A shipped exam is found, read and checked, and a form of it drawn and written as the store takes it; against what the
/// toml crate needs for its files.
pub fn read_check_and_draw(exam: &'static str) -> Pair {
    let texts = texts(exam);
    let mut seed = 0;
    Pair {
        job: job(move || {
            let exam = Exam::read(&shipped(exam));
            seed += 1;
            let form = exam.form(seed, &Exposure::default());
            let stored = serde_json::to_string(&form).unwrap();
            (exam, form, stored)
        }),
        yardstick: job(move || deserialized(&texts)),
    }
}

/// The files of an exam as plain structs.
pub fn deserialized(texts: &[(String, String)]) -> Vec<yardstick::File> {
    texts.iter().map(|(name, text)| yardstick::File::read(name, text)).collect()
}
