//! Findings as a person reads them: of each its code, its place, the line with a caret, and what to do.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::layout::Layout;
use super::list::Rows;
use super::wrap::columns;
use examroom_app::view::listing::{Entry, Listing, More};
use examroom_app::view::{SafeText, counted};
use examroom_core::diagnostics::{Diagnostic, Position, Severity, Sources, Span};

/// Whether to color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// No escape sequences.
    Plain,
    /// ANSI colors.
    Color,
}

/// The widest line of a file that is quoted; longer ones are cut around the caret by the renderer.
const WIDTH: usize = 110;
/// At most this many characters are marked, and as many quoted after them.
const LONGEST: usize = 72;
/// Places stand on one line of at most this many columns, or on one for each file.
const PLACES_WIDTH: usize = 100;

/// Writes a listing: its entries, and how many there are of each code. Their texts are made safe before they are colored.
///
/// # Errors
/// When it cannot be written.
pub fn write_findings(
    out: &mut dyn Write,
    listing: &Listing<'_>,
    sources: &Sources,
    paint: Paint,
    layout: Layout,
) -> io::Result<()> {
    for entry in &listing.entries {
        match entry {
            Entry::Whole(finding) => writeln!(out, "{}\n", finding_text(finding, sources, paint))?,
            Entry::More(more) => writeln!(out, "{}\n", more_text(more))?,
        }
    }
    if !listing.summary.is_empty() {
        let mut rows = Rows::new(layout, ["Findings", "Code", "What it says"]);
        for (code, count) in &listing.summary {
            let severity = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            rows.add([counted(*count, severity), code.to_string(), code.title().to_owned()], |[count, code, title]| {
                format!("{count} {code}: {title}.")
            });
        }
        writeln!(out, "{rows}\n")?;
    }
    Ok(())
}

/// `and 597 more of no-rating: 1-data.toml:31, :49, …`
fn more_text(more: &More) -> SafeText {
    let (summary, places) = (more.summary(), more.places());
    if places.is_empty() {
        return summary.into();
    }
    let line = format!("{summary}: {}", places.join("; "));
    if columns(&line) <= PLACES_WIDTH { line.into() } else { format!("{summary}: {}", places.join("\n  ")).into() }
}

/// One finding, several lines.
#[must_use]
pub fn finding_text(diagnostic: &Diagnostic, sources: &Sources, paint: Paint) -> String {
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

/// A line made safe to print, and where in it the `length` bytes from a column on then are.
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
