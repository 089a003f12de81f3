//! How sure a candidate is of an answer.

use serde::{Deserialize, Serialize};

use crate::word::words;

/// How sure a candidate says to be of an answer.
///
/// Whoever is sure and wrong has something to unlearn, which no score tells: see A. R. Gardner-Medwin, "Confidence
/// assessment in the teaching of basic science", *Association for Learning Technology Journal* 3 (1995).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The answer is known.
    Sure,
    /// The answer is probable.
    ThinkSo,
    /// The answer is a guess.
    Guess,
}

impl Confidence {
    /// What follows it where one key goes through all of them; `None` after the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Sure => Some(Self::ThinkSo),
            Self::ThinkSo => Some(Self::Guess),
            Self::Guess => None,
        }
    }
}

words! { Confidence { Sure: "sure", ThinkSo: "think so", Guess: "guess" } }
