//! What is around every screen: the line with the question's number and the time, the words to the candidate, the
//! keys. It also divides the window, so that margins and the readable width are the same everywhere.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::pages::columns;
use crate::tui::page::put;
use crate::tui::text_lines::{READABLE, cut, wrap};
use crate::tui::theme::Theme;
use examroom_app::view::announcement::saved_mark;
use examroom_core::journal::Saved;
use examroom_core::time::ClockFace;

/// The smallest window that an exam can be sat in.
pub const SMALLEST: (u16, u16) = (20, 6);

/// From this height on there are rules and a margin.
const ROOMY: u16 = 10;
/// From this width on the shelf stands beside the question.
const BESIDE: u16 = 110;

/// How the window is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    pub window: Rect,
    pub header: Rect,
    /// The whole width between header and footer.
    pub middle: Rect,
    /// Where running text goes: a readable width with margins.
    pub body: Rect,
    /// The shelf beside the question.
    pub side: Option<Rect>,
    /// Words to the candidate.
    pub words: Rect,
    /// The rule above the footer; no height in a low window.
    pub rule: Rect,
    pub footer: Rect,
}

/// Whether something stands beside the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Free,
    Taken,
}

#[must_use]
pub fn is_too_small(window: Rect) -> bool {
    window.width < SMALLEST.0 || window.height < SMALLEST.1
}

#[must_use]
pub fn is_roomy(window: Rect) -> bool {
    window.height >= ROOMY
}

fn margin(width: u16) -> u16 {
    match width {
        0..30 => 0,
        30..60 => 1,
        60..100 => 3,
        _ => 4,
    }
}

/// The width of words to the candidate.
#[must_use]
pub fn words_width(window: Rect) -> usize {
    usize::from(window.width.saturating_sub(2 * margin(window.width)))
}

/// Divides the window; `words` is how many rows the words to the candidate want.
#[must_use]
pub fn areas(window: Rect, words: usize, side: Side) -> Areas {
    let indent = margin(window.width);
    let inner = Rect { x: window.x + indent, width: window.width.saturating_sub(2 * indent), ..window };
    let row = |y: u16, height: u16| Rect { y: window.y + y, height, ..inner }.intersection(window);
    let roomy = is_roomy(window);
    let (top, rule) = if roomy { (2, 1) } else { (1, 0) };
    let height = window.height;
    let free = height.saturating_sub(top + 1);
    // Words take the place of the rule first, and leave the body at least a row.
    let words = u16::try_from(words).unwrap_or(u16::MAX).min(free.saturating_sub(1));
    let bottom = words.max(rule.min(free));
    let pad = match height {
        0..16 => 0,
        16..36 => 1,
        _ => 3,
    };
    let middle = row(top, free.saturating_sub(bottom));
    let text = row((top + pad).min(height), free.saturating_sub(bottom + pad));
    let (text, side) = match side {
        Side::Taken if window.width >= BESIDE => {
            let left = (text.width / 2).clamp(50, READABLE);
            let right = Rect { x: text.x + left + 3, width: text.width.saturating_sub(left + 3), ..middle };
            (Rect { width: left, ..text }, Some(right))
        }
        _ => (text, None),
    };
    let width = text.width.min(READABLE);
    let body = Rect { x: text.x + (text.width - width) / 2, width, ..text };
    Areas {
        window,
        header: row(0, 1),
        middle,
        body,
        side,
        words: row(height.saturating_sub(1 + words), words),
        rule: row(height.saturating_sub(1 + rule), if words > 0 { 0 } else { rule }),
        footer: row(height.saturating_sub(1), 1),
    }
}

/// What the header shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    pub title: String,
    pub flagged: bool,
    /// Number and how many.
    pub number: Option<(usize, usize)>,
    pub left: Option<Duration>,
}

/// Below this much time the clock stands out.
pub const LAST_MINUTES: Duration = Duration::from_secs(5 * 60);

pub fn draw_header(buffer: &mut Buffer, areas: &Areas, header: &Header, theme: Theme) {
    let width = usize::from(areas.header.width);
    let wide = width >= 50;
    let mut right: Vec<Span<'static>> = Vec::new();
    if header.flagged {
        right.push(Span::styled(if wide { "⚑ flagged   " } else { "⚑ " }, theme.accent()));
    }
    if let Some((number, of)) = header.number {
        let text = if wide { format!("Question {number} of {of}") } else { format!("{number}/{of}") };
        right.push(Span::styled(text, theme.strong()));
    }
    if let Some(left) = header.left {
        if header.number.is_some() {
            right.push(Span::raw(if wide { "     " } else { "  " }));
        }
        let style = if left <= LAST_MINUTES { theme.accent() } else { theme.strong() };
        right.push(Span::styled(ClockFace(left).to_string(), style));
    }
    let used: usize = right.iter().map(Span::width).sum();
    let free = width.saturating_sub(used);
    let title = if free > 4 { cut(&header.title, free - 2) } else { String::new() };
    let gap = free.saturating_sub(columns(&title));
    let mut spans = vec![Span::styled(title, theme.quiet()), Span::raw(" ".repeat(gap))];
    spans.extend(right);
    put(buffer, areas.header, 0, &Line::from(spans));
    if is_roomy(areas.window) {
        let rule = Rect { y: areas.header.y + 1, ..areas.header };
        put(buffer, rule, 0, &Line::styled("─".repeat(width), theme.quiet()));
    }
}

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

/// How loud a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    StatusMessage,
    Alarm,
}

/// Words to the candidate as lines of a width.
#[must_use]
pub fn word_lines(words: &[(Tone, String)], width: usize, theme: Theme) -> Vec<Line<'static>> {
    let inner = width.saturating_sub(2).max(1);
    words
        .iter()
        .flat_map(|(tone, text)| {
            let style = match tone {
                Tone::StatusMessage => theme.notice(),
                Tone::Alarm => theme.alarm(),
            };
            wrap(text, inner).into_iter().map(move |line| Line::styled(format!(" {line} "), style))
        })
        .collect()
}

/// The keys that are needed most, as many as there is room for, and whether everything is saved.
pub fn draw_footer(
    buffer: &mut Buffer,
    areas: &Areas,
    keys: impl Iterator<Item = (String, &'static str)>,
    saved: Option<&Saved>,
    theme: Theme,
) {
    let width = usize::from(areas.footer.width);
    let status = saved.map_or("", saved_mark);
    let mut room = width.saturating_sub(if status.is_empty() { 0 } else { Span::raw(status).width() + 2 });
    let mut keys: Vec<_> = keys.collect();
    let mut spans: Vec<Span<'static>> = Vec::new();
    // Help is never left out: everything else is found from there.
    let help = keys.iter().position(|(_, label)| *label == "help").map(|at| keys.remove(at));
    let cost = |(key, label): &(String, &str)| Span::raw(key.as_str()).width() + 1 + Span::raw(*label).width() + 3;
    let reserve = help.as_ref().map_or(0, |help| cost(help) - 3);
    room = room.saturating_sub(reserve);
    let mut add = |(key, label): (String, &'static str)| {
        if !spans.is_empty() {
            spans.push(Span::raw("   "));
        }
        spans.push(Span::styled(key, theme.accent()));
        spans.push(Span::styled(format!(" {label}"), theme.quiet()));
    };
    for entry in keys {
        let cost = cost(&entry);
        if cost <= room {
            room -= cost;
            add(entry);
        }
    }
    if let Some(help) = help {
        add(help);
    }
    put(buffer, areas.footer, 0, &Line::from(spans));
    let style = match saved {
        Some(Saved::Yes | Saved::NotYet) | None => theme.quiet(),
        Some(_) => theme.alarm(),
    };
    let at = Rect {
        x: areas
            .footer
            .right()
            .saturating_sub(u16::try_from(Span::raw(status).width()).unwrap_or(0))
            .max(areas.footer.x),
        ..areas.footer
    };
    if !status.is_empty() {
        put(buffer, at.intersection(areas.footer), 0, &Line::styled(status, style));
    }
}
