//! How a text is written into a bank file, so that it is read and shown as it was: no backslash, quote or line break of it
//! is eaten.

use std::fmt::Write as _;

use super::paragraphs::flow;

/// A text that flows, such as a stem or a reason, as it stands behind the equals sign. Blanks at its ends are not kept,
/// as they are not when it is read.
///
/// # Examples
///
/// ```
/// use examroom_core::bank::written;
///
/// assert_eq!(written("30 days"), "\"30 days\"");
/// assert_eq!(written(r"C:\new"), r"'C:\new'");
/// assert_eq!(written("one\n\ntwo"), "\"\"\"\none\n\ntwo\"\"\"");
/// ```
#[must_use]
pub fn written(text: &str) -> String {
    let text = text.trim();
    if text.contains('\n') {
        let lines = several_lines(text);
        if flow(&lines) == text {
            return lines;
        }
    }
    one_line(text)
}

/// An exhibit, whose lines are shown as they stand.
#[must_use]
pub fn written_as_typed(text: &str) -> String {
    if text.contains('\n') { several_lines(text) } else { one_line(text) }
}

fn one_line(text: &str) -> String {
    if prefers_single_quotes(text) && !text.contains('\'') && !text.contains(char::is_control) {
        return format!("'{text}'");
    }
    format!("\"{}\"", escaped(text, Breaks::Escaped))
}

fn several_lines(text: &str) -> String {
    let is_odd = |c: char| c.is_control() && c != '\n';
    if prefers_single_quotes(text) && !text.contains("''") && !text.ends_with('\'') && !text.contains(is_odd) {
        return format!("'''\n{text}'''");
    }
    format!("\"\"\"\n{}\"\"\"", escaped(text, Breaks::Kept))
}

/// Whether a text reads better between quotes that escape nothing.
fn prefers_single_quotes(text: &str) -> bool {
    text.contains(['\\', '"'])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    Kept,
    Escaped,
}

/// A text for between double quotes.
fn escaped(text: &str, breaks: Breaks) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' if breaks == Breaks::Kept => escaped.push('\n'),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(escaped, "\\u{:04X}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bank::paragraphs::flowing;
    use crate::diagnostics::{Diagnostics, Sources, parse};

    /// The texts of a file with this one behind the equals sign, as it flows and as it was typed.
    fn read(written: &str) -> (String, String) {
        let file_text = format!("x = {written}\n");
        let file = Sources::default().add("x", file_text.clone());
        let (mut found, mut diagnostics) = (None, Diagnostics::default());
        parse(&file_text, file, &mut diagnostics, |mut fields| {
            found = fields.text("x").map(|text| (flowing(&text, fields.file_text()), text.value.to_owned()));
        });
        assert!(!diagnostics.has_errors(), "{file_text}");
        found.unwrap()
    }

    #[test]
    fn a_text_stands_between_the_quotes_that_change_it_least() {
        for (text, wanted) in [
            ("plain", "\"plain\""),
            ("5 \\times 3", "'5 \\times 3'"),
            ("\"so\"", "'\"so\"'"),
            ("it's \"so\"", "\"it's \\\"so\\\"\""),
            ("one\n\ntwo", "\"\"\"\none\n\ntwo\"\"\""),
            ("It shows:\n- one\n- two", "\"\"\"\nIt shows:\n- one\n- two\"\"\""),
            ("Ann\nBob", "\"Ann\\nBob\""),
            ("C:\\new\n\n\"two\"", "'''\nC:\\new\n\n\"two\"'''"),
        ] {
            assert_eq!(written(text), wanted);
            assert_eq!(read(wanted).0, text);
        }
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_it_was_written(text in "([a-c .'\"\\\\{}\n\t-]|\\PC|\u{1}|1\\. |\n\n){0,40}") {
            prop_assert_eq!(read(&written(&text)).0, text.trim());
            prop_assert_eq!(read(&written_as_typed(&text)).1, text);
        }
    }
}
