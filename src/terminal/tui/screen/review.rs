//! The list of the section's questions, to see what is open, to jump to any, and to end the section.

use ratatui::text::{Line, Span};

use super::component::{Component, Content, PageStyle, Seen};
use crate::tui::keys::{Action, Context};
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::scroll::{Movement, Scroll};
use crate::tui::snapshot::Snapshot;
use crate::tui::text_lines::{cut, padded};
use crate::tui::theme::Theme;
use examroom_app::view::confirmation::Confirmation;
use examroom_app::view::review::{Filter, ReviewView, Row, State};
use examroom_core::form::Slot;
use examroom_core::session::{Command, Session};

/// The review list.
#[derive(Clone, Debug, Default)]
pub struct Review {
    filter: Filter,
    /// Which of the admitted rows is pointed at.
    pointed: usize,
    scroll: Scroll,
}

impl Review {
    /// Opens the list at the question that it was opened from.
    pub fn open_at(&mut self, slot: Slot, session: &Session) {
        let Some(review) = view(session) else { return };
        let at = rows(&review, self.filter).position(|row| row.slot == slot);
        self.pointed = at.unwrap_or(self.pointed);
        self.scroll.top = self.pointed.saturating_sub(3);
    }

    pub fn point_at(&mut self, row: usize) {
        self.pointed = row;
    }

    /// The question of the row that is pointed at.
    fn pointed_slot(&self, session: &Session) -> Option<Slot> {
        let review = view(session)?;
        rows(&review, self.filter).nth(self.pointed).map(|row| row.slot)
    }
}

impl Component for Review {
    fn context(&self) -> Context {
        Context::Review
    }

    fn act(&mut self, action: Action, session: &Session, _: Seen<'_>) -> Vec<Request> {
        let request = match action {
            Action::Open => self.pointed_slot(session).map(|slot| Request::send(Command::GoTo(slot))),
            Action::Previous => Some(Request::send(Command::GoTo(session.last_question()))),
            Action::EndSection => Some(Request::Confirm(Confirmation::EndSection)),
            Action::Submit => Some(Request::Confirm(Confirmation::Submit)),
            Action::Filter => {
                *self = Self { filter: self.filter.next(), ..Self::default() };
                None
            }
            _ => None,
        };
        request.into_iter().collect()
    }

    fn content(&mut self, snapshot: Snapshot<'_>, style: PageStyle) -> Content {
        let Some(review) = view(snapshot.session) else { return Content::default() };
        let (width, theme) = (style.width, style.theme);
        self.pointed = self.pointed.min(rows(&review, self.filter).count().saturating_sub(1));
        Content {
            head: head(&review, self.filter, width, theme),
            page: page(&review, self.filter, self.pointed, width, theme),
        }
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(&mut self.scroll)
    }

    /// From row to row.
    fn travel(&mut self, movement: Movement, seen: Seen<'_>) {
        let last = seen.page.stops.len().saturating_sub(1);
        self.pointed = self.pointed.saturating_add_signed(movement.steps(seen.rows)).min(last);
        if let Some(stop) = seen.page.stops.get(self.pointed) {
            self.scroll.show(stop, seen.rows);
        }
    }
}

fn view(session: &Session) -> Option<ReviewView> {
    let (section, _) = session.section()?;
    Some(ReviewView::new(session, section))
}

/// The rows that the filter admits.
fn rows(review: &ReviewView, filter: Filter) -> impl Iterator<Item = &Row> {
    review.rows.iter().filter(move |row| filter.admits(row))
}

/// The lines above the list, which do not scroll.
fn head(review: &ReviewView, filter: Filter, width: u16, theme: Theme) -> Vec<Line<'static>> {
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

fn page(review: &ReviewView, filter: Filter, pointed: usize, width: u16, theme: Theme) -> Page {
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
