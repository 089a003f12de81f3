//! How fast, in four ways.
//!
//! ```text
//! cargo bench              the time of everything in `limits.rs`, by criterion
//! cargo bench -- ratios    each against its yardstick, as ratios in one run: about a minute, and it fails
//!                          (`ratios WORDS`: those that have these words in their name)
//! cargo bench -- page      the page in a browser: how fast it is, how large, and what it takes when idle; two minutes
//! cargo bench -- thousand  a thousand sittings at once, for half a minute
//! ```
//!
//! Times depend on the machine and on what else it does; they are printed and never held against a limit. A ratio of two
//! things that were measured in turn is held against the limit that it has in `limits.rs`.
//!
//! Memory is not measured here but in `tests/it/hundred_thousand.rs`.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark talks to the terminal and may fail loudly")]

mod checking;
mod commands;
mod drawing;
mod exams;
mod exchanging;
#[path = "../it/forms.rs"]
mod forms;
mod history;
mod large;
mod limits;
mod measure;
mod page;
mod ratios;
mod reading;
mod sitting;
mod thousand;
#[path = "../it/tui_test_screen.rs"]
#[allow(dead_code, clippy::panic, reason = "made for the tests, of which this needs a part")]
mod tui_test_screen;
mod yardstick;

use std::process::ExitCode;
use std::time::Duration;

use criterion::{Criterion, SamplingMode};

use limits::LIMITS;
use measure::{Job, Pair};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "ratios") {
        return ratios::run(arguments.get(at + 1).filter(|words| !words.starts_with('-')).map_or("", String::as_str));
    }
    if std::env::args().any(|argument| argument == "thousand") {
        return thousand::run();
    }
    if std::env::args().any(|argument| argument == "page") {
        return page::run();
    }
    figures();
    ExitCode::SUCCESS
}

fn figures() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4))
        .configure_from_args();
    for limit in &LIMITS {
        let Pair { job, yardstick } = (limit.pair)();
        let mut group = criterion.benchmark_group(limit.what);
        group.sampling_mode(SamplingMode::Flat);
        for (name, mut job) in [("measured", job), (limit.against, yardstick)] {
            group.bench_function(name, |bencher| bencher.iter_custom(|runs| sum(&mut job, runs)));
        }
        group.finish();
    }
    criterion.final_summary();
}

fn sum(job: &mut Job, runs: u64) -> Duration {
    (0..runs).map(|_| job()).sum()
}
