//! Parses the command line, runs it, and says how it ended.

use std::process::ExitCode;

fn main() -> ExitCode {
    examroom::cli::main(std::env::args_os())
}
