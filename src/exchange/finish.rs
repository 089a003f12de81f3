//! From what a format has to a question that a bank can hold: the last step of every reader, so that all judge alike.

use std::mem;

use examroom_core::bank::Exhibit;
use examroom_core::text::{hidden, visible};

use crate::draft::{Choice, Draft, Reason, are_true_and_false, letter, place_of};
use crate::letters;
use crate::plain_table;
use crate::raw::{Lost, Raw, References, Rich};

/// Choices are picked by one letter.
const MOST_CHOICES: usize = 26;

/// The question and what was changed of it, or why it cannot be asked.
pub(crate) fn finish(mut raw: Raw) -> Result<(Draft, Vec<Reason>), Reason> {
    let mut changes = mem::take(&mut raw.changes);
    let mut clean = Cleaner::default();
    let mut shown = Lost::default();
    let mut explained = Lost::default();
    let stem = clean.text(&raw.stem.text);
    shown.add(raw.stem.lost);
    let exhibit = exhibit(&mut raw, &mut clean, &mut changes);
    let mut choices: Vec<Choice> = Vec::with_capacity(raw.choices.len());
    for choice in &raw.choices {
        shown.add(choice.text.lost);
        explained.add(choice.why.lost);
        let why = with_tables(&choice.why, &mut clean);
        let text = with_tables(&choice.text, &mut clean);
        choices.push(Choice { text, why: Some(why).filter(|why| !why.is_empty()), is_key: choice.is_key });
    }
    explained.add(raw.explanation.lost);
    let explanation = Some(with_tables(&raw.explanation, &mut clean)).filter(|text| !text.is_empty());
    judge(&stem, &choices, shown)?;
    if remove_letters(&mut choices) {
        changes.push("the letters before its choices are left out".into());
    }
    // True always stands before false, whatever shuffles the choices of other questions.
    let keep_order = raw.keep_order || are_true_and_false(choices.iter().map(|choice| choice.text.as_str()));
    let mut draft = Draft {
        name: raw.name,
        subjects: raw
            .subjects
            .iter()
            .map(|subject| clean.text(subject))
            .filter(|subject| !subject.is_empty())
            .collect(),
        level: raw.level,
        ratings: raw.ratings,
        status: raw.status,
        stem,
        exhibit,
        choices,
        explanation,
        source: Some(clean.text(&raw.source)).filter(|source| !source.is_empty()),
        keep_order,
    };
    match raw.references {
        References::Braces => {}
        References::Letters => {
            let replaced = letters::to_braces(&mut draft);
            if replaced > 0 {
                changes.push("letters in its explanation follow the choices ({b}), which are shuffled".into());
            }
        }
        References::Quoted => letters::quoted_to_braces(&mut draft),
    }
    changes.extend(told(shown, explained, clean));
    Ok((draft, changes))
}

/// Why a question cannot be asked.
fn judge(stem: &str, choices: &[Choice], shown: Lost) -> Result<(), Reason> {
    if shown.pictures {
        return Err("it shows a picture, and pictures have no place in a bank".into());
    }
    if shown.sound {
        return Err("it plays sound or video, which has no place in a bank".into());
    }
    if stem.is_empty() {
        return Err("it has no question, only choices".into());
    }
    match choices.len() {
        0 => return Err("it has no choices: its answer is typed or written".into()),
        1 => return Err("it has only one choice: its answer is typed".into()),
        2..=MOST_CHOICES => {}
        many => return Err(format!("it has {many} choices, and {MOST_CHOICES} is the most").into()),
    }
    if let Some(at) = choices.iter().position(|choice| choice.text.is_empty()) {
        return Err(format!("its choice {} is empty", letter(at)).into());
    }
    let seen: Vec<String> = choices.iter().map(|choice| visible(&choice.text)).collect();
    for (at, text) in seen.iter().enumerate() {
        if let Some(first) = seen[..at].iter().position(|other| other == text) {
            return Err(format!("its choices {} and {} say the same", letter(first), letter(at)).into());
        }
    }
    match choices.iter().filter(|choice| choice.is_key).count() {
        0 => Err("it does not say which choice is right".into()),
        keys if keys == choices.len() => Err("every choice of it is right".into()),
        _ => Ok(()),
    }
}

/// What stands under the stem: the text that the format has for it, or the tables and listings of the stem.
fn exhibit(raw: &mut Raw, clean: &mut Cleaner, changes: &mut Vec<Reason>) -> Option<Exhibit> {
    if let Some(text) = raw.exhibit.take().map(|text| clean.lines(&text)).filter(|text| !text.trim().is_empty()) {
        return Some(Exhibit::Text(text.into()));
    }
    let mut tables = mem::take(&mut raw.stem.tables);
    let mut blocks: Vec<String> = raw.stem.listings.iter().map(|listing| clean.lines(listing)).collect();
    if blocks.is_empty() && tables.len() < 2 {
        return tables.pop().map(Exhibit::Table);
    }
    blocks.extend(tables.iter().map(plain_table::lines));
    if blocks.len() > 1 {
        changes.push("what stands between its lines is shown below them, as one exhibit".into());
    }
    Some(Exhibit::Text(blocks.join("\n\n").into()))
}

/// A text in which a table can only stand as sentences.
fn with_tables(rich: &Rich, clean: &mut Cleaner) -> String {
    let text = clean.text(&rich.text);
    clean.tables |= !rich.tables.is_empty();
    let blocks = rich.listings.iter().map(|listing| clean.lines(listing));
    let mut blocks: Vec<String> = blocks.collect();
    blocks.extend(rich.tables.iter().map(plain_table::sentences));
    let all = std::iter::once(text).chain(blocks).filter(|block| !block.is_empty());
    all.collect::<Vec<_>>().join("\n\n")
}

/// What was lost.
fn told(shown: Lost, explained: Lost, clean: Cleaner) -> Vec<Reason> {
    let mut told: Vec<Reason> = Vec::new();
    if explained.pictures || explained.sound {
        told.push("a picture or sound in its explanation is left out".into());
    }
    if shown.emphasis || explained.emphasis {
        told.push("bold, italic or the like is left out".into());
    }
    if shown.formulas || explained.formulas {
        told.push("its formulas stand as LaTeX, which is not set here".into());
    }
    if shown.links || explained.links {
        told.push("the address of a link is left out".into());
    }
    if clean.tables {
        told.push("a table in a choice or an explanation is written out as text".into());
    }
    if clean.hidden {
        told.push("invisible characters are left out".into());
    }
    told
}

/// Takes out what nobody can see.
#[derive(Clone, Copy, Default)]
struct Cleaner {
    hidden: bool,
    tables: bool,
}

impl Cleaner {
    /// Running text: without blanks at the ends of lines, and with at most one empty line in a row.
    fn text(&mut self, text: &str) -> String {
        let lines = self.lines(text);
        let mut cleaned = String::with_capacity(lines.len());
        let mut empty = 0;
        for line in lines.trim().lines() {
            let line = line.trim_end();
            empty = if line.is_empty() { empty + 1 } else { 0 };
            if empty < 2 {
                if !cleaned.is_empty() {
                    cleaned.push('\n');
                }
                cleaned.push_str(line);
            }
        }
        cleaned
    }

    /// Text whose lines stay as they are.
    fn lines(&mut self, text: &str) -> String {
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
            return text.trim_matches('\n').to_owned();
        }
        let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
        let text = text.replace('\t', "    ").replace(['\u{a0}', '\u{202f}', '\u{2007}'], " ");
        let odd: Vec<usize> = hidden(&text).map(|(at, _)| at).collect();
        if odd.is_empty() {
            return text.trim_matches('\n').to_owned();
        }
        self.hidden = true;
        text.char_indices().filter(|(at, _)| !odd.contains(at)).map(|(_, c)| c).collect()
    }
}

/// Removes `A. `, `b) ` and the like where each choice begins with its own letter or number.
fn remove_letters(choices: &mut [Choice]) -> bool {
    let Some(bare) = without_letters(choices.iter().map(|choice| choice.text.as_str())) else { return false };
    choices.iter_mut().zip(bare).for_each(|(choice, text)| choice.text = text);
    true
}

/// The texts of choices behind the letters that stand before them; `None` where not each has its own.
pub fn without_letters<'c>(choices: impl Iterator<Item = &'c str>) -> Option<Vec<String>> {
    choices.enumerate().map(|(at, choice)| without_letter(choice, at)).collect()
}

/// A choice's text behind its own letter or number.
fn without_letter(text: &str, at: usize) -> Option<String> {
    let open = text.strip_prefix('(').unwrap_or(text);
    let end = open.find(['.', ')', ':'])?;
    let (label, rest) = (&open[..end], &open[end + 1..]);
    let mut characters = label.chars();
    let own = match (characters.next(), characters.next()) {
        (Some(only), None) if only.is_ascii_alphabetic() => place_of(only) == Some(at),
        _ => label.parse() == Ok(at + 1),
    };
    let rest = rest.strip_prefix(char::is_whitespace)?.trim();
    (own && !rest.is_empty()).then(|| rest.to_owned())
}
