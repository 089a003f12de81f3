//! What is where on the screen: made anew before every frame, and asked by the keys and the mouse that follow, so that
//! they act on what the candidate saw.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::app::{App, Intro, Snapshot, Visibility};
use super::keys::Context;
use super::overlay::Overlay;
use super::page::Page;
use super::screen::frame::{Areas, Header, More, Side, areas, is_roomy, word_lines, words_width};
use super::screen::question::Density;
use super::screen::{confirm, help, input_line, pause, question, review, tutorial, welcome};
use super::scroll::Scroll;
use super::status::words;
use examroom_app::view::question::QuestionView;
use examroom_app::view::review::ReviewView;
use examroom_core::session::{Phase, Session};

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
pub struct ScreenLayout {
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

impl ScreenLayout {
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
    pub fn lay_out(&mut self, window: Rect, snapshot: Snapshot<'_>) {
        let session = snapshot.session;
        self.follow(session);
        let theme = self.theme;
        let words = word_lines(&words(self, snapshot.saved), words_width(window), theme);
        let main = self.main(session, window);
        let beside = self.shelf.is_some() && matches!(main, Main::Question | Main::Review);
        let areas = areas(window, words.len(), if beside { Side::Taken } else { Side::Free });
        let width = areas.body.width;
        let (head, page) = self.content(main, &areas, snapshot);
        let low = self.low(width);
        let library = &session.form().shelf;
        let side = match (&mut self.shelf, areas.side) {
            (Some(open), Some(area)) => {
                let head = open.head(library, area.width, theme);
                let page = open.page(library, area.width, theme);
                Some((head, page))
            }
            _ => None,
        };
        let header = self.header(snapshot, main);
        self.layout = ScreenLayout { areas, main, head, page, low, side, words, header };
        let (lines, rows) = (self.layout.page.lines.len(), self.layout.rows());
        let scroll = self.main_scroll(main);
        scroll.clamp(lines, rows);
        let at_end = scroll.top + rows >= lines;
        if at_end && rows > 0 {
            self.saw_end();
        }
        let side_rows = usize::from(self.layout.side_areas().1.height);
        if let (Some((_, page)), Some(open)) = (&self.layout.side, &mut self.shelf) {
            open.scroll.clamp(page.lines.len(), side_rows);
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

    fn content(&mut self, main: Main, areas: &Areas, snapshot: Snapshot<'_>) -> (Vec<Line<'static>>, Page) {
        let (session, theme, width) = (snapshot.session, self.theme, areas.body.width);
        let density = if is_roomy(areas.window) { Density::Ample } else { Density::Scarce };
        let only = |page: Page| (Vec::new(), page);
        match main {
            Main::Intro => only(match self.intro {
                Intro::Welcome => welcome::page(
                    &examroom_app::view::rules::RulesView::new(session.form(), session.rules()),
                    width,
                    theme,
                ),
                Intro::Tutorial(number) => tutorial::page(number, width, theme),
            }),
            Main::Question => only(
                session
                    .current_slot()
                    .and_then(|slot| QuestionView::new(session, slot))
                    .map(|view| question::page(&view, self.question.pointed, width, density, theme))
                    .unwrap_or_default(),
            ),
            Main::Review => {
                let Some((section, _)) = session.section() else { return only(Page::default()) };
                let view = ReviewView::new(session, section);
                let rows = review::rows(&view, self.review.filter).count();
                self.review.pointed = self.review.pointed.min(rows.saturating_sub(1));
                (
                    review::head(&view, self.review.filter, width, theme),
                    review::page(&view, self.review.filter, self.review.pointed, width, theme),
                )
            }
            Main::Break => only(
                examroom_app::view::pause::PauseView::new(session)
                    .map(|view| pause::page(&view, Some(snapshot.left), width, theme))
                    .unwrap_or_default(),
            ),
            Main::Shelf => {
                let library = &session.form().shelf;
                let Some(open) = &mut self.shelf else { return only(Page::default()) };
                let mut head = open.head(library, width, theme);
                if density == Density::Ample {
                    head.push(Line::default());
                }
                (head, open.page(library, width, theme))
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
            Overlay::Note { line, .. } => Some((" Your note ", input_line::page("", line, width, self.theme))),
            Overlay::GoTo(line) => Some((" Go to question ", input_line::page("Number: ", line, width, self.theme))),
            Overlay::Extend(line) => Some((" Add time ", input_line::page("Minutes: ", line, width, self.theme))),
            Overlay::Help { .. } | Overlay::Confirm { .. } => None,
        }
    }

    fn header(&self, snapshot: Snapshot<'_>, main: Main) -> Header {
        let session = snapshot.session;
        let form = session.form();
        let title = match session.section() {
            Some((_, section)) if form.sections.len() > 1 => section.name.clone(),
            _ => form.name.clone(),
        };
        let mut header = Header { title: examroom_app::view::SafeText::new(&title).into_string(), ..Header::default() };
        if let Main::Over(index) = main
            && let Some(Overlay::Help { .. }) = self.stack.get(index)
        {
            "Help".clone_into(&mut header.title);
        }
        header.left = match (session.phase(), self.clock) {
            (Phase::Section(_), Visibility::Yes) | (Phase::Break { .. }, _) => Some(snapshot.left),
            _ => None,
        };
        if let Some(slot) = session.current_slot() {
            header.flagged = session.item_state(slot).is_flagged();
            if self.number == Visibility::Yes {
                let of = form.section_of(slot).map_or(0, |section| form.range(section).len());
                header.number = Some((form.number(slot), of));
            }
        }
        header
    }

    pub(super) fn main_scroll(&mut self, main: Main) -> &mut Scroll {
        match (main, &mut self.shelf) {
            (Main::Question, _) => &mut self.question.scroll,
            (Main::Review, _) => &mut self.review.scroll,
            (Main::Shelf, Some(open)) => &mut open.scroll,
            (Main::Over(index), _) => match self.stack.get_mut(index) {
                Some(Overlay::Help { scroll, .. } | Overlay::Confirm { scroll, .. }) => scroll,
                _ => &mut self.reading,
            },
            _ => &mut self.reading,
        }
    }

    /// Whether there is more of the page than is on the screen.
    pub(super) fn more(&mut self) -> More {
        let (lines, rows, main) = (self.layout.page.lines.len(), self.layout.rows(), self.layout.main);
        let top = self.main_scroll(main).top;
        More { above: top > 0, below: top + rows < lines }
    }
}
