//! Why a file cannot be read at all.

use crate::format::Format;

/// Nothing of the file was read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is of none of the formats.
    #[error("is of no format that can be read: {what}")]
    Unknown {
        /// What it is.
        what: &'static str,
        /// What to do with it.
        help: &'static str,
    },
    /// It is text for other programs than ours.
    #[error("is no text: it holds the byte 0x00")]
    NotText,
    /// There is no question in it.
    #[error("is empty")]
    Empty,
    /// No row names the columns.
    #[error("has no row that names a column for the question and one for the answer")]
    NoHeader {
        /// The cells of the first row.
        found: Vec<String>,
        /// The word that one of them was perhaps meant to be.
        near: Option<String>,
    },
    /// It is not what it says it is.
    #[error("cannot be read as {format}: {why}")]
    Malformed {
        /// What it was read as.
        format: Format,
        /// What is wrong, and where.
        why: String,
    },
    /// It is made to do harm, or by accident like that.
    #[error("is refused: {0}")]
    Hostile(String),
}

impl Unreadable {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Unknown { help, .. } => (*help).to_owned(),
            Self::NotText => "save it as text in UTF-8, or as .xlsx".to_owned(),
            Self::Empty => "see that it is the file that you mean".to_owned(),
            Self::NoHeader { found, near } => {
                let near = near.as_ref().map_or_else(|| ".".to_owned(), |near| format!("; is one of them \"{near}\"?"));
                let example = found.first().map_or("Frage", String::as_str);
                format!(
                    "its first row has: {}{near} Say which is which, for example: --columns \"stem={example}\" --columns \
                     \"key=…\"; choices are a, b, c, and reasons why a, why b. In typed text, each choice begins with its letter: \
                     A. …",
                    found.join(" | ")
                )
            }
            Self::Malformed { .. } => "export it again, or mend that place; nothing of it was taken over".to_owned(),
            Self::Hostile(_) => "ask whoever made it for a plain export; nothing of it was taken over".to_owned(),
        }
    }
}
