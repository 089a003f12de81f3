//! The reference shelf: what an open-book candidate may look up.

use serde::{Deserialize, Serialize};

use super::Table;
use super::check::texts::{Layout, look_through};
use super::paragraphs::flowing;
use super::replace::{Outcome, Replaces};
use crate::diagnostics::{Allowance, Code, Diagnostics, Fields, FileId, Scope, allowances, parse};
use crate::id::SheetId;

/// One sheet of the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The name of its file.
    pub id: SheetId,
    pub title: String,
    /// The manual its facts come from, with edition.
    pub source: String,
    /// The years or editions it holds for.
    pub holds: String,
    pub entries: Vec<Entry>,
}

impl Sheet {
    /// Everything that an entry can be found by: its rows, its text and its headings, a line each.
    #[must_use]
    pub fn lines_of(&self, entry: &Entry) -> Vec<String> {
        let mut lines: Vec<String> = entry.table.rows.iter().map(|row| row.join("  ")).collect();
        lines.extend(entry.text.lines().map(str::to_owned));
        lines.push(format!("{}: {}", self.title, entry.heading));
        lines
    }
}

/// A headed part of a sheet: text, a table, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub heading: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(flatten)]
    pub table: Table,
}

/// A sheet's file.
pub(super) struct SheetFile {
    /// None where it has an error, or only retires another.
    pub sheet: Option<Sheet>,
    pub replaces: Option<Replaces>,
    pub allowances: Vec<Allowance>,
}

/// Reads a sheet's file; none where it is not TOML.
pub(super) fn read(id: SheetId, text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<SheetFile> {
    let mut read = None;
    parse(text, file, diagnostics, |fields, diagnostics| read = Some(sheet(id, fields, file, diagnostics)));
    read
}

fn sheet(id: SheetId, mut fields: Fields<'_, '_>, file: FileId, diagnostics: &mut Diagnostics) -> SheetFile {
    let file_text = fields.file_text();
    let allowances = allowances(&mut fields, Scope::File(file), diagnostics);
    let replaces = replaces(&mut fields, diagnostics);
    let only_retires =
        replaces.is_some_and(|found| found.outcome == Outcome::Retired) && fields.span_of("title").is_none();
    if only_retires {
        fields.finish(diagnostics);
        return SheetFile { sheet: None, replaces, allowances };
    }
    let title = fields.required_text("title", "title = \"Primary site codes\"", diagnostics);
    let source = fields.required_text("source", "source = \"ICD-O-3.2, topography\"", diagnostics);
    let holds = fields.text("holds", diagnostics);
    for text in [&title, &source, &holds].into_iter().flatten() {
        look_through(&"this sheet", text, file_text, Layout::Flowing, diagnostics);
    }
    let holds = holds.map_or_else(String::new, |holds| holds.value.to_owned());
    let entries =
        fields.tables("entry", "an entry", diagnostics).into_iter().filter_map(|e| entry(e, diagnostics)).collect();
    fields.finish(diagnostics);
    let sheet = title.zip(source).map(|(title, source)| Sheet {
        id,
        title: title.value.to_owned(),
        source: source.value.to_owned(),
        holds,
        entries,
    });
    SheetFile { sheet, replaces, allowances }
}

/// `replaces = true`, with `status = "retired"` where the sheet of an earlier place is only left out.
fn replaces(fields: &mut Fields<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Replaces> {
    let span = fields.span_of("replaces");
    let wanted = fields.flag("replaces", diagnostics) == Some(true);
    let mut outcome = Outcome::Replaced;
    if let Some(status) = fields.text("status", diagnostics) {
        if status.value == "retired" && wanted {
            outcome = Outcome::Retired;
        } else {
            let message = format!("a sheet has no status \"{}\"", status.value);
            let help = "a sheet of an earlier folder is left out by replaces = true and status = \"retired\"";
            diagnostics.add(Code::UnknownStatus, status.span, message, help);
        }
    }
    Some(Replaces { span: span.filter(|_| wanted)?, outcome })
}

fn entry(mut fields: Fields<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Entry> {
    let file_text = fields.file_text();
    fields.recognize(super::foreign::entry, diagnostics);
    let heading = fields.required_text("heading", "heading = \"Colon\"", diagnostics);
    if let Some(heading) = &heading {
        fields.set_name("entry", heading.value);
    }
    let text = fields.text("text", diagnostics);
    for text in [&heading, &text].into_iter().flatten() {
        look_through(&"this sheet", text, file_text, Layout::Flowing, diagnostics);
    }
    let text = text.map_or_else(String::new, |text| flowing(&text, file_text));
    let table = super::table::read(&mut fields, diagnostics);
    fields.finish(diagnostics);
    Some(Entry { heading: heading?.value.to_owned(), text, table })
}
