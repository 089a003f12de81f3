//! Home: the exams, what is open, and what was sat. Everything can be begun from here by a key.

mod chart;
mod chooser;
mod desk;
mod lists;

use std::time::Duration;

use ratatui::Frame;
use ratatui::crossterm::event::{Event, KeyEvent};
use ratatui::layout::Position;

use super::event_loop::{Flow, LONGEST, Screen};
use super::gesture::Gesture;
use super::keys::{self, Action, Context};
use super::line_editor::Edit;
use super::number_field::NumberField;
use super::options::{Mouse, Options};
use super::page::Page;
use super::theme::Theme;
use desk::{Desk, Pointer};
use examroom_app::view::ending::Departure;
use examroom_app::view::history::AttemptRow;
use examroom_app::view::home::{HomeView, OfferedForm};
use examroom_app::view::problem::ProblemView;
use examroom_core::form::code::FormCode;
use examroom_core::id::ExamId;
use examroom_core::journal::AttemptId;

pub use chooser::{Chooser, PracticeWish};

/// As many questions a rehearsal has where no number is typed.
const USUAL: u32 = 20;

/// What was chosen at home.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    /// To leave.
    #[default]
    Leave,
    /// A mock exam.
    Mock(ExamId),
    /// The form of a code.
    Form(ExamId, FormCode),
    /// A rehearsal of so many questions.
    Rehearsal(ExamId, u32),
    /// Practice, of which is to be asked what.
    Practice(ExamId),
    /// To continue an attempt.
    Continue(AttemptId),
    /// The report of an attempt.
    Report(AttemptId),
}

/// Which list is shown.
enum Shown {
    Exams,
    History,
    Problems(Vec<ProblemView>),
}

/// A row that can be pointed at.
#[derive(Clone, Debug)]
enum Row<'h> {
    Exam(&'h ExamId),
    Form(&'h OfferedForm),
    Attempt(&'h AttemptRow),
}

/// The home screen.
pub struct Home<'h> {
    view: &'h HomeView,
    /// Reads the problems that were noted, when they are wanted.
    problems: &'h dyn Fn() -> Vec<ProblemView>,
    desk: Desk,
    shown: Shown,
    pointer: Pointer,
    /// How many questions to rehearse, while that is typed.
    count: Option<NumberField>,
    chosen: Chosen,
}

impl<'h> Home<'h> {
    /// The home screen. `said` is what is to be told first.
    #[must_use]
    pub fn new(
        view: &'h HomeView,
        problems: &'h dyn Fn() -> Vec<ProblemView>,
        said: Option<String>,
        options: Options,
    ) -> Self {
        let mut desk = Desk::new(options);
        if let Some(said) = said {
            desk.status.say(said);
        }
        let (shown, pointer) = (Shown::Exams, Pointer::default());
        Self { view, problems, desk, shown, pointer, count: None, chosen: Chosen::Leave }
    }

    /// Points at the exam that was chosen last.
    #[must_use]
    pub fn at_exam(mut self, exam: &ExamId) -> Self {
        let is_it = |row: &Row<'_>| matches!(row, Row::Exam(id) if *id == exam);
        self.pointer.row = self.rows().iter().position(is_it).unwrap_or(0);
        self
    }

    /// What was chosen.
    #[must_use]
    pub fn chosen(self) -> Chosen {
        self.chosen
    }

    fn context(&self) -> Context {
        if self.desk.help.is_some() {
            Context::Help
        } else if self.count.is_some() {
            Context::GoTo
        } else {
            Context::Home
        }
    }

    /// What can be pointed at, in the order of the page.
    fn rows(&self) -> Vec<Row<'h>> {
        match &self.shown {
            Shown::Exams => {
                let exams = self.view.exams.iter().map(|exam| Row::Exam(&exam.id));
                let attempts = self.view.open().chain(self.view.finished().take(lists::LATEST));
                let offered = self.view.offered.iter().map(Row::Form);
                exams.chain(offered).chain(attempts.map(Row::Attempt)).collect()
            }
            Shown::History => self.view.history.attempts.iter().map(Row::Attempt).collect(),
            Shown::Problems(_) => Vec::new(),
        }
    }

    fn pointed(&self) -> Option<Row<'h>> {
        self.rows().get(self.pointer.row).cloned()
    }

    /// The exam pointed at, or that of the attempt pointed at; else the first.
    fn exam(&self) -> Option<ExamId> {
        match self.pointed() {
            Some(Row::Exam(id)) => Some(id.clone()),
            Some(Row::Form(form)) => Some(form.exam.clone()),
            Some(Row::Attempt(attempt)) => Some(ExamId::new(attempt.exam.as_str())),
            None => self.view.exams.first().map(|exam| exam.id.clone()),
        }
    }

    fn press(&mut self, key: KeyEvent) -> Flow {
        let context = self.context();
        self.desk.status.clear();
        if let Some(action) = keys::action(key, context, 0) {
            return self.desk.act(action, context).unwrap_or_else(|| self.act(action));
        }
        match &mut self.count {
            Some(count) => {
                if let Some(edit) = Edit::of(key) {
                    count.edit(edit);
                }
            }
            None => {
                if let Some(text) = keys::foreign(key) {
                    self.desk.status.say(text);
                }
            }
        }
        Flow::Draw
    }

    fn act(&mut self, action: Action) -> Flow {
        match action {
            Action::Move(movement) => self.pointer.travel(movement, &self.desk),
            Action::Open => return self.open(),
            Action::Mock => return self.choose(self.exam().map(Chosen::Mock)),
            Action::Practice => return self.choose(self.exam().map(Chosen::Practice)),
            Action::Rehearse => self.count = Some(NumberField::default()),
            Action::Accept => {
                let typed = self.count.take().map_or(0, |count| count.value());
                let count = if typed == 0 { USUAL } else { typed };
                return self.choose(self.exam().map(|exam| Chosen::Rehearsal(exam, count)));
            }
            Action::Report => return self.report(),
            Action::History if matches!(self.shown, Shown::History) => self.turn_to(Shown::Exams),
            Action::History => self.turn_to(Shown::History),
            Action::Problems if matches!(self.shown, Shown::Problems(_)) => self.turn_to(Shown::Exams),
            Action::Problems => self.turn_to(Shown::Problems((self.problems)())),
            Action::Close if self.count.is_some() => self.count = None,
            Action::Close => self.turn_to(Shown::Exams),
            _ => {}
        }
        Flow::Draw
    }

    fn turn_to(&mut self, shown: Shown) {
        self.shown = shown;
        self.pointer = Pointer::default();
    }

    fn choose(&mut self, chosen: Option<Chosen>) -> Flow {
        let Some(chosen) = chosen else { return Flow::Draw };
        self.chosen = chosen;
        Flow::End(Departure::Left)
    }

    /// What the row pointed at is there for.
    fn open(&mut self) -> Flow {
        match self.pointed() {
            Some(Row::Exam(id)) => self.choose(Some(Chosen::Mock(id.clone()))),
            Some(Row::Form(form)) => self.choose(Some(Chosen::Form(form.exam.clone(), form.code))),
            Some(Row::Attempt(attempt)) if attempt.is_open => self.choose(Some(Chosen::Continue(attempt.attempt))),
            Some(Row::Attempt(_)) => self.report(),
            None => Flow::Draw,
        }
    }

    fn report(&mut self) -> Flow {
        let attempt = match self.pointed() {
            Some(Row::Attempt(attempt)) => Some(attempt),
            _ => self.view.finished().next(),
        };
        match attempt {
            Some(attempt) if attempt.is_finished => return self.choose(Some(Chosen::Report(attempt.attempt))),
            Some(attempt) => self.desk.status.say(format!("Attempt {}: {}.", attempt.attempt, attempt.state)),
            None => self.desk.status.say("There is no finished attempt yet."),
        }
        Flow::Draw
    }

    fn click(&mut self, at: Position) -> Flow {
        match self.desk.row_at(at) {
            Some(row) if row == self.pointer.row => self.open(),
            Some(row) => {
                self.pointer.row = row;
                Flow::Draw
            }
            None => Flow::Idle,
        }
    }

    fn title(&self) -> &'static str {
        match self.shown {
            Shown::Exams => "examroom",
            Shown::History => "History and progress",
            Shown::Problems(_) => "Problems that you noted",
        }
    }
}

/// The page of what is shown.
fn page(view: &HomeView, shown: &Shown, pointed: usize, width: u16, theme: Theme) -> Page {
    match shown {
        Shown::Exams => lists::home(view, pointed, width, theme),
        Shown::History => lists::history(view, pointed, width, theme),
        Shown::Problems(problems) => lists::problems(problems, &view.program, width, theme),
    }
}

impl Screen for Home<'_> {
    fn handle(&mut self, event: &Event) -> Flow {
        match Gesture::of(event) {
            Some(Gesture::Press(key)) => self.press(key),
            Some(Gesture::Wheel(lines)) => self.desk.wheel(&mut self.pointer, lines),
            Some(Gesture::Click(at)) => self.click(at),
            Some(Gesture::Resize) => Flow::Draw,
            None => Flow::Idle,
        }
    }

    fn tick(&mut self) -> Flow {
        Flow::Idle
    }

    fn draw(&mut self, frame: &mut Frame<'_>) {
        let (title, context, pointed) = (self.title(), self.context(), self.pointer.row);
        let (view, shown) = (self.view, &self.shown);
        let typed = self.count.as_ref().map(|count| ("Questions (20 if you type none): ", count));
        self.desk.draw(frame, title, context, typed, &mut self.pointer, |width, theme| {
            page(view, shown, pointed, width, theme)
        });
    }

    fn sleep(&self) -> Duration {
        LONGEST
    }

    fn mouse(&self) -> Mouse {
        self.desk.mouse
    }
}
