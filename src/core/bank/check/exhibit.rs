//! Columns that are made of blanks fit a window of 80 columns (advice).

use unicode_width::UnicodeWidthStr;

use super::{Checker, Question};
use crate::bank::question::RawExhibit;
use crate::diagnostics::{Code, Diagnostic, codes};

codes! {
    Warning WIDE_EXHIBIT "wide-exhibit"
}

/// What the exam's screen has room for in a window of 80 columns.
const WIDEST: usize = 72;

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let Some(exhibit) = question.exhibit.as_ref().and_then(RawExhibit::text) else { return };
    // Running text may be as long as it likes: it wraps.
    let in_columns = exhibit.value.lines().filter(|line| has_columns(line.trim()));
    let Some(widest) = in_columns.map(UnicodeWidthStr::width).max().filter(|width| *width > WIDEST) else { return };
    let message =
        format!("a line of the exhibit of {} is {widest} columns wide, and breaks at {WIDEST}", question.name);
    let help = "a table whose cells wrap: [item.exhibit] with columns = […] and rows = [[…], …]";
    checker.report(Diagnostic::new(Code::WIDE_EXHIBIT, message).at(exhibit.span).help(help));
}

/// Whether a line is set in columns: by gaps, tabs or bars.
fn has_columns(line: &str) -> bool {
    line.contains("  ") || line.contains(['\t', '|'])
}
