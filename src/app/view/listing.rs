//! What of a bank's findings is shown: each, or, where there are many, the first of each code and where the others are.
//!
//! A bank that was just converted has the same three findings for each of its 600 questions. Whoever mends it needs to
//! see one whole, how many there are and where, and not 36,000 lines.

use std::collections::BTreeMap;
use std::path::Path;

use examroom_core::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Sources};
use examroom_core::text::{counted, grouped};

/// Up to this many findings, each is shown whole; of more, about as many.
const WHOLE: usize = 20;
/// At most this many of a code are shown whole, where there are many.
const OF_A_CODE: usize = 3;
/// Of the others, this many lines are named in this many files.
const LINES: usize = 8;
const FILES: usize = 3;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What can be read in a minute.
    Digest,
    /// Every finding.
    All,
}

/// What is shown, in order.
#[derive(Debug)]
pub struct Listing<'f> {
    /// In the order in which they are read.
    pub entries: Vec<Entry<'f>>,
    /// How many there are of each code, errors first; empty where every finding is shown.
    pub summary: Vec<(Code, usize)>,
}

/// A finding, or what is left of many alike.
#[derive(Debug)]
pub enum Entry<'f> {
    /// A finding that is shown in full.
    Whole(&'f Diagnostic),
    /// The findings of one code that are only counted.
    More(More),
}

/// Findings that are not shown whole.
#[derive(Debug, PartialEq, Eq)]
pub struct More {
    /// The code that they share.
    pub code: Code,
    /// How many they are.
    pub count: usize,
    /// The first of their lines, file by file.
    pub sources: Vec<Lines>,
    /// How many more files have others.
    pub other_files: usize,
}

/// Lines of one file.
#[derive(Debug, PartialEq, Eq)]
pub struct Lines {
    /// The file's name, as findings call it.
    pub file: String,
    /// The first lines that have one, counted from 1.
    pub first: Vec<usize>,
    /// There are others below.
    pub more: bool,
}

/// The findings in the order of file and line; where there are many, by code.
#[must_use]
pub fn listing<'f>(diagnostics: &'f Diagnostics, sources: &Sources, extent: Extent) -> Listing<'f> {
    let sorted = diagnostics.sorted(sources);
    let kept = sorted.len();
    let total = diagnostics.errors() + diagnostics.warnings();
    if extent == Extent::Digest && total > WHOLE {
        return digest(diagnostics, &sorted, sources);
    }
    let mut entries: Vec<Entry<'_>> = sorted.into_iter().map(Entry::Whole).collect();
    let mut summary = Vec::new();
    if total > kept {
        let mut of_code: BTreeMap<Code, usize> = BTreeMap::new();
        diagnostics.iter().for_each(|finding| *of_code.entry(finding.code).or_default() += 1);
        let missing =
            diagnostics.counts().map(|(code, count)| (code, count - of_code.get(&code).copied().unwrap_or(0)));
        let missing = missing.filter(|(_, count)| *count > 0);
        entries.extend(
            missing.map(|(code, count)| Entry::More(More { code, count, sources: Vec::new(), other_files: 0 })),
        );
        summary = diagnostics.counts().collect();
    }
    Listing { entries, summary }
}

fn digest<'f>(diagnostics: &Diagnostics, sorted: &[&'f Diagnostic], sources: &Sources) -> Listing<'f> {
    let summary: Vec<(Code, usize)> = diagnostics.counts().collect();
    let most = (WHOLE / summary.len().max(1)).clamp(1, OF_A_CODE);
    let mut by_code: BTreeMap<Code, Vec<&'f Diagnostic>> = BTreeMap::new();
    for finding in sorted {
        by_code.entry(finding.code).or_default().push(finding);
    }
    let mut entries = Vec::new();
    for (code, count) in &summary {
        let list = by_code.remove(code).unwrap_or_default();
        // One more is shown rather than counted.
        let whole = if *count == most + 1 { *count } else { most.min(list.len()) };
        entries.extend(list[..whole].iter().copied().map(Entry::Whole));
        if *count > whole {
            entries.push(Entry::More(more(*code, count - whole, &list[whole..], sources)));
        }
    }
    Listing { entries, summary }
}

/// `rest` are in the order of file and line.
fn more(code: Code, count: usize, rest: &[&Diagnostic], sources: &Sources) -> More {
    let spans: Vec<_> = rest.iter().filter_map(|finding| finding.span).collect();
    let in_files: Vec<_> = spans.chunk_by(|a, b| a.file == b.file).collect();
    let named = in_files.iter().take(FILES).map(|spans| {
        let mut lines: Vec<usize> = spans.iter().take(LINES * 4).map(|span| sources.position(*span).line).collect();
        lines.dedup();
        let more = spans.len() > LINES * 4 || lines.len() > LINES;
        lines.truncate(LINES);
        Lines { file: short_name(spans[0].file, sources), first: lines, more }
    });
    More { code, count, sources: named.collect(), other_files: in_files.len().saturating_sub(FILES) }
}

/// The name of a file without its folder, where no other file has the same.
fn short_name(file: FileId, sources: &Sources) -> String {
    let bare = |name: &str| Path::new(name).file_name().map(|name| name.to_string_lossy().into_owned());
    let whole = sources.name(file);
    let alike = |name: &&str| bare(name) == bare(whole);
    match bare(whole) {
        Some(name) if sources.names().filter(alike).count() == 1 => name,
        _ => whole.to_owned(),
    }
}

impl More {
    /// `and 597 more of no-rating`
    #[must_use]
    pub fn summary(&self) -> String {
        format!("and {} more of {}", grouped(self.count), self.code)
    }

    /// Where they stand, file by file: `1-data.toml:31, :49, …`
    #[must_use]
    pub fn places(&self) -> Vec<String> {
        let mut places: Vec<String> = self.sources.iter().map(Lines::text).collect();
        if self.other_files > 0 {
            places.push(format!("and in {}", counted(self.other_files, "more file")));
        }
        places
    }
}

impl Lines {
    fn text(&self) -> String {
        let lines: Vec<String> = self.first.iter().map(|line| format!(":{line}")).collect();
        format!("{}{}{}", self.file, lines.join(", "), if self.more { ", …" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::diagnostics::Span;

    fn laid() -> (Sources, Vec<FileId>) {
        let mut sources = Sources::default();
        let text = "x\n".repeat(100);
        let ids = ["one/a.toml", "two/a.toml", "two/b.toml", "two/c.toml", "two/d.toml"];
        let ids = ids.into_iter().map(|name| sources.add(name, text.clone())).collect();
        (sources, ids)
    }

    fn told(listing: &Listing<'_>) -> Vec<String> {
        let entry = |entry: &Entry<'_>| match entry {
            Entry::Whole(finding) => finding.message.clone(),
            Entry::More(more) => [vec![more.summary()], more.places()].concat().join("\n"),
        };
        listing.entries.iter().map(entry).collect()
    }

    #[test]
    fn up_to_twenty_are_shown_in_the_order_of_file_and_line() {
        let (sources, ids) = laid();
        let mut diagnostics = Diagnostics::default();
        for (code, line) in
            [(Code::NO_RATING, 3), (Code::NO_KEY, 9), (Code::NO_RATING, 1)].repeat(7).into_iter().take(20)
        {
            diagnostics.push(Diagnostic::new(code, line.to_string()).at(Span::new(ids[0], line * 2..line * 2)));
        }
        let few = listing(&diagnostics, &sources, Extent::Digest);
        assert!(told(&few).is_sorted() && few.entries.len() == 20 && few.summary.is_empty(), "{few:?}");
        diagnostics.push(Diagnostic::new(Code::NO_KEY, "0").at(Span::new(ids[0], 0..0)));
        let many = listing(&diagnostics, &sources, Extent::Digest);
        assert_eq!(many.summary, [(Code::NO_KEY, 8), (Code::NO_RATING, 13)]);
        let one_of_those = told(&listing(&diagnostics, &sources, Extent::All));
        assert!(one_of_those.is_sorted() && one_of_those.len() == 21);
    }

    #[test]
    fn places_are_named_once_a_line_in_three_files_and_by_folder_where_names_are_alike() {
        let (sources, ids) = laid();
        let mut diagnostics = Diagnostics::default();
        for file in &ids {
            for line in [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] {
                diagnostics.push(Diagnostic::new(Code::NO_RATING, "").at(Span::new(*file, line * 2..line * 2)));
            }
        }
        let told = told(&listing(&diagnostics, &sources, Extent::Digest));
        assert_eq!(
            told.last().unwrap(),
            "and 57 more of no-rating\none/a.toml:4, :5, :6, :7, :8, :9, :10, :11, …\n\
             two/a.toml:2, :3, :4, :5, :6, :7, :8, :9, …\nb.toml:2, :3, :4, :5, :6, :7, :8, :9, …\n\
             and in 2 more files"
        );
    }

    #[test]
    fn one_that_is_left_is_shown_and_what_has_no_place_is_only_counted() {
        let (sources, ids) = laid();
        let mut diagnostics = Diagnostics::default();
        (0..4).for_each(|_| diagnostics.push(Diagnostic::new(Code::NO_KEY, "key").at(Span::new(ids[0], 0..0))));
        (0..30).for_each(|_| diagnostics.push(Diagnostic::new(Code::TOPIC_WITHOUT_QUESTION, "")));
        let told = told(&listing(&diagnostics, &sources, Extent::Digest));
        assert_eq!(told, ["key", "key", "key", "key", "", "", "", "and 27 more of topic-without-question"]);
    }
}
