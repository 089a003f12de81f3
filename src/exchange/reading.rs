//! What was found in a file: the questions that have a form here, and those that have none, each with its place.

use crate::draft::{Draft, Place, Reason};
use crate::finish::finish;
use crate::raw::Raw;

/// Everything that a file held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    pub questions: Vec<Found>,
    pub left_out: Vec<LeftOut>,
    /// What is true of the whole file, such as its encoding.
    pub remarks: Vec<String>,
}

/// A question that can be taken over.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub place: Place,
    pub draft: Draft,
    /// What of it is not as the file had it.
    pub changes: Vec<Reason>,
}

/// A question that cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub place: Place,
    /// How it begins.
    pub beginning: String,
    pub why: Reason,
}

impl Reading {
    /// Adds a question, or leaves it out where it cannot be asked.
    pub(crate) fn add(&mut self, raw: Raw) {
        let place = raw.place;
        let beginning = beginning(&raw.stem.text);
        match finish(raw) {
            Ok((draft, changes)) => self.questions.push(Found { place, draft, changes }),
            Err(why) => self.left_out.push(LeftOut { place, beginning, why }),
        }
    }

    /// Leaves a question out.
    pub(crate) fn leave_out(&mut self, place: Place, text: &str, why: impl Into<Reason>) {
        self.left_out.push(LeftOut { place, beginning: beginning(text), why: why.into() });
    }
}

/// The first words of a text.
#[must_use]
pub fn beginning(text: &str) -> String {
    const LONGEST: usize = 60;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        None => words,
        Some((end, _)) => {
            let cut = words[..end].rfind(' ').filter(|cut| *cut > end / 2).unwrap_or(end);
            format!("{} …", words[..cut].trim_end())
        }
    }
}
