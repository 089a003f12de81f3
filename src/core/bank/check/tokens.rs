//! A text as words and marks, for rules that look at how words follow each other.

/// A word, or one mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// As it stands in the text.
    pub text: &'t str,
    /// The byte at which it starts.
    pub start: usize,
}

impl Token<'_> {
    /// The byte behind it.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is a word, and no mark.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }

    /// Whether it is this word, in whatever capitals.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is one of these words, in whatever capitals.
    #[must_use]
    pub fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    /// Where a letter stands in the alphabet, from 0.
    #[must_use]
    pub fn letter(&self) -> Option<usize> {
        match self.text.as_bytes() {
            [letter] if letter.is_ascii_alphabetic() => Some(usize::from(letter.to_ascii_lowercase() - b'a')),
            _ => None,
        }
    }

    /// Whether it begins with a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// The number that it is.
    #[must_use]
    pub fn number(&self) -> Option<usize> {
        self.text.parse().ok()
    }
}

/// The words and marks of a text. Words keep the hyphens and apostrophes within them: neither `C-section` nor `D'Angelo`
/// has a letter of its own.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        if c.is_alphanumeric() {
            while let Some((at, next)) = rest.peek().copied() {
                let joins = matches!(next, '-' | '\'' | '\u{2019}' | '\u{2011}')
                    && text[at + next.len_utf8()..].starts_with(char::is_alphanumeric);
                if !next.is_alphanumeric() && !joins {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
        }
        tokens.push(Token { text: &text[start..end], start });
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn words_and_marks_are_told_apart() {
        let found: Vec<&str> = tokens("Both (A) and C-section: the patient's 2.5 \u{e9}t\u{e9}s.")
            .iter()
            .map(|token| token.text)
            .collect();
        assert_eq!(
            found,
            ["Both", "(", "A", ")", "and", "C-section", ":", "the", "patient's", "2", ".", "5", "\u{e9}t\u{e9}s", "."]
        );
    }
}
