//! Questions into the formats of other programs and out of them, without files and without the bank's check.

use std::rc::Rc;

use examroom_app::exchange::take_out;
use examroom_app::library::{ExamFiles, Reading};
use examroom_core::bank::Depth;
use examroom_exchange::{Options, Target, read};

use crate::exams::day;
use crate::large::{EXAM, InEach, Large};
use crate::measure::{Pair, job};
use crate::yardstick::File;

const QUESTIONS: usize = 10_000;

/// Of 10,000 questions, against what the toml crate needs for their file.
pub fn written(target: Target) -> Pair {
    let (reading, text) = bank();
    Pair { job: job(move || take_out(&reading, None, target)), yardstick: job(move || File::read("bank.toml", &text)) }
}

/// The same of what was written.
pub fn read_again(target: Target) -> Pair {
    let (reading, text) = bank();
    let bytes = take_out(&reading, None, target).bytes;
    let name = format!("bank.{}", target.ending());
    let found = read(&name, &bytes, &Options::default()).unwrap().1;
    assert_eq!(found.questions.len(), QUESTIONS, "{name}");
    let job = job(move || read(&name, &bytes, &Options::default()).unwrap());
    Pair { job, yardstick: crate::measure::job(move || File::read("bank.toml", &text)) }
}

/// The bank, and the text of its only file.
fn bank() -> (Rc<Reading>, String) {
    let parent = tempfile::tempdir().unwrap();
    Large { questions: QUESTIONS, files: 1, in_each: InEach::Nothing }.write(parent.path()).unwrap();
    let folder = parent.path().join(EXAM);
    let reading = ExamFiles::folder(&folder).unwrap().read(Depth::Errors, day(), &mut |_, _| {});
    (Rc::new(reading), std::fs::read_to_string(folder.join("00.toml")).unwrap())
}
