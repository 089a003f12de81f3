//! The reference shelf as text of a given width, and searching it.

use super::table::wrapped;
use super::{SafeText, table};
use crate::bank::{Entry, Sheet, Table};

/// A place on the shelf that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index into the shelf.
    pub sheet: usize,
    /// Index into the sheet's entries.
    pub entry: usize,
    pub title: SafeText,
    pub heading: SafeText,
    /// The line that matched.
    pub line: SafeText,
}

/// What is said of an empty shelf.
pub const EMPTY: &str = "The shelf is empty: this exam's bank brings no reference sheets.";

/// Every entry that holds all the words: first those that are headed by them, each in the order of the shelf.
#[must_use]
pub fn search(shelf: &[impl AsRef<Sheet>], words: &str) -> Vec<Hit> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (sheet_index, sheet) in shelf.iter().map(AsRef::as_ref).enumerate() {
        for (entry_index, entry) in sheet.entries.iter().enumerate() {
            let lines = lines_of(sheet, entry);
            let whole = lines.join("\n").to_lowercase();
            if words.iter().all(|word| whole.contains(word.as_str())) {
                let best = lines.iter().max_by_key(|line| {
                    let line = line.to_lowercase();
                    words.iter().filter(|word| line.contains(word.as_str())).count()
                });
                hits.push(Hit {
                    sheet: sheet_index,
                    entry: entry_index,
                    title: SafeText::new(&sheet.title),
                    heading: SafeText::new(&entry.heading),
                    line: SafeText::new(best.map_or("", String::as_str)),
                });
            }
        }
    }
    let headed = |hit: &Hit| {
        let head = format!("{} {}", hit.title, hit.heading).to_lowercase();
        words.iter().all(|word| head.contains(word.as_str()))
    };
    hits.sort_by_cached_key(|hit| !headed(hit));
    hits
}

fn lines_of(sheet: &Sheet, entry: &Entry) -> Vec<String> {
    let mut lines: Vec<String> = entry.table.rows.iter().map(|row| row.join("  ")).collect();
    lines.extend(entry.text.lines().map(str::to_owned));
    lines.push(format!("{}: {}", sheet.title, entry.heading));
    lines
}

/// A sheet as lines that fit `width` columns, its rows as tables. The second value has the line on which each entry
/// starts.
#[must_use]
pub fn lines(sheet: &Sheet, width: usize) -> (Vec<SafeText>, Vec<usize>) {
    laid_out(sheet, width, "# ", table::lines)
}

/// A sheet as lines that fit `width` columns and make sense when they are read aloud: each row by itself, its cells
/// named by their columns.
#[must_use]
pub fn sentences(sheet: &Sheet, width: usize) -> Vec<SafeText> {
    laid_out(sheet, width, "", table::sentences).0
}

/// What both have in common: the head of the sheet, and of each entry its heading, marked, and its text.
fn laid_out(
    sheet: &Sheet,
    width: usize,
    mark: &str,
    rows: impl Fn(&Table, usize) -> Vec<SafeText>,
) -> (Vec<SafeText>, Vec<usize>) {
    let width = width.max(10);
    let mut lines = wrapped(&sheet.title, width);
    let mut starts = Vec::new();
    lines.extend(wrapped(&format!("Source: {}", sheet.source), width));
    if !sheet.holds.is_empty() {
        lines.extend(wrapped(&format!("Holds for: {}", sheet.holds), width));
    }
    for entry in &sheet.entries {
        lines.push(SafeText::default());
        starts.push(lines.len());
        lines.extend(wrapped(&format!("{mark}{}", entry.heading), width));
        lines.extend(wrapped(&entry.text, width));
        if !entry.table.is_empty() {
            lines.extend(rows(&entry.table, width));
        }
    }
    (lines, starts)
}
