//! What a person says about a file that the file does not say itself.

use crate::format::Format;

/// How a file is to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format, where it is not to be found out.
    pub format: Option<Format>,
    /// Columns of a spreadsheet by their names there, and what they hold: `("Lösung", "key")`.
    pub columns: Vec<(String, String)>,
}
