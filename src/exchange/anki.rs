//! Anki's notes as text: a note a line, its fields between tabs. A note is a card with a front and a back; it can be a
//! question here where its front lists choices.

use std::fmt::Write as _;

use crate::draft::{Draft, Name, Place, letter};
use crate::export::{Export, OWN_MARK};
use crate::html::{self, from_html, to_html, to_inline_html};
use crate::key::{self, Way};
use crate::letters::spelled_out;
use crate::outline;
use crate::raw::{Raw, RawChoice, References, Rich};
use crate::reading::Reading;

/// Reads a text.
pub(crate) fn read(text: &str) -> Reading {
    let header = |name: &str| {
        let lines = text.lines().take_while(|line| line.starts_with('#'));
        lines
            .filter_map(|line| line[1..].split_once(':'))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.trim())
    };
    let delimiter = match header("separator").map(str::to_lowercase).as_deref() {
        Some("comma" | ",") => b',',
        Some("semicolon" | ";") => b';',
        Some("pipe" | "|") => b'|',
        _ => b'\t',
    };
    let is_own = text.contains(OWN_MARK);
    let number = |name: &str| header(name).and_then(|at| at.parse::<usize>().ok()).and_then(|at| at.checked_sub(1));
    let (tags, deck) = (number("tags column"), number("deck column"));
    let guid = number("guid column");
    // The lines of the header are no notes.
    let head = text.lines().take_while(|line| line.starts_with('#')).count();
    let notes = text.splitn(head + 1, '\n').nth(head).unwrap_or("");
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(notes.as_bytes());
    let mut reading = Reading::default();
    for record in reader.records().flatten() {
        let line = head + record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        let special = [tags, deck, guid, number("notetype column")];
        let fields = record.iter().enumerate().filter(|(at, _)| !special.contains(&Some(*at)));
        let fields: Vec<&str> = fields.map(|(_, field)| field).collect();
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or("").trim();
        let mut raw = Raw::new(Place::Line(line));
        raw.references = if is_own { References::Quoted } else { References::Letters };
        raw.subjects = vec![cell(deck).replace("::", "/"), cell(tags).replace("::", "/").replace('_', " ")];
        if is_own && !cell(guid).is_empty() {
            raw.name = Name::Id(cell(guid).to_owned());
        }
        note(&fields, raw, &mut reading);
    }
    reading
}

fn note(fields: &[&str], raw: Raw, reading: &mut Reading) {
    let place = raw.place;
    let (front, back) = (fields.first().unwrap_or(&""), fields.get(1).unwrap_or(&""));
    if let Some(raw) = listed(front, back, &raw).or_else(|| with_fields(fields, &raw)) {
        return reading.add(raw);
    }
    let (front, back) = (from_html(front), from_html(back));
    let whole = format!("{}\nAnswer: {}", front.text, back.text);
    match outline::single(&whole, raw) {
        Some(mut raw) => {
            raw.stem.lost.add(front.lost);
            reading.add(raw);
        }
        None => reading.leave_out(place, &front.text, "it is a card without choices"),
    }
}

/// A note whose choices are a list with letters, as this program writes it.
fn listed(front: &str, back: &str, raw: &Raw) -> Option<Raw> {
    let (stem, choices) = front.split_once("<ol type=\"A\">")?;
    let entries = |list: &str| -> Vec<String> {
        let inner = list.split("</ol>").next().unwrap_or("");
        inner.split("<li>").skip(1).map(|entry| entry.trim_end().trim_end_matches("</li>").to_owned()).collect()
    };
    let choices = entries(choices);
    let (key, rest) = back.split_once("</b>")?;
    let texts: Vec<String> = choices.iter().map(|choice| from_html(choice).text).collect();
    let keys = key::keys(&from_html(key).text, &texts, &[Way::Letter]).ok()?;
    let (whys, rest) = match rest.split_once("<ol type=\"A\">") {
        Some((_, list)) => (entries(list), list.split_once("</ol>").map_or("", |(_, rest)| rest)),
        None => (Vec::new(), rest),
    };
    let choice = |(at, text): (usize, &String)| RawChoice {
        text: from_html(text),
        why: whys.get(at).map(|why| from_html(why)).unwrap_or_default(),
        is_key: keys.contains(&at),
    };
    let choices = choices.iter().enumerate().map(choice).collect();
    Some(Raw { stem: from_html(stem), choices, explanation: from_html(rest), ..raw.clone() })
}

/// A note with a field for each choice: the question, two choices or more, the key, and perhaps an explanation.
fn with_fields(fields: &[&str], raw: &Raw) -> Option<Raw> {
    let (stem, rest) = fields.split_first()?;
    let rest: Vec<Rich> = rest.iter().map(|field| from_html(field)).collect();
    // The last field that names one of those before it is the key.
    for at in (2..rest.len()).rev() {
        let is_given = |choice: &&Rich| !choice.text.trim().is_empty();
        let given = rest[..at].iter().take_while(is_given).count();
        if given < 2 || rest[given..at].iter().any(|choice| is_given(&choice)) {
            continue;
        }
        let texts: Vec<String> = rest[..given].iter().map(|choice| choice.text.clone()).collect();
        let Ok(keys) = key::keys(&rest[at].text, &texts, &[Way::Letter, Way::Text]) else { continue };
        let choices = rest[..given].iter().enumerate().map(|(place, text)| RawChoice {
            text: text.clone(),
            is_key: keys.contains(&place),
            ..RawChoice::default()
        });
        let explanation = rest.get(at + 1).cloned().unwrap_or_default();
        return Some(Raw { stem: from_html(stem), choices: choices.collect(), explanation, ..raw.clone() });
    }
    None
}

/// Writes questions as notes with a front, a back and a tag.
pub(crate) fn write(drafts: &[Draft]) -> Export {
    let mut export = Export::new();
    let mut text = format!(
        "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n# {OWN_MARK}; notes of the type Basic: front, back\n"
    );
    for draft in drafts {
        let id = match &draft.name {
            Name::Id(id) | Name::Title(id) => id.as_str(),
            Name::None => "",
        };
        let tag =
            draft.subjects.iter().map(|part| part.replace(char::is_whitespace, "_")).collect::<Vec<_>>().join("::");
        let cells = [id.to_owned(), front(draft), back(draft), tag].map(|cell| quoted(&cell));
        let _ = writeln!(text, "{}", cells.join("\t"));
        if draft.keep_order {
            export.changed(draft, "its choices keep no fixed order when they are imported again");
        }
    }
    export.bytes = text.into_bytes();
    export
}

fn front(draft: &Draft) -> String {
    let exhibit = draft.exhibit.as_ref().map_or_else(String::new, html::exhibit);
    let choices = draft.choices.iter().map(|choice| format!("<li>{}</li>", to_inline_html(&choice.text)));
    format!("{}{exhibit}<ol type=\"A\">{}</ol>", to_html(&draft.stem), choices.collect::<String>())
}

fn back(draft: &Draft) -> String {
    let keys: Vec<String> = draft.keys().map(|at| letter(at).to_string()).collect();
    let mut back = format!("<b>{}</b>", keys.join(", "));
    let explained = |text: &str| spelled_out(text, draft);
    if draft.choices.iter().any(|choice| choice.why.is_some()) {
        let why = |why: Option<&str>| {
            format!("<li>{}</li>", why.map_or_else(String::new, |why| to_inline_html(&explained(why))))
        };
        let whys: String = draft.choices.iter().map(|choice| why(choice.why.as_deref())).collect();
        let _ = write!(back, "<ol type=\"A\">{whys}</ol>");
    }
    if let Some(explanation) = &draft.explanation {
        back.push_str(&to_html(&explained(explanation)));
    }
    back
}

/// A field between quotes, in which quotes are doubled.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}
