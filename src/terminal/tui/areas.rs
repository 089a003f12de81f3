//! How the window is divided, so that margins and the readable width are the same on every screen.

use ratatui::layout::Rect;

use super::text_lines::READABLE;

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

/// Whether the window is wide enough for the shelf beside the question.
#[must_use]
pub fn fits_beside(window: Rect) -> bool {
    window.width >= BESIDE
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
        Side::Taken if fits_beside(window) => {
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
