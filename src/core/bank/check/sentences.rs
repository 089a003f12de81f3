//! The sentences of a stem, for rules that look at what it asks and not at the case before it.

/// What a word before a full stop that ends no sentence is.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "st", "jr", "sr", "vs", "no", "e.g", "i.e", "approx", "fig", "sec", "inc", "p", "pp", "v",
];

/// The sentences of a text, trimmed; a blank line ends one, too.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let ends = match c {
            '?' | '!' => closes(&text[at + 1..]),
            '.' => closes(&text[at + 1..]) && !is_abbreviated(&text[start..at]),
            '\n' => text[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n'),
            _ => false,
        };
        if ends {
            while rest.next_if(|(_, next)| is_closing(*next)).is_some() {}
            let end = rest.peek().map_or(text.len(), |(next, _)| *next);
            sentences.push(text[start..end].trim());
            start = end;
        }
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// The sentence of a stem that asks: the last with a question mark, or else the last.
pub(super) fn question(stem: &str) -> &str {
    let sentences = sentences(stem);
    let asks = |sentence: &&&str| sentence.trim_end_matches(is_closing).ends_with('?');
    sentences.iter().rev().find(asks).or(sentences.last()).copied().unwrap_or_default()
}

/// Whether a mark that this follows ends its sentence: it ends its word, too.
fn closes(rest: &str) -> bool {
    rest.trim_start_matches(is_closing).chars().next().is_none_or(char::is_whitespace)
}

/// What may stand between the mark that ends a sentence and the next one.
pub(super) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '\u{201d}' | '\u{2019}')
}

fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{question, sentences};

    #[test]
    fn sentences_end_at_their_marks_and_not_at_abbreviations_and_numbers() {
        let stem = "Dr. Lee (v. 3.3) writes \"no change.\" It costs 2.5 units!\n\nWho, e.g. a clerk,\nmay read it? Choose two.";
        assert_eq!(
            sentences(stem),
            [
                "Dr. Lee (v. 3.3) writes \"no change.\"",
                "It costs 2.5 units!",
                "Who, e.g. a clerk,\nmay read it?",
                "Choose two."
            ]
        );
        assert_eq!(question(stem), "Who, e.g. a clerk,\nmay read it?");
        assert_eq!(question("One is read. The other is"), "The other is");
        assert_eq!(question(" "), "");
    }
}
