//! How far a candidate gets who knows nothing and looks at the surface alone (advice on the whole bank).
//!
//! Single cues that pay are found one by one by other rules; what they give away together, only a guesser shows that
//! weighs them all. It is fitted to a part of the questions and tested on the others, so that its rate of right answers
//! is one that a candidate can reach who has learned the writer's habits from other questions.

mod cues;
mod model;

use std::collections::HashMap;

use rand::seq::SliceRandom;

use super::chance::{Count, UNLIKELY};
use super::{Checker, Links};
use crate::arithmetic::as_f64;
use crate::bank::{Answer, Bank, Item, Status};
use crate::diagnostics::{Code, Diagnostic, Span, codes};
use crate::id::ItemId;
use crate::seed::{Seed, Stream};
use cues::{NAMES, Ties};
use model::{Seen, trial};

codes! {
    Warning GUESSABLE "guessable"
}

/// From how many questions on there is something to fit and something to test.
const ENOUGH: usize = 20;
/// Of more questions a sample of so many is looked at, always the same.
const MOST: usize = 1000;
/// The guesser may be right so much more often than chance.
const EXCESS: f64 = 1.2;
/// From how many standard deviations on a cue is told (with 20 cues, chance shows one so strong in a bank of twenty), and
/// how many cues are.
const STRONG: f64 = 3.0;
const CUES_NAMED: usize = 4;
/// So many questions are named that give most away.
const QUESTIONS_NAMED: usize = 8;

/// How a guesser fares who looks at the surface alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Guessing {
    /// Questions with one key that were looked at.
    pub questions: usize,
    /// The share of them that it gets right, 0 to 1.
    pub rate: f64,
    /// The standard error of that share.
    pub error: f64,
    /// The share that chance gets right.
    pub chance: f64,
    /// What pays, the strongest cue first.
    cues: Vec<Cue>,
    /// The questions that it gets right however the folds fall, of which the rule names some.
    always: Vec<ItemId>,
}

/// A habit of the writer.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cue {
    /// `the longest choice`
    name: &'static str,
    /// Whether the key has it more often than its rivals, or less often.
    direction: Direction,
}

/// Which way a cue points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Toward,
    Away,
}

impl Guessing {
    /// Tries the guesser on a bank; none with too few questions for it.
    #[must_use]
    pub fn of(bank: &Bank) -> Option<Self> {
        Self::tried(bank, Ties::FirstInFile)
    }

    fn tried(bank: &Bank, ties: Ties) -> Option<Self> {
        let items = sample(bank);
        if items.len() < ENOUGH {
            return None;
        }
        let trial = trial(items.iter().filter_map(|item| seen(item, ties)).collect(), ties);
        let questions = as_f64(items.len());
        let rate = trial.right.iter().sum::<f64>() / questions;
        let chance = items.iter().map(|item| 1.0 / as_f64(item.choices.len())).sum::<f64>() / questions;
        let mut strengths: Vec<(f64, &'static str)> = trial.strengths.into_iter().zip(NAMES).collect();
        strengths.sort_by(|(one, _), (other, _)| other.abs().total_cmp(&one.abs()));
        let strong = strengths.into_iter().filter(|(strength, _)| strength.abs() >= STRONG).take(CUES_NAMED);
        let direction = |strength: f64| if strength > 0.0 { Direction::Toward } else { Direction::Away };
        let always = items.iter().zip(&trial.right).filter(|(_, right)| **right > 1.0 - 1e-6);
        Some(Self {
            questions: items.len(),
            rate,
            error: (rate * (1.0 - rate) / questions).sqrt(),
            chance,
            cues: strong.map(|(strength, name)| Cue { name, direction: direction(strength) }).collect(),
            always: always.map(|(item, _)| item.id.clone()).collect(),
        })
    }

    /// What pays, in words, as `the key is more often the longest choice; less often a choice with commas`; empty where
    /// nothing stands out.
    #[must_use]
    pub fn habits(&self) -> String {
        let of = |wanted: Direction| {
            let names = self.cues.iter().filter(|cue| cue.direction == wanted).map(|cue| cue.name);
            names.collect::<Vec<_>>().join(", ")
        };
        let parts = [("more often", of(Direction::Toward)), ("less often", of(Direction::Away))];
        let told = parts.iter().filter(|(_, names)| !names.is_empty()).map(|(how, names)| format!("{how} {names}"));
        let told: Vec<String> = told.collect();
        if told.is_empty() { String::new() } else { format!("the key is {}", told.join("; ")) }
    }

    /// Whether that is more than chance and harmless habits explain.
    fn is_excessive(&self) -> bool {
        let (questions, expected) = (as_f64(self.questions), self.chance * as_f64(self.questions));
        let right = self.rate * questions;
        let hits = (0..=self.questions).rfind(|hits| as_f64(*hits) <= right).unwrap_or(0);
        right > expected * EXCESS && Count { questions: self.questions, hits, expected }.at_least() < UNLIKELY
    }
}

/// The questions that the guesser is tried on.
fn sample(bank: &Bank) -> Vec<&Item> {
    let drawn = bank.items.iter().map(AsRef::as_ref).filter(|item| item.status != Status::Retired);
    let mut items: Vec<&Item> = drawn.filter(|item| item.answer() == Answer::One && item.choices.len() > 1).collect();
    if items.len() > MOST {
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.shuffle(&mut Seed(0).stream(Stream::Folds));
        let mut kept = order[..MOST].to_vec();
        kept.sort_unstable();
        items = kept.into_iter().map(|at| items[at]).collect();
    }
    items
}

fn seen(item: &Item, ties: Ties) -> Option<Seen> {
    let key = item.choices.iter().position(|choice| item.is_key(&choice.id))?;
    Some(Seen { choices: cues::of(item, ties), key })
}

/// Where keys favor a letter, choices that look the same are told apart by their places in the file alone. No candidate
/// sees those, so the advice stands only if the rate does without them.
pub(super) fn check(bank: &Bank, links: &Links, checker: &mut Checker<'_>) {
    let Some(guessing) = Guessing::of(bank).filter(Guessing::is_excessive) else { return };
    if Guessing::tried(bank, Ties::Alike).is_some_and(|alike| alike.is_excessive()) {
        checker.report(finding(&guessing, links));
    }
}

fn finding(guessing: &Guessing, links: &Links) -> Diagnostic {
    let Guessing { questions, rate, error, chance, .. } = guessing;
    let cues = guessing.habits();
    let message = format!(
        "without any knowledge, {:.0} % of {questions} questions are guessed right (standard error {:.1}), where chance \
         is {:.0} %{}",
        rate * 100.0,
        error * 100.0,
        chance * 100.0,
        if cues.is_empty() { String::new() } else { format!("; {cues}") }
    );
    let given_away: Vec<String> = guessing.always.iter().take(QUESTIONS_NAMED).map(|id| format!("`{id}`")).collect();
    let help = match given_away.len() {
        0 => "give keys and distractors the same looks".to_owned(),
        _ => format!("give keys and distractors the same looks, in these first: {}", given_away.join(", ")),
    };
    let spans: HashMap<&str, Span> = links.ids().collect();
    let span = guessing.always.first().and_then(|id| spans.get(id.as_str()).copied());
    let found = Diagnostic::new(Code::GUESSABLE, message).help(help);
    Diagnostic { related: span.map(|span| (span, "gives most away".to_owned())), ..found }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rand::RngExt as _;

    use super::*;

    const WORDS: &[&str] = &[
        "record",
        "clerk",
        "review",
        "all",
        "policy",
        "never",
        "patient",
        "because",
        "physician",
        "often",
        "code",
        "not",
        "file",
        "request",
        "may",
        "coder",
        "form",
        "delete",
        "sign",
        "only",
        "until",
        "index",
        "send",
        "claim",
        "20",
    ];

    /// Writes on at a choice, which is the key or is not.
    type Write = fn(bool, &mut String);

    /// A bank whose texts are drawn blindly, but for what `write` does to each choice.
    fn bank(seed: u64, questions: usize, write: Write) -> Bank {
        let mut rng = Seed(seed).stream(Stream::Draw);
        let mut item = |number: usize| {
            let count = 3 + number % 3;
            let key = rng.random_range(0..count);
            let mut text = |words: usize| -> String {
                let words: Vec<&str> = (0..words).map(|_| WORDS[rng.random_range(0..WORDS.len())]).collect();
                words.join(" ")
            };
            let stem = text(8);
            let choice = |at: usize| {
                let mut words = text(2 + (number * 5 + at * 3) % 7);
                write(at == key, &mut words);
                serde_json::json!({ "id": format!("c{at}"), "text": words })
            };
            let choices: Vec<serde_json::Value> = (0..count).map(choice).collect();
            let item = serde_json::json!({
                "id": format!("q{number}"), "section": "s", "domain": "d", "topic": "t", "level": "recall",
                "stem": stem, "choices": choices, "key": [format!("c{key}")], "keep_order": number.is_multiple_of(3),
            });
            Arc::new(serde_json::from_value::<Item>(item).unwrap())
        };
        Bank { items: (0..questions).map(&mut item).collect(), ..Bank::default() }
    }

    #[test]
    fn of_twenty_random_banks_none_is_called_guessable() {
        for seed in 0..20 {
            let guessing = Guessing::of(&bank(seed, 60 + 10 * usize::try_from(seed).unwrap(), |_, _| {})).unwrap();
            assert!(!guessing.is_excessive(), "{seed}: {guessing:?}");
        }
    }

    #[test]
    fn a_bank_that_was_written_to_be_guessable_is_called_so_and_what_pays_is_named() {
        let habits: [(&str, Write); 4] = [
            ("more often the longest choice", |is_key, text| {
                if is_key {
                    text.push_str(
                        " of the record that the clerk has kept in the file of the patient for the physician",
                    );
                }
            }),
            ("less often a choice with an absolute word", |is_key, text| {
                if !is_key {
                    text.push_str(" nothing");
                }
            }),
            ("more often a choice with other marks within", |is_key, text| {
                if is_key {
                    text.push_str(" (form)");
                }
            }),
            ("less often a choice that gives a reason", |is_key, text| {
                if !is_key {
                    text.insert_str(0, "since ");
                }
            }),
        ];
        for (habit, write) in habits {
            let guessing = Guessing::of(&bank(1, 60, write)).unwrap();
            assert!(guessing.is_excessive() && guessing.rate > 0.5, "{habit}: {guessing:?}");
            assert!(guessing.habits().contains(habit), "{habit}: {}", guessing.habits());
            assert!(!guessing.always.is_empty());
        }
    }

    #[test]
    fn of_many_questions_a_fixed_sample_is_looked_at_and_of_few_nothing_is_said() {
        let large = bank(3, MOST + 200, |_, _| {});
        let guessing = Guessing::of(&large).unwrap();
        assert_eq!(guessing.questions, MOST);
        assert_eq!(Guessing::of(&large), Some(guessing));
        assert_eq!(Guessing::of(&bank(3, ENOUGH - 1, |_, _| {})), None);
    }
}
