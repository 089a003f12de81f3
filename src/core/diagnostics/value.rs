//! The values of TOML, as fields want them.

use std::fmt;

use toml::de::DeValue;
use toml::value::Datetime;

/// What a field should hold, as messages word it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Text,
    /// One or several.
    Texts,
    /// A row of a table of texts.
    Row,
    Rows,
    Number,
    /// One or several.
    Numbers,
    Whole,
    Flag,
    Date,
    Table,
    Tables,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text in quotes",
            Self::Texts => "text in quotes, or a list of them",
            Self::Row => "a list of texts",
            Self::Rows => "a list of rows, each a list of texts: [[\"a\", \"b\"], [\"c\", \"d\"]]",
            Self::Number => "a number",
            Self::Numbers => "a number or a list of numbers",
            Self::Whole => "a whole number",
            Self::Flag => "true or false",
            Self::Date => "a date such as 2026-10-01 (without quotes)",
            Self::Table => "a table",
            Self::Tables => "a list of tables",
        })
    }
}

/// A value that is looked at before it is known what it should have been.
pub(crate) struct Value<'v>(pub(super) &'v DeValue<'v>);

impl<'v> Value<'v> {
    pub(crate) fn as_text(&self) -> Option<&'v str> {
        self.0.as_str()
    }

    pub(crate) fn is_table(&self) -> bool {
        self.0.is_table()
    }

    pub(crate) fn is_list(&self) -> bool {
        self.0.is_array()
    }

    /// Whether it is opened by two brackets, or a list of tables in braces.
    pub(crate) fn is_list_of_tables(&self) -> bool {
        self.0.as_array().is_some_and(|list| list.iter().any(|entry| entry.get_ref().is_table()))
    }

    /// The texts of a list that holds texts only.
    pub(crate) fn as_texts(&self) -> Option<Vec<&'v str>> {
        self.0.as_array()?.iter().map(|entry| entry.get_ref().as_str()).collect()
    }
}

pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
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

pub(super) fn as_whole(value: &DeValue<'_>) -> Option<u32> {
    let number = value.as_integer()?;
    u32::from_str_radix(number.as_str(), number.radix()).ok()
}

pub(super) fn as_number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .and_then(|whole| i32::try_from(whole).ok().map(f64::from).or_else(|| number.as_str().parse().ok())),
        DeValue::Float(number) => number.as_str().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

pub(super) fn civil_date(found: &Datetime) -> Option<jiff::civil::Date> {
    if found.time.is_some() || found.offset.is_some() {
        return None;
    }
    let date = found.date.as_ref()?;
    let part = |number: u8| i8::try_from(number).ok();
    jiff::civil::Date::new(i16::try_from(date.year).ok()?, part(date.month)?, part(date.day)?).ok()
}
