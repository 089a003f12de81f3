//! What lies beside the question: the reference shelf and the calculator.

use examroom_app::view::SafeText;
use examroom_core::bank::{Sheet, Table};

/// What lies beside the question; nothing where both are closed.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// The open shelf.
    pub shelf: Option<ShelfPanel>,
    /// The open calculator.
    pub calculator: Option<CalculatorPanel>,
    /// The address that opens the shelf; none in a closed-book section.
    pub open_shelf: Option<String>,
    /// The address that opens the calculator.
    pub open_calculator: String,
}

impl Side {
    /// Whether nothing is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shelf.is_none() && self.calculator.is_none()
    }
}

/// The shelf, at its contents or at a sheet.
#[derive(Clone, Debug, Default)]
pub struct ShelfPanel {
    /// The titles of the sheets, each with its address and whether it is the open one.
    pub sheets: Vec<(SafeText, String, bool)>,
    /// The open sheet; none at the contents.
    pub sheet: Option<SheetView>,
    /// What was searched for.
    pub find: String,
    /// What the search found, or what is said of it.
    pub hits: Vec<HitLine>,
    /// What is said of the search.
    pub found: Option<String>,
    /// What stays as it is when something is searched for, as fields.
    pub fields: Vec<(&'static str, String)>,
    /// The address without the shelf.
    pub close: String,
}

/// A place that a search found.
#[derive(Clone, Debug)]
pub struct HitLine {
    /// Where it is.
    pub to: String,
    /// The sheet and the entry.
    pub heading: String,
    /// The lines that matched best.
    pub lines: Vec<SafeText>,
}

/// A sheet.
#[derive(Clone, Debug)]
pub struct SheetView {
    /// Its title.
    pub title: SafeText,
    /// Where its facts come from.
    pub source: SafeText,
    /// What it holds for.
    pub holds: SafeText,
    /// Its entries.
    pub entries: Vec<EntryView>,
}

/// A headed part of a sheet.
#[derive(Clone, Debug)]
pub struct EntryView {
    /// Its heading.
    pub heading: SafeText,
    /// Its paragraphs.
    pub text: SafeText,
    /// Its rows.
    pub table: TableView,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct TableView {
    /// The heading row.
    pub columns: Vec<SafeText>,
    /// The other rows.
    pub rows: Vec<Vec<SafeText>>,
}

impl TableView {
    /// A table whose texts are safe.
    #[must_use]
    pub fn new(table: &Table) -> Self {
        let safe = |texts: &Vec<String>| texts.iter().map(|text| SafeText::new(text)).collect::<Vec<_>>();
        Self { columns: safe(&table.columns), rows: table.rows.iter().map(safe).collect() }
    }
}

impl SheetView {
    /// A sheet of the shelf.
    #[must_use]
    pub fn new(sheet: &Sheet) -> Self {
        let entry = |entry: &examroom_core::bank::Entry| EntryView {
            heading: SafeText::new(&entry.heading),
            text: SafeText::new(&entry.text),
            table: TableView::new(&entry.table),
        };
        Self {
            title: SafeText::new(&sheet.title),
            source: SafeText::new(&sheet.source),
            holds: SafeText::new(&sheet.holds),
            entries: sheet.entries.iter().map(entry).collect(),
        }
    }
}

/// The calculator.
#[derive(Clone, Debug, Default)]
pub struct CalculatorPanel {
    /// What stands in its line: the last result, to calculate on with.
    pub line: String,
    /// The last calculation and its result, or why there is none.
    pub said: Option<String>,
    /// What stays as it is when something is calculated, as fields.
    pub fields: Vec<(&'static str, String)>,
    /// The address without the calculator.
    pub close: String,
}
