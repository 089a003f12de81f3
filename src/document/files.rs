//! The files of one reading, and places in them.

use std::ops::Range;
use std::sync::Arc;

/// A file among [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Place {
    /// A place in `file`; offsets past 4 GiB are cut off there.
    #[must_use]
    pub fn new(file: FileId, bytes: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(bytes.start), end: clamp(bytes.end) }
    }

    #[must_use]
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Line and column as an editor counts them, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// The texts that were read, by the names that a person knows them by.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

#[derive(Clone, Debug)]
struct File {
    name: Arc<str>,
    text: Arc<str>,
}

impl Files {
    pub fn add(&mut self, name: &str, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(File { name: name.into(), text: text.into() });
        id
    }

    #[must_use]
    pub fn name(&self, id: FileId) -> &str {
        &self.files[id.0 as usize].name
    }

    #[must_use]
    pub fn text(&self, id: FileId) -> Arc<str> {
        Arc::clone(&self.files[id.0 as usize].text)
    }

    /// The bytes of all the files together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.files.iter().map(|file| file.text.len()).sum()
    }

    #[must_use]
    pub fn position(&self, place: Place) -> Position {
        let text = &self.files[place.file.0 as usize].text;
        let mut start = (place.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_survive_offsets_inside_or_behind_the_text() {
        let mut files = Files::default();
        let file = files.add("x.toml", "é = 1\nab");
        let at = |start| files.position(Place::new(file, start..start));
        assert_eq!(at(0), Position { line: 1, column: 1 });
        assert_eq!(at(1), Position { line: 1, column: 1 });
        assert_eq!(at(2), Position { line: 1, column: 2 });
        assert_eq!(at(8), Position { line: 2, column: 2 });
        assert_eq!(at(99), Position { line: 2, column: 3 });
    }
}
