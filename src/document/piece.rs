//! A long file in pieces.
//!
//! What TOML's parser makes of a text takes six times the room of the text. A bank is a list of questions, so a long one
//! is read a piece at a time: what stands at its top, and then so many of its `[[item]]` blocks. The parser gets both as
//! one text, and places are counted back into the file.

use std::borrow::Cow;
use std::ops::Range;

use super::recover::name;
use super::{FileId, Place};

/// The text of a file, or of a piece of one.
#[derive(Clone, Copy, Debug)]
pub struct FileText<'t> {
    file: FileId,
    /// What the parser gets.
    text: &'t str,
    /// Before this offset stands the top of the file, and behind it what stands so many bytes later there.
    top: usize,
    skipped: usize,
}

impl<'t> FileText<'t> {
    pub(super) fn whole_file(file: FileId, text: &'t str) -> Self {
        Self { file, text, top: 0, skipped: 0 }
    }

    /// What the parser gets: a piece has the top of its file before it.
    pub(super) fn parsed(self) -> &'t str {
        self.text
    }

    /// The place of what the parser found at `span`.
    pub(super) fn place(self, span: Range<usize>) -> Place {
        let by = if span.start < self.top { 0 } else { self.skipped };
        Place::new(self.file, span.start + by..span.end + by)
    }

    /// The place of the piece, without the top of the file.
    pub(super) fn place_of_piece(self) -> Place {
        self.place(self.top..self.text.len())
    }

    /// Whether a place is in this piece of the file, and not in the top of the file.
    pub(super) fn holds(self, place: Place) -> bool {
        self.skipped == 0 || place.bytes().start >= self.top + self.skipped
    }

    /// How a place stands in the file, a text with its quotes; nothing for a place that is not in it.
    #[must_use]
    pub fn at(self, place: Place) -> &'t str {
        let by = if place.bytes().start < self.top { 0 } else { self.skipped };
        let (start, end) = (place.bytes().start.checked_sub(by), place.bytes().end.checked_sub(by));
        start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or("")
    }
}

/// A file, and where its pieces are.
pub(super) struct Pieces<'t> {
    file: FileId,
    text: &'t str,
    /// What stands before the first list.
    top: &'t str,
    /// Where the pieces start; one more at the end.
    starts: Vec<usize>,
}

/// One piece, or some of them.
pub(super) struct Piece<'t> {
    file: FileId,
    text: Cow<'t, str>,
    top: usize,
    skipped: usize,
}

impl<'t> Pieces<'t> {
    /// A text of more than `size` bytes falls into pieces of about so many.
    pub fn of(file: FileId, text: &'t str, size: usize) -> Self {
        let mut pieces = Self { file, text, top: "", starts: vec![0] };
        let is_list = |line: &str| line.strip_prefix("[[").is_some_and(|rest| name(rest).is_some());
        let mut headings = lines(text).filter(|(_, line)| is_list(line)).map(|(at, _)| at);
        if text.len() > size
            && let Some(first) = headings.next()
        {
            pieces.top = &text[..first];
            // The top is read with every piece.
            let size = size.max(first);
            for at in headings {
                if at - pieces.starts[pieces.starts.len() - 1] >= size {
                    pieces.starts.push(at);
                }
            }
        }
        pieces.starts.push(text.len());
        pieces
    }

    pub fn count(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn get(&self, pieces: Range<usize>) -> Piece<'t> {
        let (start, end) = (self.starts[pieces.start], self.starts[pieces.end]);
        let text = &self.text[start..end];
        if start == 0 {
            return Piece { file: self.file, text: Cow::Borrowed(text), top: 0, skipped: 0 };
        }
        let whole = [self.top, "\n", text].concat();
        let top = whole.len() - text.len();
        Piece { file: self.file, text: Cow::Owned(whole), top, skipped: start - top }
    }
}

impl Piece<'_> {
    pub fn text(&self) -> FileText<'_> {
        FileText { file: self.file, text: &self.text, top: self.top, skipped: self.skipped }
    }
}

/// The lines of a text, with where they start.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}
