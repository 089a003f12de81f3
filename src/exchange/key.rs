//! Which choices a key means, however it is written: by letter, by number or by text.

use examroom_core::text::visible;

use crate::draft::{Reason, place_of};

/// A way to name the right choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Letter,
    Text,
    /// From 1.
    Number,
    /// From 0.
    Index,
}

impl Way {
    const ALL: [Self; 4] = [Self::Letter, Self::Text, Self::Number, Self::Index];
}

/// The ways of a file, the one that fits most of its questions first: `2` can be the second choice, the third, or the
/// choice that says 2.
pub(crate) fn ways(keys: &[(&str, Vec<String>)]) -> [Way; 4] {
    let fitting = |way: Way| keys.iter().filter(|(key, choices)| by(way, key, choices).is_some()).count();
    let has_zero = keys.iter().any(|(key, choices)| key.trim() == "0" && by(Way::Text, key, choices).is_none());
    let mut ways = Way::ALL.map(|way| (way, fitting(way)));
    // Of two that fit equally the earlier is the commoner.
    ways.sort_by_key(|(way, fitting)| (std::cmp::Reverse(*fitting), (*way == Way::Index) != has_zero));
    ways.map(|(way, _)| way)
}

/// The places of the right choices.
///
/// # Errors
/// When the key names none.
pub(crate) fn keys(key: &str, choices: &[String], ways: &[Way]) -> Result<Vec<usize>, Reason> {
    if key.trim().is_empty() {
        return Err("it does not say which choice is right".into());
    }
    ways.iter()
        .find_map(|way| by(*way, key, choices))
        .ok_or_else(|| format!("its key \"{}\" is none of its choices", crate::reading::beginning(key)).into())
}

fn by(way: Way, key: &str, choices: &[String]) -> Option<Vec<usize>> {
    let one = |part: &str| {
        let part = part.trim();
        match way {
            Way::Letter => by_letter(part),
            Way::Text => by_text(part, choices),
            Way::Number => part.trim_end_matches('.').parse::<usize>().ok()?.checked_sub(1),
            Way::Index => part.parse().ok(),
        }
        .filter(|at| *at < choices.len())
    };
    if let Some(only) = one(key) {
        return Some(vec![only]);
    }
    let parts = || key.split([',', ';', '|', '\n', '&', '/']).flat_map(|part| part.split(" and "));
    let mut found: Option<Vec<usize>> = parts().filter(|part| !part.trim().is_empty()).map(one).collect();
    if way == Way::Letter && found.is_none() {
        // "ACD"
        let together = key.trim();
        let letters =
            together.chars().all(|c| c.is_ascii_uppercase()).then(|| together.chars().map(place_of).collect());
        found = letters.flatten().filter(|found: &Vec<usize>| found.iter().all(|at| *at < choices.len()));
    }
    found.filter(|found| !found.is_empty()).map(|mut found| {
        found.sort_unstable();
        found.dedup();
        found
    })
}

/// `B`, `(b)`, `b.`, `Option B` or `B. The text`.
fn by_letter(part: &str) -> Option<usize> {
    let lower = part.to_ascii_lowercase();
    let noun =
        ["option", "choice", "answer"].iter().find(|noun| lower.starts_with(**noun)).map_or(0, |noun| noun.len());
    let bare = part[noun..].trim_start_matches([' ', ':', '(', '[']);
    let mut characters = bare.chars();
    let place = place_of(characters.next()?)?;
    let rest = characters.as_str();
    (rest.is_empty() || rest.starts_with(['.', ')', ']', ':'])).then_some(place)
}

fn by_text(part: &str, choices: &[String]) -> Option<usize> {
    let wanted = visible(part);
    let texts: Vec<String> = choices.iter().map(|choice| visible(choice)).collect();
    let same = texts.iter().position(|text| *text == wanted);
    let loosely = |text: &str| text.trim_end_matches(['.', ' ']).to_lowercase();
    same.or_else(|| texts.iter().position(|text| !wanted.is_empty() && loosely(text) == loosely(&wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(key: &str, choices: &[&str]) -> Option<Vec<usize>> {
        let choices: Vec<String> = choices.iter().map(|choice| (*choice).to_owned()).collect();
        keys(key, &choices, &Way::ALL).ok()
    }

    #[test]
    fn a_key_is_a_letter_a_number_or_a_text() {
        let colors = ["red", "green, dark", "blue"];
        for (key, wanted) in [
            ("B", Some(vec![1])),
            ("b)", Some(vec![1])),
            ("(C)", Some(vec![2])),
            ("Option A", Some(vec![0])),
            ("B. green, dark", Some(vec![1])),
            ("2", Some(vec![1])),
            ("Blue.", Some(vec![2])),
            ("green, dark", Some(vec![1])),
            ("A, C", Some(vec![0, 2])),
            ("a;c", Some(vec![0, 2])),
            ("CA", Some(vec![0, 2])),
            ("1,3", Some(vec![0, 2])),
            ("red and blue", Some(vec![0, 2])),
            ("D", None),
            ("black", None),
            ("", None),
            ("4", None),
        ] {
            assert_eq!(found(key, &colors), wanted, "{key}");
        }
    }

    #[test]
    fn what_fits_the_whole_file_decides() {
        let numbers: Vec<String> = ["2", "3", "4", "5"].map(str::to_owned).into();
        assert_eq!(ways(&[("5", numbers.clone()), ("2", numbers)])[0], Way::Text);
        let words: Vec<String> = ["two", "three", "four", "five"].map(str::to_owned).into();
        assert_eq!(ways(&[("0", words.clone()), ("3", words.clone())])[0], Way::Index);
        assert_eq!(ways(&[("1", words.clone()), ("3", words)])[0], Way::Number);
    }
}
