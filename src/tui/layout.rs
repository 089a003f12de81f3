//! What is where on the screen: made anew before every frame, and asked by the keys and the mouse that follow, so that
//! they act on what the candidate saw.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::app::{App, Intro, Moment, Shown, words};
use super::flow::Scroll;
use super::keys::{Action, Context};
use super::overlay::{Effect, Overlay};
use super::screen::frame::{Areas, Header, More, Side, areas, is_roomy, word_lines, words_width};
use super::screen::question::Room;
use super::screen::{Page, confirm, help, note, pause, question, review, tutorial, welcome};
use crate::session::{Phase, Session};
use crate::view::question::question as question_view;
use crate::view::review::review as review_view;

/// What the body shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Main {
    #[default]
    Intro,
    Question,
    Review,
    Break,
    Shelf,
    /// The overlay of this index.
    Over(usize),
}

/// The screen as it was last laid out.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    pub areas: Areas,
    pub main: Main,
    /// Lines above the page that do not scroll.
    pub head: Vec<Line<'static>>,
    pub page: Page,
    /// What is typed, at the foot of the body.
    pub low: Option<(&'static str, Page)>,
    /// The shelf beside the question.
    pub side: Option<(Vec<Line<'static>>, Page)>,
    pub words: Vec<Line<'static>>,
    pub header: Header,
}

impl Laid {
    /// Where the page is.
    #[must_use]
    pub fn text(&self) -> Rect {
        below(self.areas.body, self.head.len(), self.low.as_ref().map_or(0, |(_, page)| page.lines.len() + 1))
    }

    /// How many rows of the page are on the screen.
    #[must_use]
    pub fn rows(&self) -> usize {
        usize::from(self.text().height)
    }

    /// Where the low lines are, with their rule above.
    #[must_use]
    pub fn low_area(&self) -> Rect {
        let text = self.text();
        let body = self.areas.body;
        Rect { y: text.bottom(), height: body.bottom().saturating_sub(text.bottom()), ..body }
    }

    fn side_text(&self) -> Rect {
        let area = self.areas.side.unwrap_or_default();
        below(area, self.side.as_ref().map_or(0, |(head, _)| head.len() + 1), 0)
    }

    #[must_use]
    pub fn side_areas(&self) -> (Rect, Rect) {
        (self.areas.side.unwrap_or_default(), self.side_text())
    }
}

/// An area without rows at its top and foot; at least a row is left where there was one.
fn below(area: Rect, top: usize, foot: usize) -> Rect {
    let most = area.height.saturating_sub(1);
    let foot = u16::try_from(foot).unwrap_or(u16::MAX).min(most);
    let top = u16::try_from(top).unwrap_or(u16::MAX).min(most - foot);
    Rect { y: area.y + top, height: area.height - top - foot, ..area }
}

impl App {
    /// Lays the screen out for a window.
    pub fn lay_out(&mut self, window: Rect, moment: Moment<'_>) {
        let session = moment.session;
        self.follow(session);
        let theme = self.theme;
        let words = word_lines(&words(self, moment.saved), words_width(window), theme);
        let main = self.main(session, window);
        let beside = self.shelf.is_some() && matches!(main, Main::Question | Main::Review);
        let areas = areas(window, words.len(), if beside { Side::Taken } else { Side::Free });
        let width = areas.body.width;
        let (head, page) = self.content(main, &areas, moment);
        let low = self.low(width);
        let sheets = &session.form().shelf;
        let side = match (&mut self.shelf, areas.side) {
            (Some(shelf), Some(area)) => {
                let head = shelf.head(sheets, area.width, theme);
                let page = shelf.page(sheets, area.width, theme);
                Some((head, page))
            }
            _ => None,
        };
        let header = self.header(moment, main);
        self.laid = Laid { areas, main, head, page, low, side, words, header };
        let (lines, rows) = (self.laid.page.lines.len(), self.laid.rows());
        let scroll = self.main_scroll(main);
        scroll.clamp(lines, rows);
        let at_end = scroll.top + rows >= lines;
        if at_end && rows > 0 {
            self.saw_end();
        }
        let side_rows = usize::from(self.laid.side_areas().1.height);
        if let (Some((_, page)), Some(shelf)) = (&self.laid.side, &mut self.shelf) {
            shelf.scroll.clamp(page.lines.len(), side_rows);
        }
    }

    fn main(&self, session: &Session, window: Rect) -> Main {
        let over = |overlay: &Overlay| matches!(overlay, Overlay::Help { .. } | Overlay::Confirm { .. });
        if let Some(top) = self.stack.len().checked_sub(1).filter(|top| over(&self.stack[*top])) {
            return Main::Over(top);
        }
        let base = self.base(session);
        let fits = areas(window, 0, Side::Taken).side.is_some();
        if self.shelf.is_some() && self.on_shelf && !fits && matches!(base, Context::Question | Context::Review) {
            return Main::Shelf;
        }
        match base {
            Context::Question => Main::Question,
            Context::Break => Main::Break,
            Context::Welcome | Context::Tutorial => Main::Intro,
            _ => Main::Review,
        }
    }

    fn content(&mut self, main: Main, areas: &Areas, moment: Moment<'_>) -> (Vec<Line<'static>>, Page) {
        let (session, theme, width) = (moment.session, self.theme, areas.body.width);
        let room = if is_roomy(areas.window) { Room::Ample } else { Room::Scarce };
        let only = |page: Page| (Vec::new(), page);
        match main {
            Main::Intro => only(match self.intro {
                Intro::Welcome => {
                    welcome::page(&crate::view::rules::rules(session.form(), session.rules()), width, theme)
                }
                Intro::Tutorial(number) => tutorial::page(number, width, theme),
            }),
            Main::Question => only(
                session
                    .current()
                    .and_then(|slot| question_view(session, slot))
                    .map(|view| question::page(&view, self.looking.pointed, width, room, theme))
                    .unwrap_or_default(),
            ),
            Main::Review => {
                let Some((section, _)) = session.section() else { return only(Page::default()) };
                let view = review_view(session, section);
                let rows = review::rows(&view, self.listing.filter).count();
                self.listing.pointed = self.listing.pointed.min(rows.saturating_sub(1));
                (
                    review::head(&view, self.listing.filter, width, theme),
                    review::page(&view, self.listing.filter, self.listing.pointed, width, theme),
                )
            }
            Main::Break => only(
                crate::view::pause::pause(session)
                    .map(|view| pause::page(&view, Some(moment.left), width, theme))
                    .unwrap_or_default(),
            ),
            Main::Shelf => {
                let sheets = &session.form().shelf;
                let Some(shelf) = &mut self.shelf else { return only(Page::default()) };
                let mut head = shelf.head(sheets, width, theme);
                if room == Room::Ample {
                    head.push(Line::default());
                }
                (head, shelf.page(sheets, width, theme))
            }
            Main::Over(index) => only(match self.stack.get(index) {
                Some(Overlay::Help { of, .. }) => help::page(*of, width, theme),
                Some(Overlay::Confirm { asking, button, .. }) => confirm::page(asking, *button, width, theme),
                _ => Page::default(),
            }),
        }
    }

    fn low(&self, width: u16) -> Option<(&'static str, Page)> {
        match self.stack.last()? {
            Overlay::Calculator => Some((" Calculator ", self.calculator.page(width, self.theme))),
            Overlay::Note { line, .. } => Some((" Your note ", note::page("", line, width, self.theme))),
            Overlay::GoTo(line) => Some((" Go to question ", note::page("Number: ", line, width, self.theme))),
            Overlay::Help { .. } | Overlay::Confirm { .. } => None,
        }
    }

    fn header(&self, moment: Moment<'_>, main: Main) -> Header {
        let session = moment.session;
        let form = session.form();
        let title = match session.section() {
            Some((_, section)) if form.sections.len() > 1 => section.name.clone(),
            _ => form.name.clone(),
        };
        let mut header = Header { title: crate::view::SafeText::new(&title).into_string(), ..Header::default() };
        if let Main::Over(index) = main
            && let Some(Overlay::Help { .. }) = self.stack.get(index)
        {
            "Help".clone_into(&mut header.title);
        }
        header.left = match (session.phase(), self.clock) {
            (Phase::Section(_), Shown::Yes) | (Phase::Break { .. }, _) => Some(moment.left),
            _ => None,
        };
        if let Some(slot) = session.current() {
            header.flagged = session.work(slot).is_flagged();
            if self.number == Shown::Yes {
                let of = form.section_of(slot).map_or(0, |section| form.range(section).len());
                header.number = Some((form.number(slot), of));
            }
        }
        header
    }

    pub(super) fn main_scroll(&mut self, main: Main) -> &mut Scroll {
        match (main, &mut self.shelf) {
            (Main::Question, _) => &mut self.looking.scroll,
            (Main::Review, _) => &mut self.listing.scroll,
            (Main::Shelf, Some(shelf)) => &mut shelf.scroll,
            (Main::Over(index), _) => match self.stack.get_mut(index) {
                Some(Overlay::Help { scroll, .. } | Overlay::Confirm { scroll, .. }) => scroll,
                _ => &mut self.reading,
            },
            _ => &mut self.reading,
        }
    }

    /// Whether there is more of the page than is on the screen.
    pub(super) fn more(&mut self) -> More {
        let (lines, rows, main) = (self.laid.page.lines.len(), self.laid.rows(), self.laid.main);
        let top = self.main_scroll(main).top;
        More { above: top > 0, below: top + rows < lines }
    }

    /// Moves through the page; on lists and choices, from one to the next.
    pub(super) fn scroll(&mut self, action: Action, session: &Session) {
        let main = self.laid.main;
        let rows = self.laid.rows();
        let page = isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(1);
        if self.on_shelf && self.context(session) == Context::Shelf && self.laid.side.is_some() {
            let rows = self.laid.side_areas().1.height;
            if let Some(shelf) = &mut self.shelf {
                move_by(&mut shelf.scroll, action, isize::try_from(rows.max(2) - 1).unwrap_or(1));
            }
            return;
        }
        let typing = self.context(session).is_typing();
        match (main, action) {
            (Main::Review, _) => self.scroll_list(action, page),
            (Main::Question, Action::Down) if !typing => self.point_down(),
            (Main::Question, Action::Up) if !typing => self.point_up(),
            _ => move_by(self.main_scroll(main), action, page),
        }
    }

    fn scroll_list(&mut self, action: Action, page: isize) {
        let by = match action {
            Action::Down => 1,
            Action::Up => -1,
            Action::PageDown => page,
            Action::PageUp => -page,
            Action::Top => isize::MIN / 2,
            _ => isize::MAX / 2,
        };
        let last = self.laid.page.stops.len().saturating_sub(1);
        self.listing.pointed = self.listing.pointed.saturating_add_signed(by).min(last);
        let rows = self.laid.rows();
        if let Some(stop) = self.laid.page.stops.get(self.listing.pointed) {
            self.listing.scroll.show(stop, rows);
        }
    }

    /// Down: to the next choice if it is on the screen, else a line further in the text.
    fn point_down(&mut self) {
        let rows = self.laid.rows();
        let next = self.looking.pointed.map_or(0, |pointed| pointed + 1);
        let at_end = self.looking.scroll.top + rows >= self.laid.page.lines.len();
        match self.laid.page.stops.get(next) {
            Some(stop) if at_end || self.looking.scroll.shows(stop, rows) => {
                self.looking.pointed = Some(next);
                self.looking.scroll.show(stop, rows);
            }
            _ => self.looking.scroll.by(1),
        }
    }

    fn point_up(&mut self) {
        let rows = self.laid.rows();
        let before = self.looking.pointed.and_then(|pointed| pointed.checked_sub(1));
        match before.and_then(|before| Some((before, self.laid.page.stops.get(before)?))) {
            Some((before, stop)) if self.looking.scroll.shows(stop, rows) => self.looking.pointed = Some(before),
            _ => {
                if self.looking.scroll.top == 0 || before.is_none() {
                    self.looking.pointed = None;
                }
                self.looking.scroll.by(-1);
            }
        }
    }

    /// What the mouse does; `false` where it changes nothing.
    pub fn mouse(&mut self, mouse: MouseEvent, moment: Moment<'_>) -> Option<Vec<Effect>> {
        let at = Position { x: mouse.column, y: mouse.row };
        let on_side = self.laid.side.is_some() && self.laid.areas.side.is_some_and(|side| side.contains(at));
        let main = self.laid.main;
        match mouse.kind {
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                let by = if mouse.kind == MouseEventKind::ScrollDown { 3 } else { -3 };
                match &mut self.shelf {
                    Some(shelf) if on_side => shelf.scroll.by(by),
                    _ => self.main_scroll(main).by(by),
                }
                Some(Vec::new())
            }
            MouseEventKind::Down(button) => {
                if self.laid.side.is_some() && self.stack.is_empty() {
                    self.on_shelf = on_side;
                }
                if on_side || !self.laid.text().contains(at) {
                    return Some(Vec::new());
                }
                let line = usize::from(at.y - self.laid.text().y) + self.main_scroll(main).top;
                let stop = self.laid.page.stop_at(line)?;
                Some(self.click(button, stop, at.x - self.laid.text().x, moment))
            }
            _ => None,
        }
    }

    fn click(&mut self, button: MouseButton, stop: usize, column: u16, moment: Moment<'_>) -> Vec<Effect> {
        self.word = None;
        match self.laid.main {
            Main::Question if self.stack.is_empty() => {
                let action = if button == MouseButton::Left { Action::Choose(stop) } else { Action::Strike };
                self.looking.pointed = Some(stop);
                self.act(action, Context::Question, moment)
            }
            Main::Review if self.stack.is_empty() => {
                self.listing.pointed = stop;
                self.act(Action::Open, Context::Review, moment)
            }
            Main::Over(_) => {
                let stops = self.laid.page.stops.len();
                if let Some(Overlay::Confirm { asking, button, .. }) = self.stack.last_mut() {
                    *button = confirm::button_at(asking, stop, stops, column);
                    return self.act(Action::Accept, Context::Confirm, moment);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

pub(super) fn move_by(scroll: &mut Scroll, action: Action, page: isize) {
    match action {
        Action::Down => scroll.by(1),
        Action::Up => scroll.by(-1),
        Action::PageDown => scroll.by(page),
        Action::PageUp => scroll.by(-page),
        Action::Top => scroll.top = 0,
        Action::Bottom => scroll.top = usize::MAX / 2,
        _ => {}
    }
}
