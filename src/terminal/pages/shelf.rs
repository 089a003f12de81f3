//! A sheet of the reference shelf as text of a given width.

use super::table::{table_lines, table_sentences, wrapped};
use examroom_app::view::SafeText;
use examroom_core::bank::{Sheet, Table};

/// A sheet as lines that fit `width` columns, its rows as tables. The second value has the line on which each entry
/// starts.
#[must_use]
pub fn sheet_lines(sheet: &Sheet, width: usize) -> (Vec<SafeText>, Vec<usize>) {
    laid_out(sheet, width, "# ", table_lines)
}

/// A sheet as lines that fit `width` columns and make sense when they are read aloud: each row by itself, its cells
/// named by their columns.
#[must_use]
pub fn sheet_sentences(sheet: &Sheet, width: usize) -> Vec<SafeText> {
    laid_out(sheet, width, "", table_sentences).0
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
