//! The reference shelf: what an open-book candidate may look up.

use serde::{Deserialize, Serialize};

use super::Table;
use super::check::texts::look_through;
use super::links::{Outcome, Replaces};
use super::paragraphs::flowing;
use crate::diagnostics::{Allowance, Code, Diagnostic, Diagnostics, Fields, FileId, Scope, allowances, parse};
use crate::id::SheetId;

/// One sheet of the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The name of its file.
    pub id: SheetId,
    /// What the shelf lists it as.
    pub title: String,
    /// The manual its facts come from, with edition.
    pub source: String,
    /// The years or editions it holds for.
    pub holds: String,
    /// Its parts, in the order of the file.
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
    /// What its contents list it as.
    pub heading: String,
    /// Its paragraphs, a line each; empty where it has a table only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Its table; empty where it has text only.
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
    parse(text, file, diagnostics, |fields| read = Some(sheet(id, fields, file)));
    read
}

fn sheet(id: SheetId, mut fields: Fields<'_, '_>, file: FileId) -> SheetFile {
    let allowances = allowances(&mut fields, Scope::File(file));
    let replaces = replaces(&mut fields);
    let only_retires = replaces.is_some_and(|found| found.outcome == Outcome::Retired) && !fields.has("title");
    if only_retires {
        fields.finish();
        return SheetFile { sheet: None, replaces, allowances };
    }
    let title = fields.required_text("title", "title = \"Primary site codes\"");
    let source = fields.required_text("source", "source = \"ICD-O-3.2, topography\"");
    let holds = fields.text("holds");
    look_through("this sheet", [&title, &source, &holds].into_iter().flatten(), &mut fields);
    let holds = holds.map_or_else(String::new, |holds| holds.value.to_owned());
    let entries = fields.tables("entry", "an entry");
    let entries = entries.into_iter().filter_map(|table| entry(fields.open(table))).collect();
    fields.finish();
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
fn replaces(fields: &mut Fields<'_, '_>) -> Option<Replaces> {
    let span = fields.span_of("replaces");
    let wanted = fields.flag("replaces") == Some(true);
    let mut outcome = Outcome::Replaced;
    if let Some(status) = fields.text("status") {
        if status.value == "retired" && wanted {
            outcome = Outcome::Retired;
        } else {
            let message = format!("a sheet has no status \"{}\"", status.value);
            let help = "a sheet of an earlier folder is left out by replaces = true and status = \"retired\"";
            fields.report(Diagnostic::new(Code::UNKNOWN_STATUS, message).at(status.span).help(help));
        }
    }
    Some(Replaces { span: span.filter(|_| wanted)?, outcome })
}

fn entry(mut fields: Fields<'_, '_>) -> Option<Entry> {
    fields.recognize(super::foreign::entry);
    let heading = fields.required_text("heading", "heading = \"Colon\"");
    if let Some(heading) = &heading {
        fields.set_name("entry", heading.value);
    }
    let text = fields.text("text");
    look_through("this sheet", [&heading, &text].into_iter().flatten(), &mut fields);
    let text = text.map_or_else(String::new, |text| flowing(&text, fields.file_text()));
    let table = super::table::read(&mut fields);
    fields.finish();
    Some(Entry { heading: heading?.value.to_owned(), text, table })
}
