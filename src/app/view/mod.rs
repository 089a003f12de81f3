//! What every front end shows, already worded: text and numbers, and no color, width, widget or time zone.
//!
//! Two front ends that word a thing twice will one day say two things. All text here is [`SafeText`].

pub mod adding;
pub mod announcement;
pub mod calculator;
pub mod confirmation;
pub mod diagnostic;
pub mod edition;
pub mod ending;
pub mod exam;
pub mod exchange;
pub mod explanation;
pub mod form_code;
pub mod help;
pub mod history;
pub mod home;
pub mod keyboard;
pub mod keys;
mod lessons;
pub mod listing;
pub mod look_ups;
pub mod notice;
pub mod pacing;
pub mod pack;
pub mod pause;
mod practice_report;
pub mod practice_start;
pub mod preview;
pub mod problem;
pub mod progress;
pub mod question;
pub mod real_exam;
pub mod report;
pub mod review;
pub mod rules;
pub mod scale;
pub mod shelf;
mod stroke;

use examroom_core::session::{Mode, Rules};

pub use examroom_core::text::{SafeText, counted};

/// Said wherever a score or an exam is shown.
#[must_use]
pub fn disclaimer(owner: Option<&str>) -> SafeText {
    match owner {
        Some(owner) => SafeText::new(&format!(
            "The score is this program's estimate, not {owner}'s: {owner} has no part in this program, and does not \
             publish how it converts scores."
        )),
        None => SafeText::new("The score is this program's estimate."),
    }
}

/// What is sat under these rules, as a phrase.
#[must_use]
pub fn name_of(rules: Rules) -> &'static str {
    match rules.mode {
        Mode::Practice => "practice",
        Mode::Exam | Mode::Paper => "the exam",
    }
}

/// A refusal or an error, which begin in lower case and have no full stop, as a sentence.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

/// Numbers as a person lists them, runs drawn together: `1, 4-7, 9`.
#[must_use]
pub fn numbers(sorted: &[usize]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = sorted;
    while let Some(first) = rest.first() {
        let run = rest.iter().zip(*first..).take_while(|(found, wanted)| *found == wanted).count();
        let last = rest[run - 1];
        match run {
            1 => parts.push(first.to_string()),
            2 => parts.extend([first.to_string(), last.to_string()]),
            _ => parts.push(format!("{first}-{last}")),
        }
        rest = &rest[run..];
    }
    parts.join(", ")
}

/// A share as a whole percentage.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn runs_of_three_and_more_are_drawn_together() {
        assert_eq!(numbers(&[1, 4, 5, 6, 7, 9, 10]), "1, 4-7, 9, 10");
        assert_eq!(numbers(&[]), "");
    }
}
