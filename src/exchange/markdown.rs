//! Markdown: a quiz as people type it for a web page. Its marks are taken away, and what is left is read as any text is
//! (`outline`).

use crate::html::{from_html, looks_like_html};
use crate::marks::choice_letter;
use crate::outline::{self, Line, Lines};
use crate::raw::{Lost, Rich};
use crate::reading::Reading;
use examroom_core::bank::Table;

/// Reads a text.
pub(crate) fn read(text: &str) -> Reading {
    outline::read(&lines(text))
}

/// The lines without the marks of Markdown.
fn lines(text: &str) -> Lines {
    let mut lines: Lines = Vec::new();
    let mut fence: Option<(usize, String)> = None;
    let mut table: Option<(usize, Vec<Vec<String>>)> = None;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let trimmed = line.trim();
        if let Some((start, mut listing)) = fence.take() {
            if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                lines.push((start, Line::Listing(listing)));
            } else {
                listing.push_str(line);
                listing.push('\n');
                fence = Some((start, listing));
            }
            continue;
        }
        if let Some(row) = row(trimmed) {
            table.get_or_insert((number, Vec::new())).1.push(row);
            continue;
        }
        lines.extend(table.take().map(|(start, rows)| (start, as_table(rows))));
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fence = Some((number, String::new()));
        } else if let Some(line) = self::line(trimmed) {
            lines.push((number, line));
        }
    }
    lines.extend(table.map(|(start, rows)| (start, as_table(rows))));
    lines.extend(fence.map(|(start, listing)| (start, Line::Listing(listing))));
    boxed(&mut lines);
    lines
}

/// Turns a list of which some entries are bold into choices: bold is how many people mark the right one.
fn boxed(lines: &mut Lines) {
    let mut list: Vec<usize> = Vec::new();
    for at in 0..=lines.len() {
        match lines.get(at).map(|(_, line)| line) {
            Some(Line::Text { text, .. }) if text.text.starts_with("- ") => list.push(at),
            Some(Line::Text { text, .. }) if text.text.is_empty() => {}
            _ => box_list(lines, &std::mem::take(&mut list)),
        }
    }
}

fn box_list(lines: &mut Lines, list: &[usize]) {
    let is_bold = |at: &usize| matches!(lines[*at].1, Line::Text { is_bold: true, .. });
    if list.iter().all(is_bold) || !list.iter().any(is_bold) {
        return;
    }
    for at in list {
        let line = &mut lines[*at].1;
        if let Line::Text { text, is_bold } = line {
            let (bare, is_checked) = (text.text[2..].to_owned(), *is_bold);
            *line = Line::Box { is_checked, text: Rich { lost: Lost::default(), text: bare, ..std::mem::take(text) } };
        }
    }
}

/// One line; nothing for one that only draws.
fn line(line: &str) -> Option<Line> {
    let is_rule = line.len() > 2 && (line.chars().all(|c| c == '-') || line.chars().all(|c| matches!(c, '*' | '_')));
    if is_rule {
        return None;
    }
    let line = line.trim_start_matches('>').trim_start();
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() && heading.starts_with(' ') {
        return Some(Line::Heading(without_marks(heading.trim()).text));
    }
    // The mark of a list before a choice is no part of it.
    let (marked, rest) = match line.strip_prefix("- ").or(line.strip_prefix("* ")).or(line.strip_prefix("+ ")) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, line),
    };
    let lower = rest.to_ascii_lowercase();
    if let Some(text) = lower.strip_prefix("[x]").map(|_| &rest[3..]) {
        return Some(Line::Box { is_checked: true, text: without_marks(text.trim()) });
    }
    if let Some(text) = rest.strip_prefix("[ ]").or(rest.strip_prefix("[]")) {
        return Some(Line::Box { is_checked: false, text: without_marks(text.trim()) });
    }
    let is_bold =
        rest.len() > 4 && rest.starts_with("**") && rest.ends_with("**") && !rest[2..rest.len() - 2].contains("**");
    let tags = ["<details>", "</details>", "<summary>", "</summary>"];
    let bare = tags.iter().fold(rest.to_owned(), |text, tag| text.replace(tag, " "));
    let mut text = without_marks(bare.trim());
    if marked && choice_letter(&text.text).is_none() {
        text.text = format!("- {}", text.text);
    }
    Some(Line::Text { text, is_bold })
}

/// The cells of `| a | b |`.
fn row(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| without_marks(cell.trim()).text).collect())
}

fn as_table(mut rows: Vec<Vec<String>>) -> Line {
    rows.retain(|row| !row.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':'))));
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = rows.into_iter().map(|mut row| {
        row.resize(width, String::new());
        row
    });
    let columns = rows.next().unwrap_or_default();
    Line::Table(Table { columns, rows: rows.collect() })
}

/// A text without bold, code, links and pictures, and what was lost by that.
pub(crate) fn without_marks(text: &str) -> Rich {
    let mut lost = Lost::default();
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '_', '`', '[', '!', '\\', '~']) {
        plain.push_str(&rest[..at]);
        let from = &rest[at..];
        let before = plain.chars().next_back();
        if let Some((inner, length)) = marked(from, before, &mut lost) {
            plain.push_str(&inner);
            rest = &from[length..];
        } else {
            let c = from.chars().next().unwrap_or(' ');
            plain.push(c);
            rest = &from[c.len_utf8()..];
        }
    }
    plain.push_str(rest);
    let mut rich = if looks_like_html(&plain) { from_html(&plain) } else { Rich::from(plain) };
    rich.lost.add(lost);
    rich
}

/// What a mark holds, and how long it is with it.
fn marked(text: &str, before: Option<char>, lost: &mut Lost) -> Option<(String, usize)> {
    if let Some(next) = text.strip_prefix('\\').and_then(|rest| rest.chars().next()).filter(char::is_ascii_punctuation)
    {
        return Some((next.to_string(), 2));
    }
    if let Some((words, length)) = text.strip_prefix('!').and_then(link) {
        lost.pictures = true;
        return Some((words, length + 1));
    }
    if let Some(link) = link(text) {
        lost.links = true;
        return Some(link);
    }
    for mark in ["**", "__", "~~", "`", "*", "_"] {
        let Some(inner) = text.strip_prefix(mark) else { continue };
        let end = inner.find(mark)?;
        let (words, behind) = (&inner[..end], &inner[end + mark.len()..]);
        let opens =
            !words.is_empty() && !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace);
        let within_word = before.is_some_and(char::is_alphanumeric) || behind.starts_with(char::is_alphanumeric);
        if !opens
            || (within_word && mark != "**" && mark != "`")
            || words.contains(mark.chars().next()?) && mark.len() == 1
        {
            return None;
        }
        if mark == "`" {
            return Some((words.to_owned(), words.len() + 2));
        }
        lost.emphasis = true;
        return Some((without_marks(words).text, words.len() + 2 * mark.len()));
    }
    None
}

/// `[words](address)`
fn link(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find("](")?;
    let close = inner[end..].find(')')? + end;
    let address = &inner[end + 2..close];
    (!address.contains(char::is_whitespace) && !inner[..end].contains('['))
        .then(|| (inner[..end].to_owned(), close + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_away_and_signs_stay() {
        for (text, wanted) in [
            ("Which is **not** normal?", "Which is not normal?"),
            ("the _best_ of `a_b` and *c*", "the best of a_b and c"),
            ("2 * 3 * 4, a_b_c, CYP2D6*4 and *5", "2 * 3 * 4, a_b_c, CYP2D6*4 and *5"),
            ("see [the page](https://x.org) \\*", "see the page *"),
            ("[1] and [x] (y)", "[1] and [x] (y)"),
        ] {
            assert_eq!(without_marks(text).text, wanted);
        }
        assert!(without_marks("![scan](scan.png)").lost.pictures);
        assert!(without_marks("a **b**").lost.emphasis);
    }
}
