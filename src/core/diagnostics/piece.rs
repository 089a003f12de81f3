//! A long file in pieces.
//!
//! What TOML's parser makes of a text takes six times the room of the text. A bank is a list of questions, so a long one
//! is read a piece at a time: what stands at its top, and then a number of its `[[item]]` blocks. The parser gets both as
//! one text, and places are counted back into the file. The file itself may come in parts and need not be in memory.

use std::borrow::Cow;
use std::iter::Peekable;
use std::ops::Range;
use std::rc::Rc;

use super::{FileId, Span};

/// The text of a file, or of a piece of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourceText<'t> {
    file: FileId,
    /// What the parser gets.
    text: &'t str,
    /// Before this offset stands the top of the file, and from it on what stands `skipped` bytes later there.
    top: usize,
    skipped: usize,
}

impl<'t> SourceText<'t> {
    pub(super) fn whole_file(file: FileId, text: &'t str) -> Self {
        Self { file, text, top: 0, skipped: 0 }
    }

    /// Of a piece; `text` is what the parser gets of it.
    pub(super) fn of_piece(file: FileId, piece: &Piece<'_>, text: &'t str) -> Self {
        let top = text.len() - piece.text.len();
        Self { file, text, top, skipped: piece.start - top }
    }

    /// What the parser gets: a piece has the top of its file before it.
    pub(super) fn parsed(self) -> &'t str {
        self.text
    }

    /// The place of what the parser found at `span`.
    pub(super) fn span(self, span: Range<usize>) -> Span {
        let by = if span.start < self.top { 0 } else { self.skipped };
        Span::new(self.file, span.start + by..span.end + by)
    }

    /// The place of the piece, without the top of the file.
    pub(super) fn place_of_piece(self) -> Span {
        self.span(self.top..self.text.len())
    }

    /// Whether a place is in this piece of the file, and not in the top of the file.
    pub(super) fn holds(self, span: Span) -> bool {
        self.skipped == 0 || span.bytes().start >= self.top + self.skipped
    }

    /// How a place stands in the file, a text with its quotes; nothing for a place that is not in it.
    pub(crate) fn at(self, span: Span) -> &'t str {
        let by = if span.bytes().start < self.top { 0 } else { self.skipped };
        let (start, end) = (span.bytes().start.checked_sub(by), span.bytes().end.checked_sub(by));
        start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or("")
    }

    /// Where words stand within a place; all of it where they are not found as they are.
    pub(crate) fn span_of(self, words: &str, within: Span) -> Span {
        let found = self.at(within).find(words).filter(|_| !words.is_empty());
        found.map_or(within, |at| {
            let start = within.bytes().start + at;
            Span::new(within.file, start..start + words.len())
        })
    }
}

/// The pieces of a file that comes in parts, each of which ends at the end of a line.
pub(super) struct Pieces<'t, I: Iterator> {
    parts: Peekable<I>,
    /// About so long is a piece.
    size: usize,
    /// What stands before the first list, once that is known.
    top: Option<Rc<str>>,
    /// What has come and belongs to no piece yet, and where it starts in the file.
    rest: Cow<'t, str>,
    start: usize,
    is_done: bool,
}

/// One piece, and where it starts in its file.
pub(super) struct Piece<'t> {
    start: usize,
    text: Cow<'t, str>,
}

impl<'t, I: Iterator<Item = Cow<'t, str>>> Pieces<'t, I> {
    pub(super) fn of(parts: I, size: usize) -> Self {
        Self { parts: parts.peekable(), size, top: None, rest: Cow::Borrowed(""), start: 0, is_done: false }
    }

    /// What stands before the first list of the file.
    pub(super) fn top(&self) -> Rc<str> {
        self.top.clone().unwrap_or_default()
    }

    /// The next piece. One of more than `most` bytes is cut off there, and what follows it is skipped up to the next list.
    pub(super) fn next(&mut self, most: usize) -> Option<Piece<'t>> {
        let mut searched = 0;
        while !self.is_done {
            let cut = self.cut(searched);
            let is_last = cut.is_none() && self.parts.peek().is_none();
            if cut.is_none() && !is_last && self.rest.len() <= most {
                searched = self.rest.len();
                self.pull();
                continue;
            }
            self.is_done = is_last;
            let piece = self.take(cut.unwrap_or(self.rest.len()));
            if cut.is_none() {
                self.skip_to_list();
            }
            return Some(piece).filter(|piece| piece.start == 0 || !piece.text.is_empty());
        }
        None
    }

    /// Where the rest may be cut: at the first list after `size` bytes; up to `searched` there is none.
    fn cut(&mut self, searched: usize) -> Option<usize> {
        if self.top.is_none() {
            let first = lists(&self.rest, 0).next()?;
            self.top = Some(self.rest[..first].into());
            // It is read with every piece.
            self.size = self.size.max(first + 1);
        }
        lists(&self.rest, searched.max(self.size)).next()
    }

    /// Adds the next part to the rest.
    fn pull(&mut self) {
        match self.parts.next() {
            Some(part) if self.rest.is_empty() => self.rest = part,
            Some(part) => self.rest.to_mut().push_str(&part),
            None => {}
        }
    }

    /// Takes the beginning of the rest.
    fn take(&mut self, length: usize) -> Piece<'t> {
        let (text, rest) = match std::mem::take(&mut self.rest) {
            Cow::Borrowed(rest) => {
                let (text, rest) = rest.split_at(length);
                (Cow::Borrowed(text), Cow::Borrowed(rest))
            }
            Cow::Owned(mut text) => {
                let rest = text.split_off(length);
                (Cow::Owned(text), Cow::Owned(rest))
            }
        };
        self.rest = rest;
        let start = self.start;
        self.start += text.len();
        Piece { start, text }
    }

    fn skip_to_list(&mut self) {
        while self.parts.peek().is_some() {
            self.pull();
            let list = lists(&self.rest, 0).next();
            self.take(list.unwrap_or(self.rest.len()));
            if list.is_some() {
                return;
            }
        }
    }
}

impl<'t> Piece<'t> {
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What the parser gets.
    pub(super) fn with_top(&self, top: &str) -> Cow<'_, str> {
        if self.start == 0 { Cow::Borrowed(&self.text) } else { Cow::Owned([top, "\n", &self.text].concat()) }
    }

    /// This piece and the next as one.
    pub(super) fn joined(&self, next: &Piece<'_>) -> Piece<'t> {
        Piece { start: self.start, text: Cow::Owned([&*self.text, &*next.text].concat()) }
    }
}

/// Where the lists of a text begin, from an offset on.
fn lists(text: &str, from: usize) -> impl Iterator<Item = usize> {
    let from = from.min(text.len());
    let line = from.checked_sub(1).map_or(0, |before| {
        text.as_bytes()[before..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |end| from + end)
    });
    let is_list = |line: &str| line.strip_prefix("[[").is_some_and(|rest| name(rest).is_some());
    lines(&text[line..]).filter(move |(_, line)| is_list(line)).map(move |(at, _)| line + at)
}

/// The name of a heading, if it is not one within another (`item.part`).
pub(super) fn name(rest: &str) -> Option<&str> {
    let name = rest.split(']').next()?.trim();
    (!name.is_empty() && !name.contains('.')).then_some(name)
}

/// The lines of a text, with where they start.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}
