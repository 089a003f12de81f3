//! Habits of the writer that a bank shows only as a whole: where the keys stand, how long they are, how hard and
//! how deep the questions are (advice).

use std::collections::BTreeMap;

use super::Links;
use crate::bank::{Answer, Bank, Item, Level, Status};
use crate::blueprint::Blueprint;
use crate::document::{Code, Diagnostic, Findings, Place};

/// The key may be the longest choice in so large a share of the questions.
const LONGEST_SHARE: f64 = 0.30;
/// A letter may be off its even share by so much of it.
const LETTER_SLACK: f64 = 1.0 / 3.0;
/// A level may be off its wanted share by so much.
const LEVEL_SLACK: f64 = 0.10;
/// Where the mean Angoff rating of an exam should lie.
const RATING_MEAN: std::ops::RangeInclusive<f64> = 0.60..=0.75;
/// The least standard deviation of the ratings.
const RATING_SPREAD: f64 = 0.08;
/// Below so many questions a share says nothing.
const ENOUGH: usize = 40;

/// The figures of a bank's balance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    /// Questions that are not retired.
    pub questions: usize,
    /// How many of them belong to a case.
    pub in_cases: usize,
    /// How many of them have several keys.
    pub multiple: usize,
    /// Questions with one key and four choices, by the letter of the key as filed.
    pub letters: BTreeMap<String, usize>,
    /// How many of those have the one longest choice as the key.
    pub longest: usize,
    /// Questions by level.
    pub levels: Vec<(Level, usize)>,
    /// Mean and standard deviation of the Angoff ratings, where there are any.
    pub ratings: Option<(f64, f64)>,
}

impl Balance {
    #[must_use]
    pub fn of(bank: &Bank) -> Self {
        let items: Vec<&Item> =
            bank.items.iter().map(AsRef::as_ref).filter(|item| item.status != Status::Retired).collect();
        let single: Vec<&&Item> =
            items.iter().filter(|item| item.answer() == Answer::One && item.choices.len() == 4).collect();
        let mut letters = BTreeMap::new();
        for item in &single {
            *letters.entry(item.key[0].to_string()).or_insert(0) += 1;
        }
        Self {
            questions: items.len(),
            in_cases: items.iter().filter(|item| item.case.is_some()).count(),
            multiple: items.iter().filter(|item| item.answer() != Answer::One).count(),
            letters,
            longest: single.iter().filter(|item| key_is_longest(item)).count(),
            levels: Level::ALL
                .iter()
                .map(|(_, level)| (*level, items.iter().filter(|item| item.level == *level).count()))
                .collect(),
            ratings: spread(&items.iter().filter_map(|item| item.angoff).collect::<Vec<_>>()),
        }
    }

    /// Questions with one key and four choices.
    #[must_use]
    pub fn single(&self) -> usize {
        self.letters.values().sum()
    }
}

pub(super) fn check(blueprint: &Blueprint, bank: &Bank, links: &Links, findings: &mut Findings) {
    let balance = Balance::of(bank);
    if balance.questions < ENOUGH {
        return;
    }
    whole_exam(blueprint, &balance, findings);
    files(bank, links, findings);
}

fn whole_exam(blueprint: &Blueprint, balance: &Balance, findings: &mut Findings) {
    let mut warn = |code, message: String, help: &str| {
        findings.push(Diagnostic { code, message, place: None, related: None, help: help.to_owned() });
    };
    let single = balance.single();
    if single >= ENOUGH {
        let even = share(1, 4) * as_f64(single);
        let counts = ["a", "b", "c", "d"].map(|letter| (letter, balance.letters.get(letter).copied().unwrap_or(0)));
        if counts.iter().any(|(_, count)| (as_f64(*count) - even).abs() > even * LETTER_SLACK) {
            let listed: Vec<String> = counts.iter().map(|(letter, count)| format!("`{letter}` in {count}")).collect();
            let message =
                format!("of {single} questions the key is {}; even would be {even:.0} each", listed.join(", "));
            warn(Code::UnevenLetters, message, "exchange choices in some questions");
        }
    }
    if let Some(shares) = &blueprint.levels {
        let found =
            balance.levels.iter().map(|(level, count)| (share(*count, balance.questions), level.wanted(shares)));
        if found.clone().any(|(found, wanted)| (found - wanted).abs() > LEVEL_SLACK) {
            let listed: Vec<String> = Level::ALL
                .iter()
                .zip(found)
                .map(|((name, _), (found, wanted))| {
                    format!("{:.0} % {name} (wanted {:.0} %)", found * 100.0, wanted * 100.0)
                })
                .collect();
            let message = format!("the questions are {}", listed.join(", "));
            warn(Code::LevelsOff, message, "rewrite some, or look again at how they are labelled");
        }
    }
    if let Some((mean, deviation)) = balance.ratings
        && (!RATING_MEAN.contains(&mean) || deviation < RATING_SPREAD)
    {
        let message = format!("the Angoff ratings have mean {mean:.2} and standard deviation {deviation:.2}");
        warn(Code::RatingsOff, message, "rate again: mean 0.60 to 0.75, deviation at least 0.08");
    }
}

/// The length of keys is told file by file, where a writer can mend it.
fn files(bank: &Bank, links: &Links, findings: &mut Findings) {
    let places: std::collections::HashMap<&str, Place> = links.ids().collect();
    let mut by_file: BTreeMap<_, (usize, usize, Place)> = BTreeMap::new();
    for item in &bank.items {
        let Some(place) = places.get(item.id.as_str()) else { continue };
        if item.answer() == Answer::One && item.status != Status::Retired {
            let entry = by_file.entry(place.file).or_insert((0, 0, *place));
            entry.0 += 1;
            entry.1 += usize::from(key_is_longest(item));
        }
    }
    for (count, longest, place) in by_file.into_values() {
        if count >= ENOUGH / 2 && share(longest, count) > LONGEST_SHARE {
            let message = format!("the key is the longest choice in {longest} of this file's {count} questions");
            findings.add(Code::LongestIsKey, place, message, "lengthen distractors or shorten keys");
        }
    }
}

/// Whether the key is longer than every other choice.
fn key_is_longest(item: &Item) -> bool {
    let length = |text: &str| text.chars().count();
    let longest = item.choices.iter().filter(|choice| !item.is_key(&choice.id)).map(|c| length(&c.text)).max();
    item.choices.iter().find(|choice| item.is_key(&choice.id)).map(|key| length(&key.text)) > longest
}

fn share(part: usize, whole: usize) -> f64 {
    as_f64(part) / as_f64(whole.max(1))
}

fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

fn spread(numbers: &[f64]) -> Option<(f64, f64)> {
    let mean = crate::bank::mean(numbers.iter().copied())?;
    let variance = crate::bank::mean(numbers.iter().map(|number| (number - mean).powi(2)))?;
    Some((mean, variance.sqrt()))
}
