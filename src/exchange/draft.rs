//! A question on its way in or out: what the formats have in common, whichever it comes from or goes to.

use std::borrow::Cow;
use std::fmt;

use examroom_core::bank::{Exhibit, Level, Status};

/// A question without what only a bank knows of it: its section, its enemies, its days.
///
/// `explanation` and `why` are written as in a bank: `{b}` stands for the letter of the second choice, and `{{b}}` for
/// these three characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// What the file calls it.
    pub name: Name,
    /// What the file says it is about, from the widest to the narrowest: a category, a domain and a topic, a tag.
    pub subjects: Vec<String>,
    pub level: Option<Level>,
    /// Angoff ratings, 0 to 1, one a rater.
    pub ratings: Vec<f64>,
    pub status: Status,
    pub stem: String,
    pub exhibit: Option<Exhibit>,
    /// At least two.
    pub choices: Vec<Choice>,
    /// One explanation of the whole question.
    pub explanation: Option<String>,
    pub source: Option<String>,
    /// Whether the choices keep their order in a sitting.
    pub keep_order: bool,
}

/// What a file calls a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Name {
    /// Nothing that lasts.
    #[default]
    None,
    /// A title or a number, which is the question's own only among those of the file.
    Title(String),
    /// An id that its author keeps.
    Id(String),
}

/// One choice of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub text: String,
    pub why: Option<String>,
    pub is_key: bool,
}

impl Draft {
    /// The places of the right choices, from 0.
    pub fn keys(&self) -> impl Iterator<Item = usize> {
        self.choices.iter().enumerate().filter(|(_, choice)| choice.is_key).map(|(at, _)| at)
    }

    /// The texts in which braces stand for letters.
    pub(crate) fn explanations_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.explanation.iter_mut().chain(self.choices.iter_mut().filter_map(|choice| choice.why.as_mut()))
    }
}

/// The id that a choice has in a bank: `a` for the first.
#[must_use]
pub fn choice_id(at: usize) -> char {
    u8::try_from(at).ok().filter(|at| *at < 26).map_or('?', |at| char::from(b'a' + at))
}

/// The letter that a choice has on paper: `A` for the first.
#[must_use]
pub fn letter(at: usize) -> char {
    choice_id(at).to_ascii_uppercase()
}

/// Whether the texts of all choices are `True` and `False`, in this order.
pub(crate) fn are_true_and_false<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    texts.map(|text| text.trim().to_lowercase()).eq(["true", "false"])
}

/// The place of a choice by its letter.
pub(crate) fn place_of(letter: char) -> Option<usize> {
    letter.is_ascii_alphabetic().then(|| usize::from(letter.to_ascii_lowercase() as u8 - b'a'))
}

/// Why something was changed or left out.
pub type Reason = Cow<'static, str>;

/// Where in its file a question begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A line, from 1.
    Line(usize),
    /// A row of a spreadsheet, from 1.
    Row(usize),
    /// The place among the questions, from 1, where lines say nothing to a person.
    Question(usize),
}

impl Place {
    /// `line`, `row` or `question`.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Line(_) => "line",
            Self::Row(_) => "row",
            Self::Question(_) => "question",
        }
    }

    /// The number of the line, row or question.
    #[must_use]
    pub fn number(self) -> usize {
        match self {
            Self::Line(number) | Self::Row(number) | Self::Question(number) => number,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.unit(), self.number())
    }
}
