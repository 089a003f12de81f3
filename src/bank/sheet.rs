//! The reference shelf: what an open-book candidate may look up.

use serde::{Deserialize, Serialize};

use super::Table;
use super::check::wording::hidden;
use crate::document::{Allowance, Fields, FileId, Findings, Scope, allowances, parse};
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

/// A headed part of a sheet: text, a table, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub heading: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(flatten)]
    pub table: Table,
}

pub(super) fn read(
    id: SheetId,
    text: &str,
    file: FileId,
    allowed: &mut Vec<Allowance>,
    findings: &mut Findings,
) -> Option<Sheet> {
    let mut sheet = None;
    parse(text, file, findings, |mut fields, findings| {
        let title = fields.required_text("title", "title = \"Primary site codes\"", findings);
        let source = fields.required_text("source", "source = \"ICD-O-3.2, topography\"", findings);
        let holds = fields.text("holds", findings);
        allowed.extend(allowances(&mut fields, Scope::File(file), findings));
        for text in [&title, &source, &holds].into_iter().flatten() {
            hidden("this sheet", text, findings);
        }
        let holds = holds.map_or_else(String::new, |holds| holds.value.to_owned());
        let entries =
            fields.tables("entry", "an entry", findings).into_iter().filter_map(|e| entry(e, findings)).collect();
        fields.finish(findings);
        if let (Some(title), Some(source)) = (title, source) {
            sheet = Some(Sheet { id, title: title.value.to_owned(), source: source.value.to_owned(), holds, entries });
        }
    });
    sheet
}

fn entry(mut fields: Fields<'_, '_>, findings: &mut Findings) -> Option<Entry> {
    let heading = fields.required_text("heading", "heading = \"Colon\"", findings);
    if let Some(heading) = &heading {
        fields.name("entry", heading.value);
    }
    let text = fields.text("text", findings);
    for text in [&heading, &text].into_iter().flatten() {
        hidden("this sheet", text, findings);
    }
    let text = text.map_or_else(String::new, |text| text.value.trim().to_owned());
    let table = super::table::read(&mut fields, findings);
    fields.finish(findings);
    Some(Entry { heading: heading?.value.to_owned(), text, table })
}
