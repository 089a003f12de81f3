//! The foot of the screen: the rule that says whether there is more, the keys, and whether everything is saved.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::areas::Areas;
use super::page::put;
use super::theme::Theme;
use examroom_app::view::announcement::saved_mark;
use examroom_core::journal::Saved;

/// Where the reader stands in a text that is longer than the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct More {
    pub above: bool,
    pub below: bool,
}

/// The rule above the footer, and the sign that there is more.
pub fn draw_rule(buffer: &mut Buffer, areas: &Areas, more: More, theme: Theme) {
    let status = match (more.above, more.below) {
        (_, true) => " ▼ more below ",
        (true, false) => " ▲ ",
        (false, false) => "",
    };
    if areas.rule.height > 0 {
        let width = usize::from(areas.rule.width);
        let mark = Span::raw(status).width();
        let left = width.saturating_sub(mark) / 2;
        let right = width.saturating_sub(left + mark);
        let spans = vec![
            Span::styled("─".repeat(left), theme.quiet()),
            Span::styled(status, theme.accent()),
            Span::styled("─".repeat(right), theme.quiet()),
        ];
        put(buffer, areas.rule, 0, &Line::from(spans));
    } else {
        // No rule in a low window, or words in its place.
        draw_edge(buffer, areas.middle, more, theme);
    }
}

/// The signs that there is more, at the right edge of a text.
pub fn draw_edge(buffer: &mut Buffer, area: Rect, more: More, theme: Theme) {
    let edge = Rect { x: area.right().saturating_sub(1), width: area.width.min(1), ..area };
    if more.above {
        put(buffer, edge, 0, &Line::styled("▲", theme.accent()));
    }
    if more.below {
        put(buffer, edge, edge.height.saturating_sub(1), &Line::styled("▼", theme.accent()));
    }
}

/// Between two keys.
const GAP: &str = "   ";

/// What the last line of the screen shows.
#[derive(Clone, Debug, Default)]
pub struct Footer {
    /// Keys and their words, those that are needed most first.
    keys: Vec<(String, &'static str)>,
    /// Whether everything is saved; nothing before the exam has begun, and after its end.
    saved: &'static str,
    saved_style: Style,
}

impl Footer {
    #[must_use]
    pub fn new(keys: impl Iterator<Item = (String, &'static str)>, saved: Option<&Saved>, theme: Theme) -> Self {
        let saved_style = match saved {
            Some(Saved::Yes | Saved::NotYet) | None => theme.quiet(),
            Some(Saved::No { .. } | Saved::TakenOver) => theme.alarm(),
        };
        Self { keys: keys.collect(), saved: saved.map_or("", saved_mark), saved_style }
    }

    /// The keys that fit. Help comes last and is never left out: everything else is found from there.
    fn fitting(&self, width: usize) -> Vec<(&str, &'static str)> {
        let cost = |key: &str, label: &str| Span::raw(key).width() + 1 + Span::raw(label).width();
        let (help, keys): (Vec<_>, Vec<_>) =
            self.keys.iter().map(|(key, label)| (key.as_str(), *label)).partition(|(_, label)| *label == "help");
        let mut room = width.saturating_sub(help.iter().map(|(key, label)| cost(key, label)).sum());
        let fits = |(key, label): &(&str, &str)| {
            let left = room.checked_sub(cost(key, label) + GAP.len());
            room = left.unwrap_or(room);
            left.is_some()
        };
        keys.into_iter().filter(fits).chain(help).collect()
    }
}

/// Draws as many keys as there is room for, and whether everything is saved.
pub fn draw_footer(buffer: &mut Buffer, areas: &Areas, footer: &Footer, theme: Theme) {
    let saved = Span::styled(footer.saved, footer.saved_style);
    let reserved = if footer.saved.is_empty() { 0 } else { saved.width() + 2 };
    let mut spans = Vec::new();
    for (key, label) in footer.fitting(usize::from(areas.footer.width).saturating_sub(reserved)) {
        if !spans.is_empty() {
            spans.push(Span::raw(GAP));
        }
        spans.push(Span::styled(key, theme.accent()));
        spans.push(Span::styled(format!(" {label}"), theme.quiet()));
    }
    put(buffer, areas.footer, 0, &Line::from(spans));
    if !footer.saved.is_empty() {
        let width = u16::try_from(saved.width()).unwrap_or(0);
        let x = areas.footer.right().saturating_sub(width).max(areas.footer.x);
        let at = Rect { x, ..areas.footer }.intersection(areas.footer);
        put(buffer, at, 0, &Line::from(saved));
    }
}
