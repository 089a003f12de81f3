//! The only place that prints. A reader that has gone away is an error here, and no panic.

use std::io::{self, IsTerminal, Write};

use super::failure::Failure;

/// Prints a text and a line end to standard output.
///
/// # Errors
/// When nobody reads it, or it cannot be written.
pub fn line(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Prints a remark to standard error; it is lost where nobody reads.
pub fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says what failed and what to do.
pub fn failure(failure: &Failure) {
    if failure.is_quiet() {
        return;
    }
    remark(&format!("error: {}", failure.what()));
    for help in failure.helps() {
        remark(&format!("  help: {help}"));
    }
}

pub fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}

pub fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}
