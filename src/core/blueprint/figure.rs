//! Numbers of a blueprint, each with the mark that says where it comes from.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method's path fits the fields of one lender of diagnostics, and `figure` reads those of a table within, too"
)]

use super::{Figure, Provenance};
use crate::diagnostics::{Code, Diagnostic, Fields, Spanned};

/// More than any exam has of anything.
const MOST: u32 = 100_000;

/// What a fraction may be.
#[derive(Clone, Copy)]
pub(super) enum Allowed {
    /// Between 0 and 1.
    Share,
    /// Above 0, at most 1.
    Correlation,
    /// Above 0, below 0.5: the widest that shares can spread.
    Deviation,
    /// From 0, below 0.5.
    Error,
    /// From 0 to 1.
    Part,
}

impl Allowed {
    fn holds(self, number: f64) -> bool {
        match self {
            Self::Share => number > 0.0 && number < 1.0,
            Self::Correlation => number > 0.0 && number <= 1.0,
            Self::Deviation => number > 0.0 && number < 0.5,
            Self::Error => (0.0..0.5).contains(&number),
            Self::Part => (0.0..=1.0).contains(&number),
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Share => "a share, which lies between 0 and 1",
            Self::Correlation => "a correlation, which lies above 0 and is at most 1",
            Self::Deviation => "a standard deviation of shares, which lies above 0 and below 0.5",
            Self::Error => "a standard deviation of shares, which is at least 0 and below 0.5",
            Self::Part => "a part, which lies from 0 to 1",
        }
    }
}

pub(super) fn share(fields: &mut Fields<'_, '_>, field: &'static str) -> Option<Figure<f64>> {
    bounded(fields, field, 0.70, Allowed::Share)
}

/// A fraction; the example stands in messages.
pub(super) fn bounded(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    example: f64,
    allowed: Allowed,
) -> Option<Figure<f64>> {
    let found = figure(fields, field, |fields, field| fields.number(field))?;
    let number = found.value.value;
    if !allowed.holds(number) {
        let message = format!("`{field}` is {number}, but it is {}", allowed.words());
        let help = format!("for example: {field} = {example:.2}");
        fields.report(Diagnostic::new(Code::BAD_BLUEPRINT, message).at(found.span).help(help));
        return None;
    }
    Some(found.value)
}

/// A whole number above zero.
pub(super) fn whole(fields: &mut Fields<'_, '_>, field: &'static str) -> Option<Spanned<Figure<u32>>> {
    fields.require(field, &format!("{field} = 100"));
    let found = figure(fields, field, |fields, field| fields.whole(field))?;
    let number = found.value.value;
    if number == 0 || number > MOST {
        let message = format!("`{field}` is {number}, but must lie between 1 and {MOST}");
        fields.report(unlikely(message, &found));
        return None;
    }
    Some(found)
}

/// A count, which may be zero.
pub(super) fn count(fields: &mut Fields<'_, '_>, field: &'static str) -> Option<Figure<u32>> {
    fields.require(field, &format!("{field} = 10"));
    let found = figure(fields, field, |fields, field| fields.whole(field))?;
    if found.value.value > MOST {
        let message = format!("`{field}` is {}, more than any form holds", found.value.value);
        fields.report(unlikely(message, &found));
        return None;
    }
    Some(found.value)
}

fn unlikely(message: String, found: &Spanned<Figure<u32>>) -> Diagnostic {
    Diagnostic::new(Code::BAD_BLUEPRINT, message).at(found.span).help("write the number that the exam has")
}

/// A text.
pub(super) fn text(fields: &mut Fields<'_, '_>, field: &'static str) -> Option<Figure<String>> {
    let found = figure(fields, field, |fields, field| fields.text(field))?.value;
    Some(Figure { value: found.value.to_owned(), source: found.source })
}

/// `12`, or `{ value = 12, source = "owner" }`.
fn figure<'a, T>(
    fields: &mut Fields<'_, 'a>,
    field: &'static str,
    read: impl Fn(&mut Fields<'_, 'a>, &'static str) -> Option<Spanned<T>>,
) -> Option<Spanned<Figure<T>>> {
    let Some(mut table) = fields.table_if_one(field, &[]) else {
        return read(fields, field).map(|found| found.map(|value| Figure { value, source: Provenance::Unmarked }));
    };
    let value = read(&mut table, "value");
    table.require("value", "value = 100");
    let source = table.text("source").and_then(|named| table.accept(provenance(&named)));
    table.finish();
    let source = source.unwrap_or(Provenance::Unmarked);
    value.map(|value| value.map(|value| Figure { value, source }))
}

fn provenance(named: &Spanned<&str>) -> Result<Provenance, Diagnostic> {
    let marked = named.value.parse().ok().filter(|source| *source != Provenance::Unmarked);
    marked.ok_or_else(|| {
        Diagnostic::new(Code::BAD_BLUEPRINT, format!("\"{}\" is not a source mark", named.value))
            .at(named.span)
            .help("use given, owner, third-party, recalled or assumed")
    })
}
