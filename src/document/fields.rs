//! Taking the fields of a TOML table one by one.
//!
//! serde stops at the first field that does not fit. An instructor who has just converted 200 questions wants the
//! other 40 faults in the same run, so the tables are walked here: each field is taken once, at its place, and
//! [`Fields::finish`] names those that nobody asked for.

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::piece::FileText;
use super::recover::Broken;
use super::{Code, Findings, Place};
use crate::text::is_hidden;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    pub value: T,
    pub place: Place,
}

impl<T> Located<T> {
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: change(self.value), place: self.place }
    }
}

/// What stands where a text is wanted.
const TEXT: &str = "text in quotes";

/// What a table is, for messages. It is put into words only when there is a message.
#[derive(Clone)]
pub(super) enum Owner<'a> {
    /// `the file`, `a question`.
    Words(&'static str),
    /// `section` and its id; nothing and a question's id.
    Named(&'static str, &'a str),
    /// A field of another table.
    Field(&'a str, Rc<Self>),
}

impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Named("", id) => write!(f, "`{id}`"),
            Self::Named(kind, id) => write!(f, "{kind} `{id}`"),
            Self::Field(field, of) => write!(f, "`{field}` of {of}"),
        }
    }
}

/// A field by the names that other formats give it.
#[derive(Clone, Copy, Debug)]
pub struct Foreign {
    /// In lower case, without `_` and `-`.
    pub names: &'static [&'static str],
    /// The field of this format that it stands for, which then is not missing as well.
    pub meant: Option<&'static str>,
    /// What to write instead.
    pub help: &'static str,
}

/// The headings around a table, as in `[item.choices]`.
type Path = [&'static str; 3];

/// The line that opens a table: `[item.choices]`.
struct Heading<'f>(Path, &'f str);

impl fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for part in self.0.iter().filter(|part| !part.is_empty()) {
            write!(f, "{part}.")?;
        }
        write!(f, "{}]", self.1)
    }
}

/// How to write, below its heading, what was written in another way.
fn below(heading: &Heading<'_>, found: &DeValue<'_>) -> String {
    let texts: Vec<&str> = match found {
        DeValue::Array(list) => list.iter().filter_map(|entry| entry.get_ref().as_str()).collect(),
        _ => Vec::new(),
    };
    let lines: Vec<String> =
        texts.iter().zip('a'..='z').take(2).map(|(text, id)| format!("{id} = \"{}\"", cut(text))).collect();
    if lines.is_empty() {
        format!("write {heading} on a line of its own, and below it a line for each entry, such as a = \"…\"")
    } else {
        let more = if texts.len() > lines.len() { ", …" } else { "" };
        format!("write {heading} on a line of its own, and below it {}{more}, each on its line", lines.join(", "))
    }
}

/// The head of a text that is repeated in a help line.
fn cut(text: &str) -> String {
    const LONGEST: usize = 24;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The fields of one table that have not been taken yet.
pub struct Fields<'a, 'i> {
    table: &'a DeTable<'i>,
    text: FileText<'a>,
    place: Place,
    owner: Owner<'a>,
    path: Path,
    /// Every field that was asked for, and how many of them there were.
    taken: Vec<&'static str>,
    found: usize,
    /// Fields that were told by the names that other formats give them.
    foreign: Vec<&'a str>,
    /// Fields that were found in a wrong place, which was told there: they are not missing here as well.
    elsewhere: Vec<&'static str>,
    /// The broken stretches of the file, from top to bottom; what seems to be absent there may have been lost.
    broken: &'a [Broken],
}

impl<'a, 'i> Fields<'a, 'i> {
    pub(super) fn new(
        table: &'a DeTable<'i>,
        place: Place,
        text: FileText<'a>,
        owner: Owner<'a>,
        broken: &'a [Broken],
    ) -> Self {
        Self {
            table,
            text,
            place,
            owner,
            path: Path::default(),
            taken: Vec::new(),
            found: 0,
            foreign: Vec::new(),
            elsewhere: Vec::new(),
            broken,
        }
    }

    /// Names the table for messages, once its id is known: its kind, if that needs saying, and the id.
    pub fn name(&mut self, kind: &'static str, id: &'a str) {
        self.owner = Owner::Named(kind, id);
    }

    /// Says what the table is, where it has no id.
    pub fn unnamed(&mut self, words: &'static str) {
        self.owner = Owner::Words(words);
    }

    fn below(&self, field: &'static str) -> Path {
        let mut path = self.path;
        if let Some(free) = path.iter_mut().find(|part| part.is_empty()) {
            *free = field;
        }
        path
    }

    /// The line that opens the table.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// The text of the file, for looking at how a place stands in it.
    #[must_use]
    pub fn file_text(&self) -> FileText<'a> {
        self.text
    }

    /// The value of a field, where it stands.
    #[must_use]
    pub fn place_of(&self, field: &str) -> Option<Place> {
        self.table.get(field).map(|value| self.at(value.span()))
    }

    /// Whether this part of the file breaks TOML's rules, so that what is absent may only have been lost.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        let start = self.place.start as usize;
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
    pub(super) fn take_again(&mut self, fields: &[&'static str], findings: &mut Findings) {
        for field in fields {
            if self.taken.contains(field) {
                continue;
            }
            self.take(field);
            let Some((key, _)) = self.table.get_key_value(*field) else { continue };
            let place = self.at(key.span());
            if self.text.holds(place) {
                let message = format!("`{field}` of {} stands below its first list", self.owner);
                findings.add(Code::UnknownField, place, message, "move it to the top of the file");
            }
        }
    }

    /// Takes out the fields that belong to the table around this one, `of`: whatever an author writes behind a heading
    /// belongs to that heading, so a line that came too late would otherwise count as one of the entries here.
    pub fn take_misplaced(&mut self, of: &mut Self, names: &[&'static str], heading: &str, findings: &mut Findings) {
        let mut found: Vec<_> =
            names.iter().filter_map(|name| Some((*name, self.table.get_key_value(*name)?.0))).collect();
        found.sort_by_key(|(_, key)| key.span().start);
        // With its id, it is not one line that is misplaced: the heading of a new entry is missing.
        let new_entry = found.iter().any(|(name, _)| *name == "id");
        for (name, key) in found {
            self.taken.push(name);
            of.elsewhere.push(name);
            let message = format!("`{name}` of {} stands below {heading}, where it means something else", of.owner);
            if !new_entry {
                let help = format!("move this line up, above {heading}: all lines behind such a heading belong to it");
                findings.add(Code::UnknownField, self.at(key.span()), message, help);
            } else if name == "id" {
                let list = heading.trim_matches(['[', ']']).split('.').next().unwrap_or(heading);
                let help = format!(
                    "if a new {list} begins here, write [[{list}]] above it; else move the line above {heading}"
                );
                findings.add(Code::UnknownField, self.at(key.span()), message, help);
            }
        }
    }

    /// Tells of fields that have the name of another format, by what they are called here.
    pub fn take_foreign(&mut self, foreign: &'static [Foreign], findings: &mut Findings) {
        let plain = |name: &str| name.to_lowercase().replace(['_', '-'], "");
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            let wanted = plain(name);
            let Some(foreign) = foreign.iter().find(|foreign| foreign.names.contains(&wanted.as_str())) else {
                continue;
            };
            self.elsewhere.extend(foreign.meant);
            self.foreign.push(name);
            let message = format!("`{name}` of {} is a name that another format uses", self.owner);
            findings.add(Code::UnknownField, self.at(key.span()), message, foreign.help);
        }
    }

    /// Whether a field was found in a wrong place.
    #[must_use]
    pub fn is_elsewhere(&self, field: &str) -> bool {
        self.elsewhere.contains(&field)
    }

    fn at(&self, span: Range<usize>) -> Place {
        self.text.place(span)
    }

    fn take(&mut self, field: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        debug_assert!(!self.taken.contains(&field), "`{field}` is taken twice");
        self.taken.push(field);
        let found = self.table.get(field);
        self.found += usize::from(found.is_some());
        found
    }

    fn typed<T>(
        &mut self,
        field: &'static str,
        expected: impl fmt::Display,
        findings: &mut Findings,
        read: impl FnOnce(&'a DeValue<'i>) -> Option<T>,
    ) -> Option<Located<T>> {
        let found = self.take(field)?;
        self.read(found, field, expected, findings, read)
    }

    fn read<T>(
        &self,
        found: &'a Spanned<DeValue<'i>>,
        field: &'static str,
        expected: impl fmt::Display,
        findings: &mut Findings,
        read: impl FnOnce(&'a DeValue<'i>) -> Option<T>,
    ) -> Option<Located<T>> {
        let place = self.at(found.span());
        let Some(value) = read(found.get_ref()) else {
            self.wrong_type(field, expected, found, findings);
            return None;
        };
        Some(Located { value, place })
    }

    fn wrong_type(
        &self,
        field: &str,
        expected: impl fmt::Display,
        found: &Spanned<DeValue<'_>>,
        findings: &mut Findings,
    ) {
        let found_kind = kind(found.get_ref());
        let expected = expected.to_string();
        let message = format!("`{field}` of {} is {found_kind}, not {expected}", self.owner);
        let help = match (found.get_ref(), expected.split_once("opened by ")) {
            (DeValue::Table(_), Some((_, brackets))) => format!("write two brackets: {brackets}"),
            _ => format!("write {expected} here"),
        };
        findings.add(Code::WrongType, self.at(found.span()), message, help);
    }

    /// Says so if a field is absent; `example` is a whole line of TOML.
    pub fn require(&self, field: &str, example: &str, findings: &mut Findings) {
        if !self.table.contains_key(field) {
            self.missing(field, example, findings);
        }
    }

    /// Says that a field is absent, unless the file is too broken to know.
    pub fn missing(&self, field: &str, example: &str, findings: &mut Findings) {
        if !self.is_broken() && !self.is_elsewhere(field) {
            findings.add(
                Code::MissingField,
                self.place(),
                format!("{} has no `{field}`", self.owner),
                format!("add a line such as: {example}"),
            );
        }
    }

    pub fn text(&mut self, field: &'static str, findings: &mut Findings) -> Option<Located<&'a str>> {
        self.typed(field, TEXT, findings, |value| value.as_str())
    }

    /// A text that must be there; `example` is a whole line of TOML.
    pub fn required_text(
        &mut self,
        field: &'static str,
        example: &str,
        findings: &mut Findings,
    ) -> Option<Located<&'a str>> {
        let Some(found) = self.take(field) else {
            self.missing(field, example, findings);
            return None;
        };
        let found = self.read(found, field, TEXT, findings, |value| value.as_str())?;
        if found.value.chars().all(|c| c.is_whitespace() || is_hidden(c)) {
            let message = format!("`{field}` of {} is empty", self.owner);
            findings.add(Code::EmptyText, found.place, message, format!("write it, for example: {example}"));
            return None;
        }
        Some(found)
    }

    pub fn number(&mut self, field: &'static str, findings: &mut Findings) -> Option<Located<f64>> {
        self.typed(field, "a number", findings, as_number)
    }

    /// One number, or a list of numbers.
    pub fn numbers(&mut self, field: &'static str, findings: &mut Findings) -> Option<Vec<Located<f64>>> {
        let found = self.take(field)?;
        let DeValue::Array(list) = found.get_ref() else {
            return self
                .read(found, field, "a number or a list of numbers", findings, as_number)
                .map(|number| vec![number]);
        };
        Some(list.iter().filter_map(|entry| self.read(entry, field, "a number", findings, as_number)).collect())
    }

    pub fn whole(&mut self, field: &'static str, findings: &mut Findings) -> Option<Located<u32>> {
        self.typed(field, "a whole number", findings, as_whole)
    }

    pub fn flag(&mut self, field: &'static str, findings: &mut Findings) -> Option<bool> {
        self.typed(field, "true or false", findings, DeValue::as_bool).map(|found| found.value)
    }

    pub fn date(&mut self, field: &'static str, findings: &mut Findings) -> Option<Located<jiff::civil::Date>> {
        self.typed(field, "a date such as 2026-10-01 (without quotes)", findings, |value| {
            civil_date(value.as_datetime()?)
        })
    }

    /// One text, or a list of texts.
    pub fn texts(&mut self, field: &'static str, findings: &mut Findings) -> Option<Vec<Located<&'a str>>> {
        let found = self.take(field)?;
        match found.get_ref() {
            DeValue::String(text) => Some(vec![Located { value: text.as_ref(), place: self.at(found.span()) }]),
            DeValue::Array(list) => Some(
                list.iter()
                    .filter_map(|entry| {
                        let place = self.at(entry.span());
                        let Some(value) = entry.get_ref().as_str() else {
                            self.wrong_type(field, TEXT, entry, findings);
                            return None;
                        };
                        Some(Located { value, place })
                    })
                    .collect(),
            ),
            _ => {
                self.wrong_type(field, "text in quotes, or a list of them", found, findings);
                None
            }
        }
    }

    /// A list of lists of texts, as the rows of a table are.
    pub fn rows(&mut self, field: &'static str, findings: &mut Findings) -> Vec<Located<Vec<Located<&'a str>>>> {
        let Some(found) = self.take(field) else { return Vec::new() };
        let expected = "a list of rows, each a list of texts: [[\"a\", \"b\"], [\"c\", \"d\"]]";
        let Some(list) = found.get_ref().as_array() else {
            self.wrong_type(field, expected, found, findings);
            return Vec::new();
        };
        let mut rows = Vec::with_capacity(list.len());
        for row in list {
            let located = |cell: &'a Spanned<DeValue<'i>>| {
                Some(Located { value: cell.get_ref().as_str()?, place: self.at(cell.span()) })
            };
            let cells: Option<Vec<_>> = row.get_ref().as_array().and_then(|cells| cells.iter().map(located).collect());
            match cells {
                Some(value) => rows.push(Located { value, place: self.at(row.span()) }),
                None => self.wrong_type(field, "a list of texts", row, findings),
            }
        }
        rows
    }

    /// A table within this one.
    pub fn table(&mut self, field: &'static str, findings: &mut Findings) -> Option<Fields<'a, 'i>> {
        let found = self.take(field)?;
        let Some(table) = found.get_ref().as_table() else {
            let heading = Heading(self.path, field);
            let message = format!("`{field}` of {} is {}, not a table: {heading}", self.owner, kind(found.get_ref()));
            findings.add(Code::WrongType, self.at(found.span()), message, below(&heading, found.get_ref()));
            return None;
        };
        let owner = Owner::Field(field, Rc::new(self.owner.clone()));
        let inner = Fields::new(table, self.at(found.span()), self.text, owner, self.broken);
        Some(Self { path: self.below(field), ..inner })
    }

    /// The tables of a list: each `[[field]]` of the file, in the order they stand.
    pub fn tables(&mut self, field: &'static str, owner: &'static str, findings: &mut Findings) -> Vec<Fields<'a, 'i>> {
        let Some(found) = self.take(field) else { return Vec::new() };
        let Some(list) = found.get_ref().as_array() else {
            self.wrong_type(field, format_args!("a list of tables, each opened by [[{field}]]"), found, findings);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(list.len());
        for entry in list {
            match entry.get_ref().as_table() {
                Some(table) => {
                    let place = self.at(entry.span());
                    let inner = Fields::new(table, place, self.text, Owner::Words(owner), self.broken);
                    tables.push(Self { path: self.below(field), ..inner });
                }
                None => self.wrong_type(field, format_args!("a table opened by [[{field}]]"), entry, findings),
            }
        }
        tables
    }

    /// Every entry whose value is text, in the order of the file: for tables whose keys the author chooses.
    pub fn all_texts(self, findings: &mut Findings) -> Vec<(Located<&'a str>, Located<&'a str>)> {
        self.all(TEXT, findings, |value| value.as_str())
    }

    /// Every entry whose value is a number, in the order of the file.
    pub fn all_numbers(self, findings: &mut Findings) -> Vec<(Located<&'a str>, Located<f64>)> {
        self.all("a number", findings, as_number)
    }

    /// Every entry whose value is a text or a list of texts, in the order of the file.
    pub fn all_lists(self, findings: &mut Findings) -> Vec<(Located<&'a str>, Located<Vec<&'a str>>)> {
        self.all("text in quotes, or a list of them", findings, |value| match value {
            DeValue::String(text) => Some(vec![text.as_ref()]),
            DeValue::Array(list) => list.iter().map(|entry| entry.get_ref().as_str()).collect(),
            _ => None,
        })
    }

    /// Every entry whose value is a table, in the order of the file.
    pub fn all_tables(self, findings: &mut Findings) -> Vec<(Located<&'a str>, Fields<'a, 'i>)> {
        let (text, broken) = (self.text, self.broken);
        let inner = Rc::new(self.owner.clone());
        self.all("a table", findings, |value| value.as_table())
            .into_iter()
            .map(|(key, table)| {
                let owner = Owner::Field(key.value, Rc::clone(&inner));
                (key, Fields::new(table.value, table.place, text, owner, broken))
            })
            .collect()
    }

    fn all<T>(
        self,
        expected: &str,
        findings: &mut Findings,
        read: impl Fn(&'a DeValue<'i>) -> Option<T>,
    ) -> Vec<(Located<&'a str>, Located<T>)> {
        let mut entries: Vec<_> =
            self.table.iter().filter(|(key, _)| !self.taken.iter().any(|taken| key.get_ref() == taken)).collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut found = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let name: &'a str = key.get_ref().as_ref();
            match read(value.get_ref()) {
                Some(read) => found.push((
                    Located { value: name, place: self.at(key.span()) },
                    Located { value: read, place: self.at(value.span()) },
                )),
                None => self.wrong_type(name, expected, value, findings),
            }
        }
        found
    }

    /// What a number says together with where it comes from: `12`, or `{ value = 12, source = "owner" }`.
    pub fn table_or_value(&self, field: &'static str) -> Shape {
        match self.table.get(field).map(Spanned::get_ref) {
            None => Shape::Absent,
            Some(DeValue::Table(_)) => Shape::Table,
            Some(_) => Shape::Value,
        }
    }

    /// Names the fields that nobody took.
    pub fn finish(self, findings: &mut Findings) {
        if self.found == self.table.len() {
            return;
        }
        let mut left: Vec<_> = self
            .table
            .keys()
            .filter(|key| !self.taken.iter().chain(&self.foreign).any(|taken| key.get_ref() == taken))
            .collect();
        left.sort_by_key(|key| key.span().start);
        for key in left {
            let name = key.get_ref().as_ref();
            let mut known = self.taken.clone();
            known.sort_unstable();
            known.dedup();
            // `Exhibit`, and `enemy` for `enemies`.
            let typed = name.to_lowercase();
            let alike = || known.iter().copied().find(|word| word.get(..4).is_some_and(|head| typed.starts_with(head)));
            let help = nearest(&typed, known.iter().copied()).or_else(alike).map_or_else(
                || format!("remove it; known here: {}", known.join(", ")),
                |near| format!("did you mean `{near}`? known here: {}", known.join(", ")),
            );
            let message = format!("{} has a field `{name}` that means nothing here", self.owner);
            findings.add(Code::UnknownField, self.at(key.span()), message, help);
        }
    }
}

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Absent,
    Value,
    Table,
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

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(number) if number.as_str().starts_with('-') => "a negative number",
        DeValue::Integer(_) if as_whole(value).is_none() => "a number that is too large",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) if as_number(value).is_none() => "infinite or nan",
        DeValue::Float(_) => "a number with a decimal point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn as_whole(value: &DeValue<'_>) -> Option<u32> {
    let number = value.as_integer()?;
    u32::from_str_radix(number.as_str(), number.radix()).ok()
}

fn as_number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .and_then(|whole| i32::try_from(whole).ok().map(f64::from).or_else(|| number.as_str().parse().ok())),
        DeValue::Float(number) => number.as_str().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn civil_date(found: &Datetime) -> Option<jiff::civil::Date> {
    if found.time.is_some() || found.offset.is_some() {
        return None;
    }
    let date = found.date.as_ref()?;
    let part = |number: u8| i8::try_from(number).ok();
    jiff::civil::Date::new(i16::try_from(date.year).ok()?, part(date.month)?, part(date.day)?).ok()
}
