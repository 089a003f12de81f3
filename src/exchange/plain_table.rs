//! A table where only text can stand.

use examroom_core::bank::Table;

/// In columns, whose lines are shown as they stand.
pub(crate) fn lines(table: &Table) -> String {
    let rows = || std::iter::once(&table.columns).chain(&table.rows);
    let width = |column: usize| rows().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..table.columns.len()).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{:width$}", cell.replace('\n', " ")));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows().map(line).collect::<Vec<_>>().join("\n")
}

/// As sentences, a row each.
pub(crate) fn sentences(table: &Table) -> String {
    let row = |row: &Vec<String>| {
        let cells = table.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        let cells =
            cells.map(|(column, cell)| if column.is_empty() { cell.clone() } else { format!("{column}: {cell}") });
        format!("- {}", cells.collect::<Vec<_>>().join("; "))
    };
    table.rows.iter().map(row).collect::<Vec<_>>().join("\n")
}
