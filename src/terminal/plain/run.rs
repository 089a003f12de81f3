//! The loop of the line mode.

use std::io::{self, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::input::{Input, Line};
use super::parse::{Entry, WORDS, parse};
use crate::pages::{
    Layout, question_page, report_page, review_page, rules_page, sheet_lines, sheet_sentences, wrapped,
};
use crate::signals::{self, Signal, Signals};
use examroom_app::live::LiveSession;
use examroom_app::view::announcement::{self, Announcer};
use examroom_app::view::confirmation::{Confirmation, ConfirmationView};
use examroom_app::view::keyboard::{OTHER_ALPHABET, is_of_another_alphabet};
use examroom_app::view::notice::Notices;
use examroom_app::view::pause::PauseView;
use examroom_app::view::question::QuestionView;
use examroom_app::view::review::ReviewView;
use examroom_app::view::rules::RulesView;
use examroom_app::view::{SafeText, calculator, report, shelf};
use examroom_core::blueprint::Book;
use examroom_core::form::Slot;
use examroom_core::journal::Saved;
use examroom_core::scoring::score;
use examroom_core::session::{AwayPolicy, Command, Event, JournalEntry, Phase, Session};
use examroom_core::time::ClockFace;

/// How the line mode behaves.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether to show `> ` where a line is awaited.
    pub prompt: bool,
    /// Whether to show a progress line above each question.
    pub progress: bool,
    pub layout: Layout,
}

/// How the sitting ended here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Finished,
    /// The candidate left.
    Left,
    /// Standard input was closed, or the program was asked to end.
    InputEnded,
    /// Another process took the attempt over.
    TakenOver,
}

/// How often the clock is looked at while a line is awaited.
const LOOK: Duration = Duration::from_millis(250);
/// How long an answer waits for the disk before it is called not saved.
const DISK: Duration = Duration::from_secs(5);

/// Sits an exam.
///
/// # Errors
/// When the output cannot be written.
pub fn run(
    live: LiveSession,
    input: &Input,
    signals: &Signals,
    out: &mut dyn Write,
    options: Options,
) -> io::Result<(Session, Saved, End)> {
    let mut session = PromptSession { live, out, options, notices: Notices::default(), asked: None, end: None };
    let outcome = session.sit(input, signals);
    let end = session.end.unwrap_or(End::InputEnded);
    // Whatever happened to the output, the sitting is left in order.
    let (session, saved) = session.live.leave();
    outcome.map(|()| (session, saved, end))
}

struct PromptSession<'o> {
    live: LiveSession,
    out: &'o mut dyn Write,
    options: Options,
    notices: Notices,
    /// What was asked and waits for yes or no.
    asked: Option<Confirmation>,
    end: Option<End>,
}

impl PromptSession<'_> {
    fn sit(&mut self, input: &Input, signals: &Signals) -> io::Result<()> {
        self.say_place()?;
        self.prompt()?;
        while self.end.is_none() {
            let line = input.next(LOOK);
            let events = self.live.tick();
            let mut spoken = self.tell(&events)?;
            if self.live.saved() == Saved::TakenOver {
                self.say(announcement::TAKEN_OVER)?;
                self.end = Some(End::TakenOver);
                break;
            }
            match signals.pending() {
                Some(Signal::Terminate | Signal::HangUp) => {
                    self.end = Some(End::InputEnded);
                    break;
                }
                Some(Signal::Suspend) => signals::suspend()?,
                Some(Signal::Resumed) | None => {}
            }
            spoken |= self.notice()?;
            match line {
                Line::Quiet if !spoken => continue,
                Line::Quiet => {}
                Line::End => self.end = self.end.or(Some(End::InputEnded)),
                // A line typed while the time ran out was meant for what is gone.
                Line::Text(_) | Line::TooLong if !events.is_empty() => {}
                Line::Text(text) => self.understand(&text)?,
                Line::TooLong => self.say("This line is longer than 4 KB. Nothing was done with it.")?,
            }
            self.prompt()?;
        }
        Ok(())
    }

    fn say(&mut self, text: impl Into<SafeText>) -> io::Result<()> {
        writeln!(self.out, "{}", text.into())?;
        self.out.flush()
    }

    fn prompt(&mut self) -> io::Result<()> {
        if self.options.prompt && self.end.is_none() {
            write!(self.out, "> ")?;
        }
        self.out.flush()
    }

    fn notice(&mut self) -> io::Result<bool> {
        if !matches!(self.live.session().phase(), Phase::Section(_)) {
            self.notices.reset();
            return Ok(false);
        }
        let Some(notice) = self.notices.due(self.live.time_left()) else { return Ok(false) };
        if self.options.prompt {
            writeln!(self.out)?;
        }
        self.say(notice)?;
        Ok(true)
    }

    fn view(&self) -> Option<QuestionView> {
        let session = self.live.session();
        session.current_slot().and_then(|slot| QuestionView::new(session, slot))
    }

    /// Says what is before the candidate now.
    fn say_place(&mut self) -> io::Result<()> {
        let session = self.live.session();
        match session.phase() {
            Phase::Ready => {
                let page = rules_page(&RulesView::new(session.form(), session.rules()));
                self.say(page)?;
                self.say("Type begin to start the clock, or leave. While it runs, help lists what can be typed.")
            }
            Phase::Section(section) => match self.view() {
                Some(view) => {
                    self.progress(section);
                    let page = question_page(&view, self.options.layout);
                    self.say(page)
                }
                None => self.say_review(examroom_app::view::review::Filter::All),
            },
            Phase::Break { .. } => {
                let Some(pause) = PauseView::new(session) else { return Ok(()) };
                let left = announcement::break_left(self.live.time_left());
                self.say(format!("{}: {left}.", pause.title))?;
                for line in &pause.lines {
                    self.say(wrapped(line))?;
                }
                self.say(format!("Possible: {}.", possible(&pause)))
            }
            Phase::Finished { .. } => self.finish(),
        }
    }

    fn say_review(&mut self, filter: examroom_app::view::review::Filter) -> io::Result<()> {
        if let Phase::Section(section) = self.live.session().phase() {
            let page = review_page(&ReviewView::new(self.live.session(), section), filter);
            self.say(page)?;
        }
        Ok(())
    }

    /// Draws the progress line once; it is not redrawn, so that it never disturbs what is being typed.
    fn progress(&self, section: usize) {
        if !self.options.progress {
            return;
        }
        let view = ReviewView::new(self.live.session(), section);
        let bar = ProgressBar::with_draw_target(Some(view.rows.len() as u64), ProgressDrawTarget::stderr());
        let template = "{bar:30} {pos} of {len} answered, {msg} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(ClockFace(self.live.time_left()).to_string());
        bar.set_position(view.answered() as u64);
        bar.abandon();
    }

    fn finish(&mut self) -> io::Result<()> {
        self.end = Some(End::Finished);
        let session = self.live.session();
        let page = report_page(&report::ReportView::new(session, &score(session)), self.options.layout);
        self.say(page)
    }

    fn understand(&mut self, line: &str) -> io::Result<()> {
        let view = self.view();
        let entry = parse(line, view.as_ref());
        if let Some(asked) = self.asked.take() {
            return self.answered(asked, &entry);
        }
        match (self.live.session().phase(), entry) {
            (_, Entry::Help) => self.help(),
            (_, Entry::Time) => self.time(),
            (_, Entry::Repeat) => self.say_place(),
            (_, Entry::Calculate(sum)) => {
                let answer = calculator::calculate(&sum).unwrap_or_else(|why| why);
                self.say(answer)
            }
            (_, Entry::Incomplete(sentence)) => self.say(sentence),
            (_, Entry::Leave) => self.leave(),
            (Phase::Ready, Entry::Begin | Entry::Yes) => self.send(Command::Begin),
            (Phase::Ready, _) => self.say("The exam has not begun. Possible: begin, help, leave."),
            (Phase::Break { .. }, Entry::TakeBreak) => self.send(Command::StartBreak),
            (Phase::Break { .. }, Entry::Continue | Entry::Next) => self.send(Command::EndBreak),
            (Phase::Break { .. }, _) => {
                let possible = PauseView::new(self.live.session()).map_or_else(String::new, |pause| possible(&pause));
                self.say(format!("This is the break. Possible: {possible}."))
            }
            (Phase::Section(section), entry) => self.in_section(section, entry, view.as_ref(), line),
            (Phase::Finished { .. }, _) => Ok(()),
        }
    }

    fn in_section(&mut self, section: usize, entry: Entry, view: Option<&QuestionView>, line: &str) -> io::Result<()> {
        match entry {
            Entry::Choose(picked) => match view {
                Some(view) => self.choose(view, &picked),
                None => Ok(()),
            },
            Entry::Strike(index) => match view.and_then(|view| view.choices.get(index)) {
                Some(choice) => self.send(Command::Strike(choice.id.clone())),
                None => Ok(()),
            },
            Entry::Nothing if view.is_none() => {
                self.say("This is the list of questions. Possible: go NUMBER, previous, end, help.")
            }
            Entry::Nothing | Entry::Next => self.send(Command::Next),
            Entry::Previous => self.send(Command::Previous),
            Entry::GoTo(number) => {
                let slot = self.live.session().form().slot(section, number).unwrap_or(Slot(u32::MAX));
                self.send(Command::GoTo(slot))
            }
            Entry::Review(filter) => {
                let events = self.live.apply(Command::Review);
                if let Ok(events) = &events
                    && !events.iter().all(|event| event.event == Event::ReviewOpened)
                {
                    return self.tell(events).map(drop);
                }
                self.say_review(filter)
            }
            Entry::Clear => self.send(Command::Clear),
            Entry::Flag => self.send(Command::Flag),
            Entry::Note(text) => self.send(Command::Note(text)),
            Entry::Extend(by) => self.send(Command::Extend(by)),
            Entry::Shelf(words) => self.shelf(section, &words),
            Entry::EndSection => self.ask(Confirmation::EndSection),
            Entry::Submit => self.ask(Confirmation::Submit),
            Entry::Unknown(near) => {
                let meant = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
                let letters = view.map_or(String::new(), |view| {
                    view.choices.last().map_or(String::new(), |last| format!("a letter from A to {}, ", last.letter))
                });
                let typed = SafeText::new(line.trim());
                let alphabet = if line.chars().next().is_some_and(is_of_another_alphabet) {
                    format!(" {OTHER_ALPHABET}.")
                } else {
                    String::new()
                };
                let text = format!(
                    "\"{typed}\" means nothing here.{meant}{alphabet} Possible: {letters}next, previous, go, flag, review, time, help."
                );
                self.say(wrapped(&text))
            }
            Entry::Yes | Entry::No => self.say("Nothing was asked."),
            Entry::Begin | Entry::Continue => self.say("The exam is going on."),
            Entry::TakeBreak => self.send(Command::StartBreak),
            _ => Ok(()),
        }
    }

    fn choose(&mut self, view: &QuestionView, picked: &[usize]) -> io::Result<()> {
        if picked.len() > view.wanted {
            let text = if view.wanted == 1 {
                "This question wants one choice.".to_owned()
            } else {
                format!("This question wants {} choices.", view.wanted)
            };
            return self.say(text);
        }
        // A whole answer takes the place of the last one; a part of one adds to it.
        if view.wanted > 1 && picked.len() == view.wanted {
            let old =
                view.choices.iter().enumerate().filter(|(index, choice)| choice.selected && !picked.contains(index));
            for (_, choice) in old {
                if let Err(refusal) = self.live.apply(Command::Deselect(choice.id.clone())) {
                    return self.say(announcement::refusal(refusal));
                }
            }
        }
        let mut events = Vec::new();
        for index in picked {
            match self.live.apply(Command::Select(view.choices[*index].id.clone())) {
                Ok(caused) => events.extend(caused),
                Err(refusal) => return self.say(announcement::refusal(refusal)),
            }
        }
        if events.iter().any(|event| !matches!(event.event, Event::Selected { .. })) {
            return self.tell(&events).map(drop);
        }
        self.say_answer()
    }

    fn say_answer(&mut self) -> io::Result<()> {
        let Some(view) = self.view() else { return Ok(()) };
        let letters: Vec<String> =
            view.choices.iter().filter(|choice| choice.selected).map(|choice| choice.letter.to_string()).collect();
        let more = match view.wanted - letters.len().min(view.wanted) {
            0 => String::new(),
            more => format!(" {more} more to choose."),
        };
        let text = format!("Chosen: {}.{more} {}", letters.join(" and "), self.saved());
        self.say(text)
    }

    fn saved(&self) -> String {
        announcement::saved(&self.live.wait_saved(DISK))
    }

    fn send(&mut self, command: Command) -> io::Result<()> {
        match self.live.apply(command) {
            Ok(events) => self.tell(&events).map(drop),
            Err(refusal) => self.say(announcement::refusal(refusal)),
        }
    }

    /// Says what events mean to the candidate; whether anything was said.
    fn tell(&mut self, events: &[JournalEntry]) -> io::Result<bool> {
        let mut announcer = Announcer::default();
        let mut spoken = false;
        let mut moved = false;
        for entry in events {
            moved |= moves(&entry.event);
            if let Event::Extended { .. } = entry.event {
                self.notices.reset();
            }
            if let Some(text) = announcer.announce(entry) {
                let text = match self.follow_up(&entry.event) {
                    Some(more) => format!("{text} {more}"),
                    None => text,
                };
                self.say(text)?;
                spoken = true;
            }
        }
        if moved {
            self.asked = None;
            // A move, too, is on disk before it is shown; what is not saved is said.
            match self.live.wait_saved(DISK) {
                Saved::Yes | Saved::TakenOver => {}
                Saved::No { .. } | Saved::NotYet => {
                    let warning = self.saved();
                    self.say(warning)?;
                }
            }
            self.say_place()?;
        }
        Ok(spoken || moved)
    }

    /// What is said after an announcement: whether the change is saved, or how much time it leaves.
    fn follow_up(&self, event: &Event) -> Option<String> {
        match event {
            Event::Cleared { .. } | Event::Flagged { .. } | Event::Noted { .. } => Some(self.saved()),
            Event::Extended { .. } => Some(announcement::time_left(self.live.time_left())),
            Event::BreakTaken => Some(format!("{}.", announcement::break_left(self.live.time_left()))),
            _ => None,
        }
    }

    fn ask(&mut self, of: Confirmation) -> io::Result<()> {
        let Some(asking) = ConfirmationView::new(of, self.live.session()) else { return Ok(()) };
        self.asked = Some(of);
        for line in &asking.lines {
            self.say(wrapped(line))?;
        }
        self.say(format!("{} Type yes or no.", asking.title))
    }

    fn answered(&mut self, asked: Confirmation, entry: &Entry) -> io::Result<()> {
        match (asked.command(), entry) {
            (Some(command), Entry::Yes) => self.send(command),
            (None, Entry::Yes) => {
                self.end = Some(End::Left);
                Ok(())
            }
            (_, Entry::No) => {
                self.say("Then the exam continues.")?;
                self.say_place()
            }
            _ => {
                self.asked = Some(asked);
                self.say("Type yes or no.")
            }
        }
    }

    fn leave(&mut self) -> io::Result<()> {
        let session = self.live.session();
        let strict = session.rules().away_policy == AwayPolicy::ClockRuns && session.began_at().is_some();
        if strict {
            return self.ask(Confirmation::Leave);
        }
        self.end = Some(End::Left);
        Ok(())
    }

    fn time(&mut self) -> io::Result<()> {
        let session = self.live.session();
        let left = self.live.time_left();
        let text = match session.phase() {
            Phase::Section(section) => {
                format!("{} {}.", announcement::time_left(left), ReviewView::new(session, section).summary())
            }
            Phase::Break { .. } => format!("{}; the exam's clock is paused.", announcement::break_left(left)),
            _ => "No clock is running.".to_owned(),
        };
        self.say(text)
    }

    fn help(&mut self) -> io::Result<()> {
        self.say("Choose with a letter or its number: b, or 2. Several: a d. Then Enter for the next question.")?;
        for (word, follows, does) in WORDS {
            let head = if follows.is_empty() { (*word).to_owned() } else { format!("{word} {follows}") };
            self.say(format!("{head}: {does}"))?;
        }
        self.say(format!("In a sum, {}.", calculator::SIGNS))?;
        self.say("Words may be cut short while they stay clear.")
    }

    fn shelf(&mut self, section: usize, words: &str) -> io::Result<()> {
        let form = std::sync::Arc::clone(self.live.session().form());
        if form.sections.get(section).is_none_or(|section| section.book == Book::Closed) {
            return self.say("The shelf is closed in this section.");
        }
        if form.shelf.is_empty() {
            return self.say(shelf::EMPTY);
        }
        if words.is_empty() {
            for (number, sheet) in (1..).zip(&form.shelf) {
                self.say(format!("{number}. {}", SafeText::new(&sheet.title)))?;
            }
            return self.say("Read one with its number, for example: shelf 1. Or search: shelf breast laterality.");
        }
        if let Some(sheet) = words.parse::<usize>().ok().and_then(|number| form.shelf.get(number.checked_sub(1)?)) {
            let lines = match self.options.layout {
                Layout::Table => sheet_lines(sheet, 100).0,
                Layout::Sentences => sheet_sentences(sheet, 100),
            };
            for line in lines {
                self.say(line)?;
            }
            return Ok(());
        }
        let hits = shelf::search(&form.shelf, &shelf::Terms::new(words, &form.synonyms));
        for hit in hits.iter().take(20) {
            self.say(format!("{}. {}, {}: {}", hit.sheet + 1, hit.title, hit.heading, hit.line))?;
        }
        let more = hits.len().saturating_sub(20);
        self.say(match (hits.len(), more) {
            (0, _) => "Nothing on the shelf has all these words.".to_owned(),
            (_, 0) => "Read a sheet with its number, for example: shelf 1.".to_owned(),
            _ => format!("And {more} more: add a word."),
        })
    }
}

/// Whether an event puts something else before the candidate.
const fn moves(event: &Event) -> bool {
    matches!(
        event,
        Event::Entered { .. }
            | Event::Showed { .. }
            | Event::ReviewOpened
            | Event::BreakOffered { .. }
            | Event::Finished { .. }
    )
}

/// The words that mean something on a break.
fn possible(pause: &PauseView) -> String {
    let mut words = vec!["time", "help", "leave"];
    if pause.optional {
        words.insert(0, "continue");
    }
    if !pause.taken {
        words.insert(0, "break");
    }
    words.join(", ")
}
