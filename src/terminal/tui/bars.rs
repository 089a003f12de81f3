//! Bars of cells: a share, a mark across it, and the interval below it.

use ratatui::style::Style;
use ratatui::text::Span;

use super::theme::Theme;
use examroom_core::arithmetic::as_f64;

/// The cell of a bar that a share falls in.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bar's few cells")]
pub fn cell(share: f64, cells: usize) -> usize {
    let last = cells.saturating_sub(1);
    ((share.clamp(0.0, 1.0) * as_f64(cells)) as usize).min(last)
}

/// How many cells a share fills.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bar's few cells")]
pub fn filled(share: f64, cells: usize) -> usize {
    ((share.clamp(0.0, 1.0) * as_f64(cells)).round() as usize).min(cells)
}

/// A bar with a mark across it.
#[must_use]
pub fn bar(share: f64, cut: f64, cells: usize, style: Style, theme: Theme) -> Vec<Span<'static>> {
    let (full, mark) = (filled(share, cells), cell(cut, cells));
    let piece = |range: std::ops::Range<usize>| {
        let full_here = full.clamp(range.start, range.end) - range.start;
        [Span::styled("█".repeat(full_here), style), Span::styled("░".repeat(range.len() - full_here), theme.quiet())]
    };
    let mut spans = Vec::with_capacity(5);
    spans.extend(piece(0..mark));
    spans.push(Span::styled("│", theme.strong()));
    spans.extend(piece(mark + 1..cells.max(mark + 1)));
    spans.retain(|span| !span.content.is_empty());
    spans
}

/// The interval, drawn below a bar of the same width.
#[must_use]
pub fn whisker(low: f64, high: f64, cells: usize) -> String {
    let (from, to) = (cell(low, cells), cell(high, cells));
    let line = match to.saturating_sub(from) {
        0 => "┼".to_owned(),
        between => format!("├{}┤", "─".repeat(between - 1)),
    };
    format!("{}{line}{}", " ".repeat(from), " ".repeat(cells.saturating_sub(to.max(from) + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::ColorMode;

    fn drawn(share: f64, cut: f64, cells: usize) -> String {
        let theme = Theme::new(ColorMode::Off);
        bar(share, cut, cells, theme.text(), theme).iter().map(|span| span.content.as_ref()).collect()
    }

    #[test]
    fn a_bar_has_its_width_and_its_mark_whatever_the_shares() {
        assert_eq!(drawn(0.5, 0.7, 10), "█████░░│░░");
        assert_eq!(drawn(1.0, 0.7, 10), "███████│██");
        assert_eq!(drawn(0.0, 1.0, 4), "░░░│");
        assert_eq!(drawn(f64::NAN, 2.0, 4), "░░░│");
    }
}
