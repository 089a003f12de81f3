//! The files of one reading, and places in them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::checksum::Checksum;

/// A file among [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The offset of its first byte in the file.
    pub start: u32,
    /// The offset after its last byte.
    pub end: u32,
}

impl Span {
    /// A place in `file`; offsets past 4 GiB are cut off there.
    #[must_use]
    pub fn new(file: FileId, bytes: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(bytes.start), end: clamp(bytes.end) }
    }

    /// Its offsets, for slicing the file's text.
    #[must_use]
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Changes the value, which stays where it stands.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// Line and column as an editor counts them, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The texts that were read, by the names that a person knows them by.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    sources: Vec<File>,
}

#[derive(Clone, Debug)]
struct File {
    name: Box<str>,
    text: Text,
}

#[derive(Clone, Debug)]
enum Text {
    Whole {
        text: Cow<'static, str>,
        /// Where the lines are, every [`STRIDE`] bytes: made when the first place is asked for.
        marks: OnceLock<Vec<Mark>>,
    },
    /// What is quoted of a text that was discarded, by the start of the place.
    Quoted(BTreeMap<u32, (Position, Option<Box<str>>)>),
}

/// So many bytes lie between two marks of a text: what is counted at most to find the line of a place, however many
/// findings there are.
const STRIDE: usize = 1024;

/// How many bytes of a line are quoted before and after a place: more of it does not fit on a screen.
const QUOTED: usize = 4096;

impl Sources {
    /// Adds a file by the name that messages call it.
    pub fn add(&mut self, name: &str, text: impl Into<Cow<'static, str>>) -> FileId {
        let id = FileId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        let text = Text::Whole { text: text.into(), marks: OnceLock::new() };
        self.sources.push(File { name: name.into(), text });
        id
    }

    /// The name that messages call a file.
    #[must_use]
    pub fn name(&self, id: FileId) -> &str {
        &self.sources[id.0 as usize].name
    }

    /// The names of all files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|file| &*file.name)
    }

    /// The text of a file; nothing if it was discarded.
    #[must_use]
    pub fn text(&self, id: FileId) -> &str {
        match &self.sources[id.0 as usize].text {
            Text::Whole { text, .. } => text,
            Text::Quoted(_) => "",
        }
    }

    /// The checksum of all texts together, in their order; `None` where one was discarded.
    #[must_use]
    pub fn checksum(&self) -> Option<Checksum> {
        self.sources.iter().try_fold(Checksum::START, |sum, file| match &file.text {
            Text::Whole { text, .. } => Some(sum.then(text.as_bytes())),
            Text::Quoted(_) => None,
        })
    }

    /// Keeps no more of a text than is quoted later.
    pub fn drop_text(&mut self, id: FileId) {
        self.sources[id.0 as usize].text = Text::Quoted(BTreeMap::new());
    }

    /// Keeps the lines of these places from a text that was discarded and is read again. It comes in parts that each
    /// end at the end of a line.
    pub fn keep_excerpts<'t>(
        &mut self,
        id: FileId,
        text: impl Iterator<Item = Cow<'t, str>>,
        spans: impl IntoIterator<Item = Span>,
    ) {
        let Text::Quoted(quoted) = &mut self.sources[id.0 as usize].text else { return };
        let mut starts: Vec<u32> = spans.into_iter().filter(|span| span.file == id).map(|span| span.start).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut starts = starts.into_iter().peekable();
        let mut parts = text.peekable();
        let (mut begin, mut lines_before) = (0, 0);
        while let Some(part) = parts.next() {
            let end = if parts.peek().is_none() { usize::MAX } else { begin + part.len() };
            let marks = marks(&part);
            while let Some(start) = starts.next_if(|start| (*start as usize) < end) {
                let mark = Mark::at(&part, &marks, start as usize - begin);
                let position = Position { line: mark.lines_before + lines_before + 1, ..mark.position() };
                quoted.insert(start, (position, mark.line(&part).map(Box::from)));
            }
            begin += part.len();
            lines_before += Mark::at(&part, &marks, part.len()).lines_before;
        }
    }

    /// Where a place starts; the top of the file where its text was discarded and the place is not quoted.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        match &self.sources[span.file.0 as usize].text {
            Text::Whole { text, marks } => Self::mark(text, marks, span).position(),
            Text::Quoted(quoted) => quoted.get(&span.start).map_or(Position { line: 1, column: 1 }, |(at, _)| *at),
        }
    }

    /// The line in which a place starts, without its end and not far beyond the place; `None` where the text was let go
    /// of, or the place is so far into its line that nobody would find it in a quote.
    #[must_use]
    pub fn line(&self, span: Span) -> Option<&str> {
        match &self.sources[span.file.0 as usize].text {
            Text::Whole { text, marks } => Self::mark(text, marks, span).line(text),
            Text::Quoted(quoted) => quoted.get(&span.start)?.1.as_deref(),
        }
    }

    fn mark(text: &str, marks: &OnceLock<Vec<Mark>>, span: Span) -> Mark {
        Mark::at(text, marks.get_or_init(|| self::marks(text)), span.start as usize)
    }
}

/// How far into a text its lines have been counted.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    offset: usize,
    lines_before: usize,
    line_start: usize,
    /// Characters between the start of the line and the offset.
    column: usize,
}

/// The marks of a text, from the top.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = vec![Mark::default()];
    let mut mark = Mark::default();
    for offset in (STRIDE..text.len()).step_by(STRIDE) {
        mark = mark.on_to(text, offset);
        marks.push(mark);
    }
    marks
}

impl Mark {
    /// Counts on to an offset from the mark before it.
    fn at(text: &str, marks: &[Self], offset: usize) -> Self {
        let before = marks.partition_point(|mark| mark.offset <= offset);
        marks[before - 1].on_to(text, offset)
    }

    /// Counts on to an offset, which is moved back to a character of the text.
    fn on_to(self, text: &str, offset: usize) -> Self {
        let offset = character_at(text, offset);
        let between = &text[self.offset..offset];
        let newline = between.rfind('\n');
        Self {
            offset,
            lines_before: self.lines_before + between.bytes().filter(|byte| *byte == b'\n').count(),
            line_start: newline.map_or(self.line_start, |newline| self.offset + newline + 1),
            column: newline.map_or_else(
                || self.column + between.chars().count(),
                |newline| between[newline + 1..].chars().count(),
            ),
        }
    }

    fn position(self) -> Position {
        Position { line: self.lines_before + 1, column: self.column + 1 }
    }

    fn line(self, text: &str) -> Option<&str> {
        let end = character_at(text, self.offset + QUOTED);
        (self.offset - self.line_start <= QUOTED).then(|| text[self.line_start..end].lines().next().unwrap_or(""))
    }
}

/// The start of the character that an offset lies in; the end of the text for what lies after it.
fn character_at(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_survive_offsets_inside_or_behind_the_text() {
        let mut sources = Sources::default();
        let file = sources.add("x.toml", "é = 1\nab");
        let at = |start| sources.position(Span::new(file, start..start));
        assert_eq!(at(0), Position { line: 1, column: 1 });
        assert_eq!(at(1), Position { line: 1, column: 1 });
        assert_eq!(at(2), Position { line: 1, column: 2 });
        assert_eq!(at(8), Position { line: 2, column: 2 });
        assert_eq!(at(99), Position { line: 2, column: 3 });
    }

    #[test]
    fn what_is_quoted_of_a_text_outlives_it() {
        let text = "é = 1\r\nsecond = 2\nthird = 3";
        let mut sources = Sources::default();
        let (whole, gone) = (sources.add("x.toml", text), sources.add("y.toml", text));
        let starts = [26_usize, 0, 12, 12, 99];
        sources.drop_text(gone);
        let parts = text.split_inclusive('\n').map(Cow::Borrowed);
        sources.keep_excerpts(gone, parts, starts.map(|start| Span::new(gone, start..start)));
        assert_eq!(sources.text(gone), "");
        for start in starts {
            let (here, there) = (Span::new(whole, start..start), Span::new(gone, start..start));
            assert_eq!(sources.position(here), sources.position(there));
            assert_eq!(sources.line(here), sources.line(there));
        }
        assert_eq!(sources.line(Span::new(gone, 12..12)), Some("second = 2"));
        assert_eq!(sources.line(Span::new(gone, 3..3)), None, "nothing was kept for this place");
    }

    #[test]
    fn places_far_into_a_text_are_counted_from_a_mark_as_from_the_top() {
        let line = "é".repeat(100) + "\r\n" + &"漢字".repeat(700) + "\n\n";
        let text = line.repeat(20);
        let mut sources = Sources::default();
        let file = sources.add("x.toml", text.clone());
        for start in (0..text.len()).step_by(7) {
            let at = character_at(&text, start);
            let before = &text[..at];
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            let expected = Position { line: before.matches('\n').count() + 1, column };
            assert_eq!(sources.position(Span::new(file, start..start)), expected, "{start}");
        }
    }

    #[test]
    fn a_line_that_nobody_wrote_by_hand_is_not_quoted_whole() {
        let text = format!("x = \"{}\"", "a".repeat(3 * QUOTED));
        let mut sources = Sources::default();
        let file = sources.add("x.toml", text);
        assert_eq!(sources.line(Span::new(file, 4..5)).map(str::len), Some(4 + QUOTED));
        let far = Span::new(file, 2 * QUOTED..2 * QUOTED + 1);
        assert_eq!((sources.line(far), sources.position(far).column), (None, 2 * QUOTED + 1));
    }
}
