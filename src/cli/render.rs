//! The only place that prints. A reader that has gone away is an error here, and no panic.

use std::fmt;
use std::io::{self, IsTerminal, Write};

use comfy_table::Table;

use super::failure::Failure;
use crate::plain::table;

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
    pub fn add<const N: usize>(&mut self, cells: [String; N], sentence: impl FnOnce(&[String; N]) -> String) {
        match self {
            Self::Table(table) => {
                table.add_row(cells);
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
