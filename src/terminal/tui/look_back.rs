//! Looking back at a finished attempt: the report, then each question with its reasons.

use std::borrow::Cow;
use std::time::Duration;

use ratatui::Frame;
use ratatui::crossterm::event::{Event, KeyEvent};

use super::areas::{Side, areas, is_too_small, words_width};
use super::event_loop::{Flow, LONGEST, Screen};
use super::footer::Footer;
use super::gesture::Gesture;
use super::header::Header;
use super::keys::{self, Action, Context};
use super::layout::{ScreenLayout, Surroundings};
use super::line_editor::{Edit, LineEditor};
use super::number_field::NumberField;
use super::options::{Mouse, Options};
use super::overlay::help::Help;
use super::page::Page;
use super::screen::{explanation, report as report_screen};
use super::scroll::Scroll;
use super::status::Status;
use super::theme::Theme;
use super::too_small;
use super::typed_line::typed_line;
use examroom_app::view::announcement::{PROBLEM_NOTED, TIME_IS_UP};
use examroom_app::view::ending::Departure;
use examroom_app::view::explanation::{ExplanationView, ReviewFilter, admitted};
use examroom_app::view::question::QuestionView;
use examroom_app::view::report::ReportView;
use examroom_core::form::Slot;
use examroom_core::id::ItemId;
use examroom_core::scoring::{Change, ItemScore, ScoreReport, score};
use examroom_core::session::{EndReason, Phase, Session};

/// Keeps what is wrong with a question.
type KeepProblem<'s> = dyn FnMut(Slot, &str) -> Result<Session, String> + 's;

/// A finished attempt on the screen.
pub struct LookBack<'s> {
    session: Cow<'s, Session>,
    score: ScoreReport,
    report: ReportView,
    theme: Theme,
    on_report: bool,
    report_scroll: Scroll,
    filter: ReviewFilter,
    /// Which of the admitted questions is shown.
    at: usize,
    scroll: Scroll,
    help: Option<Help>,
    number: Option<NumberField>,
    /// What is wrong with the question, while that is typed.
    problem: Option<LineEditor>,
    /// Keeps what is wrong with a question; the session with it, or why not.
    keep_problem: Option<Box<KeepProblem<'s>>>,
    /// The questions that the bank has otherwise now.
    changes: Vec<(ItemId, Change)>,
    status: Status,
    layout: ScreenLayout,
    mouse: Mouse,
    alarm: Box<dyn Fn() -> Option<String> + 's>,
    /// The alarm that was drawn last.
    alarmed: Option<String>,
}

impl<'s> LookBack<'s> {
    /// The report of a finished session, and its questions behind it.
    #[must_use]
    pub fn new(session: &'s Session, options: Options) -> Self {
        let score = score(session);
        let report = ReportView::new(session, &score);
        let mut status = Status::default();
        if session.phase() == (Phase::Finished { how: EndReason::TimeOut }) {
            status.say(TIME_IS_UP);
        }
        Self {
            session: Cow::Borrowed(session),
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
            problem: None,
            keep_problem: None,
            changes: Vec::new(),
            status,
            layout: ScreenLayout::default(),
            mouse: options.mouse,
            alarm: Box::new(|| None),
            alarmed: None,
        }
    }

    /// Says above the keys what `alarm` gives, asked again and again: that the attempt is not yet saved.
    #[must_use]
    pub fn with_alarm(mut self, alarm: impl Fn() -> Option<String> + 's) -> Self {
        self.alarm = Box::new(alarm);
        self
    }

    /// Lets what is wrong with a question be noted: `keep` keeps it, and gives the session with it, or says why not.
    #[must_use]
    pub fn with_problems(mut self, keep: impl FnMut(Slot, &str) -> Result<Session, String> + 's) -> Self {
        self.keep_problem = Some(Box::new(keep));
        self
    }

    /// Says of these questions that the bank has them otherwise now.
    #[must_use]
    pub fn with_changes(mut self, changes: Vec<(ItemId, Change)>) -> Self {
        self.changes = changes;
        self
    }

    fn context(&self) -> Context {
        if self.help.is_some() {
            Context::Help
        } else if self.number.is_some() {
            Context::GoTo
        } else if self.problem.is_some() {
            Context::Note
        } else if self.on_report {
            Context::Report
        } else {
            Context::LookBack
        }
    }

    fn admitted(&self) -> impl Iterator<Item = &ItemScore> {
        admitted(&self.score, self.filter).into_iter()
    }

    fn current_scroll(&mut self) -> &mut Scroll {
        match (&mut self.help, self.on_report) {
            (Some(help), _) => help.scroll_mut(),
            (None, true) => &mut self.report_scroll,
            (None, false) => &mut self.scroll,
        }
    }

    fn press(&mut self, key: KeyEvent) -> Flow {
        let context = self.context();
        self.status.clear();
        if let Some(action) = keys::action(key, context, 0) {
            return self.act(action, context);
        }
        match (&mut self.number, &mut self.problem) {
            (Some(number), _) => {
                if let Some(edit) = Edit::of(key) {
                    number.edit(edit);
                }
            }
            (None, Some(problem)) => {
                if let Some(edit) = Edit::of(key) {
                    problem.apply(edit);
                }
            }
            (None, None) => {
                if let Some(text) = keys::foreign(key) {
                    self.status.say(text);
                }
            }
        }
        Flow::Draw
    }

    fn act(&mut self, action: Action, context: Context) -> Flow {
        match (context, action) {
            (_, Action::Leave) => return Flow::End(Departure::Left),
            (_, Action::Suspend) => return Flow::Suspend,
            (_, Action::Redraw) => return Flow::Redraw,
            (_, Action::Mouse) => {
                self.mouse = self.mouse.turned();
                self.status.say(self.mouse.announcement());
            }
            (_, Action::Help) => self.help = Some(Help::new(context, &[])),
            (_, Action::Move(movement)) => {
                let rows = self.layout.seen().rows;
                self.current_scroll().by(movement.steps(rows));
            }
            (Context::Help, _) => self.help = None,
            (Context::Report, Action::Open) => self.on_report = false,
            (Context::LookBack, Action::Close) => self.on_report = true,
            (Context::LookBack, Action::Next) => self.step(1),
            (Context::LookBack, Action::Previous) => self.step(-1),
            (Context::LookBack, Action::Filter) => self.filter(),
            (Context::LookBack, Action::GoTo(digit)) => self.number = Some(NumberField::new(digit)),
            (Context::LookBack, Action::Problem) => self.ask_problem(),
            (Context::Note, Action::Accept) => self.note_problem(),
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
            None => self.status.say(if by > 0 { "This is the last question." } else { "This is the first question." }),
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
        self.status.say(format!("Shown: {}.", self.filter.words()));
    }

    /// Numbers are those of the section that is shown, as they were in the exam.
    fn go_to(&mut self) {
        let number = self.number.take().map_or(0, |field| field.value::<usize>());
        let form = self.session.form();
        let shown = self.shown().map(|item| item.slot);
        let slot = shown.and_then(|slot| form.slot(form.section_of(slot)?, number));
        if let Some(at) = slot.and_then(|slot| self.admitted().position(|item| item.slot == slot)) {
            self.at = at;
            self.scroll = Scroll::default();
        } else {
            let place = shown
                .and_then(|slot| QuestionView::new(&self.session, slot)?.section)
                .map_or_else(String::new, |section| format!(" of {section}"));
            let among = self.filter.words();
            self.status.say(format!("There is no question {number}{place} among {among}."));
        }
    }

    /// Asks what is wrong with the question on the screen.
    fn ask_problem(&mut self) {
        let Some(slot) = self.shown().map(|item| item.slot) else { return };
        if self.keep_problem.is_some() {
            self.problem = Some(LineEditor::new(self.session.item_state(slot).problem()));
        } else {
            self.status.say("Problems cannot be noted here.");
        }
    }

    /// Keeps what was typed.
    fn note_problem(&mut self) {
        let slot = self.shown().map(|item| item.slot);
        let typed = self.problem.take().map(|line| line.text());
        let (Some(slot), Some(text), Some(keep)) = (slot, typed, &mut self.keep_problem) else { return };
        match keep(slot, &text) {
            Ok(session) => {
                let said =
                    if session.item_state(slot).problem().is_empty() { "No problem noted." } else { PROBLEM_NOTED };
                self.status.say(said);
                self.session = Cow::Owned(session);
            }
            Err(why) => self.status.say(why),
        }
    }

    /// The question on the screen.
    fn shown(&self) -> Option<&ItemScore> {
        self.admitted().nth(self.at)
    }

    fn page(&self, width: u16) -> Page {
        let theme = self.theme;
        if let Some(help) = &self.help {
            help.page(width, theme)
        } else if self.on_report {
            report_screen::page(&self.report, &self.score, width, theme)
        } else if let Some(view) = self.shown().and_then(|item| ExplanationView::new(&self.session, item)) {
            explanation::page(&view.with_changes(&self.changes), explanation::Order::QuestionFirst, width, theme)
        } else {
            let mut page = Page::default();
            page.push("There is no question to look back on.");
            page
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
            self.shown().and_then(|item| Some((item, QuestionView::new(&self.session, item.slot)?)))
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
        match Gesture::of(event) {
            Some(Gesture::Press(key)) => self.press(key),
            Some(Gesture::Wheel(lines)) => {
                self.current_scroll().by(lines);
                Flow::Draw
            }
            Some(Gesture::Resize) => Flow::Draw,
            Some(Gesture::Click(_)) | None => Flow::Idle,
        }
    }

    fn tick(&mut self) -> Flow {
        if (self.alarm)() == self.alarmed { Flow::Idle } else { Flow::Draw }
    }

    fn draw(&mut self, frame: &mut Frame<'_>) {
        let window = frame.area();
        let theme = self.theme;
        if is_too_small(window) {
            too_small::draw(frame.buffer_mut(), window, None, theme);
            return;
        }
        self.alarmed = (self.alarm)();
        let mut messages = self.status.lines(self.alarmed.as_deref(), words_width(window), theme);
        if let Some(number) = &self.number {
            messages.extend(number.lines("Go to question: ", usize::from(window.width), theme));
        }
        if let Some(problem) = &self.problem {
            messages.extend(typed_line("What is wrong with this question? ", problem, words_width(window), theme));
        }
        let areas = areas(window, messages.len(), Side::Free);
        let footer = Footer::new(keys::footer(self.context(), |_| true), None, theme);
        let around = Surroundings { header: self.header(), messages, footer, ..Surroundings::default() };
        let mut layout = ScreenLayout::new(areas, self.page(areas.body.width).into(), around);
        layout.settle(self.current_scroll());
        layout.draw(frame.buffer_mut(), theme);
        self.layout = layout;
    }

    fn sleep(&self) -> Duration {
        LONGEST
    }

    fn mouse(&self) -> Mouse {
        self.mouse
    }
}
