//! The only place that prints, and it prints only [`SafeText`]: whatever a bank, a folder's name or the command line
//! holds, nothing of it acts on the terminal. A reader that has gone away is an error here, and no panic.

use std::io::{self, BufWriter, IsTerminal, Write};

use serde::Serialize;

use super::failure::Failure;
use super::help::in_terminal;
use super::presentation::Presentation;
use examroom_app::view::listing::Listing;
use examroom_core::causes::causes;
use examroom_core::diagnostics::Sources;
use examroom_core::text::{SafeText, is_hidden};
use examroom_core::time::Timestamp;
use examroom_terminal::pages::{Paint, write_findings};
use examroom_terminal::tui::ColorMode;

/// Where something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Out,
    Errors,
}

impl Stream {
    pub fn is_terminal(self) -> bool {
        match self {
            Self::Out => out().is_terminal(),
            Self::Errors => errors().is_terminal(),
        }
    }
}

/// Prints a text and a line end to standard output.
///
/// # Errors
/// When nobody reads it, or it cannot be written.
pub fn line(text: impl Into<SafeText>) -> io::Result<()> {
    let mut out = out().lock();
    writeln!(out, "{}", text.into())?;
    out.flush()
}

/// Prints a value for other programs. What a terminal would act on stands as JSON's escape, so nothing is lost.
///
/// # Errors
/// When nobody reads it, or it cannot be written.
pub fn json(value: &impl Serialize) -> io::Result<()> {
    let plain = serde_json::to_string_pretty(value)?;
    let mut out = out().lock();
    for c in plain.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
        } else {
            write!(out, "{c}")?;
        }
    }
    writeln!(out)?;
    out.flush()
}

/// A time as other programs read it.
pub fn rfc3339(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| String::new(), |at| at.to_string())
}

/// Prints a script of the program's own.
///
/// # Errors
/// When nobody reads it, or it cannot be written.
pub fn script(text: &[u8]) -> io::Result<()> {
    out().write_all(text)
}

/// Standard output, for a front end that makes its text safe itself.
#[expect(clippy::disallowed_methods, reason = "this is what prints")]
pub fn out() -> io::Stdout {
    io::stdout()
}

#[expect(clippy::disallowed_methods, reason = "this is what prints")]
fn errors() -> io::Stderr {
    io::stderr()
}

/// Prints a remark to standard error; it is lost where nobody reads.
pub fn remark(text: impl Into<SafeText>) {
    let _ = writeln!(errors().lock(), "{}", text.into());
}

/// Prints findings.
///
/// # Errors
/// When nobody reads it, or it cannot be written.
pub fn findings(to: Stream, listing: &Listing<'_>, sources: &Sources, presentation: Presentation) -> io::Result<()> {
    let mut out: BufWriter<Box<dyn Write>> = BufWriter::new(match to {
        Stream::Out => Box::new(out().lock()),
        Stream::Errors => Box::new(errors().lock()),
    });
    write_findings(&mut out, listing, sources, paint(to, presentation), presentation.layout)?;
    out.flush()
}

fn paint(on: Stream, presentation: Presentation) -> Paint {
    if presentation.color() == ColorMode::On && on.is_terminal() { Paint::Color } else { Paint::Plain }
}

/// Says what failed, why, and what to do.
pub fn failure(failure: &Failure) {
    if failure.is_quiet() {
        return;
    }
    remark(format!("error: {failure}"));
    for cause in causes(failure) {
        remark(format!("  caused by: {cause}"));
    }
    for help in failure.helps() {
        remark(format!("  help: {}", in_terminal(help)));
    }
}

pub fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}
