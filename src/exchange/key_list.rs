//! The list of keys at the end of a text: `12. B`, `12) A, C`, `12 B because …`, several on a line or each in lines of its
//! own, as the cells of a table are pasted.

use std::collections::BTreeMap;

use crate::marks::truth;

/// The key of a question, and what is said behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listed {
    pub key: String,
    pub explanation: String,
}

/// The keys of a list by the numbers of their questions. Where parts of a text each begin at 1, a number has several, in
/// the order in which they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyList(BTreeMap<usize, Vec<Listed>>);

impl KeyList {
    /// Reads all lines below the title of the list.
    pub(crate) fn read(text: &str) -> Self {
        let mut list = Self::default();
        let mut current: Option<(usize, Listed)> = None;
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let may_begin = at == 0 || text[..at].ends_with([' ', '\t', '\n', ',', ';']);
            let follows = |number: usize| {
                let begins_line = at == 0 || text[..at].trim_end_matches([' ', '\t']).ends_with('\n');
                // Within an explanation, "5 A" is seldom an entry.
                current.as_ref().is_none_or(|(before, listed)| {
                    begins_line || number == before + 1 || listed.explanation.chars().all(is_between)
                })
            };
            if may_begin
                && let Some((number, key, length)) = entry(rest)
                && follows(number)
            {
                list.add(current.take());
                current = Some((number, Listed { key, explanation: String::new() }));
                at += length;
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            if let Some((_, listed)) = &mut current {
                listed.explanation.push(c);
            }
            at += c.len_utf8();
        }
        list.add(current);
        list
    }

    /// The keys of the questions that have a number, in their order.
    pub(crate) fn of(&self, number: usize) -> &[Listed] {
        self.0.get(&number).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, entry: Option<(usize, Listed)>) {
        let Some((number, mut listed)) = entry else { return };
        listed.explanation = bare(&listed.explanation);
        self.0.entry(number).or_default().push(listed);
    }
}

/// What is said behind a key, in one line, without the marks between the two.
fn bare(behind: &str) -> String {
    let words = behind.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_start_matches(is_between).trim_end_matches([',', ';']).to_owned()
}

/// Whether a character only parts a key from what is behind it.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ')' | ':' | '-' | '–' | '—' | ',' | ';')
}

/// The number, the key and the length of an entry that a text begins with.
fn entry(text: &str) -> Option<(usize, String, usize)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=4).contains(digits))?;
    let number = text[..digits].parse().ok()?;
    let behind = text[digits..].trim_start_matches(['.', ')', ':', '-', '–', '—', '=', ' ', '\t', '\n']);
    let first = text.len() - behind.len();
    if first == digits && !behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let open = behind.trim_start_matches(['(', '[']);
    let (mut key, mut rest) = run_of_letters(open)?;
    while let Some((letter, after)) = one_more(rest) {
        key = format!("{key}, {letter}");
        rest = after;
    }
    let rest = if open.len() < behind.len() { rest.trim_start_matches([')', ']']) } else { rest };
    Some((number, key, text.len() - rest.len()))
}

/// `B`, `ACD`, `True`: a word that is a key, and what is behind it.
fn run_of_letters(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let word = &text[..end];
    let is_letters = (1..=4).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_alphabetic())
        && (word.len() == 1 || word.chars().all(|c| c.is_ascii_uppercase()));
    (is_letters || truth(word).is_some()).then(|| (word.to_owned(), &text[end..]))
}

/// `, C`, `& C`, `/C` or `and C`, and what is behind it. In "B, A is wrong" the second letter is none of the key.
fn one_more(text: &str) -> Option<(&str, &str)> {
    let joined = text.trim_start_matches([' ', '\t']);
    let behind = joined
        .strip_prefix([',', ';', '&', '/', '+'])
        .or_else(|| joined.strip_prefix("and ").filter(|_| joined.len() < text.len()))?;
    let behind = behind.trim_start_matches([' ', '\t']);
    let behind = behind.strip_prefix("and ").unwrap_or(behind).trim_start_matches(' ');
    let letter = behind.get(..1).filter(|letter| letter.chars().all(|c| c.is_ascii_alphabetic()))?;
    let rest = &behind[1..];
    if rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’')) {
        return None;
    }
    let next = rest.split_whitespace().next().unwrap_or("");
    let goes_on = rest.starts_with(' ') && next.starts_with(char::is_lowercase);
    (!goes_on || matches!(next, "and" | "because")).then_some((letter, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_however_it_stands_on_its_lines() {
        let all = |text: &str| -> Vec<(usize, String, String)> {
            let list = KeyList::read(text);
            let entries = list.0.into_iter();
            entries.flat_map(|(at, of)| of.into_iter().map(move |one| (at, one.key, one.explanation))).collect()
        };
        let said = |number: usize, key: &str, why: &str| (number, key.to_owned(), why.to_owned());
        for (text, wanted) in [
            ("1. B\n2. c\n3) AD", vec![said(1, "B", ""), said(2, "c", ""), said(3, "AD", "")]),
            ("1. B\t2. A, C\t3. D", vec![said(1, "B", ""), said(2, "A, C", ""), said(3, "D", "")]),
            ("1 B, 2 C, 3 A", vec![said(1, "B", ""), said(2, "C", ""), said(3, "A", "")]),
            ("1-B; 2-C", vec![said(1, "B", ""), said(2, "C", "")]),
            ("1b 2c", vec![said(1, "b", ""), said(2, "c", "")]),
            ("Question\nAnswer\n1\nB\n2\nA and C\n", vec![said(1, "B", ""), said(2, "A, C", "")]),
            ("1. A/C\n2. A & D", vec![said(1, "A, C", ""), said(2, "A, D", "")]),
            ("1. True\n2. F", vec![said(1, "True", ""), said(2, "F", "")]),
            (
                "1. B – because, in law, 5 A count.\nIt says so.\n2. A, C (both)",
                vec![said(1, "B", "because, in law, 5 A count. It says so."), said(2, "A, C", "(both)")],
            ),
            ("1. B, A is wrong", vec![said(1, "B", "A is wrong")]),
            ("1. (B) It is.", vec![said(1, "B", "It is.")]),
        ] {
            assert_eq!(all(text), wanted, "{text}");
        }
        let parts = KeyList::read("1. B\n2. A\n\n1. C\n2. D");
        assert_eq!(parts.of(1).iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), ["B", "C"]);
    }
}
