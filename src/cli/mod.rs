//! The command line: what was asked, done, and how it ended.

mod args;
mod command;
mod context;
mod failure;
mod render;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

pub use args::Args;
use context::Context;
use failure::Exit;

/// Runs the program.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are asked for and go to standard output; clap knows which is which.
            let asked_for = !error.use_stderr();
            let _ = error.print();
            return if asked_for { Exit::Success.into() } else { Exit::Usage.into() };
        }
    };
    let outcome = Context::new(&args.global).and_then(|context| command::run(args.command, &context));
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => {
            render::failure(&failure);
            failure.exit().into()
        }
    }
}
