//! Text that is safe to show. Banks come from strangers, and TOML lets `\u001b` and U+202E into a string: the first
//! can repaint the terminal, the second can show a choice in another order than it is stored. Front ends accept
//! only [`SafeText`], which shows such characters as visible marks.

use std::fmt::{self, Write as _};
use std::ops::Deref;

/// Text in which every control character and every direction override is a visible mark.
/// Line feeds stay; tabs become four spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeText(String);

impl SafeText {
    #[must_use]
    pub fn new(text: &str) -> Self {
        if !text.contains(|c: char| c == '\t' || is_hidden(c)) {
            return Self(text.to_owned());
        }
        let mut safe = String::with_capacity(text.len() + 16);
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\t' => safe.push_str("    "),
                '\r' if rest.peek() == Some(&'\n') => {}
                c if is_hidden(c) => drop(write!(safe, "<U+{:04X}>", u32::from(c))),
                c => safe.push(c),
            }
        }
        Self(safe)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Whether a character acts on the terminal or on the reading order instead of being read.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    let direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // Soft hyphens and spaces of no width, separators that some terminals take for a line end, tags and annotations.
    let nothing = matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    );
    (c.is_control() && c != '\n' && c != '\t') || direction || nothing
}

impl Deref for SafeText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for SafeText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for SafeText {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::SafeText;

    #[test]
    fn escapes_and_overrides_become_visible_and_plain_text_stays() {
        assert_eq!(SafeText::new("a\u{1b}[2Jb").as_str(), "a<U+001B>[2Jb");
        assert_eq!(SafeText::new("12 \u{202e}34").as_str(), "12 <U+202E>34");
        assert_eq!(SafeText::new("one\r\ntwo\tthree é 漢 👩‍⚕️").as_str(), "one\ntwo    three é 漢 👩‍⚕️");
    }
}
