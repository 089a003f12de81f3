//! How fast, as ratios measured in one run: `cargo bench`. The table at the end holds each figure against its limit.
//!
//! Memory is not measured here but in `tests/it/hundred_thousand.rs`.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark talks to the terminal and may fail loudly")]

mod large;
mod plain;
#[path = "../it/tui_test_screen.rs"]
#[allow(dead_code, clippy::panic, reason = "made for the tests, of which this needs a part")]
mod tui_test_screen;

use std::cell::LazyCell;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::Criterion;
use criterion::measurement::{Measurement, WallTime};
use examroom::bank::{Bank, Depth, Item};
use examroom::blueprint::Blueprint;
use examroom::form::{Exposure, Form, Plan, Request, Slot, assemble};
use examroom::id::ExamId;
use examroom::library::Library;
use examroom::seed::{Seed, Stream};
use examroom::session::Command;
use examroom::tui::Colour;
use jiff::civil::{Date, date};
use rand::seq::SliceRandom;
use ratatui::crossterm::event::KeyCode;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4))
        .configure_from_args();
    let mut table = examroom::plain::table(["What", "Time", "Measured against", "Time", "Ratio", "Limit"]);
    for exam in ["rhit", "ctr"] {
        table.add_row(first_question(&mut criterion, exam));
    }
    for (questions, limit) in [(1_500, "2 ms"), (15_000, "20 ms")] {
        table.add_row(form(&mut criterion, questions, limit));
    }
    table.add_row(frame(&mut criterion));
    criterion.final_summary();
    println!("\n{table}");
}

fn day() -> Date {
    date(2026, 11, 24)
}

/// From command to first question, the store apart: the exam is found, read and checked, and its form drawn and
/// written as the store takes it. Against it: what the toml crate needs for the same files.
fn first_question(criterion: &mut Criterion, exam: &str) -> [String; 6] {
    let id = ExamId::new(exam);
    let texts = Library::default().exam(&id).unwrap().unwrap().texts();
    let plainly = measured(criterion, &format!("toml/{exam}"), || {
        texts.iter().map(|(name, text)| plain::File::read(name, text)).collect::<Vec<_>>()
    });
    let mut seed = 0;
    let ours = measured(criterion, &format!("first question/{exam}"), || {
        let sources = Library::default().exam(&id).unwrap().unwrap();
        let reading = sources.read(Depth::Errors, day(), &mut |_, _| {});
        assert!(!reading.diagnostics.has_errors());
        seed += 1;
        let form = draw(reading.blueprint.as_ref().unwrap(), &reading.bank, seed);
        let stored = serde_json::to_string(&form).unwrap();
        (reading, form, stored)
    });
    row(&format!("{exam}: command to first question"), ours, "toml: deserialising its files", plainly, "ratio 2")
}

/// From a key to the finished frame, with a case of 10 KB on a wide screen. Here the slowest of a hundred counts: a
/// candidate feels the slow ones.
fn frame(criterion: &mut Criterion) -> [String; 6] {
    let mut desk = tui_test_screen::TestScreen::begun(Colour::On, 160, 50);
    desk.send(Command::GoTo(Slot(2)));
    let mut down = false;
    let (mut samples, mut key) = (Vec::new(), || {
        down = !down;
        desk.press(if down { KeyCode::PageDown } else { KeyCode::PageUp });
    });
    criterion.bench_function("key to frame", |bencher| {
        bencher.iter_custom(|iterations| {
            let mut sum = Duration::ZERO;
            for _ in 0..iterations {
                let start = WallTime.start();
                key();
                let time = WallTime.end(start);
                samples.push(time);
                sum += time;
            }
            sum
        });
    });
    samples.sort_unstable();
    let slow = samples.get(samples.len() * 99 / 100).copied();
    let middle = samples.get(samples.len() / 2).copied();
    row("key to frame, 99th percentile", slow, "its median", middle, "5 ms")
}

/// A form from a bank of so many questions, against shuffling them.
fn form(criterion: &mut Criterion, questions: usize, limit: &str) -> [String; 6] {
    let made = LazyCell::new(|| bank_of(questions));
    let mut items: Vec<Arc<Item>> = Vec::new();
    let mut rng = Seed(1).stream(Stream::Order);
    let shuffle = measured(criterion, &format!("shuffle/{questions}"), || {
        if items.is_empty() {
            items.clone_from(&made.1.items);
        }
        items.shuffle(&mut rng);
    });
    let mut seed = 0;
    let drawn = measured(criterion, &format!("form/{questions}"), || {
        seed += 1;
        draw(&made.0, &made.1, seed)
    });
    row(&format!("form from {questions} questions"), drawn, "shuffling them", shuffle, limit)
}

fn bank_of(questions: usize) -> (Arc<Blueprint>, Bank) {
    let folder = tempfile::tempdir().unwrap();
    large::Large { questions, files: 20, in_each: large::InEach::Nothing }.write(folder.path()).unwrap();
    let sources = Library { folders: vec![folder.path().to_owned()] }.exam(&ExamId::new(large::EXAM)).unwrap().unwrap();
    let reading = sources.read(Depth::Errors, day(), &mut |_, _| {});
    assert_eq!(reading.diagnostics.errors() + reading.diagnostics.warnings(), 0);
    (reading.blueprint.unwrap(), reading.bank)
}

fn draw(blueprint: &Blueprint, bank: &Bank, seed: u64) -> Form {
    let plan = Plan::mock(blueprint);
    assemble(blueprint, bank, &Request { plan: &plan, seed: Seed(seed), day: day(), exposure: &Exposure::default() })
        .unwrap()
}

/// Measures what `run` does, without the dropping of what it gives.
///
/// For the table a run that a tenth of all runs beat stands for all: other work on the machine only ever adds time,
/// and one ratio is of two measurements that must not have met different amounts of it.
fn measured<T>(criterion: &mut Criterion, name: &str, mut run: impl FnMut() -> T) -> Option<Duration> {
    let mut samples = Vec::new();
    criterion.bench_function(name, |bencher| {
        bencher.iter_custom(|iterations| {
            let mut sum = Duration::ZERO;
            for _ in 0..iterations {
                let start = WallTime.start();
                let result = black_box(run());
                let time = WallTime.end(start);
                drop(result);
                samples.push(time);
                sum += time;
            }
            sum
        });
    });
    samples.sort_unstable();
    samples.get(samples.len() / 10).copied()
}

fn row(what: &str, time: Option<Duration>, against: &str, other: Option<Duration>, limit: &str) -> [String; 6] {
    let shown = |time: Option<Duration>| time.map_or_else(|| "not run".to_owned(), |time| format!("{time:.2?}"));
    let ratio = time.zip(other).map_or_else(String::new, |(time, other)| {
        format!("{:.2}", time.as_secs_f64() / other.as_secs_f64().max(f64::MIN_POSITIVE))
    });
    [what.to_owned(), shown(time), against.to_owned(), shown(other), ratio, limit.to_owned()]
}
