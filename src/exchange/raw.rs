//! A question as a format has it: texts that are plain already, and everything else not yet judged.

use crate::draft::{Name, Place, Reason};
use examroom_core::bank::{Level, Status, Table};

/// A text, with what did not fit into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rich {
    pub text: String,
    /// The tables in it, which are no part of the text.
    pub tables: Vec<Table>,
    /// The blocks in it whose lines stay as they are, such as code, which are no part of the text either.
    pub listings: Vec<String>,
    pub lost: Lost,
}

/// What of a text has no form here.
#[expect(clippy::struct_excessive_bools, reason = "one for each kind, each told by itself")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lost {
    pub pictures: bool,
    pub sound: bool,
    pub emphasis: bool,
    pub links: bool,
    /// Formulas that were set as pictures, which stand as LaTeX.
    pub formulas: bool,
}

impl Lost {
    pub(crate) fn add(&mut self, other: Self) {
        self.pictures |= other.pictures;
        self.sound |= other.sound;
        self.emphasis |= other.emphasis;
        self.links |= other.links;
        self.formulas |= other.formulas;
    }
}

impl From<&str> for Rich {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl From<String> for Rich {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// How a file writes that a text names a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum References {
    /// By its letter: "option B is wrong".
    #[default]
    Letters,
    /// As a bank does: `{b}`.
    Braces,
    /// As this program exports it: by the text of the choice between “these quotes”.
    Quoted,
}

/// A question before it is judged.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub place: Place,
    pub name: Name,
    pub subjects: Vec<String>,
    pub level: Option<Level>,
    pub ratings: Vec<f64>,
    pub status: Status,
    pub stem: Rich,
    pub exhibit: Option<String>,
    pub choices: Vec<RawChoice>,
    pub explanation: Rich,
    pub source: String,
    pub keep_order: bool,
    pub references: References,
    /// What the reader has changed already.
    pub changes: Vec<Reason>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct RawChoice {
    pub text: Rich,
    pub why: Rich,
    pub is_key: bool,
}

impl Raw {
    pub(crate) fn new(place: Place) -> Self {
        Self {
            place,
            name: Name::None,
            subjects: Vec::new(),
            level: None,
            ratings: Vec::new(),
            status: Status::Operational,
            stem: Rich::default(),
            exhibit: None,
            choices: Vec::new(),
            explanation: Rich::default(),
            source: String::new(),
            keep_order: false,
            references: References::Letters,
            changes: Vec::new(),
        }
    }

    /// True and false, of which one is right.
    pub(crate) fn true_or_false(&mut self, right: bool) {
        let choice = |text: &str, is_key| RawChoice { text: text.into(), is_key, ..RawChoice::default() };
        self.choices = vec![choice("True", right), choice("False", !right)];
        self.keep_order = true;
    }
}
