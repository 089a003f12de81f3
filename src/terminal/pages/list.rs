//! Lists: in columns, or a sentence a row.

use std::fmt;

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle, presets};

use super::layout::Layout;
use examroom_app::view::SafeText;

/// The rows of a list: a table, or, where tables are not wanted, a sentence each.
pub enum Rows {
    /// Aligned columns.
    Table(Box<Table>),
    /// One line each, for a screen reader.
    Sentences(Vec<String>),
}

impl Rows {
    /// A list without rows.
    #[must_use]
    pub fn new<const N: usize>(layout: Layout, header: [&str; N]) -> Self {
        match layout {
            Layout::Table => Self::Table(Box::new(table(header))),
            Layout::Sentences => Self::Sentences(Vec::new()),
        }
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

/// A table in the style of all pages: a line below the header, and none between the rows.
#[must_use]
pub(super) fn table<const N: usize>(header: [&str; N]) -> Table {
    const STYLE: TableStyle = presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic).set_header(header);
    // Without a terminal there is no width to keep to.
    if table.width().is_none() {
        table.set_width(120);
    }
    table
}
