//! The only place that prints, and it prints only [`SafeText`]: whatever a bank, a folder's name or the command line
//! holds, nothing of it acts on the terminal. A reader that has gone away is an error here, and no panic.

use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Write};

use comfy_table::Table;
use serde::Serialize;

use super::failure::Failure;
use examroom_app::view::diagnostic::{self, Paint};
use examroom_app::view::listing::{Entry, Listing};
use examroom_core::causes::causes;
use examroom_core::diagnostics::{Severity, Sources};
use examroom_core::text::{SafeText, counted, is_hidden};
use examroom_terminal::plain::table;

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

/// The rows of a list: a table, or, where tables are not wanted, a sentence each.
pub enum Rows {
    Table(Box<Table>),
    Sentences(Vec<String>),
}

impl Rows {
    pub fn new<const N: usize>(plain: bool, header: [&str; N]) -> Self {
        if plain { Self::Sentences(Vec::new()) } else { Self::Table(Box::new(table(header))) }
    }

    /// Adds a row by its cells, and by what is said of it instead.
    pub fn add<const N: usize>(&mut self, cells: [String; N], sentence: impl FnOnce(&[SafeText; N]) -> String) {
        // Before the table is laid out, which counts columns.
        let cells = cells.map(SafeText::from);
        match self {
            Self::Table(table) => {
                table.add_row(cells.map(SafeText::into_string));
            }
            Self::Sentences(sentences) => sentences.push(sentence(&cells)),
        }
    }
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table) => table.fmt(f),
            Self::Sentences(sentences) => f.write_str(&sentences.join("\n")),
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

/// Prints findings, in color if `paint` says so: the view makes their texts safe before it paints them.
///
/// # Errors
/// When nobody reads it, or it cannot be written.
pub fn diagnostics(to: Stream, listing: &Listing<'_>, sources: &Sources, paint: Paint, plain: bool) -> io::Result<()> {
    let mut out: BufWriter<Box<dyn Write>> = BufWriter::new(match to {
        Stream::Out => Box::new(out().lock()),
        Stream::Errors => Box::new(errors().lock()),
    });
    for entry in &listing.entries {
        match entry {
            Entry::Whole(finding) => writeln!(out, "{}\n", diagnostic::render(finding, sources, paint))?,
            Entry::More(more) => writeln!(out, "{}\n", more.text())?,
        }
    }
    if !listing.summary.is_empty() {
        let mut rows = Rows::new(plain, ["Findings", "Code", "What it says"]);
        for (code, count) in &listing.summary {
            let severity = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            rows.add([counted(*count, severity), code.to_string(), code.title().to_owned()], |[count, code, title]| {
                format!("{count} {code}: {title}.")
            });
        }
        writeln!(out, "{rows}\n")?;
    }
    out.flush()
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
        remark(format!("  help: {help}"));
    }
}

pub fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}
