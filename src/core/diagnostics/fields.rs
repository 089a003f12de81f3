//! Taking the fields of a TOML table one by one.
//!
//! serde stops at the first field that does not fit. An instructor who has just converted 200 questions wants the
//! other 40 faults in the same run, so the tables are walked here: each field is taken once, at its place, what is wrong
//! with it is reported, and [`Fields::finish`] names those that nobody asked for.
//!
//! The fields are also where a reader reports what it finds itself: they hold the [`Diagnostics`] as long as a table is
//! read, lend them to the tables within it ([`Fields::open`]), and give them back at the end.

use std::rc::Rc;

use jiff::civil::Date;
use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::piece::SourceText;
use super::table::{RawTable, Subject};
use super::value::{Expected, Value, as_number, as_whole, civil_date, kind};
use super::{Code, Diagnostic, Diagnostics, Span, Spanned, codes};
use crate::text::is_hidden;

codes! {
    Error MISSING_FIELD "missing-field"
    Error WRONG_TYPE "wrong-type"
    Error EMPTY_TEXT "empty-text"
}

/// A value as the parser gives it.
type Found<'a> = &'a TomlSpanned<DeValue<'a>>;

/// The fields of one table that have not been taken yet, and where faults are reported.
pub(crate) struct Fields<'d, 'a> {
    pub(super) table: RawTable<'a>,
    diagnostics: &'d mut Diagnostics,
    /// Every field that was asked for, and how many of them there were.
    pub(super) taken: Vec<&'static str>,
    pub(super) found: usize,
    /// Fields that were found in a wrong place or form, which was reported there: they are not missing here as well.
    pub(super) elsewhere: Vec<&'static str>,
    /// Fields that were reported and are not looked at again.
    pub(super) reported: Vec<&'a str>,
}

impl<'d, 'a> Fields<'d, 'a> {
    pub(super) fn new(table: RawTable<'a>, diagnostics: &'d mut Diagnostics) -> Self {
        let (taken, elsewhere, reported) = (Vec::new(), Vec::new(), Vec::new());
        Self { table, diagnostics, taken, found: 0, elsewhere, reported }
    }

    /// The fields of a table within this one.
    pub(crate) fn open(&mut self, table: RawTable<'a>) -> Fields<'_, 'a> {
        Fields::new(table, self.diagnostics)
    }

    /// The end of the reading, which gives the diagnostics back. Names the fields that nobody took.
    pub(crate) fn finish(mut self) -> &'d mut Diagnostics {
        self.report_left_over();
        self.diagnostics
    }
}

/// What is found.
impl Fields<'_, '_> {
    pub(crate) fn report(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
    }

    pub(crate) fn report_all(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(findings);
    }

    /// What a rule lets pass; what it refuses is reported.
    pub(crate) fn accept<T>(&mut self, checked: Result<T, Diagnostic>) -> Option<T> {
        checked.map_err(|finding| self.report(finding)).ok()
    }

    /// How many errors there are so far.
    pub(crate) fn errors(&self) -> usize {
        self.diagnostics.errors()
    }
}

/// The table as it stands.
impl<'a> Fields<'_, 'a> {
    /// A text of the table, which stays to be taken.
    pub(crate) fn peek(&self, field: &str) -> Option<&'a str> {
        self.table.entries.get(field)?.get_ref().as_str()
    }

    /// Names the table for messages, once its id is known: its kind, if that needs saying, and the id.
    pub(crate) fn set_name(&mut self, kind: &'static str, id: &'a str) {
        self.table.subject = Subject::Named(kind, id);
    }

    /// Says what the table is, where it has no id.
    pub(crate) fn set_subject(&mut self, words: &'static str) {
        self.table.subject = Subject::Words(words);
    }

    /// The line that opens the table.
    pub(crate) fn span(&self) -> Span {
        self.table.span()
    }

    /// The text of the file, for looking at how a place stands in it.
    pub(crate) fn file_text(&self) -> SourceText<'a> {
        self.table.text
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.table.has(field)
    }

    /// The value of a field, where it stands.
    pub(crate) fn span_of(&self, field: &str) -> Option<Span> {
        self.table.entries.get(field).map(|value| self.table.at(value.span()))
    }

    /// Whether this part of the file breaks TOML's rules, so that what is absent may only have been lost.
    pub(crate) fn is_broken(&self) -> bool {
        self.table.is_broken()
    }

    /// Whether any part of the file breaks TOML's rules, so that tables may have been lost.
    pub(crate) fn is_file_broken(&self) -> bool {
        self.table.is_file_broken()
    }

    /// Whether there are tables with two brackets around a name that is none of these.
    pub(crate) fn has_other_lists(&self, names: &[&str]) -> bool {
        let is_other = |name: &str| !names.contains(&name);
        let mut entries = self.table.entries.iter();
        entries.any(|(key, value)| is_other(key.get_ref()) && Value(value.get_ref()).is_list_of_tables())
    }

    /// Whether a field was found in a wrong place or form.
    pub(crate) fn is_elsewhere(&self, field: &str) -> bool {
        self.elsewhere.contains(&field)
    }
}

/// Values.
impl<'a> Fields<'_, 'a> {
    pub(crate) fn text(&mut self, field: &'static str) -> Option<Spanned<&'a str>> {
        self.typed(field, Expected::Text, |value| value.as_str())
    }

    /// A text that must be there; `example` is a whole line of TOML.
    pub(crate) fn required_text(&mut self, field: &'static str, example: &str) -> Option<Spanned<&'a str>> {
        let Some(found) = self.take(field) else {
            self.missing(field, example);
            return None;
        };
        let found = self.read(found, field, Expected::Text, |value| value.as_str())?;
        if found.value.chars().all(|c| c.is_whitespace() || is_hidden(c)) {
            let message = format!("`{field}` of {} is empty", self.table.subject);
            let help = format!("write it, for example: {example}");
            self.report(Diagnostic::new(Code::EMPTY_TEXT, message).at(found.span).help(help));
            return None;
        }
        Some(found)
    }

    pub(crate) fn number(&mut self, field: &'static str) -> Option<Spanned<f64>> {
        self.typed(field, Expected::Number, as_number)
    }

    /// One number, or a list of numbers.
    pub(crate) fn numbers(&mut self, field: &'static str) -> Option<Vec<Spanned<f64>>> {
        let found = self.take(field)?;
        let DeValue::Array(list) = found.get_ref() else {
            return self.read(found, field, Expected::Numbers, as_number).map(|number| vec![number]);
        };
        Some(list.iter().filter_map(|entry| self.read(entry, field, Expected::Number, as_number)).collect())
    }

    pub(crate) fn whole(&mut self, field: &'static str) -> Option<Spanned<u32>> {
        self.typed(field, Expected::Whole, as_whole)
    }

    pub(crate) fn flag(&mut self, field: &'static str) -> Option<bool> {
        self.typed(field, Expected::Flag, DeValue::as_bool).map(|found| found.value)
    }

    pub(crate) fn date(&mut self, field: &'static str) -> Option<Spanned<Date>> {
        self.typed(field, Expected::Date, |value| civil_date(value.as_datetime()?))
    }

    /// One text, or a list of texts.
    pub(crate) fn texts(&mut self, field: &'static str) -> Option<Vec<Spanned<&'a str>>> {
        let found = self.take(field)?;
        let DeValue::Array(list) = found.get_ref() else {
            return self.read(found, field, Expected::Texts, |value| value.as_str()).map(|text| vec![text]);
        };
        let text = |value: &'a DeValue<'a>| value.as_str();
        Some(list.iter().filter_map(|entry| self.read(entry, field, Expected::Text, text)).collect())
    }

    /// A list of lists of texts, as the rows of a table are.
    pub(crate) fn rows(&mut self, field: &'static str) -> Vec<Spanned<Vec<Spanned<&'a str>>>> {
        let Some(found) = self.take(field) else { return Vec::new() };
        let Some(list) = found.get_ref().as_array() else {
            self.wrong_type(field, Expected::Rows, found);
            return Vec::new();
        };
        list.iter().filter_map(|row| self.row(field, row)).collect()
    }

    fn row(&mut self, field: &str, row: Found<'a>) -> Option<Spanned<Vec<Spanned<&'a str>>>> {
        let text = self.table.text;
        let cell = |cell: Found<'a>| Some(Spanned { value: cell.get_ref().as_str()?, span: text.span(cell.span()) });
        self.read(row, field, Expected::Row, |value| value.as_array()?.iter().map(cell).collect())
    }

    pub(super) fn take(&mut self, field: &'static str) -> Option<Found<'a>> {
        debug_assert!(!self.taken.contains(&field), "`{field}` is taken twice");
        self.taken.push(field);
        if self.reported.contains(&field) {
            return None;
        }
        let found = self.table.entries.get(field);
        self.found += usize::from(found.is_some());
        found
    }

    fn typed<T>(
        &mut self,
        field: &'static str,
        expected: Expected,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let found = self.take(field)?;
        self.read(found, field, expected, read)
    }

    fn read<T>(
        &mut self,
        found: Found<'a>,
        field: &str,
        expected: Expected,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let Some(value) = read(found.get_ref()) else {
            self.wrong_type(field, expected, found);
            return None;
        };
        Some(Spanned { value, span: self.table.at(found.span()) })
    }
}

/// Tables within this one.
impl<'a> Fields<'_, 'a> {
    /// A table.
    pub(crate) fn table(&mut self, field: &'static str) -> Option<Fields<'_, 'a>> {
        self.table_without(field, &[])
    }

    /// A table in which the fields named by `own` are not looked for, but belong to this one: whatever an author writes
    /// after a heading belongs to that heading, so a line that came too late would otherwise count as an entry there.
    pub(crate) fn table_without(&mut self, field: &'static str, own: &[&'static str]) -> Option<Fields<'_, 'a>> {
        let found = self.take(field)?;
        let Some(entries) = found.get_ref().as_table() else {
            let heading = self.table.heading_of(field);
            let help = format!("write a line [{heading}], and what belongs to it on the lines below");
            self.is_not(field, Expected::Table, found, help);
            return None;
        };
        let subject = Subject::Field(field, Rc::new(self.table.subject.clone()));
        let entries = Spanned { value: entries, span: self.table.at(found.span()) };
        let table = self.table.inner(field, entries, subject);
        let misplaced = self.misplaced(&table, own);
        let mut fields = self.open(table);
        fields.taken = misplaced;
        Some(fields)
    }

    /// The same for a field that is a table or a value; a value stays to be taken.
    pub(crate) fn table_if_one(&mut self, field: &'static str, own: &[&'static str]) -> Option<Fields<'_, 'a>> {
        let is_table = self.table.entries.get(field).is_some_and(|value| value.get_ref().is_table());
        if is_table && !self.reported.contains(&field) { self.table_without(field, own) } else { None }
    }

    /// The tables of a list: each `[[field]]` of the file, in the order they stand.
    pub(crate) fn tables(&mut self, field: &'static str, subject: &'static str) -> Vec<RawTable<'a>> {
        let Some(found) = self.take(field) else { return Vec::new() };
        let Some(list) = found.get_ref().as_array() else {
            self.not_in_a_list(field, found);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(list.len());
        for entry in list {
            match entry.get_ref().as_table() {
                Some(entries) => {
                    let entries = Spanned { value: entries, span: self.table.at(entry.span()) };
                    tables.push(self.table.inner(field, entries, Subject::Words(subject)));
                }
                None => self.not_in_a_list(field, entry),
            }
        }
        tables
    }

    fn not_in_a_list(&mut self, field: &str, found: Found<'a>) {
        let heading = self.table.heading_of(field);
        let help = match found.get_ref() {
            DeValue::Table(_) => format!("write two brackets: [[{heading}]]"),
            _ => format!("write a line [[{heading}]] for each, and what belongs to it on the lines below"),
        };
        self.is_not(field, Expected::Tables, found, help);
    }
}

/// What stands under a key that the author chose.
pub(crate) enum TextOrTable<'a> {
    Text(Spanned<&'a str>),
    /// Texts by keys of their own.
    Table(Vec<(Spanned<&'a str>, Spanned<&'a str>)>),
}

/// Tables whose keys the author chooses: every entry that nobody took, in the order of the file.
impl<'a> Fields<'_, 'a> {
    pub(crate) fn all_texts(mut self) -> Vec<(Spanned<&'a str>, Spanned<&'a str>)> {
        self.untaken(Expected::Text, |value| value.as_str())
    }

    pub(crate) fn all_numbers(mut self) -> Vec<(Spanned<&'a str>, Spanned<f64>)> {
        self.untaken(Expected::Number, as_number)
    }

    /// Each value is a text, or a table of texts; a table of nothing is an empty text.
    pub(crate) fn all_texts_or_tables(mut self) -> Vec<(Spanned<&'a str>, TextOrTable<'a>)> {
        let outer = Rc::new(self.table.subject.clone());
        let values = self.untaken(Expected::Text, |value| (value.is_str() || value.is_table()).then_some(value));
        let mut all = Vec::with_capacity(values.len());
        for (key, Spanned { value, span }) in values {
            let read = match value.as_table().filter(|entries| !entries.is_empty()) {
                Some(entries) => {
                    let subject = Subject::Field(key.value, Rc::clone(&outer));
                    let table = self.table.inner(key.value, Spanned { value: entries, span }, subject);
                    TextOrTable::Table(self.open(table).all_texts())
                }
                None => TextOrTable::Text(Spanned { value: value.as_str().unwrap_or_default(), span }),
            };
            all.push((key, read));
        }
        all
    }

    /// Each value is a text or a list of texts.
    pub(crate) fn all_lists(mut self) -> Vec<(Spanned<&'a str>, Spanned<Vec<&'a str>>)> {
        self.untaken(Expected::Texts, |value| match value {
            DeValue::String(text) => Some(vec![text.as_ref()]),
            DeValue::Array(list) => list.iter().map(|entry| entry.get_ref().as_str()).collect(),
            _ => None,
        })
    }

    /// Each value is a table.
    pub(crate) fn all_tables(mut self) -> Vec<(Spanned<&'a str>, RawTable<'a>)> {
        let outer = Rc::new(self.table.subject.clone());
        let tables = self.untaken(Expected::Table, |value| value.as_table());
        let inner = |(key, table): (Spanned<&'a str>, Spanned<&'a DeTable<'a>>)| {
            let subject = Subject::Field(key.value, Rc::clone(&outer));
            (key, self.table.inner(key.value, table, subject))
        };
        tables.into_iter().map(inner).collect()
    }

    fn untaken<T>(
        &mut self,
        expected: Expected,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Vec<(Spanned<&'a str>, Spanned<T>)> {
        let mut entries: Vec<_> =
            self.table.entries.iter().filter(|(key, _)| !self.taken.contains(&key.get_ref().as_ref())).collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut all = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let name: &'a str = key.get_ref().as_ref();
            let span = self.table.at(key.span());
            if let Some(value) = self.read(value, name, expected, &read) {
                all.push((Spanned { value: name, span }, value));
            }
        }
        all
    }
}

/// What is wrong with a field.
impl<'a> Fields<'_, 'a> {
    /// Reports a field that is absent; `example` is a whole line of TOML.
    pub(crate) fn require(&mut self, field: &str, example: &str) {
        if !self.has(field) {
            self.missing(field, example);
        }
    }

    /// Reports that a field is absent, unless the file is too broken to know.
    pub(crate) fn missing(&mut self, field: &str, example: &str) {
        if !self.is_broken() && !self.is_elsewhere(field) {
            let message = format!("{} has no `{field}`", self.table.subject);
            let help = format!("add a line such as: {example}");
            self.report(Diagnostic::new(Code::MISSING_FIELD, message).at(self.span()).help(help));
        }
    }

    fn wrong_type(&mut self, field: &str, expected: Expected, found: Found<'a>) {
        let help = match found.get_ref() {
            DeValue::Table(_) if expected == Expected::Text => {
                format!("write {field} = \"…\" on one line in its place, below [{}]", self.table.heading())
            }
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_)
                if matches!(expected, Expected::Text | Expected::Texts) =>
            {
                format!("write it in quotes: \"{}\"", self.table.text.at(self.table.at(found.span())))
            }
            _ => format!("write {expected} here"),
        };
        self.is_not(field, expected, found, help);
    }

    fn is_not(&mut self, field: &str, expected: Expected, found: Found<'a>, help: String) {
        let message = format!("`{field}` of {} is {}, not {expected}", self.table.subject, kind(found.get_ref()));
        self.report(Diagnostic::new(Code::WRONG_TYPE, message).at(self.table.at(found.span())).help(help));
    }
}
