//! The words that a shelf is searched by and does not use: `references/synonyms.toml`.
//!
//! A registrar types TURBT, and the sheet says "transurethral resection". The table is the bank's, so that it grows with
//! the shelf, and every entry must lead to something on it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Sheet;
use super::check::texts::{Layout, look_through};
use crate::diagnostics::{Allowance, Code, Diagnostics, FileId, Scope, Span, Spanned, allowances, parse};
use crate::text::SafeText;

/// The name of the table's file, without `.toml`.
pub(super) const FILE: &str = "synonyms";

/// What else a word is called on the shelf, by the word in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Synonyms(BTreeMap<String, Vec<String>>);

impl Synonyms {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands for a word or for several, given in lower case.
    #[must_use]
    pub fn of(&self, words: &str) -> &[String] {
        self.0.get(words).map_or(&[], Vec::as_slice)
    }

    /// The most words that an entry is looked up by.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.0.keys().map(|words| words.split_whitespace().count()).max().unwrap_or(0)
    }

    /// Each entry: the word, and what stands for it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(word, phrases)| (word.as_str(), phrases.as_slice()))
    }
}

/// Adds the entries of a file to those of earlier places; an entry of a later place stands beside an earlier one's.
pub(super) fn read(
    text: &str,
    file: FileId,
    synonyms: &mut Synonyms,
    spans: &mut Vec<(String, Span)>,
    diagnostics: &mut Diagnostics,
) -> Vec<Allowance> {
    let mut allowed = Vec::new();
    parse(text, file, diagnostics, |mut fields, diagnostics| {
        let file_text = fields.file_text();
        allowed = allowances(&mut fields, Scope::File(file), diagnostics);
        fields.require(
            "synonyms",
            "[synonyms] with lines such as TURBT = [\"transurethral resection\"] below it",
            diagnostics,
        );
        let table = fields.table("synonyms", diagnostics);
        fields.finish(diagnostics);
        for (word, phrases) in table.map_or_else(Vec::new, |table| table.all_lists(diagnostics)) {
            let said = phrases.value.iter().filter(|phrase| !phrase.trim().is_empty()).count();
            if word.value.trim().is_empty() || said == 0 || said < phrases.value.len() {
                let message = format!("the synonym \"{}\" leads to an empty text", SafeText::new(word.value));
                diagnostics.add(
                    Code::EmptyText,
                    phrases.span,
                    message,
                    "write what the shelf calls it, or remove the line",
                );
                continue;
            }
            for phrase in &phrases.value {
                let phrase = Spanned { value: *phrase, span: phrases.span };
                look_through(&"this synonym", &phrase, file_text, Layout::Flowing, diagnostics);
            }
            let known = synonyms.0.entry(lower(word.value)).or_default();
            known.extend(phrases.value.iter().map(|phrase| lower(phrase)));
            spans.push((lower(word.value), word.span));
        }
    });
    allowed
}

/// Words as they are compared: in lower case, with single spaces.
fn lower(words: &str) -> String {
    words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Advice: an entry whose every phrase is found nowhere.
pub(super) fn check(
    synonyms: &Synonyms,
    spans: &[(String, Span)],
    sheets: &[impl AsRef<Sheet>],
    diagnostics: &mut Diagnostics,
) {
    if spans.is_empty() {
        return;
    }
    let entries: Vec<String> = sheets
        .iter()
        .map(AsRef::as_ref)
        .flat_map(|sheet| sheet.entries.iter().map(move |entry| sheet.lines_of(entry).join("\n").to_lowercase()))
        .collect();
    for (word, span) in spans {
        let found = |phrase: &String| entries.iter().any(|entry| phrase.split(' ').all(|part| entry.contains(part)));
        if !synonyms.of(word).iter().any(found) {
            let message = format!("nothing on the shelf has the words that stand for \"{word}\"");
            diagnostics.add(Code::DeadSynonym, *span, message, "use words of a sheet, or remove the line");
        }
    }
}
