//! The words that a shelf is searched by and does not use: `references/synonyms.toml`.
//!
//! A registrar types TURBT, and the sheet says "transurethral resection". The table is the bank's, so that it grows with
//! the shelf, and every entry must lead to something on it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Sheet;
use super::check::texts::look_through;
use crate::diagnostics::{
    Allowance, Code, Diagnostic, Diagnostics, Fields, FileId, Scope, Spanned, allowances, codes, parse,
};
use crate::text::{SafeText, begins_a_word, folded};

codes! {
    Warning DEAD_SYNONYM "dead-synonym"
}

/// The name of the table's file, without `.toml`.
pub(super) const FILE: &str = "synonyms";

/// What else a word is called on the shelf, by the [`folded`] word. All copies of a table share it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Synonyms(Arc<SynonymTable>);

pub(crate) type SynonymTable = BTreeMap<String, Vec<String>>;

impl Synonyms {
    pub(crate) fn table(&self) -> &Arc<SynonymTable> {
        &self.0
    }

    /// Whether no word has another name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands for a word or for several, given [`folded`].
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

/// A file of synonyms.
#[derive(Default)]
pub(super) struct SynonymFile {
    entries: Vec<(Spanned<String>, Vec<String>)>,
    pub allowances: Vec<Allowance>,
}

/// Reads a file of synonyms.
pub(super) fn read(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> SynonymFile {
    let mut read = SynonymFile::default();
    parse(text, file, diagnostics, |mut fields| {
        read.allowances = allowances(&mut fields, Scope::File(file));
        fields.require("synonyms", "[synonyms] with lines such as TURBT = [\"transurethral resection\"] below it");
        let table = fields.table("synonyms").map_or_else(Vec::new, Fields::all_lists);
        read.entries = table.iter().filter_map(|(word, phrases)| entry(word, phrases, &mut fields)).collect();
        fields.finish();
    });
    read
}

fn entry(
    word: &Spanned<&str>,
    phrases: &Spanned<Vec<&str>>,
    fields: &mut Fields<'_, '_>,
) -> Option<(Spanned<String>, Vec<String>)> {
    let is_empty = |text: &str| text.trim().is_empty();
    if is_empty(word.value) || phrases.value.is_empty() || phrases.value.iter().any(|phrase| is_empty(phrase)) {
        let message = format!("the synonym \"{}\" leads to an empty text", SafeText::new(word.value));
        let help = "write what the shelf calls it, or remove the line";
        fields.report(Diagnostic::new(Code::EMPTY_TEXT, message).at(phrases.span).help(help));
        return None;
    }
    let texts: Vec<Spanned<&str>> =
        phrases.value.iter().map(|phrase| Spanned { value: *phrase, span: phrases.span }).collect();
    look_through("this synonym", &texts, fields);
    let word = Spanned { value: compared(word.value), span: word.span };
    Some((word, phrases.value.iter().map(|phrase| compared(phrase)).collect()))
}

impl Synonyms {
    /// Adds the entries of a file to those of earlier places, beside which they stand, and returns their words.
    pub(super) fn add(&mut self, file: SynonymFile) -> impl Iterator<Item = Spanned<String>> {
        let table = Arc::make_mut(&mut self.0);
        file.entries.into_iter().map(|(word, phrases)| {
            table.entry(word.value.clone()).or_default().extend(phrases);
            word
        })
    }
}

/// Words as they are compared: folded, with single spaces.
fn compared(words: &str) -> String {
    words.split_whitespace().map(folded).collect::<Vec<_>>().join(" ")
}

/// Advice: the words whose every phrase is found nowhere.
pub(super) fn dead(synonyms: &Synonyms, words: &[Spanned<String>], sheets: &[Arc<Sheet>]) -> Vec<Diagnostic> {
    if words.is_empty() {
        return Vec::new();
    }
    let entries: Vec<String> = sheets
        .iter()
        .flat_map(|sheet| sheet.entries.iter().map(|entry| folded(&sheet.lines_of(entry).join("\n"))))
        .collect();
    let found = |phrase: &String| entries.iter().any(|entry| phrase.split(' ').all(|part| begins_a_word(entry, part)));
    let dead = words.iter().filter(|word| !synonyms.of(&word.value).iter().any(found));
    dead.map(|word| {
        let message = format!("nothing on the shelf has the words that stand for \"{}\"", word.value);
        Diagnostic::new(Code::DEAD_SYNONYM, message).at(word.span).help("use words of a sheet, or remove the line")
    })
    .collect()
}
