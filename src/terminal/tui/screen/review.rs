//! The list of the section's questions, to see what is open and to jump to any.

use ratatui::text::{Line, Span};

use crate::tui::page::Page;
use crate::tui::text_lines::{cut, padded};
use crate::tui::theme::Theme;
use examroom_app::view::review::{Filter, ReviewView, Row, State};

/// The rows that the filter admits.
pub fn rows(review: &ReviewView, filter: Filter) -> impl Iterator<Item = &Row> {
    review.rows.iter().filter(move |row| filter.admits(row))
}

/// The lines above the list, which do not scroll.
#[must_use]
pub fn head(review: &ReviewView, filter: Filter, width: u16, theme: Theme) -> Vec<Line<'static>> {
    let width = usize::from(width);
    let mut lines = vec![Line::from(vec![
        Span::styled(if width >= 40 { "Review: " } else { "" }, theme.accent()),
        Span::styled(cut(&review.summary(), width.saturating_sub(if width >= 40 { 8 } else { 0 })), theme.strong()),
    ])];
    let tab = |which: Filter| {
        if which == filter {
            Span::styled(format!("[{}]", which.word()), theme.accent())
        } else {
            Span::styled(format!(" {} ", which.word()), theme.quiet())
        }
    };
    if width >= 30 {
        let [first, second, third] = Filter::ALL.map(tab);
        lines.push(Line::from(vec![first, Span::raw(" "), second, Span::raw(" "), third]));
        lines.push(Line::default());
    } else {
        lines.push(Line::from(tab(filter)));
    }
    lines
}

#[must_use]
pub fn page(review: &ReviewView, filter: Filter, pointed: usize, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    for (index, row) in rows(review, filter).enumerate() {
        page.stop([line(row, index == pointed, width, theme)]);
    }
    if page.lines.is_empty() {
        page.push(Line::styled(
            match filter {
                Filter::All => "There are no questions here.",
                Filter::Unanswered => "Every question is answered.",
                Filter::Flagged => "No question is flagged.",
            },
            theme.quiet(),
        ));
    }
    page
}

fn line(row: &Row, pointed: bool, width: usize, theme: Theme) -> Line<'static> {
    let state = if row.state == State::Answered { theme.text() } else { theme.accent() };
    let answer = if row.letters.is_empty() { "-".to_owned() } else { row.letters.clone() };
    let letters = padded(&answer, if width >= 40 { 5 } else { 3 });
    let mut spans = vec![
        Span::styled(if pointed { "› " } else { "  " }, theme.accent()),
        Span::styled(format!("{:>3}  ", row.number), if pointed { theme.pointed() } else { theme.strong() }),
        Span::styled(letters, theme.strong()),
        Span::styled(if row.flagged { "⚑ " } else { "  " }, theme.accent()),
    ];
    if width >= 40 {
        spans.push(Span::styled(padded(row.state.word(), 12), state));
        spans.push(Span::styled(if row.has_note { "note " } else { "     " }, theme.quiet()));
    } else {
        spans.push(Span::styled(row.state.word(), state));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    if width > used + 10 {
        spans.push(Span::styled(cut(&row.stem, width - used), theme.quiet()));
    }
    Line::from(spans)
}
