//! How a text stands in its file: between which quotes, and what of it is an escape such as `\t`.
//!
//! A parser gives the characters of a text and forgets how they were typed. Some advice needs it: whether a tab was
//! typed as a tab or came from the `\t` of `\times`, and whether a line break was typed as `\n` or by the return key.

use std::ops::Range;

/// One character of a text, and the bytes that it takes in its file, counted from the opening quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub c: char,
    pub bytes: Range<usize>,
}

impl Written {
    /// Whether it is an escape, in the text that it was taken from.
    pub(crate) fn is_escape(&self, raw: &str) -> bool {
        self.bytes.len() > 1 && raw.as_bytes().get(self.bytes.start) == Some(&b'\\')
    }
}

/// The characters of a text; `raw` is how it stands in the file, with its quotes.
pub(crate) fn written(raw: &str) -> impl Iterator<Item = Written> {
    let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
    let (has_escapes, end) = (raw.starts_with('"'), raw.len().saturating_sub(quotes));
    let mut at = quotes;
    if is_multi_line(raw) {
        let inner = &raw[quotes.min(raw.len())..];
        at += inner.len() - inner.strip_prefix("\r\n").or(inner.strip_prefix('\n')).unwrap_or(inner).len();
    }
    std::iter::from_fn(move || {
        loop {
            let rest = raw.get(at..end)?;
            let c = rest.chars().next()?;
            let (c, length) = if c == '\\' && has_escapes { escape(rest) } else { (Some(c), c.len_utf8()) };
            let bytes = at..at + length;
            at = bytes.end;
            if let Some(c) = c {
                return Some(Written { c, bytes });
            }
        }
    })
}

/// Whether a text stands between three quotes, and may be broken into lines.
pub(crate) fn is_multi_line(raw: &str) -> bool {
    raw.starts_with("\"\"\"") || raw.starts_with("'''")
}

/// What an escape at the start of a text stands for, and its length. One before the end of a line stands for nothing.
fn escape(text: &str) -> (Option<char>, usize) {
    let number = |digits: usize| {
        let value = text.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        (value.and_then(char::from_u32), 2 + digits)
    };
    let Some(letter) = text[1..].chars().next() else { return (Some('\\'), 1) };
    match letter {
        'b' => (Some('\u{8}'), 2),
        't' => (Some('\t'), 2),
        'n' => (Some('\n'), 2),
        'f' => (Some('\u{c}'), 2),
        'r' => (Some('\r'), 2),
        'e' => (Some('\u{1b}'), 2),
        'x' => number(2),
        'u' => number(4),
        'U' => number(8),
        c if c.is_whitespace() => (None, text.len() - text[1..].trim_start_matches([' ', '\t', '\r', '\n']).len()),
        c => (Some(c), 1 + c.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::diagnostics::{Diagnostics, Sources, parse};

    #[test]
    fn the_characters_are_those_that_the_parser_gives() {
        for raw in [
            r#""plain é""#,
            r#""\t\n\r\b\f\e\"\\ \u00e9 \U0001F600 \x41""#,
            "'C:\\new'",
            "'''\nC:\\new\n'''",
            "\"\"\"\nfirst\nsecond \\\n   \n  third \\t\"\"\"",
            "\"\"\"first\n\"quoted\"\"\"\"",
            "''''two quotes'''''",
            r#""""#,
            "''",
            "\"\"\"\"\"\"",
            "\"\"\"\r\nfirst\r\nsecond\"\"\"",
        ] {
            let text = format!("x = {raw}");
            let mut sources = Sources::default();
            let file = sources.add("x", text.clone());
            let mut parsed = None;
            parse(&text, file, &mut Diagnostics::default(), |mut fields| {
                parsed = fields.text("x").map(|text| text.value.to_owned());
            });
            let ours: String = written(raw).map(|written| written.c).collect();
            assert_eq!(Some(ours), parsed, "{raw}");
        }
        // What is no text of TOML does no harm.
        for raw in ["", "\"", "\"\"\"", "''", "7", "\"\\", "\"\\u12\"", "\"\\\u{e9}", "'''\n"] {
            let _ = written(raw).count();
        }
    }
}
