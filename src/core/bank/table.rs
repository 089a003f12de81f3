//! A table of texts, as sheets of the shelf and exhibits of questions show it: cells wrap within their columns.

use serde::{Deserialize, Serialize};

use super::check::texts::look_through;
use crate::diagnostics::{Code, Diagnostic, Fields, Spanned, codes};
use crate::text::counted;

codes! {
    Error RAGGED_TABLE "ragged-table"
}

/// Named columns, and rows with one text for each of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The names of the columns, from left to right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Its rows, each with as many cells as there are columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Whether there is no table: one without columns has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// Takes `columns` and `rows` out of `fields`. A row with another number of cells is an error at its place.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Table {
    let columns: Vec<Spanned<&str>> = fields.texts("columns").unwrap_or_default();
    let rows = fields.rows("rows");
    let ragged = rows.iter().filter(|row| row.value.len() != columns.len());
    fields.report_all(ragged.map(|row| {
        let (cells, names) = (counted(row.value.len(), "cell"), counted(columns.len(), "column"));
        Diagnostic::new(Code::RAGGED_TABLE, format!("this row has {cells}, but `columns` names {names}"))
            .at(row.span)
            .help("add or remove cells; an empty one is \"\"")
    }));
    look_through("this cell", columns.iter().chain(rows.iter().flat_map(|row| &row.value)), fields);
    let owned = |texts: Vec<Spanned<&str>>| texts.into_iter().map(|text| text.value.to_owned()).collect();
    Table { columns: owned(columns), rows: rows.into_iter().map(|row| owned(row.value)).collect() }
}
