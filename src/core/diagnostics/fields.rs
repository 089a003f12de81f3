//! Taking the fields of a TOML table one by one.
//!
//! serde stops at the first field that does not fit. An instructor who has just converted 200 questions wants the
//! other 40 faults in the same run, so the tables are walked here: each field is taken once, at its place, and
//! [`Fields::finish`] names those that nobody asked for.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::piece::SourceText;
use super::recover::Broken;
use super::value::{Shape, Value, as_number, as_whole, civil_date, kind};
use super::{Code, Diagnostics, Span};
use crate::text::is_hidden;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// What stands where a text is wanted.
const TEXT: &str = "text in quotes";

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

/// The fields of one table that have not been taken yet.
pub struct Fields<'a, 'i> {
    table: &'a DeTable<'i>,
    text: SourceText<'a>,
    span: Span,
    subject: Subject<'a>,
    /// The parts of its heading, outermost first: `item`, `choices`. Empty for the file.
    heading: [&'a str; DEEPEST],
    /// Every field that was asked for, and how many of them there were.
    taken: Vec<&'static str>,
    found: usize,
    /// Fields that were found in a wrong place or form, which was told there: they are not missing here as well.
    elsewhere: Vec<&'static str>,
    /// Fields that were told and are not looked at again.
    told: Vec<&'a str>,
    /// The broken stretches of the file, from top to bottom; what seems to be absent there may have been lost.
    broken: &'a [Broken],
}

impl<'a, 'i> Fields<'a, 'i> {
    pub(super) fn new(
        table: &'a DeTable<'i>,
        span: Span,
        text: SourceText<'a>,
        subject: Subject<'a>,
        broken: &'a [Broken],
    ) -> Self {
        let (heading, taken, elsewhere, told) = ([""; DEEPEST], Vec::new(), Vec::new(), Vec::new());
        Self { table, text, span, subject, heading, taken, found: 0, elsewhere, told, broken }
    }

    /// The same, as the table that `field` of `outer` opens.
    fn within(mut self, outer: [&'a str; DEEPEST], field: &'a str) -> Self {
        self.heading = outer;
        if let Some(free) = self.heading.iter_mut().find(|part| part.is_empty()) {
            *free = field;
        }
        self
    }

    /// The heading of the table that `field` opens, without brackets: `item.choices`.
    fn heading_of(&self, field: &str) -> String {
        self.heading.iter().filter(|part| !part.is_empty()).chain([&field]).copied().collect::<Vec<_>>().join(".")
    }

    /// A text of the table, which stays to be taken.
    #[must_use]
    pub fn peek(&self, field: &str) -> Option<&'a str> {
        self.table.get(field)?.get_ref().as_str()
    }

    /// Names the table for messages, once its id is known: its kind, if that needs saying, and the id.
    pub fn set_name(&mut self, kind: &'static str, id: &'a str) {
        self.subject = Subject::Named(kind, id);
    }

    /// Says what the table is, where it has no id.
    pub fn set_subject(&mut self, words: &'static str) {
        self.subject = Subject::Words(words);
    }

    /// The line that opens the table.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The text of the file, for looking at how a place stands in it.
    #[must_use]
    pub fn file_text(&self) -> SourceText<'a> {
        self.text
    }

    /// The value of a field, where it stands.
    #[must_use]
    pub fn span_of(&self, field: &str) -> Option<Span> {
        self.table.get(field).map(|value| self.at(value.span()))
    }

    /// Whether this part of the file breaks TOML's rules, so that what is absent may only have been lost.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        let start = self.span.start as usize;
        let after = self.broken.partition_point(|broken| broken.block.start <= start);
        after.checked_sub(1).is_some_and(|last| self.broken[last].block.contains(&start))
    }

    /// Whether any part of the file breaks TOML's rules, so that questions may have been lost.
    #[must_use]
    pub fn is_file_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// Every field that was asked for so far.
    pub(super) fn taken(&self) -> &[&'static str] {
        &self.taken
    }

    /// Takes those of `fields` that were read at the top of the file, with its first piece. One that stands in this piece
    /// was overlooked then.
    pub(super) fn take_again(&mut self, fields: &[&'static str], diagnostics: &mut Diagnostics) {
        for field in fields {
            if self.taken.contains(field) {
                continue;
            }
            self.take(field);
            let Some((key, _)) = self.table.get_key_value(*field) else { continue };
            let span = self.at(key.span());
            if self.text.holds(span) {
                let message = format!("`{field}` of {} stands below its first list", self.subject);
                diagnostics.add(Code::UnknownField, span, message, "move it to the top of the file");
            }
        }
    }

    /// Takes out the fields that belong to the table around this one, `of`: whatever an author writes behind a heading
    /// belongs to that heading, so a line that came too late would otherwise count as one of the entries here.
    pub fn take_misplaced(
        &mut self,
        of: &mut Self,
        names: &[&'static str],
        heading: &str,
        diagnostics: &mut Diagnostics,
    ) {
        let mut found: Vec<_> =
            names.iter().filter_map(|name| Some((*name, self.table.get_key_value(*name)?.0))).collect();
        found.sort_by_key(|(_, key)| key.span().start);
        // With its id, it is not one line that is misplaced: the heading of a new entry is missing.
        let new_entry = found.iter().any(|(name, _)| *name == "id");
        for (name, key) in found {
            self.taken.push(name);
            of.elsewhere.push(name);
            let message = format!("`{name}` of {} stands below {heading}, where it means something else", of.subject);
            if !new_entry {
                let help = format!("move this line up, above {heading}: all lines behind such a heading belong to it");
                diagnostics.add(Code::UnknownField, self.at(key.span()), message, help);
            } else if name == "id" {
                let list = heading.trim_matches(['[', ']']).split('.').next().unwrap_or(heading);
                let help = format!(
                    "if a new {list} begins here, write [[{list}]] above it; else move the line above {heading}"
                );
                diagnostics.add(Code::UnknownField, self.at(key.span()), message, help);
            }
        }
    }

    /// Tells of the fields that `known` recognizes as what an author of another format writes. Comes before anything is
    /// taken: what such a field stands for is then not missing as well.
    pub fn recognize(&mut self, known: impl Fn(&str, &Value<'_>) -> Option<Recognized>, diagnostics: &mut Diagnostics) {
        let mut fields: Vec<_> = self.table.iter().collect();
        fields.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in fields {
            let name: &'a str = key.get_ref().as_ref();
            let Some(Recognized { meant, help }) = known(name, &Value(value.get_ref())) else { continue };
            if meant == Some(name) {
                let message = format!("`{name}` of {} is {}, not a table", self.subject, kind(value.get_ref()));
                diagnostics.add(Code::WrongType, self.at(value.span()), message, help);
            } else {
                self.unknown(key, help, diagnostics);
            }
            self.told.push(name);
            self.elsewhere.extend(meant);
        }
    }

    fn unknown(&self, key: &TomlSpanned<Cow<'_, str>>, help: impl Into<String>, diagnostics: &mut Diagnostics) {
        let message = format!("{} has a field `{}` that means nothing here", self.subject, key.get_ref());
        diagnostics.add(Code::UnknownField, self.at(key.span()), message, help);
    }

    /// Whether there are tables with two brackets around a name that is none of these.
    #[must_use]
    pub fn has_other_lists(&self, names: &[&str]) -> bool {
        self.table
            .iter()
            .any(|(key, value)| !names.contains(&key.get_ref().as_ref()) && Value(value.get_ref()).is_list_of_tables())
    }

    /// Whether a field was found in a wrong place or form.
    #[must_use]
    pub fn is_elsewhere(&self, field: &str) -> bool {
        self.elsewhere.contains(&field)
    }

    fn at(&self, span: Range<usize>) -> Span {
        self.text.span(span)
    }

    fn take(&mut self, field: &'static str) -> Option<&'a TomlSpanned<DeValue<'i>>> {
        debug_assert!(!self.taken.contains(&field), "`{field}` is taken twice");
        self.taken.push(field);
        if self.told.contains(&field) {
            return None;
        }
        let found = self.table.get(field);
        self.found += usize::from(found.is_some());
        found
    }

    fn typed<T>(
        &mut self,
        field: &'static str,
        expected: impl fmt::Display,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&'a DeValue<'i>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let found = self.take(field)?;
        self.read(found, field, expected, diagnostics, read)
    }

    fn read<T>(
        &self,
        found: &'a TomlSpanned<DeValue<'i>>,
        field: &'static str,
        expected: impl fmt::Display,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&'a DeValue<'i>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let span = self.at(found.span());
        let Some(value) = read(found.get_ref()) else {
            self.wrong_type(field, expected, found, diagnostics);
            return None;
        };
        Some(Spanned { value, span })
    }

    fn wrong_type(
        &self,
        field: &str,
        expected: impl fmt::Display,
        found: &TomlSpanned<DeValue<'_>>,
        diagnostics: &mut Diagnostics,
    ) {
        let expected = expected.to_string();
        let help = match found.get_ref() {
            DeValue::Table(_) if expected == TEXT => {
                format!(
                    "write {field} = \"…\" on one line in its place, below [{}]",
                    self.heading.join(".").trim_end_matches('.')
                )
            }
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_)
                if expected.starts_with(TEXT) =>
            {
                format!("write it in quotes: \"{}\"", self.text.at(self.at(found.span())))
            }
            _ => format!("write {expected} here"),
        };
        self.is_not(field, found, &expected, help, diagnostics);
    }

    fn is_not(
        &self,
        field: &str,
        found: &TomlSpanned<DeValue<'_>>,
        expected: &str,
        help: String,
        diagnostics: &mut Diagnostics,
    ) {
        let message = format!("`{field}` of {} is {}, not {expected}", self.subject, kind(found.get_ref()));
        diagnostics.add(Code::WrongType, self.at(found.span()), message, help);
    }

    /// Says so if a field is absent; `example` is a whole line of TOML.
    pub fn require(&self, field: &str, example: &str, diagnostics: &mut Diagnostics) {
        if !self.table.contains_key(field) {
            self.missing(field, example, diagnostics);
        }
    }

    /// Says that a field is absent, unless the file is too broken to know.
    pub fn missing(&self, field: &str, example: &str, diagnostics: &mut Diagnostics) {
        if !self.is_broken() && !self.is_elsewhere(field) {
            diagnostics.add(
                Code::MissingField,
                self.span(),
                format!("{} has no `{field}`", self.subject),
                format!("add a line such as: {example}"),
            );
        }
    }

    pub fn text(&mut self, field: &'static str, diagnostics: &mut Diagnostics) -> Option<Spanned<&'a str>> {
        self.typed(field, TEXT, diagnostics, |value| value.as_str())
    }

    /// A text that must be there; `example` is a whole line of TOML.
    pub fn required_text(
        &mut self,
        field: &'static str,
        example: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<&'a str>> {
        let Some(found) = self.take(field) else {
            self.missing(field, example, diagnostics);
            return None;
        };
        let found = self.read(found, field, TEXT, diagnostics, |value| value.as_str())?;
        if found.value.chars().all(|c| c.is_whitespace() || is_hidden(c)) {
            let message = format!("`{field}` of {} is empty", self.subject);
            diagnostics.add(Code::EmptyText, found.span, message, format!("write it, for example: {example}"));
            return None;
        }
        Some(found)
    }

    pub fn number(&mut self, field: &'static str, diagnostics: &mut Diagnostics) -> Option<Spanned<f64>> {
        self.typed(field, "a number", diagnostics, as_number)
    }

    /// One number, or a list of numbers.
    pub fn numbers(&mut self, field: &'static str, diagnostics: &mut Diagnostics) -> Option<Vec<Spanned<f64>>> {
        let found = self.take(field)?;
        let DeValue::Array(list) = found.get_ref() else {
            return self
                .read(found, field, "a number or a list of numbers", diagnostics, as_number)
                .map(|number| vec![number]);
        };
        Some(list.iter().filter_map(|entry| self.read(entry, field, "a number", diagnostics, as_number)).collect())
    }

    pub fn whole(&mut self, field: &'static str, diagnostics: &mut Diagnostics) -> Option<Spanned<u32>> {
        self.typed(field, "a whole number", diagnostics, as_whole)
    }

    pub fn flag(&mut self, field: &'static str, diagnostics: &mut Diagnostics) -> Option<bool> {
        self.typed(field, "true or false", diagnostics, DeValue::as_bool).map(|found| found.value)
    }

    pub fn date(&mut self, field: &'static str, diagnostics: &mut Diagnostics) -> Option<Spanned<jiff::civil::Date>> {
        self.typed(field, "a date such as 2026-10-01 (without quotes)", diagnostics, |value| {
            civil_date(value.as_datetime()?)
        })
    }

    /// One text, or a list of texts.
    pub fn texts(&mut self, field: &'static str, diagnostics: &mut Diagnostics) -> Option<Vec<Spanned<&'a str>>> {
        let found = self.take(field)?;
        match found.get_ref() {
            DeValue::String(text) => Some(vec![Spanned { value: text.as_ref(), span: self.at(found.span()) }]),
            DeValue::Array(list) => Some(
                list.iter()
                    .filter_map(|entry| {
                        let span = self.at(entry.span());
                        let Some(value) = entry.get_ref().as_str() else {
                            self.wrong_type(field, TEXT, entry, diagnostics);
                            return None;
                        };
                        Some(Spanned { value, span })
                    })
                    .collect(),
            ),
            _ => {
                self.wrong_type(field, "text in quotes, or a list of them", found, diagnostics);
                None
            }
        }
    }

    /// A list of lists of texts, as the rows of a table are.
    pub fn rows(&mut self, field: &'static str, diagnostics: &mut Diagnostics) -> Vec<Spanned<Vec<Spanned<&'a str>>>> {
        let Some(found) = self.take(field) else { return Vec::new() };
        let expected = "a list of rows, each a list of texts: [[\"a\", \"b\"], [\"c\", \"d\"]]";
        let Some(list) = found.get_ref().as_array() else {
            self.wrong_type(field, expected, found, diagnostics);
            return Vec::new();
        };
        let mut rows = Vec::with_capacity(list.len());
        for row in list {
            let spanned = |cell: &'a TomlSpanned<DeValue<'i>>| {
                Some(Spanned { value: cell.get_ref().as_str()?, span: self.at(cell.span()) })
            };
            let cells: Option<Vec<_>> = row.get_ref().as_array().and_then(|cells| cells.iter().map(spanned).collect());
            match cells {
                Some(value) => rows.push(Spanned { value, span: self.at(row.span()) }),
                None => self.wrong_type(field, "a list of texts", row, diagnostics),
            }
        }
        rows
    }

    /// A table within this one.
    pub fn table(&mut self, field: &'static str, diagnostics: &mut Diagnostics) -> Option<Fields<'a, 'i>> {
        let found = self.take(field)?;
        let Some(table) = found.get_ref().as_table() else {
            let help = format!("write a line [{}], and what belongs to it on the lines below", self.heading_of(field));
            self.is_not(field, found, "a table", help, diagnostics);
            return None;
        };
        let subject = Subject::Field(field, Rc::new(self.subject.clone()));
        let fields = Fields::new(table, self.at(found.span()), self.text, subject, self.broken);
        Some(fields.within(self.heading, field))
    }

    /// The tables of a list: each `[[field]]` of the file, in the order they stand.
    pub fn tables(
        &mut self,
        field: &'static str,
        subject: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Fields<'a, 'i>> {
        let Some(found) = self.take(field) else { return Vec::new() };
        let heading = self.heading_of(field);
        let no_table = |entry: &'a TomlSpanned<DeValue<'i>>, diagnostics: &mut Diagnostics| {
            let help = match entry.get_ref() {
                DeValue::Table(_) => format!("write two brackets: [[{heading}]]"),
                _ => format!("write a line [[{heading}]] for each, and what belongs to it on the lines below"),
            };
            self.is_not(field, entry, "a list of tables", help, diagnostics);
        };
        let Some(list) = found.get_ref().as_array() else {
            no_table(found, diagnostics);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(list.len());
        for entry in list {
            match entry.get_ref().as_table() {
                Some(table) => {
                    let span = self.at(entry.span());
                    let fields = Fields::new(table, span, self.text, Subject::Words(subject), self.broken);
                    tables.push(fields.within(self.heading, field));
                }
                None => no_table(entry, diagnostics),
            }
        }
        tables
    }

    /// Every entry whose value is text, in the order of the file: for tables whose keys the author chooses.
    pub fn all_texts(self, diagnostics: &mut Diagnostics) -> Vec<(Spanned<&'a str>, Spanned<&'a str>)> {
        self.all(TEXT, diagnostics, |value| value.as_str())
    }

    /// Every entry whose value is a number, in the order of the file.
    pub fn all_numbers(self, diagnostics: &mut Diagnostics) -> Vec<(Spanned<&'a str>, Spanned<f64>)> {
        self.all("a number", diagnostics, as_number)
    }

    /// Every entry whose value is a text or a list of texts, in the order of the file.
    pub fn all_lists(self, diagnostics: &mut Diagnostics) -> Vec<(Spanned<&'a str>, Spanned<Vec<&'a str>>)> {
        self.all("text in quotes, or a list of them", diagnostics, |value| match value {
            DeValue::String(text) => Some(vec![text.as_ref()]),
            DeValue::Array(list) => list.iter().map(|entry| entry.get_ref().as_str()).collect(),
            _ => None,
        })
    }

    /// Every entry whose value is a table, in the order of the file.
    pub fn all_tables(self, diagnostics: &mut Diagnostics) -> Vec<(Spanned<&'a str>, Fields<'a, 'i>)> {
        let (text, broken, heading) = (self.text, self.broken, self.heading);
        let inner = Rc::new(self.subject.clone());
        self.all("a table", diagnostics, |value| value.as_table())
            .into_iter()
            .map(|(key, table)| {
                let subject = Subject::Field(key.value, Rc::clone(&inner));
                let fields = Fields::new(table.value, table.span, text, subject, broken).within(heading, key.value);
                (key, fields)
            })
            .collect()
    }

    fn all<T>(
        self,
        expected: &str,
        diagnostics: &mut Diagnostics,
        read: impl Fn(&'a DeValue<'i>) -> Option<T>,
    ) -> Vec<(Spanned<&'a str>, Spanned<T>)> {
        let mut entries: Vec<_> =
            self.table.iter().filter(|(key, _)| !self.taken.iter().any(|taken| key.get_ref() == taken)).collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut found = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let name: &'a str = key.get_ref().as_ref();
            match read(value.get_ref()) {
                Some(read) => found.push((
                    Spanned { value: name, span: self.at(key.span()) },
                    Spanned { value: read, span: self.at(value.span()) },
                )),
                None => self.wrong_type(name, expected, value, diagnostics),
            }
        }
        found
    }

    /// What a number says together with where it comes from: `12`, or `{ value = 12, source = "subject" }`.
    pub fn table_or_value(&self, field: &'static str) -> Shape {
        match self.table.get(field).map(TomlSpanned::get_ref) {
            None => Shape::Absent,
            Some(DeValue::Table(_)) => Shape::Table,
            Some(_) => Shape::Value,
        }
    }

    /// Names the fields that nobody took.
    pub fn finish(self, diagnostics: &mut Diagnostics) {
        if self.found == self.table.len() {
            return;
        }
        let told = |key: &TomlSpanned<Cow<'_, str>>| {
            let name = key.get_ref().as_ref();
            self.taken.contains(&name) || self.told.contains(&name)
        };
        let mut left: Vec<_> = self.table.keys().filter(|key| !told(key)).collect();
        left.sort_by_key(|key| key.span().start);
        let mut known = self.taken.clone();
        known.sort_unstable();
        known.dedup();
        for key in left {
            let name = key.get_ref().as_ref();
            // `Exhibit`, and `enemy` for `enemies`.
            let typed = name.to_lowercase();
            let alike = || known.iter().copied().find(|word| word.get(..4).is_some_and(|head| typed.starts_with(head)));
            let help = nearest(&typed, known.iter().copied()).or_else(alike).map_or_else(
                || format!("remove it; known here: {}", known.join(", ")),
                |near| format!("did you mean `{near}`? known here: {}", known.join(", ")),
            );
            self.unknown(key, help, diagnostics);
        }
    }
}

/// How many headings stand within each other at most: `[item.calculation.values]`.
const DEEPEST: usize = 3;

/// A field that is written as another format has it.
pub struct Recognized {
    /// The field that it stands for, if there is one; with its own name, it has the wrong form.
    pub meant: Option<&'static str>,
    /// What to write.
    pub help: String,
}

/// What is longer was not mistyped, and would take long to compare.
const LONGEST_WORD: usize = 100;

/// The known word that a mistyped one was probably meant to be: up to a third of its letters may differ.
pub fn nearest<'w>(typed: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let length = typed.chars().count();
    let near = |distance: usize, word: &str| distance * 3 <= word.chars().count().max(3);
    known
        .filter(|word| length <= LONGEST_WORD && near(length.abs_diff(word.chars().count()), word))
        .map(|word| (strsim::damerau_levenshtein(typed, word), word))
        .filter(|(distance, word)| near(*distance, word))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}
