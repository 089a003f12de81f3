//! Questions in the rows of a spreadsheet, whether it is saved as CSV or as a workbook; and the rows that we write.
//!
//! A cell that begins with `=`, `+`, `-` or `@` runs as a formula when a spreadsheet opens a CSV. So such a cell is written
//! with an apostrophe before it, as spreadsheets do themselves, and read without it.

use examroom_core::bank::{Exhibit, Level, Status};
use examroom_core::text::{counted, nearest};

use crate::columns::{Column, Columns};
use crate::draft::{Draft, Name, Place, choice_id};
use crate::error::Unreadable;
use crate::export::Export;
use crate::html::maybe_html;
use crate::key::{self, Way};
use crate::options::Options;
use crate::plain_table;
use crate::raw::{Raw, RawChoice, References, Rich};
use crate::reading::Reading;

/// A row with its number in the sheet, from 1.
pub(crate) type Row = (usize, Vec<String>);

/// So many rows at the top may be no header, as in the templates of some quiz programs.
const LONGEST_PREFACE: usize = 20;

/// Reads the questions of a sheet.
///
/// # Errors
/// When no row names its columns.
pub(crate) fn read(rows: &[Row], options: &Options) -> Result<Reading, Unreadable> {
    let columns = |row: &Row| Columns::of(&row.1, &options.columns);
    let header = rows.iter().take(LONGEST_PREFACE).position(|row| columns(row).is_header());
    let Some(header) = header else { return Err(no_header(rows)) };
    let columns = columns(&rows[header]);
    let mut reading = Reading::default();
    let unknown = columns.not_read(&rows[header].1);
    if !unknown.is_empty() {
        let names = unknown.join(", ");
        let noun = counted(unknown.len(), "column");
        reading.remarks.push(format!("{noun} not read: {names} (name one with --columns FIELD=NAME)"));
    }
    let rows = &rows[header + 1..];
    let texts: Vec<(&str, Vec<String>)> =
        rows.iter().map(|(_, row)| (columns.cell(row, Column::Key), texts(&columns, row))).collect();
    let ways = key::ways(&texts);
    for ((number, row), (_, choices)) in rows.iter().zip(texts) {
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            question(&columns, &ways, Place::Row(*number), row, &choices, &mut reading);
        }
    }
    Ok(reading)
}

fn no_header(rows: &[Row]) -> Unreadable {
    let first = rows.iter().map(|(_, row)| row).find(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    let Some(first) = first else { return Unreadable::Empty };
    let names: Vec<&str> = first.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let near =
        names.iter().find_map(|name| nearest(&name.to_lowercase(), ["question", "stem", "answer", "key"].into_iter()));
    Unreadable::NoHeader {
        found: names.iter().take(12).map(|name| crate::reading::beginning(name)).collect(),
        near: near.map(str::to_owned),
    }
}

/// The texts of the choices, for finding out what the keys mean.
fn texts(columns: &Columns, row: &[String]) -> Vec<String> {
    let listed = columns.choices(row);
    if !listed.is_empty() {
        return listed.into_iter().map(|(text, _)| text.to_owned()).collect();
    }
    let distractors = columns.distractors(row);
    if !distractors.is_empty() {
        let key = columns.cell(row, Column::Key);
        return std::iter::once(key).chain(distractors).map(str::to_owned).collect();
    }
    split(columns.cell(row, Column::Choices))
}

/// The choices of one cell: a line each, or parted by a bar or a semicolon.
fn split(cell: &str) -> Vec<String> {
    let listed = cell.strip_prefix('[').and_then(|cell| cell.strip_suffix(']'));
    let mark = ['\n', '|', ';'].into_iter().find(|mark| cell.contains(*mark));
    let quotes = |part: &str| part.trim().trim_matches(['"', '\'']).to_owned();
    let parts: Vec<String> = match (listed, mark) {
        (_, Some(mark)) => cell.split(mark).map(|part| part.trim().to_owned()).collect(),
        (Some(list), None) => list.split(',').map(quotes).collect(),
        (None, None) => Vec::new(),
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

fn question(columns: &Columns, ways: &[Way], place: Place, row: &[String], choices: &[String], reading: &mut Reading) {
    let cell = |column| columns.cell(row, column);
    let own = columns.has(Column::OwnId);
    let rich = |text: &str| if own { Rich::from(text) } else { maybe_html(text) };
    let mut raw = Raw::new(place);
    raw.stem = rich(cell(Column::Stem));
    if !cell(Column::Picture).is_empty() {
        raw.stem.lost.pictures = true;
    }
    raw.name = match (cell(Column::OwnId), cell(Column::Id)) {
        ("", "") => Name::None,
        ("", title) => Name::Title(title.to_owned()),
        (id, _) => Name::Id(id.to_owned()),
    };
    raw.references = if own { References::Braces } else { References::Letters };
    raw.subjects = [Column::Domain, Column::Topic].map(|column| cell(column).to_owned()).into();
    raw.explanation = rich(cell(Column::Explanation));
    cell(Column::Source).clone_into(&mut raw.source);
    raw.exhibit = Some(columns.whole_cell(row, Column::Exhibit).to_owned()).filter(|text| !text.trim().is_empty());
    particulars(&cell, &mut raw);
    if let Some(right) = true_or_false(cell(Column::Key), choices, cell(Column::Kind)) {
        raw.true_or_false(right);
        reading.add(raw);
        return;
    }
    let ways = if own { &[Way::Letter] } else { ways };
    let keys = match key::keys(cell(Column::Key), choices, ways) {
        Ok(keys) => keys,
        // Without choices, that is what is told.
        Err(_) if choices.len() < 2 => Vec::new(),
        Err(why) => {
            reading.leave_out(place, &raw.stem.text, why);
            return;
        }
    };
    let reasons: Vec<&str> = columns.choices(row).into_iter().map(|(_, why)| why).collect();
    let choice = |(at, text): (usize, &String)| RawChoice {
        text: rich(text),
        why: rich(reasons.get(at).copied().unwrap_or_default()),
        is_key: keys.contains(&at),
    };
    raw.choices = choices.iter().enumerate().map(choice).collect();
    reading.add(raw);
}

/// What only a bank's own fields say.
fn particulars<'r>(cell: &impl Fn(Column) -> &'r str, raw: &mut Raw) {
    if let Ok(level) = cell(Column::Level).to_lowercase().parse::<Level>() {
        raw.level = Some(level);
    } else if !cell(Column::Level).is_empty() {
        raw.changes.push(format!("its level \"{}\" is none of a bank's", cell(Column::Level)).into());
    }
    if let Ok(status) = cell(Column::Status).to_lowercase().parse::<Status>() {
        raw.status = status;
    }
    raw.keep_order = matches!(cell(Column::KeepOrder).to_lowercase().as_str(), "true" | "yes" | "1" | "x");
    let ratings: Option<Vec<f64>> =
        cell(Column::Ratings).split([';', ' ']).filter(|part| !part.is_empty()).map(rating).collect();
    match ratings {
        Some(ratings) => raw.ratings = ratings,
        None => {
            raw.changes.push(format!("its rating \"{}\" is no share between 0 and 1", cell(Column::Ratings)).into());
        }
    }
}

fn rating(text: &str) -> Option<f64> {
    let share = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => text.replace(',', ".").parse().ok()?,
    };
    (0.0..=1.0).contains(&share).then_some(share)
}

/// What is right, where the row asks whether its statement is true.
fn true_or_false(key: &str, choices: &[String], kind: &str) -> Option<bool> {
    let kind = kind.to_lowercase();
    let asked = choices.is_empty() || kind.contains("true") || kind == "tf" || kind == "t/f";
    match key.to_lowercase().as_str() {
        "true" | "t" | "wahr" if asked && choices.is_empty() => Some(true),
        "false" | "f" | "falsch" if asked && choices.is_empty() => Some(false),
        _ => None,
    }
}

/// The rows of questions, the header first.
pub(crate) fn rows(drafts: &[Draft], export: &mut Export) -> Vec<Vec<String>> {
    for draft in drafts.iter().filter(|draft| matches!(draft.exhibit, Some(Exhibit::Table(_)))) {
        export.changed(draft, "its table is written as lines of text");
    }
    let most = drafts.iter().map(|draft| draft.choices.len()).max().unwrap_or(4).max(4);
    let letters: Vec<char> = (0..most).map(|at| choice_id(at).to_ascii_uppercase()).collect();
    let mut header: Vec<String> = ["examroom id", "Domain", "Topic", "Question"].map(str::to_owned).into();
    header.extend(letters.iter().map(|letter| format!("Choice {letter}")));
    header.push("Key".to_owned());
    header.extend(letters.iter().map(|letter| format!("Why {letter}")));
    header.extend(["Explanation", "Source", "Level", "Angoff", "Status", "Keep order", "Exhibit"].map(str::to_owned));
    std::iter::once(header).chain(drafts.iter().map(|draft| row(draft, most))).collect()
}

fn row(draft: &Draft, most: usize) -> Vec<String> {
    let subject = |at: usize| draft.subjects.get(at).cloned().unwrap_or_default();
    let id = match &draft.name {
        Name::Id(id) | Name::Title(id) => id.clone(),
        Name::None => String::new(),
    };
    let padded = |texts: Vec<String>| {
        let mut texts = texts;
        texts.resize(most, String::new());
        texts
    };
    let keys: Vec<String> = draft.keys().map(|at| choice_id(at).to_ascii_uppercase().to_string()).collect();
    let ratings: Vec<String> = draft.ratings.iter().map(f64::to_string).collect();
    let status = if draft.status == Status::Operational { String::new() } else { draft.status.to_string() };
    let mut row = vec![id, subject(0), subject(1), draft.stem.clone()];
    row.extend(padded(draft.choices.iter().map(|choice| choice.text.clone()).collect()));
    row.push(keys.join(", "));
    row.extend(padded(draft.choices.iter().map(|choice| choice.why.clone().unwrap_or_default()).collect()));
    row.extend([
        draft.explanation.clone().unwrap_or_default(),
        draft.source.clone().unwrap_or_default(),
        draft.level.map_or_else(String::new, |level| level.to_string()),
        ratings.join("; "),
        status,
        if draft.keep_order { "yes".to_owned() } else { String::new() },
        draft.exhibit.as_ref().map_or_else(String::new, exhibit),
    ]);
    row
}

fn exhibit(exhibit: &Exhibit) -> String {
    match exhibit {
        Exhibit::Text(text) => text.to_string(),
        Exhibit::Table(table) => plain_table::lines(table),
    }
}

/// Whether a spreadsheet would take a cell for a formula, or for one that is guarded.
pub(crate) fn is_formula(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// A cell that no spreadsheet runs.
pub(crate) fn guarded(cell: String) -> String {
    if is_formula(&cell) { format!("'{cell}") } else { cell }
}

/// Takes the guard away.
pub(crate) fn unguard(cell: &mut String) {
    if cell.starts_with('\'') && is_formula(cell) {
        cell.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_is_added_and_taken_away() {
        for (cell, wanted) in
            [("=1+1", "'=1+1"), ("-5 mg", "'-5 mg"), ("'=x", "''=x"), ("'tis", "'tis"), ("5", "5"), ("", "")]
        {
            let mut found = guarded(cell.to_owned());
            assert_eq!(found, wanted);
            unguard(&mut found);
            assert_eq!(found, cell);
        }
    }
}
