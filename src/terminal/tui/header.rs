//! The first line of the screen: the section or the page, the question's number, the time left.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::areas::{Areas, is_roomy};
use super::page::put;
use super::snapshot::Snapshot;
use super::text_lines::cut;
use super::theme::Theme;
use crate::pages::columns;
use examroom_app::view::SafeText;
use examroom_app::view::notice::LAST_MINUTES;
use examroom_core::session::{Phase, Session};
use examroom_core::time::ClockFace;

/// Whether something is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Visibility {
    #[default]
    Yes,
    No,
}

impl Visibility {
    const fn turned(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
        }
    }
}

/// What the candidate wants to see in the header during the exam.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeaderState {
    clock: Visibility,
    number: Visibility,
    /// Whether the clock has come back by itself in this section.
    clock_returned: bool,
}

impl HeaderState {
    pub fn turn_clock(&mut self) {
        self.clock = self.clock.turned();
    }

    pub fn turn_number(&mut self) {
        self.number = self.number.turned();
    }

    pub fn enter_section(&mut self) {
        self.clock_returned = false;
    }

    /// Shows the clock again in the last minutes; it can be hidden once more on purpose.
    pub fn tick(&mut self, left: Duration) {
        if left <= LAST_MINUTES && !self.clock_returned {
            self.clock_returned = true;
            self.clock = Visibility::Yes;
        }
    }

    /// The header at this moment.
    #[must_use]
    pub fn header(self, snapshot: Snapshot<'_>) -> Header {
        let session = snapshot.session;
        let mut header = Header { title: title(session), ..Header::default() };
        header.left = match (session.phase(), self.clock) {
            _ if !session.rules().time_allowance.is_limited() => None,
            (Phase::Section(_), Visibility::Yes) | (Phase::Break { .. }, _) => Some(snapshot.left),
            _ => None,
        };
        if let Some(slot) = session.current_slot() {
            header.flagged = session.item_state(slot).is_flagged();
            if self.number == Visibility::Yes {
                let form = session.form();
                let of = form.section_of(slot).map_or(0, |section| form.range(section).len());
                header.number = Some((form.number(slot), of));
            }
        }
        header
    }
}

/// The section's name, or the exam's where it has one section only.
fn title(session: &Session) -> String {
    let form = session.form();
    let title = match session.section() {
        Some((_, section)) if form.sections.len() > 1 => &section.name,
        _ => &form.name,
    };
    SafeText::new(title).into_string()
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
