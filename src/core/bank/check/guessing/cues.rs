//! What a guesser sees of a choice who knows nothing of the field: its length, its place, and words that say nothing
//! about it.

use std::collections::HashSet;

use crate::arithmetic::as_f64;
use crate::bank::Item;

/// The number of cues.
pub(super) const CUES: usize = 20;

/// What a choice shows, in the order of [`NAMES`].
pub(super) type Cues = [f64; CUES];

/// What becomes of choices that look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ties {
    /// The first in the file comes first, as a script has it that sorts them.
    FirstInFile,
    /// They are alike to a candidate, who sees them shuffled.
    Alike,
}

/// What each cue is called where the key has it more often than its rivals, or less often.
pub(super) const NAMES: [&str; CUES] = [
    "the longest choice",
    "the second longest choice",
    "the third longest choice",
    "a long choice",
    "a choice of many words",
    "a choice that repeats words of the stem",
    "a choice that repeats words of the other choices",
    "a choice with an absolute word (only, all, never)",
    "a choice that hedges (may, usually, likely)",
    "a choice that gives a reason (because, since)",
    "a choice with a word of policy (review, policy, query)",
    "a choice that begins with a blunt verb (delete, ignore, wait)",
    "a choice with a condition (unless, until, when)",
    "a choice with commas",
    "a choice with other marks within",
    "a choice with numbers",
    "a choice with a negation",
    "a choice with capitals within",
    "an inner one of ordered choices",
    "the first of ordered choices",
];

const ABSOLUTES: &[&str] = &[
    "all", "always", "any", "anyone", "cannot", "entire", "every", "everyone", "must", "never", "no", "none",
    "nothing", "only", "whole",
];
const HEDGES: &[&str] = &[
    "about",
    "can",
    "could",
    "generally",
    "likely",
    "may",
    "might",
    "most",
    "often",
    "possible",
    "possibly",
    "probably",
    "some",
    "usually",
];
const REASONS: &[&str] = &["because", "since"];
const POLICY: &[&str] = &[
    "approve",
    "audit",
    "committee",
    "compliance",
    "document",
    "documentation",
    "documented",
    "educate",
    "monitor",
    "physician",
    "policy",
    "procedure",
    "query",
    "record",
    "report",
    "reported",
    "review",
    "reviewed",
    "train",
    "validate",
    "verified",
    "verify",
];
const BLUNT: &[&str] = &[
    "accept", "add", "change", "count", "delete", "drop", "ignore", "keep", "leave", "let", "lower", "remove", "send",
    "stop", "wait",
];
const CONDITIONS: &[&str] =
    &["as", "because", "if", "since", "so", "that", "unless", "until", "when", "which", "while"];
const NEGATIONS: &[&str] = &["not", "without"];

/// Words this short are in any text.
const SHORT: usize = 3;

/// A choice as it is looked at.
struct Choice<'c> {
    text: &'c str,
    words: Vec<String>,
    length: usize,
}

/// What each choice of a question shows, less the mean of them all: only what tells a choice from its rivals counts.
pub(super) fn of(item: &Item, ties: Ties) -> Vec<Cues> {
    let choices: Vec<Choice<'_>> = item
        .choices
        .iter()
        .map(|choice| Choice { text: &choice.text, words: words(&choice.text), length: choice.text.chars().count() })
        .collect();
    let stem: HashSet<String> = words(&item.stem).into_iter().filter(|word| is_content(word)).collect();
    let mut all: Vec<Cues> = (0..choices.len()).map(|at| look(item, &choices, &stem, at, ties)).collect();
    let count = as_f64(all.len().max(1));
    for cue in 0..CUES {
        let mean = all.iter().map(|cues| cues[cue]).sum::<f64>() / count;
        for cues in &mut all {
            cues[cue] -= mean;
        }
    }
    all
}

fn look(item: &Item, choices: &[Choice<'_>], stem: &HashSet<String>, at: usize, ties: Ties) -> Cues {
    let Choice { text, words, length } = &choices[at];
    let others = || choices.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
    let longer = others().filter(|other| other.length > *length).count();
    let before = match ties {
        Ties::FirstInFile => choices[..at].iter().filter(|other| other.length == *length).count(),
        Ties::Alike => 0,
    };
    let rank = longer + before;
    let longest = choices.iter().map(|choice| choice.length).max().unwrap_or(0);
    let content: Vec<&String> = words.iter().filter(|word| is_content(word)).collect();
    let in_stem = content.iter().filter(|word| stem.contains(**word)).count();
    let shared = words.iter().filter(|word| others().any(|other| other.words.contains(word))).count();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let count = |marks: &[char]| as_f64(text.matches(marks).count());
    let ordered = |holds: bool| flag(item.keep_order && holds);
    let last = choices.len() - 1;
    [
        flag(rank == 0),
        flag(rank == 1),
        flag(rank == 2),
        as_f64(*length) / as_f64(longest.max(1)),
        as_f64(words.len()),
        as_f64(in_stem) / as_f64(content.len().max(1)),
        as_f64(shared) / as_f64(words.len().max(1)),
        flag(has(ABSOLUTES)),
        flag(has(HEDGES)),
        flag(has(REASONS)),
        flag(has(POLICY)),
        flag(words.first().is_some_and(|first| BLUNT.contains(&first.as_str()))),
        flag(has(CONDITIONS)),
        count(&[',']),
        count(&[';', ':', '(']),
        as_f64(words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count()),
        flag(has(NEGATIONS) || words.iter().any(|word| word.ends_with("n't"))),
        flag(text.chars().skip(1).any(char::is_uppercase)),
        ordered(at > 0 && at < last),
        ordered(at == 0),
    ]
}

fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

fn is_content(word: &str) -> bool {
    word.chars().count() > SHORT
}

/// The words of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}
