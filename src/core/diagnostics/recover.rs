//! Reading on in a file that breaks TOML's rules.
//!
//! One missing quote can make a parser stumble through everything after it, and a hundred errors about sound questions
//! hide the one that is meant. A bank is a list of blocks that each begin with a line such as `[[item]]`, so a broken
//! file is taken apart at these lines: every block is parsed alone, a broken one has one error, and the others are read
//! as if nothing had happened.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeArray, DeTable, DeValue, Error};

use super::piece::{lines, name};

/// What breaks TOML's rules, and where.
pub(super) struct Fault {
    pub kind: FaultKind,
    pub span: Range<usize>,
    pub message: String,
}

/// The ways of breaking TOML's rules that have a help of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// A list is opened by one bracket here, and by two elsewhere.
    Brackets,
    /// A text between three quotes is not closed.
    NeverEnds,
    /// A field stands twice in one table.
    Twice,
    Other,
}

/// A stretch of the text that breaks TOML's rules.
pub(super) struct Broken {
    /// The block.
    pub block: Range<usize>,
    /// From here on its content cannot be relied on.
    pub from: usize,
}

/// What could be understood of a broken file.
pub(super) struct Recovered<'i> {
    pub table: DeTable<'i>,
    pub faults: Vec<Fault>,
    /// From top to bottom.
    pub broken: Vec<Broken>,
}

/// In a longer text nothing is looked for after the first error: the parser would keep a note of each byte.
const FORGIVING: usize = 1_500_000;

/// What can be understood of a text, and the first error in it.
pub(super) fn understood(text: &str) -> (TomlSpanned<DeTable<'_>>, Option<Error>) {
    if text.len() <= FORGIVING {
        let (table, errors) = DeTable::parse_recoverable(text);
        return (table, errors.into_iter().next());
    }
    match DeTable::parse(text) {
        Ok(table) => (table, None),
        Err(error) => (TomlSpanned::new(0..text.len(), DeTable::new()), Some(error)),
    }
}

/// Parses block by block a text that is broken as a whole; `first` is its first error.
pub(super) fn blocks<'i>(text: &'i str, first: &Error) -> Recovered<'i> {
    let mut recovered = Recovered { table: DeTable::new(), faults: Vec::new(), broken: Vec::new() };
    for block in block_ranges(text) {
        let (table, error) = understood(&text[block.clone()]);
        if let Some(error) = error {
            let fault = fault(&text[block.clone()], &error, block.start);
            recovered.broken.push(Broken { from: fault.span.start, block: block.clone() });
            recovered.faults.push(fault);
        }
        for (key, value) in table.get_ref() {
            recovered.merge(key, moved(value, block.start), block.start);
        }
    }
    // Blocks that are sound alone and contradict each other in a way that was not noticed.
    if recovered.faults.is_empty() {
        recovered.faults.push(fault(text, first, 0));
    }
    recovered
}

impl<'i> Recovered<'i> {
    fn merge(&mut self, key: &TomlSpanned<Cow<'i, str>>, value: TomlSpanned<DeValue<'i>>, by: usize) {
        let key = TomlSpanned::new(shifted(&key.span(), by), key.get_ref().clone());
        let Some(known) = self.table.get_key_value(key.get_ref().as_ref()).map(|(known, _)| known.span()) else {
            self.table.insert(key, value);
            return;
        };
        let is_list = |value: &DeValue<'_>| matches!(value, DeValue::Array(_));
        let Some(kept) = self.table.get_mut(key.get_ref().as_ref()) else { return };
        match (kept.get_mut(), value.get_ref()) {
            (DeValue::Array(list), DeValue::Array(more)) => more.iter().for_each(|entry| list.push(entry.clone())),
            (single, _) => {
                let span = if is_list(single) { key.span() } else { known };
                if is_list(value.get_ref()) {
                    *kept = value;
                }
                if !self.broken.iter().any(|broken| broken.block.contains(&span.start)) {
                    let name = key.get_ref();
                    let message = format!("`{name}` stands here with one bracket, and elsewhere with two");
                    self.faults.push(Fault { kind: FaultKind::Brackets, span, message });
                }
            }
        }
    }
}

/// The stretches that begin at the top and at each line such as `[[item]]`, also where one of its brackets is missing.
fn block_ranges(text: &str) -> Vec<Range<usize>> {
    let names: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("[[")).filter_map(name).collect();
    let mut starts = vec![0];
    for (at, line) in lines(text) {
        let heading = line.strip_prefix('[').map(|rest| rest.strip_prefix('[').unwrap_or(rest)).and_then(name);
        if at > 0 && heading.is_some_and(|name| names.contains(name)) {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn fault(block: &str, error: &Error, by: usize) -> Fault {
    let span = error.span().unwrap_or(0..0);
    let kind = kind(error);
    // The end of the block says nothing; what was opened and never closed does.
    if kind == FaultKind::NeverEnds
        && let Some(quotes) = opening(block.get(..span.start).unwrap_or(block), error)
    {
        let message = format!("the text that begins here with {} never ends", &block[quotes.clone()]);
        return Fault { kind, span: shifted(&quotes, by), message };
    }
    let kind = if kind == FaultKind::NeverEnds { FaultKind::Other } else { kind };
    Fault { kind, span: shifted(&span, by), message: format!("this is not TOML: {}", error.message()) }
}

/// What the parser found, which it says in words only. A test holds it to them.
fn kind(error: &Error) -> FaultKind {
    if error.message().contains("multi-line") {
        FaultKind::NeverEnds
    } else if error.message().contains("duplicate key") {
        FaultKind::Twice
    } else {
        FaultKind::Other
    }
}

/// The quotes that open the text that never ends.
fn opening(before: &str, error: &Error) -> Option<Range<usize>> {
    let quotes = if error.message().contains("literal") { "'''" } else { "\"\"\"" };
    before.rfind(quotes).map(|at| at..at + quotes.len())
}

fn shifted(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

/// A value of a block, with its places counted from the top of the file.
fn moved<'i>(value: &TomlSpanned<DeValue<'i>>, by: usize) -> TomlSpanned<DeValue<'i>> {
    let inner = match value.get_ref() {
        DeValue::Table(table) => DeValue::Table(
            table
                .iter()
                .map(|(key, value)| {
                    (TomlSpanned::new(shifted(&key.span(), by), key.get_ref().clone()), moved(value, by))
                })
                .collect(),
        ),
        DeValue::Array(list) => {
            let mut array = DeArray::new();
            list.iter().for_each(|entry| array.push(moved(entry, by)));
            DeValue::Array(array)
        }
        other => other.clone(),
    };
    TomlSpanned::new(shifted(&value.span(), by), inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parser_words_its_errors_as_they_are_recognized() {
        for (text, wanted, never_ends) in [
            ("a = 1\na = 2", FaultKind::Twice, None),
            ("[t]\na = 1\n[t]", FaultKind::Twice, None),
            ("a = \"\"\"b\nc", FaultKind::NeverEnds, Some("\"\"\"")),
            ("a = '''b\nc", FaultKind::NeverEnds, Some("'''")),
            ("a = \"b", FaultKind::Other, None),
            ("[a", FaultKind::Other, None),
        ] {
            let error = understood(text).1.unwrap();
            assert_eq!(kind(&error), wanted, "{text}: {}", error.message());
            assert_eq!(opening(text, &error).map(|quotes| &text[quotes]), never_ends, "{text}: {}", error.message());
        }
    }

    #[test]
    fn blocks_begin_at_double_brackets_that_are_not_within_a_block() {
        let text = "a = 1\n[[item]]\nb = 2\n[[item.part]]\n[c]\n[item] # second\n";
        let blocks: Vec<&str> = block_ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(blocks, ["a = 1\n", "[[item]]\nb = 2\n[[item.part]]\n[c]\n", "[item] # second\n"]);
        assert_eq!(block_ranges("[[item]]"), vec![0..8]);
    }
}
