//! A finding as a person reads it: code, place, the line with a caret, and what to do.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{SafeText, counted};
use examroom_core::diagnostics::{Code, Diagnostic, Diagnostics, Position, Severity, Sources, Span};

/// Whether to color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    Plain,
    Color,
}

/// The widest line of a file that is quoted; longer ones are cut around the caret by the renderer.
const WIDTH: usize = 110;
/// So many characters are marked at most, and so many quoted behind them.
const LONGEST: usize = 72;

/// One finding, several lines.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, paint: Paint) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = SafeText::new(&diagnostic.message);
    let help = SafeText::new(&diagnostic.help);
    let title = level.primary_title(message.as_str()).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    // The texts must outlive the group that borrows them.
    let quoted: Vec<Quote> = diagnostic
        .span
        .iter()
        .map(|span| quote(sources, *span, None))
        .chain(diagnostic.related.iter().map(|(span, label)| quote(sources, *span, Some(label))))
        .collect();
    for quote in &quoted {
        group = match &quote.line {
            Some((text, span)) => {
                let kind = if quote.label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
                let annotation = kind.span(span.clone()).label(quote.label);
                let snippet = Snippet::source(text).line_start(quote.position.line).path(&quote.name);
                group.element(snippet.annotation(annotation))
            }
            None => {
                group.element(Origin::path(&quote.name).line(quote.position.line).char_column(quote.position.column))
            }
        };
    }
    group = group.element(Level::HELP.message(help.as_str()));
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Color => Renderer::styled(),
    };
    renderer.term_width(WIDTH).render(&[group])
}

/// A place as it is shown.
struct Quote<'d> {
    name: String,
    position: Position,
    /// The line, made safe to print, and the place within it.
    line: Option<(String, Range<usize>)>,
    label: Option<&'d str>,
}

fn quote<'d>(sources: &Sources, span: Span, label: Option<&'d String>) -> Quote<'d> {
    let position = sources.position(span);
    Quote {
        name: SafeText::new(sources.name(span.file)).into_string(),
        position,
        line: sources.line(span).map(|line| marked(line, position.column, span.bytes().len())),
        label: label.map(String::as_str),
    }
}

/// A line made safe to print, and where in it the so many bytes from a column on then are.
fn marked(line: &str, column: usize, length: usize) -> (String, Range<usize>) {
    let start = line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
    let mut end = (start + length.max(1)).min(line.len());
    while !line.is_char_boundary(end) {
        end += 1;
    }
    let safe = |part: &str| SafeText::new(part).into_string();
    let (marked, rest) = line[start..].split_at(end.max(start) - start);
    let (within, after) = match shortened(marked) {
        Some(head) => (safe(head), "…".to_owned()),
        None => (safe(marked), shortened(rest).map_or_else(|| safe(rest), |head| safe(head) + "…")),
    };
    let before = safe(&line[..start]);
    let span = before.len()..before.len() + within.len();
    (before + &within + &after, span)
}

/// The head of a text that is too long to be quoted whole.
fn shortened(text: &str) -> Option<&str> {
    text.char_indices().nth(LONGEST).map(|(at, _)| &text[..at])
}

/// `3 errors and 1 warning`.
#[must_use]
pub fn tally(diagnostics: &Diagnostics) -> String {
    let told = match (diagnostics.errors(), diagnostics.warnings()) {
        (0, 0) => "no findings".to_owned(),
        (errors, 0) => counted(errors, "error"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    match diagnostics.allowed() {
        0 => told,
        allowed => format!("{told} ({allowed} more allowed by the authors)"),
    }
}

/// The page of a code.
#[must_use]
pub fn page(code: Code) -> String {
    let severity = match code.severity() {
        Severity::Error => "error: no sitting starts with it",
        Severity::Warning => "warning: advice",
    };
    format!("{code}: {}\n({severity})\n\n{}\n", code.title(), code.explanation())
}
