//! Habits of the writer that a bank shows only as a whole: where the keys stand, how long they are, how hard and
//! how deep the questions are (advice).

use std::collections::{BTreeMap, HashMap};

use super::chance::{Count, UNLIKELY};
use super::{Checker, Faulty, Links};
use crate::arithmetic::as_f64;
use crate::bank::{Answer, Bank, Item, Level, Status};
use crate::blueprint::Blueprint;
use crate::diagnostics::{Code, Diagnostic, Span, codes};

codes! {
    Warning LONGEST_IS_KEY "longest-is-key"
    Warning UNEVEN_LETTERS "uneven-letters"
    Warning LEVELS_OFF "levels-off"
    Warning RATINGS_OFF "ratings-off"
}

/// The key may be the longest choice so much more often than chance makes it.
const LONGEST_EXCESS: f64 = 1.2;
/// A letter may be off its even share by so much of it.
const LETTER_SLACK: f64 = 1.0 / 3.0;
/// A level may be off its wanted share by so much.
const LEVEL_SLACK: f64 = 0.10;
/// Where the mean Angoff rating of an exam should lie.
const RATING_MEAN: std::ops::RangeInclusive<f64> = 0.60..=0.75;
/// The least standard deviation of the ratings.
const RATING_SPREAD: f64 = 0.08;
/// From how many questions on the shares of levels and the spread of ratings say something.
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
    /// Questions with one key, by the place of the key among the choices as filed, called by its letter.
    pub letters: BTreeMap<String, usize>,
    /// How many of those have the one longest choice as the key.
    pub longest: usize,
    /// Questions by level.
    pub levels: Vec<(Level, usize)>,
    /// Mean and standard deviation of the Angoff ratings, where there are any.
    pub ratings: Option<(f64, f64)>,
}

impl Balance {
    /// Counts the questions that may be drawn: retired ones are left out.
    #[must_use]
    pub fn of(bank: &Bank) -> Self {
        let items: Vec<&Item> = drawn(bank).collect();
        let mut letters = BTreeMap::new();
        for at in items.iter().filter_map(|item| key_place(item)) {
            *letters.entry(letter(at)).or_insert(0) += 1;
        }
        Self {
            questions: items.len(),
            in_cases: items.iter().filter(|item| item.case.is_some()).count(),
            multiple: items.iter().filter(|item| item.answer() != Answer::One).count(),
            letters,
            longest: items.iter().filter(|item| item.answer() == Answer::One && key_is_longest(item)).count(),
            levels: Level::ALL
                .iter()
                .map(|level| (*level, items.iter().filter(|item| item.level == *level).count()))
                .collect(),
            ratings: spread(&items.iter().filter_map(|item| item.angoff).collect::<Vec<_>>()),
        }
    }

    /// Questions with one key.
    #[must_use]
    pub fn single(&self) -> usize {
        self.letters.values().sum()
    }
}

/// The questions that can be drawn.
pub(super) fn drawn(bank: &Bank) -> impl Iterator<Item = &Item> {
    bank.items.iter().map(AsRef::as_ref).filter(|item| item.status != Status::Retired)
}

/// Where the only key of a question stands among its choices, from 0.
pub(super) fn key_place(item: &Item) -> Option<usize> {
    (item.answer() == Answer::One).then(|| item.choices.iter().position(|choice| item.is_key(&choice.id)))?
}

fn letter(at: usize) -> String {
    char::from(b'a' + u8::try_from(at).unwrap_or(u8::MAX).min(25)).to_string()
}

pub(super) fn check(blueprint: &Blueprint, bank: &Bank, links: &Links, checker: &mut Checker<'_>) {
    checker.report_all(letters(bank));
    checker.report_all(lengths(bank, links));
    let balance = Balance::of(bank);
    let faulty: Vec<&Faulty> = links.faulty.iter().filter(|faulty| !faulty.retired).collect();
    if balance.questions + faulty.len() >= ENOUGH {
        checker.report_all(levels(blueprint, &balance, &faulty));
        // With many questions left out, the ratings of the others are not those of the bank.
        if faulty.len() * 10 <= balance.questions {
            checker.report_all(ratings(&balance));
        }
    }
}

fn letters(bank: &Bank) -> Vec<Diagnostic> {
    let mut by_choices: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (item, at) in drawn(bank).filter_map(|item| Some((item, key_place(item)?))) {
        let choices = item.choices.len();
        by_choices.entry(choices).or_insert_with(|| vec![0; choices])[at] += 1;
    }
    let found: Vec<Diagnostic> =
        by_choices.iter().filter_map(|(choices, counts)| letters_among(*choices, counts)).collect();
    // Questions with two, three and four choices can each be few, and all have the first as their key.
    if by_choices.len() < 2 || !found.is_empty() { found } else { letters_together(&by_choices).into_iter().collect() }
}

fn uneven(message: String) -> Diagnostic {
    Diagnostic::new(Code::UNEVEN_LETTERS, message).help("exchange choices in some questions")
}

/// The questions with this many choices, by the letter of the key.
fn letters_among(choices: usize, counts: &[usize]) -> Option<Diagnostic> {
    let questions: usize = counts.iter().sum();
    let even = as_f64(questions) / as_f64(choices);
    let of = |hits: &usize| Count { questions, hits: *hits, expected: even };
    counts.iter().any(|hits| is_uneven(&of(hits), counts.len())).then(|| {
        let listed: Vec<String> =
            counts.iter().enumerate().map(|(at, count)| format!("`{}` in {count}", letter(at))).collect();
        uneven(format!(
            "of {questions} questions with {choices} choices the key is {}; even would be {even:.0} each",
            listed.join(", ")
        ))
    })
}

/// All questions, by the letter of the key, and by whether that is the last.
fn letters_together(by_choices: &BTreeMap<usize, Vec<usize>>) -> Option<Diagnostic> {
    let most = by_choices.keys().max().copied().unwrap_or_default();
    let mut places: Vec<(String, Count)> =
        (0..most).map(|at| (format!("`{}`", letter(at)), Count::default())).collect();
    let mut last = Count::default();
    for (choices, counts) in by_choices {
        let (questions, chance) = (counts.iter().sum(), 1.0 / as_f64(*choices));
        for ((_, place), hits) in places.iter_mut().zip(counts) {
            place.add(questions, *hits, chance);
        }
        last.add(questions, counts[choices - 1], chance);
    }
    places.push(("the last choice".to_owned(), last));
    let tests = places.len();
    let (called, count) = places.iter().find(|(_, count)| is_uneven(count, tests))?;
    Some(uneven(format!(
        "of {} questions that have such a choice the key is {called} in {}; even would be {:.0}",
        count.questions, count.hits, count.expected
    )))
}

/// Whether one of this many places has the key so often, or so rarely, that it can be neither chance nor harmless.
pub(super) fn is_uneven(count: &Count, places: usize) -> bool {
    let off = (as_f64(count.hits) - count.expected).abs();
    let chance = count.at_least().min(count.at_most()) * 2.0 * as_f64(places);
    off > count.expected * LETTER_SLACK && chance < UNLIKELY
}

/// The length of keys, file by file, where a writer can mend it, or else of the whole bank.
fn lengths(bank: &Bank, links: &Links) -> Vec<Diagnostic> {
    let spans: HashMap<&str, Span> = links.ids().collect();
    let mut by_file: BTreeMap<_, (Count, Span)> = BTreeMap::new();
    let mut whole = Count::default();
    for item in drawn(bank).filter(|item| item.answer() == Answer::One) {
        let (longest, chance) = (usize::from(key_is_longest(item)), 1.0 / as_f64(item.choices.len()));
        whole.add(1, longest, chance);
        if let Some(span) = spans.get(item.id.as_str()) {
            by_file.entry(span.file).or_insert((Count::default(), *span)).0.add(1, longest, chance);
        }
    }
    let excessive = |count: &Count| as_f64(count.hits) > count.expected * LONGEST_EXCESS && count.at_least() < UNLIKELY;
    let too_long = |count: &Count, of: &str| {
        let (hits, questions, expected) = (count.hits, count.questions, count.expected);
        let message = format!(
            "the key is the longest choice in {hits} of {of}{questions} questions; by chance it would be in {expected:.0}"
        );
        Diagnostic::new(Code::LONGEST_IS_KEY, message).help("lengthen distractors or shorten keys")
    };
    let files = by_file.into_values().filter(|(count, _)| excessive(count));
    let found: Vec<Diagnostic> = files.map(|(count, span)| too_long(&count, "this file's ").at(span)).collect();
    if found.is_empty() && excessive(&whole) { vec![too_long(&whole, "")] } else { found }
}

fn levels(blueprint: &Blueprint, balance: &Balance, faulty: &[&Faulty]) -> Option<Diagnostic> {
    let shares = blueprint.levels.as_ref()?;
    let all = balance.questions + faulty.len();
    let unknown = faulty.iter().filter(|faulty| faulty.level.is_none()).count();
    let with_level = |level, count: usize| count + faulty.iter().filter(|faulty| faulty.level == Some(level)).count();
    let counts: Vec<(Level, usize)> =
        balance.levels.iter().map(|(level, count)| (*level, with_level(*level, *count))).collect();
    // Where a level is unknown, the share is taken as near to the wanted one as it may be.
    let off = |(level, count): &(Level, usize)| {
        let (least, most, wanted) = (share(*count, all), share(*count + unknown, all), level.wanted(shares));
        least - wanted > LEVEL_SLACK || wanted - most > LEVEL_SLACK
    };
    counts.iter().any(off).then(|| {
        let listed: Vec<String> = counts
            .iter()
            .map(|(level, count)| {
                let found = share(*count, all - unknown) * 100.0;
                format!("{found:.0} % {level} (wanted {:.0} %)", level.wanted(shares) * 100.0)
            })
            .collect();
        Diagnostic::new(Code::LEVELS_OFF, format!("the questions are {}", listed.join(", ")))
            .help("rewrite some, or look again at how they are labeled")
    })
}

fn ratings(balance: &Balance) -> Option<Diagnostic> {
    let (mean, deviation) = balance.ratings?;
    (!RATING_MEAN.contains(&mean) || deviation < RATING_SPREAD).then(|| {
        let message = format!("the Angoff ratings have mean {mean:.2} and standard deviation {deviation:.2}");
        Diagnostic::new(Code::RATINGS_OFF, message).help("rate again: mean 0.60 to 0.75, deviation at least 0.08")
    })
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

fn spread(numbers: &[f64]) -> Option<(f64, f64)> {
    let mean = crate::bank::mean(numbers.iter().copied())?;
    let variance = crate::bank::mean(numbers.iter().map(|number| (number - mean).powi(2)))?;
    Some((mean, variance.sqrt()))
}
