//! The formats, by the words that name them.

use std::fmt;
use std::str::FromStr;

/// A format that questions come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A spreadsheet as text: comma, semicolon, tab or bar.
    Csv,
    /// A workbook.
    Xlsx,
    /// What Moodle reads from typed text.
    Gift,
    /// A question a paragraph, with `ANSWER: B`.
    Aiken,
    /// Questions as they are pasted from Word.
    Text,
    /// A quiz for a web page.
    Markdown,
    /// Notes as text.
    Anki,
    /// Blackboard's text for upload.
    Blackboard,
    /// What Moodle exports.
    MoodleXml,
    /// What Canvas and newer systems export, 1.2 and 2.1.
    Qti,
}

impl Format {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Csv,
        Self::Xlsx,
        Self::Gift,
        Self::Aiken,
        Self::Text,
        Self::Markdown,
        Self::Anki,
        Self::Blackboard,
        Self::MoodleXml,
        Self::Qti,
    ];

    /// The word that names it on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Gift => "gift",
            Self::Aiken => "aiken",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Anki => "anki",
            Self::Blackboard => "blackboard",
            Self::MoodleXml => "moodle-xml",
            Self::Qti => "qti",
            Self::Xlsx => "xlsx",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Csv => "CSV",
            Self::Gift => "GIFT",
            Self::Aiken => "Aiken",
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Anki => "Anki's notes",
            Self::Blackboard => "Blackboard's text",
            Self::MoodleXml => "Moodle XML",
            Self::Qti => "QTI",
            Self::Xlsx => "a workbook",
        })
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|format| format.name() == name);
        let names = || Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
        known.copied().ok_or_else(|| format!("the formats are {}", names()))
    }
}

/// A format that questions go out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Moodle's text.
    Gift,
    /// The plainest of all.
    Aiken,
    /// A spreadsheet as text.
    Csv,
    /// Notes as text.
    Anki,
    /// What Moodle imports.
    MoodleXml,
    /// A workbook.
    Xlsx,
    /// What Canvas imports, as an archive.
    Qti,
}

impl Target {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Gift, Self::MoodleXml, Self::Aiken, Self::Csv, Self::Xlsx, Self::Qti, Self::Anki];

    /// The word that names it on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Aiken => "aiken",
            Self::Csv => "csv",
            Self::Anki => "anki",
            Self::MoodleXml => "moodle-xml",
            Self::Xlsx => "xlsx",
            Self::Qti => "qti",
        }
    }

    /// What a file of it is called behind its name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Aiken => "aiken.txt",
            Self::Csv => "csv",
            Self::Anki => "anki.txt",
            Self::MoodleXml => "xml",
            Self::Xlsx => "xlsx",
            Self::Qti => "qti.zip",
        }
    }

    /// Whether it says which questions are retired.
    #[must_use]
    pub fn keeps_status(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx)
    }

    /// What it has no place for, of any question.
    #[must_use]
    pub fn lacks(self) -> &'static str {
        match self {
            Self::Gift | Self::Anki | Self::MoodleXml | Self::Qti => "levels, ratings, sources and status",
            Self::Aiken => "ids, topics, levels, ratings, sources and status",
            Self::Csv | Self::Xlsx => "",
        }
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|target| target.name() == name);
        let names = || Self::ALL.iter().map(|target| target.name()).collect::<Vec<_>>().join(", ");
        known.copied().ok_or_else(|| format!("the formats are {}", names()))
    }
}
