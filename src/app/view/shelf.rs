//! Searching the reference shelf.

use std::collections::BTreeSet;

use super::SafeText;
use examroom_core::bank::{Entry, Item, Sheet, Synonyms};
use examroom_core::text::{begins_a_word, folded};

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
    /// The lines below the heading that have most of what was searched for; at least one, and not all if there are many.
    pub lines: Vec<SafeText>,
}

/// At most this many lines of an entry are shown with a hit.
const LINES: usize = 3;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The places that have the most of the terms.
    pub hits: Vec<Hit>,
    /// How many of the terms each of them has.
    has: usize,
    /// How many terms there are.
    terms: usize,
}

impl Found {
    /// What has to be said of the places before they are listed: that there are none, or that they lack some words.
    #[must_use]
    pub fn caveat(&self) -> Option<String> {
        match self.hits.len() {
            0 => Some(NOT_FOUND.to_owned()),
            count if self.has < self.terms => {
                let nearest = if count == 1 { "the nearest place has" } else { "the nearest places have" };
                Some(format!("Nothing on the shelf has all these words; {nearest} {} of {}.", self.has, self.terms))
            }
            _ => None,
        }
    }
}

/// What is said where the shelf may not be used.
pub const CLOSED: &str = "This section is closed-book: there is no reference shelf.";

/// What is said when a search finds nothing.
const NOT_FOUND: &str = "Nothing on the shelf has these words.";

/// What is said of an empty shelf.
pub const EMPTY: &str = "The shelf is empty: this exam's bank brings no reference sheets.";

/// What a candidate searches for, by the beginnings of words: each word as typed, or what the bank says stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The texts that satisfy each term, each as folded words.
    alternatives: Vec<Vec<Vec<String>>>,
}

impl Terms {
    /// The terms of a typed line, in which the longest known run of words is one term.
    #[must_use]
    pub fn new(typed: &str, synonyms: &Synonyms) -> Self {
        let words: Vec<String> = typed.split_whitespace().map(folded).collect();
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

    /// How many of the terms a folded text satisfies.
    fn count_in(&self, text: &str) -> usize {
        let satisfied =
            |term: &&Vec<Vec<String>>| term.iter().any(|words| words.iter().all(|word| begins_a_word(text, word)));
        self.alternatives.iter().filter(satisfied).count()
    }

    /// Whether a line has something that was searched for.
    #[must_use]
    pub fn touch(&self, line: &str) -> bool {
        let line = folded(line);
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
    /// Those entries of the sheet of this index.
    Entries(usize, Vec<usize>),
    /// Where its words stand.
    Places(Found),
}

impl Asked {
    /// Reads a line: nothing, a sheet's number, a sheet's number and words that some of its entries have, or words.
    #[must_use]
    pub fn of(typed: &str, shelf: &[impl AsRef<Sheet>], synonyms: &Synonyms) -> Self {
        let typed = typed.trim();
        if typed.is_empty() {
            return Self::Contents;
        }
        let (first, words) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        let number = first.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match number.filter(|index| *index < shelf.len()) {
            Some(index) if words.is_empty() => return Self::Sheet(index),
            Some(index) => {
                let found = search(&shelf[index..=index], &Terms::new(words, synonyms));
                if !found.hits.is_empty() && found.has == found.terms {
                    let mut entries: Vec<usize> = found.hits.iter().map(|hit| hit.entry).collect();
                    entries.sort_unstable();
                    return Self::Entries(index, entries);
                }
            }
            None => {}
        }
        Self::Places(search(shelf, &Terms::new(typed, synonyms)))
    }
}

/// The entries that satisfy all terms or, if none does, the most of them and at least half: first those that are headed by
/// the words, then those that have them in one line, each in the order of the shelf.
#[must_use]
pub fn search(shelf: &[impl AsRef<Sheet>], terms: &Terms) -> Found {
    let wanted = terms.alternatives.len();
    if wanted == 0 {
        return Found::default();
    }
    let mut has = wanted.div_ceil(2);
    let mut hits = Vec::new();
    for (sheet_index, sheet) in shelf.iter().map(AsRef::as_ref).enumerate() {
        for (entry_index, entry) in sheet.entries.iter().enumerate() {
            let lines = sheet.lines_of(entry);
            let count = terms.count_in(&folded(&lines.join("\n")));
            if count < has {
                continue;
            }
            if count > has {
                has = count;
                hits.clear();
            }
            let (rank, lines) = best_lines(sheet, entry, &lines, terms, count);
            let hit = Hit {
                sheet: sheet_index,
                entry: entry_index,
                title: SafeText::new(&sheet.title),
                heading: SafeText::new(&entry.heading),
                lines,
            };
            hits.push((rank, hit));
        }
    }
    hits.sort_by_key(|(rank, _)| *rank);
    Found { hits: hits.into_iter().map(|(_, hit)| hit).collect(), has, terms: wanted }
}

/// The lines that show best why an entry is found, and where it stands among others that have as many of the terms.
fn best_lines(sheet: &Sheet, entry: &Entry, lines: &[String], terms: &Terms, count: usize) -> (Rank, Vec<SafeText>) {
    let heading = folded(&format!("{} {}", sheet.title, entry.heading));
    // The last line is the heading, which every hit shows.
    let body = lines.split_last().map_or(&[][..], |(_, body)| body);
    let counts: Vec<usize> = body.iter().map(|line| terms.count_in(&folded(line))).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let rank = match most {
        _ if terms.count_in(&heading) == count => Rank::Headed,
        _ if most == count => Rank::InOneLine,
        _ => Rank::Scattered,
    };
    let shown = if most == 0 { 1 } else { LINES };
    let best = body.iter().zip(counts).filter(|(_, count)| *count == most);
    (rank, best.take(shown).map(|(line, _)| SafeText::new(line)).collect())
}

/// Where the terms stand in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Headed,
    InOneLine,
    Scattered,
}
