//! Questions as a bank file has them, to be read and mended by a person.

use std::fmt::Write as _;

use examroom_core::bank::{Exhibit, Level, Status, Table, written, written_as_typed};

use crate::draft::{Draft, choice_id};

/// What a question is in its bank, beside what it asks.
#[derive(Clone, Copy, Debug)]
pub struct Filing<'f> {
    /// Its id in the exam.
    pub id: &'f str,
    /// One of the domain's topics.
    pub topic: &'f str,
    /// For a question that does not say so itself.
    pub level: Level,
}

/// One `[[item]]`, with an empty line before it.
#[must_use]
pub fn item(draft: &Draft, filing: Filing<'_>) -> String {
    let mut text = format!("\n[[item]]\nid = {}\ntopic = {}\n", written(filing.id), written(filing.topic));
    let mut line = |field: &str, value: &str| {
        let _ = writeln!(text, "{field} = {value}");
    };
    line("level", &written(&draft.level.unwrap_or(filing.level).to_string()));
    if !draft.ratings.is_empty() {
        line("angoff", &rating_value(&draft.ratings));
    }
    if draft.status != Status::Operational {
        line("status", &written(&draft.status.to_string()));
    }
    line("stem", &written(&draft.stem));
    if let Some(Exhibit::Text(exhibit)) = &draft.exhibit {
        line("exhibit", &written_as_typed(exhibit));
    }
    let keys: Vec<String> = draft.keys().map(|at| choice_id(at).to_string()).collect();
    line("key", &key_value(&keys));
    if draft.keep_order {
        line("keep_order", "true");
    }
    if let Some(explanation) = &draft.explanation {
        line("explanation", &written(explanation));
    }
    if let Some(source) = &draft.source {
        line("source", &written(source));
    }
    text.push_str("[item.choices]\n");
    for (at, choice) in draft.choices.iter().enumerate() {
        let _ = writeln!(text, "{} = {}", choice_id(at), written(&choice.text));
    }
    let whys = || draft.choices.iter().enumerate().filter_map(|(at, choice)| Some((at, choice.why.as_ref()?)));
    if whys().next().is_some() {
        text.push_str("[item.why]\n");
        for (at, why) in whys() {
            let _ = writeln!(text, "{} = {}", choice_id(at), written(why));
        }
    }
    if let Some(Exhibit::Table(table)) = &draft.exhibit {
        text.push_str(&exhibit_table(table));
    }
    text
}

/// The ids of the right choices.
pub(crate) fn key_value(keys: &[impl AsRef<str>]) -> String {
    match keys {
        [only] => written(only.as_ref()),
        several => format!("[{}]", several.iter().map(|key| written(key.as_ref())).collect::<Vec<_>>().join(", ")),
    }
}

/// One rating, or several.
pub(crate) fn rating_value(ratings: &[f64]) -> String {
    match ratings {
        [only] => number(*only),
        several => format!("[{}]", several.iter().map(|rating| number(*rating)).collect::<Vec<_>>().join(", ")),
    }
}

/// A rating that is read as a number with a fraction.
pub(crate) fn number(rating: f64) -> String {
    format!("{rating:?}")
}

/// The cells of a row.
pub(crate) fn cells(cells: &[String]) -> String {
    format!("[{}]", cells.iter().map(|cell| written(cell)).collect::<Vec<_>>().join(", "))
}

/// The rows of a table, a line each.
pub(crate) fn rows(table: &Table) -> String {
    let mut text = "[\n".to_owned();
    for row in &table.rows {
        let _ = writeln!(text, "    {},", cells(row));
    }
    text + "]"
}

/// An exhibit that is a table.
pub(crate) fn exhibit_table(table: &Table) -> String {
    format!("[item.exhibit]\ncolumns = {}\nrows = {}\n", cells(&table.columns), rows(table))
}
