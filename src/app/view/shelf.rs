//! Searching the reference shelf.

use super::SafeText;
use examroom_core::bank::{Sheet, Synonyms};

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
    /// The line that matched.
    pub line: SafeText,
}

/// What is said where the shelf may not be used.
pub const CLOSED: &str = "This section is closed-book: there is no reference shelf.";

/// What is said when a search finds nothing.
pub const NOT_FOUND: &str = "Nothing on the shelf has all these words.";

/// What is said of an empty shelf.
pub const EMPTY: &str = "The shelf is empty: this exam's bank brings no reference sheets.";

/// What a candidate searches for: each word as typed, or what the bank says stands for it.
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
            |term: &&Vec<Vec<String>>| term.iter().any(|words| words.iter().all(|word| text.contains(word.as_str())));
        self.alternatives.iter().filter(satisfied).count()
    }

    /// Whether a line has something that was searched for.
    #[must_use]
    pub fn touch(&self, line: &str) -> bool {
        let line = line.to_lowercase();
        self.alternatives.iter().flatten().flatten().any(|word| line.contains(word.as_str()))
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
                let best = lines.iter().max_by_key(|line| terms.count_in(&line.to_lowercase()));
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
