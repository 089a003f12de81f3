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
#[path = "../it/hasty.rs"]
mod hasty;
mod program;
mod scenes;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use driver::Driver;

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
    let tests =
        scenes::ALL.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|part| name.contains(part)));
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    let driver = Driver::start();
    for (name, test) in tests {
        let Some(driver) = &driver else {
            println!("test {name} ... skipped: there is no chromium with its driver here");
            skipped += 1;
            continue;
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| test(driver)));
        println!("test {name} ... {}", if outcome.is_ok() { "ok" } else { "FAILED" });
        if outcome.is_ok() { passed += 1 } else { failed += 1 }
    }
    println!("browser: {passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
