//! What is where on the screen: made anew before every frame, drawn, and asked by the keys and the mouse that follow, so
//! that they act on what the candidate saw.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::areas::Areas;
use super::footer::{Footer, More, draw_edge, draw_footer, draw_rule};
use super::header::{Header, draw_header};
use super::page::{Page, draw_page, put};
use super::screen::component::{Content, Seen};
use super::scroll::Scroll;
use super::theme::Theme;

/// What is to be put on the screen around and beside the body.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    pub header: Header,
    /// What is typed, at the foot of the body, and its title.
    pub low: Option<(&'static str, Page)>,
    /// The shelf beside the question, and whether keys go to it.
    pub side: Option<(Content, Focus)>,
    /// Messages to the candidate.
    pub messages: Vec<Line<'static>>,
    pub footer: Footer,
}

/// Whether the keys go to what stands beside the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Side,
    Body,
}

/// The screen as it was last laid out.
#[derive(Clone, Debug, Default)]
pub struct ScreenLayout {
    areas: Areas,
    body: Content,
    scroll: Scroll,
    side_scroll: Scroll,
    around: Surroundings,
}

impl ScreenLayout {
    #[must_use]
    pub fn new(areas: Areas, body: Content, around: Surroundings) -> Self {
        Self { areas, body, scroll: Scroll::default(), side_scroll: Scroll::default(), around }
    }

    /// Brings the body's scroll into its page, and shows the page there.
    pub fn settle(&mut self, scroll: &mut Scroll) {
        scroll.clamp(self.body.page.lines.len(), usize::from(self.text().height));
        self.scroll = *scroll;
    }

    /// As [`Self::settle`], for what stands beside the body.
    pub fn settle_side(&mut self, scroll: &mut Scroll) {
        if let Some((content, _)) = &self.around.side {
            scroll.clamp(content.page.lines.len(), usize::from(self.side_text().height));
            self.side_scroll = *scroll;
        }
    }

    /// The body's page, as far as it was on the screen.
    #[must_use]
    pub fn seen(&self) -> Seen<'_> {
        Seen { page: &self.body.page, rows: usize::from(self.text().height) }
    }

    /// The page beside the body, or the body's where nothing stands beside it.
    #[must_use]
    pub fn seen_at_side(&self) -> Seen<'_> {
        match &self.around.side {
            Some((content, _)) => Seen { page: &content.page, rows: usize::from(self.side_text().height) },
            None => self.seen(),
        }
    }

    /// Whether the end of the body's page is on the screen.
    #[must_use]
    pub fn shows_end(&self) -> bool {
        let seen = self.seen();
        seen.rows > 0 && self.scroll.top + seen.rows >= seen.page.lines.len()
    }

    #[must_use]
    pub fn has_side(&self) -> bool {
        self.around.side.is_some()
    }

    #[must_use]
    pub fn is_at_side(&self, at: Position) -> bool {
        self.has_side() && self.areas.side.is_some_and(|side| side.contains(at))
    }

    /// Whether a place is on the body's page.
    #[must_use]
    pub fn is_on_page(&self, at: Position) -> bool {
        self.text().contains(at)
    }

    /// What can be pointed at in a place of the body's page, and the column there.
    #[must_use]
    pub fn stop_at(&self, at: Position) -> Option<(usize, u16)> {
        let (line, column) = self.place_of(at)?;
        Some((self.body.page.stop_at(line)?, column))
    }

    /// The line and the column of the stem in a place of the body's page.
    #[must_use]
    pub fn stem_at(&self, at: Position) -> Option<(usize, u16)> {
        let stem = &self.body.page.stem;
        self.place_of(at).filter(|(line, _)| stem.contains(line)).map(|(line, column)| (line - stem.start, column))
    }

    /// As [`Self::stem_at`], but for places around the stem those at its edge.
    #[must_use]
    pub fn nearest_of_stem(&self, at: Position) -> Option<(usize, u16)> {
        let text = self.text();
        let within = Position { x: at.x.max(text.x), y: at.y.max(text.y).min(text.bottom().saturating_sub(1)) };
        let stem = self.body.page.stem.clone();
        let (line, column) = self.place_of(within)?;
        match line {
            _ if stem.is_empty() => None,
            line if line < stem.start => Some((0, 0)),
            line if line >= stem.end => Some((stem.len() - 1, u16::MAX)),
            line => Some((line - stem.start, column)),
        }
    }

    /// The columns of the body's page.
    #[must_use]
    pub fn columns(&self) -> usize {
        usize::from(self.areas.body.width)
    }

    /// The line and the column of the body's page in a place of the screen.
    fn place_of(&self, at: Position) -> Option<(usize, u16)> {
        let text = self.text();
        Some((usize::from(at.y.checked_sub(text.y)?) + self.scroll.top, at.x.checked_sub(text.x)?))
    }

    /// Where the page is.
    fn text(&self) -> Rect {
        let foot = self.around.low.as_ref().map_or(0, |(_, page)| page.lines.len() + 1);
        within(self.areas.body, self.body.head.len(), foot)
    }

    /// Where the low lines are, with their rule above.
    fn low_area(&self) -> Rect {
        let (text, body) = (self.text(), self.areas.body);
        Rect { y: text.bottom(), height: body.bottom().saturating_sub(text.bottom()), ..body }
    }

    fn side_area(&self) -> Rect {
        self.areas.side.unwrap_or_default()
    }

    fn side_text(&self) -> Rect {
        within(self.side_area(), self.around.side.as_ref().map_or(0, |(content, _)| content.head.len() + 1), 0)
    }

    pub fn draw(&self, buffer: &mut Buffer, theme: Theme) {
        let text = self.text();
        draw_header(buffer, &self.areas, &self.around.header, theme);
        draw_rows(buffer, self.areas.body, text.y, &self.body.head);
        draw_page(buffer, text, &self.body.page, self.scroll);
        self.draw_low(buffer, theme);
        self.draw_side(buffer, theme);
        draw_rule(buffer, &self.areas, more(&self.body.page, self.scroll, text), theme);
        draw_rows(buffer, self.areas.words, self.areas.words.bottom(), &self.around.messages);
        draw_footer(buffer, &self.areas, &self.around.footer, theme);
    }

    fn draw_low(&self, buffer: &mut Buffer, theme: Theme) {
        let Some((title, page)) = &self.around.low else { return };
        let area = self.low_area();
        let rule = "─".repeat(usize::from(area.width).saturating_sub(Span::raw(*title).width() + 2));
        let line = Line::from(vec![
            Span::styled("──", theme.quiet()),
            Span::styled(*title, theme.accent()),
            Span::styled(rule, theme.quiet()),
        ]);
        put(buffer, area, 0, &line);
        // The line that is being typed is the last one: it stays in sight.
        let rows = area.height.saturating_sub(1);
        let skip = page.lines.len().saturating_sub(usize::from(rows));
        let area = Rect { y: area.y + 1, height: rows, ..area }.intersection(area);
        draw_rows(buffer, area, area.bottom(), &page.lines[skip..]);
    }

    fn draw_side(&self, buffer: &mut Buffer, theme: Theme) {
        let Some((content, focus)) = &self.around.side else { return };
        let (area, text) = (self.side_area(), self.side_text());
        let edge = Rect { x: area.x.saturating_sub(2), width: 1, ..area };
        let style = match focus {
            Focus::Side => theme.accent(),
            Focus::Body => theme.quiet(),
        };
        for row in 0..edge.height {
            put(buffer, edge, row, &Line::styled("│", style));
        }
        draw_rows(buffer, area, text.y, &content.head);
        draw_page(buffer, text, &content.page, self.side_scroll);
        draw_edge(buffer, text, more(&content.page, self.side_scroll, text), theme);
    }
}

/// Draws lines from the top of an area, down to a row of the screen.
fn draw_rows(buffer: &mut Buffer, area: Rect, end: u16, lines: &[Line<'_>]) {
    for (row, line) in (0..end.saturating_sub(area.y)).zip(lines) {
        put(buffer, area, row, line);
    }
}

/// Whether there is more of a page than an area shows.
fn more(page: &Page, scroll: Scroll, area: Rect) -> More {
    More { above: scroll.top > 0, below: scroll.top + usize::from(area.height) < page.lines.len() }
}

/// An area without rows at its top and foot; at least a row is left where there was one.
fn within(area: Rect, top: usize, foot: usize) -> Rect {
    let most = area.height.saturating_sub(1);
    let foot = u16::try_from(foot).unwrap_or(u16::MAX).min(most);
    let top = u16::try_from(top).unwrap_or(u16::MAX).min(most - foot);
    Rect { y: area.y + top, height: area.height - top - foot, ..area }
}
