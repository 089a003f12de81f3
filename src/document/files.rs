//! The files of one reading, and places in them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

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
    name: Box<str>,
    text: Text,
}

#[derive(Clone, Debug)]
enum Text {
    Whole(Cow<'static, str>),
    /// Of a text that was let go of: what is quoted of it, by the start of the place.
    Quoted(BTreeMap<u32, (Position, Box<str>)>),
}

impl Files {
    pub fn add(&mut self, name: &str, text: impl Into<Cow<'static, str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(File { name: name.into(), text: Text::Whole(text.into()) });
        id
    }

    #[must_use]
    pub fn name(&self, id: FileId) -> &str {
        &self.files[id.0 as usize].name
    }

    /// The text of a file; nothing if it was let go of.
    #[must_use]
    pub fn text(&self, id: FileId) -> &str {
        match &self.files[id.0 as usize].text {
            Text::Whole(text) => text,
            Text::Quoted(_) => "",
        }
    }

    /// Keeps no more of a text than is quoted later.
    pub fn let_go(&mut self, id: FileId) {
        self.files[id.0 as usize].text = Text::Quoted(BTreeMap::new());
    }

    /// Keeps, of a text that was let go of and is here once more, the lines of these places.
    pub fn quote(&mut self, id: FileId, text: &str, places: impl IntoIterator<Item = Place>) {
        let Text::Quoted(quoted) = &mut self.files[id.0 as usize].text else { return };
        let mut starts: Vec<u32> =
            places.into_iter().filter(|place| place.file == id).map(|place| place.start).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut known = Known::default();
        for start in starts {
            known = known.on_to(text, start as usize);
            quoted.insert(start, (known.position(text), known.line(text).into()));
        }
    }

    #[must_use]
    pub fn position(&self, place: Place) -> Position {
        match &self.files[place.file.0 as usize].text {
            Text::Whole(text) => Known::default().on_to(text, place.start as usize).position(text),
            Text::Quoted(quoted) => quoted.get(&place.start).map_or(Position { line: 1, column: 1 }, |(at, _)| *at),
        }
    }

    /// The line in which a place starts, without its end.
    #[must_use]
    pub fn line(&self, place: Place) -> &str {
        match &self.files[place.file.0 as usize].text {
            Text::Whole(text) => Known::default().on_to(text, place.start as usize).line(text),
            Text::Quoted(quoted) => quoted.get(&place.start).map_or("", |(_, line)| line),
        }
    }
}

/// How far into a text the lines have been counted.
#[derive(Clone, Copy, Default)]
struct Known {
    offset: usize,
    lines_before: usize,
    line_start: usize,
}

impl Known {
    /// Counts on to an offset, which is moved back to a character of the text.
    fn on_to(self, text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let between = &text[self.offset..offset];
        Self {
            offset,
            lines_before: self.lines_before + between.bytes().filter(|byte| *byte == b'\n').count(),
            line_start: between.rfind('\n').map_or(self.line_start, |newline| self.offset + newline + 1),
        }
    }

    fn position(self, text: &str) -> Position {
        Position { line: self.lines_before + 1, column: text[self.line_start..self.offset].chars().count() + 1 }
    }

    fn line(self, text: &str) -> &str {
        text[self.line_start..].lines().next().unwrap_or("")
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

    #[test]
    fn what_is_quoted_of_a_text_outlives_it() {
        let text = "é = 1\r\nsecond = 2\nthird = 3";
        let mut files = Files::default();
        let (whole, gone) = (files.add("x.toml", text), files.add("y.toml", text));
        let starts = [26_usize, 0, 12, 12, 99];
        files.let_go(gone);
        files.quote(gone, text, starts.map(|start| Place::new(gone, start..start)));
        assert_eq!(files.text(gone), "");
        for start in starts {
            let (here, there) = (Place::new(whole, start..start), Place::new(gone, start..start));
            assert_eq!(files.position(here), files.position(there));
            assert_eq!(files.line(here), files.line(there));
        }
        assert_eq!(files.line(Place::new(gone, 12..12)), "second = 2");
        assert_eq!(files.line(Place::new(gone, 3..3)), "", "nothing was kept for this place");
    }
}
