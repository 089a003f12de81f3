//! Text into lines that fit, counted as a terminal draws them.
//!
//! A terminal draws clusters: a sign with its variation selector, a letter with its accents, a family of joined emoji
//! each take the columns of one picture. Whoever adds up the columns of single characters makes lines that are drawn
//! wider than they were counted, and loses their last word at the edge.

use textwrap::{WordSeparator, WordSplitter};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// The columns that a text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { clusters(text).map(|(_, columns)| columns).sum() }
}

/// What is drawn as one picture, with its columns.
pub fn clusters(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true).map(|cluster| (cluster, cluster.width() + sound_marks(cluster)))
}

/// The full screen's drawing gives each halfwidth sound mark a column beyond its own.
fn sound_marks(cluster: &str) -> usize {
    cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count()
}

/// Lines of at most `width` columns, at least one for each line of the text; the spaces at its end are dropped. A word
/// that is wider than that continues below.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.trim_end().split('\n') {
        wrap_line(line.trim_end(), width.max(1), &mut lines);
    }
    lines
}

fn wrap_line(line: &str, width: usize, lines: &mut Vec<String>) {
    if columns(line) <= width {
        lines.push(line.to_owned());
        return;
    }
    let mut current = String::new();
    let mut used = 0;
    let mut space = "";
    for piece in pieces(line) {
        let wide = columns(piece.word);
        let gap = columns(space);
        if used > 0 && used + gap + wide > width {
            lines.push(std::mem::take(&mut current));
            used = 0;
        } else {
            current.push_str(space);
            used += gap;
        }
        for (cluster, columns) in clusters(piece.word) {
            if used > 0 && used + columns > width {
                lines.push(std::mem::take(&mut current));
                used = 0;
            }
            current.push_str(cluster);
            used += columns;
        }
        space = piece.space;
    }
    lines.push(current);
}

/// What stays together on a line, and the spaces after it, which are drawn only where the line continues.
struct Piece<'t> {
    word: &'t str,
    space: &'t str,
}

/// The pieces of a line by the Unicode line breaking algorithm and at hyphens, none of which begins within a cluster.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
        starts.push(at);
        starts.extend(WordSplitter::HyphenSplitter.split_points(word.word).into_iter().map(|point| at + point));
        at += word.word.len() + word.whitespace.len();
    }
    let boundaries: Vec<usize> = line.grapheme_indices(true).map(|(at, _)| at).collect();
    starts.retain(|start| boundaries.binary_search(start).is_ok());
    starts
        .iter()
        .zip(starts.iter().skip(1).chain([&line.len()]))
        .map(|(start, end)| {
            let piece = &line[*start..*end];
            let word = piece.trim_end_matches(' ');
            Piece { word, space: &piece[word.len()..] }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_picture_counts_once_however_many_characters_it_is_made_of() {
        for (text, wide) in
            [("⚠\u{fe0f}", 2), ("1\u{fe0f}\u{20e3}", 2), ("👩‍⚕️", 2), ("e\u{301}", 1), ("漢字", 4), ("لا", 2)]
        {
            assert_eq!(columns(text), wide, "{text}");
        }
    }

    #[test]
    fn lines_are_filled_by_what_is_drawn() {
        assert_eq!(wrap("⚠\u{fe0f} ⚠\u{fe0f} ⚠\u{fe0f} which?", 8), ["⚠\u{fe0f} ⚠\u{fe0f} ⚠\u{fe0f}", "which?"]);
        assert_eq!(wrap("follow-up, ICD-10", 9), ["follow-", "up, ICD-", "10"]);
        assert_eq!(wrap("  two\n\nlines  ", 20), ["  two", "", "lines"]);
        assert_eq!(wrap("漢字漢字漢字", 5), ["漢字", "漢字", "漢字"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("", 5), [""]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_line_is_too_wide(
            words in prop::collection::vec("[a-z]{1,9}|⚠\u{fe0f}|1\u{fe0f}\u{20e3}|👩‍⚕️[a-z]?|(e\u{301}){1,4}|漢{1,9}|🇺🇸|ｶﾞ|لا|क्षि", 1..30),
            width in 3_usize..60,
        ) {
            let text = words.join(" ");
            let lines = wrap(&text, width);
            for line in &lines {
                prop_assert!(columns(line) <= width, "{line:?} takes {} of {width}", columns(line));
            }
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
