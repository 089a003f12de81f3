//! Text over several lines flows, as it does in Markdown: an author breaks the lines of a stem where the editor's
//! window ends, and the student's window has another width. A single line break is a space, and a blank line parts
//! paragraphs.
//!
//! A line keeps its break where the break means something: it begins with the mark of a list or with blanks, it is one
//! of several with columns, or the break was typed as `\n`.

use crate::diagnostics::{SourceText, Spanned, is_multi_line, written};

/// A text as it is shown, without blanks at its ends.
pub(super) fn flowing(text: &Spanned<&str>, file_text: SourceText<'_>) -> String {
    let raw = file_text.at(text.span);
    if is_multi_line(raw) { flow(raw) } else { text.value.trim().to_owned() }
}

/// The text between three quotes, which `raw` begins and ends with.
pub(super) fn flow(raw: &str) -> String {
    let lines = lines(raw);
    let has_columns = lines.iter().filter(|line| line.has_columns()).count() > 1;
    let mut flow = Flow { text: String::with_capacity(raw.len()), last: Last::Blank, in_list: false };
    for line in &lines {
        flow.add(line, has_columns);
    }
    flow.text.trim().to_owned()
}

/// One line of a text.
struct Line {
    /// Without blanks at its end, and without those that all lines begin with.
    text: String,
    /// Whether the break before it was typed as an escape.
    after_escape: bool,
}

fn lines(raw: &str) -> Vec<Line> {
    let mut lines = vec![Line { text: String::new(), after_escape: false }];
    for character in written(raw) {
        if character.c == '\n' {
            lines.push(Line { text: String::new(), after_escape: character.is_escape(raw) });
        } else if let Some(line) = lines.last_mut() {
            line.text.push(character.c);
        }
    }
    for line in &mut lines {
        line.text.truncate(line.text.trim_end().len());
    }
    let indents = || lines.iter().filter(|line| !line.text.is_empty()).map(Line::indent);
    let common = indents().min().unwrap_or(0);
    for line in &mut lines {
        line.text = line.text.chars().skip(common).collect();
    }
    lines
}

impl Line {
    /// How many blanks it begins with.
    fn indent(&self) -> usize {
        self.text.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// Whether it is set in columns: it has a tab, or two blanks side by side that do not end a sentence.
    fn has_columns(&self) -> bool {
        let inner = self.text.trim_start();
        let spaced = inner.match_indices("  ").any(|(at, _)| !inner[..at].ends_with(['.', '!', '?', ':', ';', ' ']));
        inner.contains('\t') || inner.starts_with('|') || spaced
    }
}

/// What the text so far ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Blank,
    Flowing,
    /// An entry of a list.
    Entry,
    /// A line that nothing is added to.
    Kept,
}

struct Flow {
    text: String,
    last: Last,
    /// Whether the paragraph has an entry of a list.
    in_list: bool,
}

impl Flow {
    fn add(&mut self, line: &Line, has_columns: bool) {
        let words = line.text.trim_start();
        if words.is_empty() {
            self.end_paragraph();
            return;
        }
        let entry = is_entry(words, self.in_list);
        let kept = (has_columns && line.has_columns()) || (line.indent() > 0 && !entry && self.last != Last::Entry);
        // Behind a list, what goes on in small letters still belongs to its last entry.
        let goes_on = match self.last {
            Last::Flowing => true,
            Last::Entry => line.indent() > 0 || !words.starts_with(char::is_uppercase),
            Last::Blank | Last::Kept => false,
        };
        if goes_on && !entry && !kept && !line.after_escape {
            let unspaced = self.text.ends_with(is_unspaced) && words.starts_with(is_unspaced);
            self.text.push_str(if unspaced { "" } else { " " });
            self.text.push_str(words);
            return;
        }
        if self.last != Last::Blank {
            self.text.push('\n');
        }
        self.text.push_str(&line.text);
        self.in_list |= entry;
        self.last = match (entry, kept) {
            (true, _) => Last::Entry,
            (false, true) => Last::Kept,
            (false, false) => Last::Flowing,
        };
    }

    fn end_paragraph(&mut self) {
        if self.last != Last::Blank {
            self.text.push_str("\n\n");
        }
        (self.last, self.in_list) = (Last::Blank, false);
    }
}

/// Whether a line is an entry of a list: it begins with `- `, `1. `, `a) ` and the like. Only a first number or letter
/// begins a list (as in `CommonMark`), since a sentence may have any number at the start of a line.
fn is_entry(words: &str, in_list: bool) -> bool {
    let Some((mark, _)) = words.split_once([' ', '\t']) else { return false };
    if matches!(mark, "-" | "*" | "\u{2022}" | "\u{2013}" | "\u{b7}" | "\u{25aa}" | "\u{25e6}" | "\u{2023}") {
        return true;
    }
    let Some(number) = mark.strip_suffix(['.', ')']) else { return false };
    let number = number.strip_prefix('(').unwrap_or(number);
    let is_number = number.len() <= 3 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_roman = !number.is_empty()
        && (number.bytes().all(|byte| b"ivx".contains(&byte)) || number.bytes().all(|byte| b"IVX".contains(&byte)));
    matches!(number, "1" | "a" | "A" | "i" | "I") || (in_list && (is_number || is_letter || is_roman))
}

/// Whether a character belongs to a script that is written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(inner: &str) -> String {
        flow(&format!("\"\"\"\n{inner}\"\"\""))
    }

    #[test]
    fn a_line_break_is_a_space_and_a_blank_line_parts_paragraphs() {
        for (typed, wanted) in [
            (
                "An elderly man has slipped\non the stairs.  The ankle\nis swollen.",
                "An elderly man has slipped on the stairs.  The ankle is swollen.",
            ),
            ("One\n\ntwo\nthree\n\n\n\nfour\n", "One\n\ntwo three\n\nfour"),
            ("one  \r\ntwo\r\n\r\nthree", "one two\n\nthree"),
            ("  All lines are\n  indented.\n\n  Also here.", "All lines are indented.\n\nAlso here."),
            ("a line that ends \\\n   here\nand not there", "a line that ends here and not there"),
            ("患者さんは\n書類に\nsigns it", "患者さんは書類に signs it"),
        ] {
            assert_eq!(shown(typed), wanted, "{typed:?}");
        }
    }

    #[test]
    fn lists_and_indented_lines_and_columns_keep_their_breaks() {
        for (typed, wanted) in [
            (
                "It shows:\n- one\n- two, which\ngoes on\n- three\nWhich is last?",
                "It shows:\n- one\n- two, which goes on\n- three\nWhich is last?",
            ),
            ("It shows:\n1. one\n2. two\n   goes on\n10) ten", "It shows:\n1. one\n2. two goes on\n10) ten"),
            (
                "* one\n\u{2022} two\na) three\nb) four\n(c) five\nD. six",
                "* one\n\u{2022} two\na) three\nb) four\n(c) five\nD. six",
            ),
            ("I. one\nII. two\nIV. four", "I. one\nII. two\nIV. four"),
            ("Name:\n    Ann\n    Bob\nand so on", "Name:\n    Ann\n    Bob\nand so on"),
            ("- one\n  - two\n  - three", "- one\n  - two\n  - three"),
            (
                "Dates:\n2021-03-04  Biopsy\n2021-04-06  Surgery\nWhat next?",
                "Dates:\n2021-03-04  Biopsy\n2021-04-06  Surgery\nWhat next?",
            ),
            ("| a | b |\n| c | d |", "| a | b |\n| c | d |"),
            ("first\\nsecond\nthird", "first\nsecond third"),
        ] {
            assert_eq!(shown(typed), wanted, "{typed:?}");
        }
    }

    #[test]
    fn a_sentence_may_have_a_number_or_two_blanks_at_any_place() {
        for (typed, wanted) in [
            (
                "The law is of\n1996. It was amended in\n13. No more.",
                "The law is of 1996. It was amended in 13. No more.",
            ),
            ("The patient  has\nno fever.", "The patient  has no fever."),
            ("Signed by Dr.\nB. Smith", "Signed by Dr. B. Smith"),
            ("-5 degrees and\n-10 degrees, *or\n*less", "-5 degrees and -10 degrees, *or *less"),
        ] {
            assert_eq!(shown(typed), wanted, "{typed:?}");
        }
    }
}
