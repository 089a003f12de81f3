//! The exam room in a real browser, as its users have it: by keys, by clicks, on a telephone, with the program killed in the
//! middle. Every screen is looked at by axe, which finds what keeps people out.
//!
//! The browser is Debian's chromium with its driver. Where there is none, each test is named as skipped.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends where its promise is broken")]
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "this is a test's own main, and it waits for a browser"
)]

mod driver;
mod everybody;
#[path = "../it/hasty.rs"]
mod hasty;
mod program;
mod scenes;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use driver::Driver;
use scenes::Scene;

fn main() -> ExitCode {
    let mut wanted = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // What is left out elsewhere is not what is asked for here.
            "--skip" | "--test-threads" | "--format" => drop(arguments.next()),
            option if option.starts_with('-') => {}
            _ => wanted.push(argument),
        }
    }
    let lists = std::env::args().any(|argument| argument == "--list");
    let has = |option: &str| std::env::args().any(|argument| argument == option);
    let (usual, long) = match (has("--ignored"), has("--include-ignored")) {
        (true, _) => (&[][..], scenes::LONG),
        (_, true) => (scenes::ALL, scenes::LONG),
        _ => (scenes::ALL, &[][..]),
    };
    let tests: Vec<_> = usual
        .iter()
        .chain(long)
        .filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|part| name.contains(part)))
        .copied()
        .collect();
    if lists {
        for (name, _) in &tests {
            println!("{name}: test");
        }
        return ExitCode::SUCCESS;
    }
    let Some(driver) = Driver::start() else {
        for (name, _) in &tests {
            println!("test {name} ... skipped: there is no chromium with its driver here");
        }
        println!("browser: 0 passed, 0 failed, {} skipped", tests.len());
        return ExitCode::SUCCESS;
    };
    let failed = failures(&driver, &tests);
    println!("browser: {} passed, {failed} failed, 0 skipped", tests.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs tests, as many at once as there are processors: a browser waits much of the time. Counts those that fail.
fn failures(driver: &Driver, tests: &[(&'static str, Scene)]) -> usize {
    let next = Mutex::new(tests.iter());
    let failed = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from).min(4) {
            scope.spawn(|| {
                loop {
                    let Some((name, test)) = next.lock().unwrap().next() else { break };
                    let began = Instant::now();
                    let outcome = catch_unwind(AssertUnwindSafe(|| test(driver)));
                    let word = if outcome.is_ok() { "ok" } else { "FAILED" };
                    println!("test {name} ... {word} ({:.1} s)", began.elapsed().as_secs_f64());
                    *failed.lock().unwrap() += usize::from(outcome.is_err());
                }
            });
        }
    });
    failed.into_inner().unwrap()
}
