//! Looking back at a finished attempt: the report, then each question with its reasons.

use std::time::Duration;

use ratatui::Frame;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, MouseEventKind};
use ratatui::text::{Line, Span};

use super::event_loop::{End, Flow, LONGEST, Screen};
use super::keys::{self, Action, Context};
use super::line_editor::{Edit, LineEditor};
use super::options::{Mouse, Options};
use super::page::{Page, draw_page, put};
use super::screen::frame::{
    Areas, Header, More, Side, Tone, areas, draw_footer, draw_header, draw_rule, is_too_small, word_lines, words_width,
};
use super::screen::look_back::page as explanation_page;
use super::screen::{help, input_line, report as report_screen, too_small};
use super::scroll::Scroll;
use super::theme::Theme;
use examroom_app::view::announcement::TIME_IS_UP;
use examroom_app::view::explanation::{ExplanationView, ReviewFilter};
use examroom_app::view::question::QuestionView;
use examroom_app::view::report::ReportView;
use examroom_core::scoring::{ItemScore, ScoreReport, score};
use examroom_core::session::{EndReason, Phase, Session};

/// A finished attempt on the screen.
pub struct LookBack<'s> {
    session: &'s Session,
    score: ScoreReport,
    report: ReportView,
    theme: Theme,
    on_report: bool,
    report_scroll: Scroll,
    filter: ReviewFilter,
    /// Which of the admitted questions is shown.
    at: usize,
    scroll: Scroll,
    help: Option<(Context, Scroll)>,
    number: Option<LineEditor>,
    status: Option<String>,
    areas: Areas,
    lines: usize,
    rows: usize,
    mouse: Mouse,
}

impl<'s> LookBack<'s> {
    #[must_use]
    pub fn new(session: &'s Session, options: Options) -> Self {
        let score = score(session);
        let report = ReportView::new(session, &score);
        let timed_out = session.phase() == Phase::Finished { how: EndReason::TimeOut };
        Self {
            session,
            score,
            report,
            theme: Theme::new(options.color),
            on_report: true,
            report_scroll: Scroll::default(),
            filter: ReviewFilter::All,
            at: 0,
            scroll: Scroll::default(),
            help: None,
            number: None,
            status: timed_out.then(|| TIME_IS_UP.to_owned()),
            areas: Areas::default(),
            lines: 0,
            rows: 0,
            mouse: options.mouse,
        }
    }

    fn context(&self) -> Context {
        if self.help.is_some() {
            Context::Help
        } else if self.number.is_some() {
            Context::GoTo
        } else if self.on_report {
            Context::Report
        } else {
            Context::LookBack
        }
    }

    fn admitted(&self) -> impl Iterator<Item = &ItemScore> {
        self.score.items.iter().filter(|item| self.filter.admits(item))
    }

    fn current_scroll(&mut self) -> &mut Scroll {
        match (&mut self.help, self.on_report) {
            (Some((_, scroll)), _) => scroll,
            (None, true) => &mut self.report_scroll,
            (None, false) => &mut self.scroll,
        }
    }

    fn press(&mut self, key: KeyEvent) -> Flow {
        let context = self.context();
        self.status = None;
        if let Some(action) = keys::action(key, context, 0) {
            return self.act(action, context);
        }
        if self.number.is_none() {
            self.status = keys::foreign(key);
        }
        if let Some(number) = &mut self.number {
            match key.code {
                KeyCode::Char(c) if c.is_ascii_digit() && number.text().len() < 6 => number.apply(Edit::Insert(c)),
                KeyCode::Backspace => number.apply(Edit::Backspace),
                _ => {}
            }
        }
        Flow::Draw
    }

    fn act(&mut self, action: Action, context: Context) -> Flow {
        match (context, action) {
            (_, Action::Leave) => return Flow::End(End::Left),
            (_, Action::Suspend) => return Flow::Suspend,
            (_, Action::Redraw) => return Flow::Redraw,
            (_, Action::Mouse) => {
                self.mouse = self.mouse.turned();
                self.status = Some(self.mouse.announcement().to_owned());
            }
            (_, Action::Help) => self.help = Some((context, Scroll::default())),
            (_, Action::Move(movement)) => {
                let rows = self.rows;
                self.current_scroll().by(movement.steps(rows));
            }
            (Context::Help, _) => self.help = None,
            (Context::Report, Action::Open) => self.on_report = false,
            (Context::LookBack, Action::Close) => self.on_report = true,
            (Context::LookBack, Action::Next) => self.step(1),
            (Context::LookBack, Action::Previous) => self.step(-1),
            (Context::LookBack, Action::Filter) => self.filter(),
            (Context::LookBack, Action::GoTo(digit)) => {
                let text = digit.map_or_else(String::new, |digit| digit.to_string());
                self.number = Some(LineEditor::new(&text));
            }
            (Context::GoTo, Action::Accept) => self.go_to(),
            (Context::GoTo, _) => self.number = None,
            _ => {}
        }
        Flow::Draw
    }

    fn step(&mut self, by: isize) {
        let count = self.admitted().count();
        match self.at.checked_add_signed(by).filter(|at| *at < count) {
            Some(at) => {
                self.at = at;
                self.scroll = Scroll::default();
            }
            None => {
                self.status =
                    Some(if by > 0 { "This is the last question." } else { "This is the first question." }.to_owned());
            }
        }
    }

    /// The next filter that admits anything; `all` always does.
    fn filter(&mut self) {
        let shown = self.shown().map(|item| item.slot);
        loop {
            self.filter = self.filter.next();
            if self.filter == ReviewFilter::All || self.admitted().next().is_some() {
                break;
            }
        }
        let at = self.admitted().position(|item| Some(item.slot) == shown);
        self.at = at.unwrap_or(0);
        self.scroll = Scroll::default();
        self.status = Some(format!("Shown: {}.", self.filter.words()));
    }

    /// Numbers are those of the section that is shown, as they were in the exam.
    fn go_to(&mut self) {
        let number: usize = self.number.take().and_then(|line| line.text().parse().ok()).unwrap_or(0);
        let form = self.session.form();
        let shown = self.shown().map(|item| item.slot);
        let slot = shown.and_then(|slot| form.slot(form.section_of(slot)?, number));
        if let Some(at) = slot.and_then(|slot| self.admitted().position(|item| item.slot == slot)) {
            self.at = at;
            self.scroll = Scroll::default();
        } else {
            let place = shown
                .and_then(|slot| QuestionView::new(self.session, slot)?.section)
                .map_or_else(String::new, |section| format!(" of {section}"));
            let among = self.filter.words();
            self.status = Some(format!("There is no question {number}{place} among {among}."));
        }
    }

    /// The question on the screen.
    fn shown(&self) -> Option<&ItemScore> {
        self.admitted().nth(self.at)
    }

    fn page(&self, width: u16) -> Page {
        match (&self.help, self.on_report) {
            (Some((of, _)), _) => help::page(*of, width, self.theme),
            (None, true) => report_screen::page(&self.report, &self.score, width, self.theme),
            (None, false) => self
                .shown()
                .and_then(|item| ExplanationView::new(self.session, item))
                .map(|view| explanation_page(&view, width, self.theme))
                .unwrap_or_default(),
        }
    }

    fn header(&self) -> Header {
        let title = |title: &str| Header { title: title.to_owned(), ..Header::default() };
        if self.help.is_some() {
            return title("Help");
        }
        if self.on_report {
            return title("Report");
        }
        let Some((item, view)) =
            self.shown().and_then(|item| Some((item, QuestionView::new(self.session, item.slot)?)))
        else {
            return title("Looking back");
        };
        let looking = format!("looking back: {}", self.filter.words());
        let title = match view.section {
            Some(section) => format!("{section}, {looking}"),
            None => looking.replacen('l', "L", 1),
        };
        Header { title, flagged: item.flagged, number: Some((view.number, view.of)), left: None }
    }
}

impl Screen for LookBack<'_> {
    fn handle(&mut self, event: &Event) -> Flow {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.press(*key),
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::ScrollDown => {
                    self.current_scroll().by(3);
                    Flow::Draw
                }
                MouseEventKind::ScrollUp => {
                    self.current_scroll().by(-3);
                    Flow::Draw
                }
                _ => Flow::Idle,
            },
            Event::Resize(..) => Flow::Draw,
            _ => Flow::Idle,
        }
    }

    fn tick(&mut self) -> Flow {
        Flow::Idle
    }

    fn draw(&mut self, frame: &mut Frame<'_>) {
        let window = frame.area();
        let theme = self.theme;
        if is_too_small(window) {
            too_small::draw(frame.buffer_mut(), window, None, theme);
            return;
        }
        let words: Vec<(Tone, String)> =
            self.status.iter().map(|status| (Tone::StatusMessage, status.clone())).collect();
        let mut words = word_lines(&words, words_width(window), theme);
        if let Some(number) = &self.number {
            words.extend(input_line::page("Go to question: ", number, window.width, theme).lines);
        }
        self.areas = areas(window, words.len(), Side::Free);
        let areas = self.areas;
        let page = self.page(areas.body.width);
        (self.lines, self.rows) = (page.lines.len(), usize::from(areas.body.height));
        let (lines, rows) = (self.lines, self.rows);
        self.current_scroll().clamp(lines, rows);
        let scroll = *self.current_scroll();
        let buffer = frame.buffer_mut();
        draw_header(buffer, &areas, &self.header(), theme);
        draw_page(buffer, areas.body, &page, scroll);
        draw_rule(buffer, &areas, More { above: scroll.top > 0, below: scroll.top + rows < lines }, theme);
        for (row, line) in (0..areas.words.height).zip(&words) {
            put(buffer, areas.words, row, line);
        }
        draw_footer(buffer, &areas, keys::footer(self.context(), |_| true), None, theme);
        if self.admitted().next().is_none() && !self.on_report {
            put(buffer, areas.body, 0, &Line::from(Span::raw("There is no question to look back on.")));
        }
    }

    fn sleep(&self) -> Duration {
        LONGEST
    }

    fn mouse(&self) -> Mouse {
        self.mouse
    }
}
