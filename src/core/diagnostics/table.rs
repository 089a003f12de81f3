//! One table of a file, as it stands there.

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use toml::de::DeTable;

use super::piece::SourceText;
use super::recover::Broken;
use super::{Span, Spanned};

/// How many headings stand within each other at most: `[item.calculation.values]`.
const DEEPEST: usize = 3;

/// What a table is, for messages. It is put into words only when there is a message.
#[derive(Clone)]
pub(super) enum Subject<'a> {
    /// `the file`, `a question`.
    Words(&'static str),
    /// `section` and its id; nothing and a question's id.
    Named(&'static str, &'a str),
    /// A field of another table.
    Field(&'a str, Rc<Self>),
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            // Nothing keeps an id from being as long as its file, and each of its faults would repeat it.
            Self::Named("", id) => write!(f, "`{id:.100}`"),
            Self::Named(kind, id) => write!(f, "{kind} `{id:.100}`"),
            Self::Field(field, of) => write!(f, "`{field:.100}` of {of}"),
        }
    }
}

/// A table whose fields have not been read: [`super::Fields`] reads them.
pub(crate) struct RawTable<'a> {
    pub(super) entries: &'a DeTable<'a>,
    pub(super) text: SourceText<'a>,
    pub(super) subject: Subject<'a>,
    span: Span,
    /// The parts of its heading, outermost first: `item`, `choices`. Empty for the file.
    heading: [&'a str; DEEPEST],
    /// The broken stretches of the file, from top to bottom; what seems to be absent there may have been lost.
    broken: &'a [Broken],
}

impl<'a> RawTable<'a> {
    /// The table that the whole text is.
    pub(super) fn of_file(entries: &'a DeTable<'a>, text: SourceText<'a>, broken: &'a [Broken]) -> Self {
        let span = text.span(0..text.parsed().len());
        Self { entries, text, subject: Subject::Words("the file"), span, heading: [""; DEEPEST], broken }
    }

    /// The table that `field` of this one opens.
    pub(super) fn inner(&self, field: &'a str, entries: Spanned<&'a DeTable<'a>>, subject: Subject<'a>) -> Self {
        let mut heading = self.heading;
        if let Some(free) = heading.iter_mut().find(|part| part.is_empty()) {
            *free = field;
        }
        Self { entries: entries.value, text: self.text, subject, span: entries.span, heading, broken: self.broken }
    }

    /// Its heading without brackets: `item.choices`.
    pub(super) fn heading(&self) -> String {
        self.heading.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(".")
    }

    /// The heading of the table that `field` opens, without brackets.
    pub(super) fn heading_of(&self, field: &str) -> String {
        self.heading.iter().filter(|part| !part.is_empty()).chain([&field]).copied().collect::<Vec<_>>().join(".")
    }

    pub(super) fn at(&self, span: Range<usize>) -> Span {
        self.text.span(span)
    }

    /// The line that opens the table.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.entries.contains_key(field)
    }

    /// Whether it stands in a part of the file that breaks TOML's rules.
    pub(super) fn is_broken(&self) -> bool {
        let start = self.span.start as usize;
        let after = self.broken.partition_point(|broken| broken.block.start <= start);
        after.checked_sub(1).is_some_and(|last| self.broken[last].block.contains(&start))
    }

    pub(super) fn is_file_broken(&self) -> bool {
        !self.broken.is_empty()
    }
}
