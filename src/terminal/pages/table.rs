//! A table of texts, of the shelf or of an exhibit: in columns whose cells wrap, or a sentence a row.

use comfy_table::{ContentArrangement, presets};

use super::wrap::{columns, wrap};
use examroom_app::view::SafeText;
use examroom_core::bank::Table;

/// The table as lines of at most `width` columns; cells wrap within their columns. Where the columns do not fit, the
/// lines are those of [`table_sentences`].
#[must_use]
pub fn table_lines(table: &Table, width: usize) -> Vec<SafeText> {
    let safe = |cells: &[String]| cells.iter().map(|cell| SafeText::new(cell).into_string()).collect::<Vec<_>>();
    let mut drawn = comfy_table::Table::new();
    drawn
        .load_style(presets::ASCII_BORDERS_ONLY_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(safe(&table.columns));
    for row in &table.rows {
        drawn.add_row(safe(row));
    }
    let lines: Vec<SafeText> = drawn.to_string().lines().map(|line| SafeText::new(line.trim_end())).collect();
    // More columns than there is room for are read out row by row.
    if lines.iter().all(|line| columns(line) <= width) { lines } else { table_sentences(table, width) }
}

/// The table as lines that make sense when they are read aloud: each row by itself, its cells named by their columns.
#[must_use]
pub fn table_sentences(table: &Table, width: usize) -> Vec<SafeText> {
    table.rows.iter().flat_map(|row| wrapped(&sentence(&table.columns, row), width)).collect()
}

/// Running text as lines of at most `width` columns.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<SafeText> {
    if text.is_empty() {
        Vec::new()
    } else {
        wrap(&SafeText::new(text), width).into_iter().map(SafeText::from).collect()
    }
}

/// The first cell is what the row is about. The second follows it with no name of its own where the row has but two.
fn sentence(columns: &[String], row: &[String]) -> String {
    let filled = || columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
    let Some((_, subject)) = filled().next() else { return String::new() };
    let rest: Vec<String> = filled()
        .skip(1)
        .map(|(column, cell)| if columns.len() == 2 { cell.clone() } else { format!("{column}: {cell}") })
        .collect();
    let row = if rest.is_empty() { subject.clone() } else { format!("{subject}: {}", rest.join("; ")) };
    format!("{}.", row.trim_end_matches('.'))
}
