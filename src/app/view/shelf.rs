//! Searching the reference shelf.

use std::collections::BTreeSet;

use super::SafeText;
use examroom_core::bank::{Entry, Item, Sheet, Synonyms};
use examroom_core::text::begins_a_word;

/// A place on the shelf that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index into the shelf.
    pub sheet: usize,
    /// Index into the sheet's entries.
    pub entry: usize,
    /// The sheet's title.
    pub title: SafeText,
    /// The entry's heading.
    pub heading: SafeText,
    /// The line below the heading that has most of what was searched for.
    pub line: SafeText,
}

/// What is said where the shelf may not be used.
pub const CLOSED: &str = "This section is closed-book: there is no reference shelf.";

/// What is said when a search finds nothing.
pub const NOT_FOUND: &str = "Nothing on the shelf has all these words.";

/// What is said of an empty shelf.
pub const EMPTY: &str = "The shelf is empty: this exam's bank brings no reference sheets.";

/// What a candidate searches for, by the beginnings of words: each word as typed, or what the bank says stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The texts that satisfy each term, each as words in lower case.
    alternatives: Vec<Vec<Vec<String>>>,
}

impl Terms {
    /// The terms of a typed line, in which the longest known run of words is one term.
    #[must_use]
    pub fn new(typed: &str, synonyms: &Synonyms) -> Self {
        let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let mut alternatives = Vec::new();
        let mut at = 0;
        while at < words.len() {
            // The longest run of words that the table knows is one term.
            let run = (1..=synonyms.longest().min(words.len() - at))
                .rev()
                .find(|run| !synonyms.of(&words[at..at + run].join(" ")).is_empty())
                .unwrap_or(1);
            let typed = &words[at..at + run];
            let phrases = synonyms.of(&typed.join(" ")).iter();
            let phrases = phrases.map(|phrase| phrase.split(' ').map(str::to_owned).collect());
            alternatives.push(std::iter::once(typed.to_vec()).chain(phrases).collect());
            at += run;
        }
        Self { alternatives }
    }

    /// Whether a text, in lower case, satisfies every term.
    fn all_in(&self, text: &str) -> bool {
        self.count_in(text) == self.alternatives.len()
    }

    fn count_in(&self, text: &str) -> usize {
        let satisfied =
            |term: &&Vec<Vec<String>>| term.iter().any(|words| words.iter().all(|word| begins_a_word(text, word)));
        self.alternatives.iter().filter(satisfied).count()
    }

    /// Whether a line has something that was searched for.
    #[must_use]
    pub fn touch(&self, line: &str) -> bool {
        let line = line.to_lowercase();
        self.alternatives.iter().flatten().flatten().any(|word| begins_a_word(&line, word))
    }
}

/// Where the answer to an item stands on the shelf, as far as words tell: of each sheet that the item names, the heading
/// of the entry that has the key's choice as a cell, or else the most words of the key and its reason.
#[must_use]
pub fn places(shelf: &[impl AsRef<Sheet>], item: &Item) -> Vec<SafeText> {
    let sheets = item.references.iter().filter_map(|id| shelf.iter().map(AsRef::as_ref).find(|sheet| sheet.id == *id));
    let place = |sheet: &Sheet| match entry_of(sheet, item) {
        Some(entry) => SafeText::new(&format!("{}, under \"{}\"", sheet.title, entry.heading)),
        None => SafeText::new(&sheet.title),
    };
    sheets.map(place).collect()
}

/// The fewest words that an entry and a key must share to be taken for each other's.
const SHARED: usize = 3;

fn entry_of<'s>(sheet: &'s Sheet, item: &Item) -> Option<&'s Entry> {
    let keys = || item.choices.iter().filter(|choice| item.is_key(&choice.id));
    let has_cell = |entry: &&Entry| {
        let mut cells = entry.table.rows.iter().flatten();
        cells.any(|cell| keys().any(|key| cell.eq_ignore_ascii_case(&key.text)))
    };
    if let Some(entry) = sheet.entries.iter().find(has_cell) {
        return Some(entry);
    }
    let texts = keys().flat_map(|key| [Some(&key.text), key.why.as_ref()]).flatten();
    let words: BTreeSet<String> = texts.flat_map(|text| words_of(text)).collect();
    let shared = |entry: &Entry| {
        let found: BTreeSet<String> = sheet.lines_of(entry).iter().flat_map(|line| words_of(line)).collect();
        words.intersection(&found).count()
    };
    // Of equals the first one.
    let best = sheet.entries.iter().map(|entry| (shared(entry), entry)).rev().max_by_key(|(shared, _)| *shared);
    best.filter(|(shared, _)| *shared >= SHARED).map(|(_, entry)| entry)
}

/// The words that mean something by themselves: the long ones, and those with a digit.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.len() > 4 || word.chars().any(|c| c.is_ascii_digit()))
}

/// What a line that was typed at the shelf asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The list of the sheets.
    Contents,
    /// The sheet of this index.
    Sheet(usize),
    /// Where its words stand.
    Places(Vec<Hit>),
}

impl Asked {
    /// Reads a line: nothing, a sheet's number, or words.
    #[must_use]
    pub fn of(typed: &str, shelf: &[impl AsRef<Sheet>], synonyms: &Synonyms) -> Self {
        let number = typed.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match number.filter(|index| *index < shelf.len()) {
            _ if typed.trim().is_empty() => Self::Contents,
            Some(index) => Self::Sheet(index),
            None => Self::Places(search(shelf, &Terms::new(typed, synonyms))),
        }
    }
}

/// Every entry that satisfies all terms: first those that are headed by them, each in the order of the shelf.
#[must_use]
pub fn search(shelf: &[impl AsRef<Sheet>], terms: &Terms) -> Vec<Hit> {
    if terms.alternatives.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (sheet_index, sheet) in shelf.iter().map(AsRef::as_ref).enumerate() {
        for (entry_index, entry) in sheet.entries.iter().enumerate() {
            let lines = sheet.lines_of(entry);
            if terms.all_in(&lines.join("\n").to_lowercase()) {
                // The last line is the heading, which the hit has already: it is shown only where there is no other.
                let body = lines.split_last().map_or(&[][..], |(_, body)| body);
                let best = body.iter().rev().max_by_key(|line| terms.count_in(&line.to_lowercase()));
                hits.push(Hit {
                    sheet: sheet_index,
                    entry: entry_index,
                    title: SafeText::new(&sheet.title),
                    heading: SafeText::new(&entry.heading),
                    line: SafeText::new(best.map_or("", String::as_str)),
                });
            }
        }
    }
    let headed = |hit: &Hit| terms.all_in(&format!("{} {}", hit.title, hit.heading).to_lowercase());
    hits.sort_by_cached_key(|hit| !headed(hit));
    hits
}
