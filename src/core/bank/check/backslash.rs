//! Backslashes that TOML takes for itself: in `"5 \times 3"` it reads a tab and `imes` (advice).
//!
//! A text with formulas or paths loses letters without a word when it is put between double quotes. But `\n` and `\t`
//! are also how a line break and a tab are meant to be written, so an escape is reported only where it reads like the
//! beginning of a command or stands in a path.

use super::shown::{Layout, Shown};
use crate::diagnostics::{Code, Diagnostic, Span, Written, codes, written};

codes! {
    Warning LOST_BACKSLASH "lost-backslash"
}

/// The escapes of a text that were probably meant as backslashes.
pub(super) fn check(shown: &Shown<'_>) -> Option<Diagnostic> {
    let (what, raw) = (shown.what, shown.raw());
    let lost = lost(raw, shown.layout);
    let first = lost.first()?;
    let word = word(&raw[first.bytes.start..]);
    let start = shown.text.span.bytes().start + first.bytes.start;
    let others = if lost.len() > 1 { format!(" (one of {} in this text)", lost.len()) } else { String::new() };
    let message =
        format!("{what} has {word}, of which TOML reads {} as {}{others}", &raw[first.bytes.clone()], called(first.c));
    let signs =
        if is_command(&word[1..]) { "; LaTeX is not set, so the sign itself (≠, × or β) reads better" } else { "" };
    let help = format!("write the backslash twice, \\{word}, or put the whole text in 'single quotes'{signs}");
    let span = Span::new(shown.text.span.file, start..start + word.len());
    Some(Diagnostic::new(Code::LOST_BACKSLASH, message).at(span).help(help))
}

fn called(c: char) -> String {
    match c {
        '\t' => "a tab".to_owned(),
        '\n' => "a line break".to_owned(),
        '\r' => "a carriage return".to_owned(),
        '\u{8}' => "a backspace".to_owned(),
        '\u{c}' => "a form feed".to_owned(),
        '\u{1b}' => "the escape character".to_owned(),
        c => format!("the character U+{:04X}", u32::from(c)),
    }
}

/// An escape, and the letters after it.
fn word(rest: &str) -> &str {
    let end = rest[1..].find(|c: char| !c.is_alphanumeric());
    end.map_or(rest, |end| &rest[..=end])
}

/// The escapes of a text that do not look as if they were meant.
fn lost(raw: &str, layout: Layout) -> Vec<Written> {
    if !raw.contains('\\') {
        return Vec::new();
    }
    let characters: Vec<Written> = written(raw).collect();
    (0..characters.len()).filter(|at| is_lost(raw, &characters, *at, layout)).map(|at| characters[at].clone()).collect()
}

fn is_lost(raw: &str, characters: &[Written], at: usize, layout: Layout) -> bool {
    let escape = &characters[at];
    if !escape.is_escape(raw) || matches!(escape.c, '"' | '\\') || !is_known(raw, escape) {
        return false;
    }
    let c = |at: Option<usize>| at.and_then(|at| characters.get(at)).map(|written| written.c);
    let (before, after) = (c(at.checked_sub(1)), c(Some(at + 1)));
    if (escape.c, after) == ('\r', Some('\n')) {
        return false;
    }
    if is_in_path(raw, characters, at) {
        return true;
    }
    if !is_named(escape) {
        return false;
    }
    let is_quoted = before.zip(after).is_some_and(|pair| {
        matches!(pair, ('\'', '\'') | ('"', '"') | ('`', '`') | ('(', ')') | ('\u{2018}', '\u{2019}'))
            || pair == ('\u{201c}', '\u{201d}')
    });
    let small_letter_follows = after.is_some_and(char::is_lowercase);
    match escape.c {
        _ if is_quoted || is_command(&word(&raw[escape.bytes.start..])[1..]) => true,
        '\t' | '\n' if layout == Layout::AsTyped => false,
        '\t' | '\n' => {
            let talked_about = small_letter_follows && before.is_none_or(|c| opens(c, escape.c));
            talked_about && !ends_sentence(characters, at) || is_alone_in_sentence(characters, at)
        }
        // Nobody means these, but a carriage return at the end of a line is reported as a character that cannot be seen.
        _ => small_letter_follows,
    }
}

/// Whether TOML knows an escape; those that it does not know are errors.
fn is_known(raw: &str, escape: &Written) -> bool {
    raw.as_bytes().get(escape.bytes.start + 1).is_some_and(|letter| b"btnfrexuU".contains(letter))
}

/// Whether an escape is one letter, as the beginning of a command or of a name is.
fn is_named(escape: &Written) -> bool {
    escape.bytes.len() == 2
}

/// Whether a backslash rather than a break is expected after a character.
fn opens(before: char, escape: char) -> bool {
    let indents = escape == '\t' && matches!(before, '\n' | '\t');
    (before.is_whitespace() && !matches!(before, '\n' | '\r') && !indents)
        || matches!(before, '(' | '[' | '{' | '}' | '$' | '=' | '+' | '<' | '>' | '*' | '/' | '^' | '_' | '&' | '|')
}

/// Whether the text before an escape, apart from blanks, ends with a mark after which a new line may begin.
fn ends_sentence(characters: &[Written], at: usize) -> bool {
    let before = characters[..at].iter().rev().take(LONGEST_RUN);
    let last = before.map(|written| written.c).find(|c| !c.is_whitespace());
    last.is_some_and(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?'))
        && at.checked_sub(1).is_some_and(|before| characters[before].c.is_whitespace())
}

/// Whether an escape stands like a word in the middle of a sentence: `what \n means`.
fn is_alone_in_sentence(characters: &[Written], at: usize) -> bool {
    let c = |offset: isize| at.checked_add_signed(offset).and_then(|at| characters.get(at)).map(|written| written.c);
    c(-1) == Some(' ')
        && c(1) == Some(' ')
        && c(-2).is_some_and(char::is_alphanumeric)
        && c(2).is_some_and(char::is_lowercase)
}

/// A path, or a run of blanks, is looked at so far back.
const LONGEST_RUN: usize = 200;

/// Whether an escape stands in a path: after a drive, or after a backslash that was written as it should be.
fn is_in_path(raw: &str, characters: &[Written], at: usize) -> bool {
    let is_blank = |written: &Written| written.c.is_whitespace() && !written.is_escape(raw);
    let near = at.saturating_sub(LONGEST_RUN);
    let start = characters[near..at].iter().rposition(is_blank).map_or(near, |blank| near + blank + 1);
    let run: String = characters[start..at].iter().map(|written| written.c).collect();
    let run = run.trim_start_matches(['"', '\'', '(', '`', '\u{201c}', '\u{2018}']);
    if run.starts_with("\\\\") {
        return true;
    }
    let mut drive = run.chars();
    if !drive.next().is_some_and(|c| c.is_ascii_alphabetic()) || drive.next() != Some(':') {
        return false;
    }
    match drive.next() {
        Some(c) => matches!(c, '\\' | '/') || c.is_control(),
        // "Plan B:" may also end a line.
        None => characters.get(at + 1).is_none_or(|next| next.c.is_lowercase()),
    }
}

/// Whether letters are a command of LaTeX that begins like an escape.
fn is_command(letters: &str) -> bool {
    let name = letters.trim_end_matches(|c: char| c.is_ascii_digit());
    COMMANDS.split(' ').any(|known| known == name)
}

/// Those of LaTeX's commands that begin with a letter that TOML gives a meaning, and whose rest is not an English word.
const COMMANDS: &str = "bar because begin beta bf big bigcap bigcup bigg binom bmod boldsymbol bot boxed bullet ell \
                        emph emptyset end epsilon equiv eta exists exp fbox flat footnote forall frac nabla natural \
                        ne nearrow neg neq newline ngeq ni nleq noindent nolimits nonumber not notin nsim nsubseteq \
                        nu nwarrow rangle rbrace rceil rfloor rho right rightarrow rm rtimes rvert tau text textbf \
                        textit textrm textsubscript textsuperscript textstyle texttt tfrac therefore theta tilde \
                        times to top triangle twoheadrightarrow";

#[cfg(test)]
mod tests {
    use super::{Layout, lost};

    #[test]
    fn escapes_that_read_like_commands_or_stand_in_paths_are_lost_backslashes() {
        for raw in [
            r#""5 \times 3""#,
            r#""5\times3""#,
            r#""\neq""#,
            r#""\beta""#,
            r#""a \rho b""#,
            r#""\frac{1}{2}""#,
            r#""$\nu$""#,
            r#""C:\new""#,
            r#""C:\temp\notes""#,
            r#""\"C:\temp\"""#,
            r#""C:\\data\new""#,
            r#""\\\\server\reports""#,
            r#""the folder \temp""#,
            r#""(\nested)""#,
            r#""What does \n mean?""#,
            r#""The sign '\n'""#,
            r#""\u0009 and `\t`""#,
            r#""D:\x64""#,
            "\"\"\"\nIt is\n\\times\n\"\"\"",
        ] {
            assert!(!lost(raw, Layout::Flowing).is_empty(), "{raw}");
        }
        assert_eq!(lost(r#""\times and \neq and C:\new""#, Layout::Flowing).len(), 3);
    }

    #[test]
    fn breaks_and_tabs_that_are_meant_are_none() {
        for raw in [
            r#""First line\nSecond line""#,
            r#""First line.\n\n- one\n- two""#,
            r#""red,\nwhite""#,
            r#""Symptoms: \nfever""#,
            r#""a line \n Another""#,
            r#""at the end\n""#,
            r#""He said \"no\".""#,
            r#""C:\\new\\file""#,
            r"'C:\new'",
            r#""caf\u00e9 \U0001F600""#,
            r#""1\tThe patient\n2\tThe clerk""#,
            r#""List:\n\tindented\n\talso""#,
            r#""Line\r\nline""#,
            r#""Plan B:\nThe patient waits.""#,
            r#""\u001b[2J""#,
            "\"\"\"\nA long line \\\n  goes on\"\"\"",
        ] {
            assert!(lost(raw, Layout::Flowing).is_empty(), "{raw}");
        }
        let table = r#""name \tcount\nred cells\t4.2\n\twhite cells\t6.1""#;
        assert!(lost(table, Layout::AsTyped).is_empty());
        assert!(!lost(r#""rate \times 3""#, Layout::AsTyped).is_empty());
    }
}
