//! The command line: what was asked, done, and how it ended.

mod args;
mod attempts;
mod command;
mod context;
mod doorway;
mod environment;
mod failure;
mod folders;
mod help;
mod output_file;
mod presentation;
mod render;
mod sit;
mod study;
mod tool_output;
mod window;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

pub use args::Args;
use context::Context;
use failure::Exit;

/// Runs the program.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = run(arguments);
    if window::is_own() {
        window::wait();
    }
    exit.into()
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        // Help and the version are asked for, and hold nothing but this program's own words.
        Err(error) if !error.use_stderr() => {
            let _ = error.print();
            return Exit::Success;
        }
        Err(error) => {
            render::remark(args::misunderstanding(error));
            return Exit::Usage;
        }
    };
    let outcome = Context::new(&args.global).and_then(|context| {
        command::run(args.command, &context)
            .map_err(|failure| attempts::replaced_after(&context, failure).in_folder(context.folders.data()))
    });
    match outcome {
        Ok(exit) => exit,
        Err(failure) => {
            render::failure(&failure);
            failure.exit()
        }
    }
}
