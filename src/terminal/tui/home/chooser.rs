//! What is asked before practice: which questions, of which domains, and how many.

use std::time::Duration;

use ratatui::Frame;
use ratatui::crossterm::event::{Event, KeyEvent};
use ratatui::layout::Position;
use ratatui::text::{Line, Span};

use super::desk::{Desk, Pointer};
use crate::tui::event_loop::{Flow, LONGEST, Screen};
use crate::tui::gesture::Gesture;
use crate::tui::keys::{self, Action, Context};
use crate::tui::options::{Mouse, Options};
use crate::tui::page::Page;
use crate::tui::text_lines::{cut, paragraph};
use crate::tui::theme::Theme;
use examroom_app::view::ending::Departure;
use examroom_app::view::practice_start::{PracticeStartView, USUAL_COUNT, standing_words};
use examroom_core::session::TimeAllowance;
use examroom_core::study::Wish;

/// As many more or fewer questions by a key.
const STEP: usize = 5;
/// No practice has more.
const MOST: usize = 200;

/// What is to be practiced, and against which clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeWish {
    /// Which questions.
    pub wish: Wish,
    /// With the exam's pace, or without a limit.
    pub time: TimeAllowance,
}

/// A row that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Standing(usize),
    Domain(usize),
    Clock,
}

/// The chooser of practice.
pub struct Chooser<'c> {
    choices: &'c PracticeStartView,
    /// What a wish would come to, in words.
    preview: &'c dyn Fn(&Wish) -> String,
    said: String,
    wanted: PracticeWish,
    desk: Desk,
    pointer: Pointer,
    is_begun: bool,
}

impl<'c> Chooser<'c> {
    /// The chooser, with nothing chosen: then all questions are meant.
    #[must_use]
    pub fn new(choices: &'c PracticeStartView, preview: &'c dyn Fn(&Wish) -> String, options: Options) -> Self {
        let wish = Wish { count: USUAL_COUNT as usize, ..Wish::default() };
        let said = preview(&wish);
        let wanted = PracticeWish { wish, time: TimeAllowance::Unlimited };
        let (desk, pointer) = (Desk::new(options), Pointer::default());
        Self { choices, preview, said, wanted, desk, pointer, is_begun: false }
    }

    /// What was chosen; `None` if nothing was begun.
    #[must_use]
    pub fn wish(self) -> Option<PracticeWish> {
        self.is_begun.then_some(self.wanted)
    }

    fn context(&self) -> Context {
        if self.desk.help.is_some() { Context::Help } else { Context::Chooser }
    }

    fn press(&mut self, key: KeyEvent) -> Flow {
        let context = self.context();
        self.desk.status.clear();
        if let Some(action) = keys::action(key, context, 0) {
            return self.desk.act(action, context).unwrap_or_else(|| self.act(action));
        }
        if let Some(text) = keys::foreign(key) {
            self.desk.status.say(text);
        }
        Flow::Draw
    }

    fn act(&mut self, action: Action) -> Flow {
        let count = self.wanted.wish.count;
        match action {
            Action::Move(movement) => self.pointer.travel(movement, &self.desk),
            Action::Turn => self.turn(),
            Action::More => self.wanted.wish.count = (count / STEP * STEP + STEP).min(MOST),
            Action::Fewer => self.wanted.wish.count = (count.saturating_sub(1) / STEP * STEP).max(STEP),
            Action::Begin => {
                self.is_begun = true;
                return Flow::End(Departure::Left);
            }
            Action::Close => return Flow::End(Departure::Left),
            _ => {}
        }
        self.said = (self.preview)(&self.wanted.wish);
        Flow::Draw
    }

    /// Chooses what is pointed at, or no longer.
    fn turn(&mut self) {
        let wish = &mut self.wanted.wish;
        match rows(self.choices).get(self.pointer.row) {
            Some(Row::Standing(at)) => turn(&mut wish.standings, &self.choices.standings[*at].0),
            Some(Row::Domain(at)) => turn(&mut wish.domains, &self.choices.domains[*at].id),
            Some(Row::Clock) => {
                self.wanted.time = match self.wanted.time {
                    TimeAllowance::Unlimited => TimeAllowance::Ordinary,
                    _ => TimeAllowance::Unlimited,
                }
            }
            None => {}
        }
    }

    fn click(&mut self, at: Position) -> Flow {
        let Some(row) = self.desk.row_at(at) else { return Flow::Idle };
        self.pointer.row = row;
        self.act(Action::Turn)
    }
}

fn turn<T: Clone + PartialEq>(chosen: &mut Vec<T>, value: &T) {
    match chosen.iter().position(|found| found == value) {
        Some(at) => drop(chosen.remove(at)),
        None => chosen.push(value.clone()),
    }
}

fn rows(choices: &PracticeStartView) -> Vec<Row> {
    let standings = (0..choices.standings.len()).map(Row::Standing);
    let domains = (0..choices.domains.len()).map(Row::Domain);
    standings.chain(domains).chain([Row::Clock]).collect()
}

fn page(
    choices: &PracticeStartView,
    wanted: &PracticeWish,
    said: &str,
    pointed: usize,
    width: u16,
    theme: Theme,
) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    page.extend(paragraph(&format!("{} ({})", choices.name, choices.exam), theme.quiet(), width));
    page.extend(paragraph(said, theme.strong(), width));
    if let Some(open) = choices.open {
        let text =
            format!("Your practice of this exam is still open: attempt {open}, under Open at home, continues it.");
        page.extend(paragraph(&text, theme.text(), width));
    }
    let heading = |row: Row| match row {
        Row::Standing(0) => Some("Only questions"),
        Row::Domain(0) => Some("Only of"),
        Row::Clock => Some("Clock"),
        _ => None,
    };
    for (index, row) in rows(choices).into_iter().enumerate() {
        if let Some(heading) = heading(row) {
            page.blank();
            page.push(Line::styled(heading, theme.accent()));
        }
        let (is_chosen, name, count) = match row {
            Row::Standing(at) => {
                let (standing, questions) = choices.standings[at];
                (wanted.wish.standings.contains(&standing), standing_words(standing).to_owned(), Some(questions))
            }
            Row::Domain(at) => {
                let choice = &choices.domains[at];
                (wanted.wish.domains.contains(&choice.id), choice.name.to_string(), Some(choice.questions))
            }
            Row::Clock => (wanted.time.is_limited(), "at the exam's pace".to_owned(), None),
        };
        let mark = Span::styled(if index == pointed { "› " } else { "  " }, theme.accent());
        let sign = Span::styled(if is_chosen { "[x] " } else { "[ ] " }, theme.strong());
        let count = count.map_or_else(String::new, |count| format!("  {count}"));
        let name = cut(&name, width.saturating_sub(6 + count.len()));
        let style = if index == pointed { theme.pointed() } else { theme.text() };
        page.stop([Line::from(vec![mark, sign, Span::styled(name, style), Span::styled(count, theme.quiet())])]);
    }
    page
}

impl Screen for Chooser<'_> {
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
        let (context, pointed) = (self.context(), self.pointer.row);
        let (choices, wanted, said) = (self.choices, &self.wanted, &self.said);
        self.desk.draw(frame, "Practice", context, None, &mut self.pointer, |width, theme| {
            page(choices, wanted, said, pointed, width, theme)
        });
    }

    fn sleep(&self) -> Duration {
        LONGEST
    }

    fn mouse(&self) -> Mouse {
        self.desk.mouse
    }
}
