//! What the prompt says: where the candidate is, what has happened, and what can be typed. It changes nothing.

use std::io::{self, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use textwrap::indent;

use super::options::Options;
use super::parse::{WORDS, Word};
use crate::pages::{
    Layout, explanation_page, question_page, reasons_page, report_page, review_page, rules_page, sheet_lines,
    sheet_sentences, wrapped,
};
use crate::signals::Signals;
use examroom_app::live::LiveSession;
use examroom_app::view::announcement::{self, Announcer};
use examroom_app::view::confirmation::ConfirmationView;
use examroom_app::view::explanation::ExplanationView;
use examroom_app::view::keyboard::{OTHER_ALPHABET, is_of_another_alphabet};
use examroom_app::view::pause::PauseView;
use examroom_app::view::question::QuestionView;
use examroom_app::view::report::ReportView;
use examroom_app::view::review::{Filter, ReviewView};
use examroom_app::view::rules::RulesView;
use examroom_app::view::shelf::{self, Asked, Found};
use examroom_app::view::{SafeText, calculator};
use examroom_core::bank::Sheet;
use examroom_core::form::{Form, Slot};
use examroom_core::journal::Saved;
use examroom_core::scoring::score;
use examroom_core::session::{Event, JournalEntry, Mode, Phase, Rules, Session};
use examroom_core::time::ClockFace;

/// How long an answer waits for the disk before it is called not saved.
const DISK: Duration = Duration::from_secs(5);
/// Between two looks at the signals while it waits.
const LOOK: Duration = Duration::from_millis(100);
/// The width of a sheet of the shelf.
const SHEET_WIDTH: usize = 100;
/// At most this many places are listed that a search found.
const HITS: usize = 20;

/// The output, and how the candidate wants it.
pub(super) struct Speaker<'o> {
    out: &'o mut dyn Write,
    signals: &'o Signals,
    options: Options,
    /// Whether the candidate may be typing behind the sign that a line is awaited.
    awaits_line: bool,
    /// The case that was said last.
    case: Option<SafeText>,
}

impl<'o> Speaker<'o> {
    pub fn new(out: &'o mut dyn Write, signals: &'o Signals, options: Options) -> Self {
        Self { out, signals, options, awaits_line: false, case: None }
    }

    /// Waits for the disk, but not if the program is to end.
    fn wait_saved(&self, live: &LiveSession) -> Saved {
        let mut waited = Duration::ZERO;
        loop {
            let saved = live.wait_saved(LOOK);
            waited += LOOK;
            if saved != Saved::NotYet || waited >= DISK || self.signals.is_ending() {
                return saved;
            }
        }
    }

    /// Whether the last change is on disk, after waiting for it.
    fn saved(&self, live: &LiveSession) -> String {
        announcement::saved(&self.wait_saved(live))
    }

    /// Says something, on a line of its own also while the candidate may be typing.
    pub fn say(&mut self, text: impl Into<SafeText>) -> io::Result<()> {
        self.begin_line()?;
        writeln!(self.out, "{}", text.into())?;
        self.out.flush()
    }

    /// Leaves the line on which the candidate may be typing.
    pub fn begin_line(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.awaits_line) { writeln!(self.out) } else { Ok(()) }
    }

    pub fn prompt(&mut self) -> io::Result<()> {
        if self.options.prompt {
            write!(self.out, "> ")?;
            self.awaits_line = true;
        }
        self.out.flush()
    }

    /// Notes that the candidate has ended the line that was awaited.
    pub fn line_ended(&mut self) {
        self.awaits_line = false;
    }

    /// Says where the candidate is, with nothing left out that was said before.
    pub fn repeat(&mut self, live: &LiveSession) -> io::Result<()> {
        self.case = None;
        self.place(live)
    }

    /// Says where the candidate is: the whole page, but for a case that stands above.
    pub fn place(&mut self, live: &LiveSession) -> io::Result<()> {
        let session = live.session();
        match session.phase() {
            Phase::Ready => {
                self.say(rules_page(&RulesView::new(session.form(), session.rules())))?;
                self.say(wrapped(match session.rules().mode {
                    Mode::Practice => "Press Enter to begin, or type leave. After that, help lists what can be typed.",
                    _ => "Type begin to start the clock, or leave. While it runs, help lists what can be typed.",
                }))
            }
            Phase::Section(section) => match session.current_slot() {
                Some(slot) => self.question(live, section, slot),
                None => self.review(session, Filter::All),
            },
            Phase::Break { .. } => self.pause(live),
            Phase::Finished { .. } => {
                self.say(report_page(&ReportView::new(session, &score(session)), self.options.layout))
            }
        }
    }

    fn question(&mut self, live: &LiveSession, section: usize, slot: Slot) -> io::Result<()> {
        let session = live.session();
        if let Some(view) = ExplanationView::of_revealed(session, slot) {
            return self.say(explanation_page(&view, self.options.layout));
        }
        let Some(mut view) = QuestionView::new(session, slot) else { return Ok(()) };
        if view.case.is_some() && view.case == self.case {
            view.case = Some("the same as before. To read it again: repeat".into());
        } else {
            self.case.clone_from(&view.case);
        }
        if self.options.layout == Layout::Table {
            let is_limited = session.rules().time_allowance.is_limited();
            draw_progress(&ReviewView::new(session, section), is_limited.then(|| live.time_left()));
        }
        self.say(question_page(&view, self.options.layout))
    }

    /// Says whether the answer is right, and why each choice is or is not.
    pub fn reasons(&mut self, live: &LiveSession) -> io::Result<()> {
        let session = live.session();
        let Some(view) = session.current_slot().and_then(|slot| ExplanationView::of_revealed(session, slot)) else {
            return Ok(());
        };
        self.say(reasons_page(&view))?;
        let saved = self.saved(live);
        self.say(format!("{saved} Press Enter to continue."))
    }

    fn pause(&mut self, live: &LiveSession) -> io::Result<()> {
        let Some(pause) = PauseView::new(live.session()) else { return Ok(()) };
        self.say(format!("{}: {}.", pause.title, announcement::break_left(live.time_left())))?;
        for line in &pause.lines {
            self.say(wrapped(line))?;
        }
        self.say(format!("Possible: {}.", possible(&pause)))
    }

    pub fn possible_on_break(&mut self, session: &Session) -> io::Result<()> {
        let Some(pause) = PauseView::new(session) else { return Ok(()) };
        self.say(format!("This is the break. Possible: {}.", possible(&pause)))
    }

    /// Says how the questions of the section stand.
    pub fn review(&mut self, session: &Session, filter: Filter) -> io::Result<()> {
        match session.phase() {
            Phase::Section(section) => self.say(review_page(&ReviewView::new(session, section), filter)),
            _ => Ok(()),
        }
    }

    /// Says what is chosen now, and whether it is saved.
    pub fn answer(&mut self, live: &LiveSession) -> io::Result<()> {
        let session = live.session();
        match session.current_slot().and_then(|slot| QuestionView::new(session, slot)) {
            Some(view) => self.say(format!("{} {}", view.chosen(), self.saved(live))),
            None => Ok(()),
        }
    }

    /// Says what has happened, and of each change whether it is saved or how much time it leaves.
    pub fn announce(&mut self, events: &[JournalEntry], live: &LiveSession) -> io::Result<()> {
        let rules = live.session().rules();
        let is_practice = rules.mode == Mode::Practice;
        let mut announcer = Announcer::new(rules);
        for entry in events {
            if is_practice && matches!(entry.event, Event::SectionEnded { .. }) {
                // Its parts are no more than an order.
                continue;
            }
            let Some(text) = announcer.announce(entry) else { continue };
            match entry.event {
                Event::Cleared { .. }
                | Event::Flagged { .. }
                | Event::Noted { .. }
                | Event::ProblemNoted { .. }
                | Event::ConfidenceSet { .. }
                | Event::Highlighted { .. } => {
                    let saved = self.saved(live);
                    self.say(format!("{text} {saved}"))?;
                }
                Event::Extended { .. } => self.say(format!("{text} {}", announcement::time_left(live.time_left())))?,
                Event::BreakTaken => self.say(format!("{text} {}.", announcement::break_left(live.time_left())))?,
                _ => self.say(text)?,
            }
        }
        Ok(())
    }

    pub fn warn_if_unsaved(&mut self, live: &LiveSession) -> io::Result<()> {
        match self.wait_saved(live) {
            Saved::Yes | Saved::TakenOver => Ok(()),
            unsaved @ (Saved::No { .. } | Saved::NotYet) => self.say(announcement::saved(&unsaved)),
        }
    }

    pub fn time(&mut self, live: &LiveSession) -> io::Result<()> {
        let (session, left) = (live.session(), live.time_left());
        self.say(match session.phase() {
            Phase::Section(section) => {
                let left = if session.rules().time_allowance.is_limited() {
                    announcement::time_left(left)
                } else {
                    "There is no time limit.".to_owned()
                };
                format!("{left} {}.", ReviewView::new(session, section).summary())
            }
            Phase::Break { .. } => format!("{}; the exam's clock is paused.", announcement::break_left(left)),
            Phase::Ready | Phase::Finished { .. } => "No clock is running.".to_owned(),
        })
    }

    pub fn ask(&mut self, asking: &ConfirmationView) -> io::Result<()> {
        for line in &asking.lines {
            self.say(wrapped(line))?;
        }
        self.say(format!("{} Type yes or no.", asking.title))
    }

    /// Says that a line has no meaning here, and what would have one.
    pub fn not_recognized(&mut self, line: &str, near: Option<&str>, view: Option<&QuestionView>) -> io::Result<()> {
        let typed = SafeText::new(line.trim());
        let meant = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
        let of_another = line.chars().next().is_some_and(is_of_another_alphabet);
        let alphabet = if of_another { format!(" {OTHER_ALPHABET}.") } else { String::new() };
        let letters = view
            .and_then(|view| view.choices.last())
            .map_or_else(String::new, |last| format!("a letter from A to {}, ", last.letter));
        self.say(wrapped(&format!(
            "\"{typed}\" is not recognized.{meant}{alphabet} Possible: {letters}next, previous, go, flag, review, \
             time, help."
        )))
    }

    pub fn help(&mut self, rules: Rules) -> io::Result<()> {
        self.say(wrapped(match rules.mode {
            Mode::Practice => {
                "Answer with a letter or its number: b, or 2. Several: a d. You see at once whether it is right, and the \
                 reasons. Then Enter for the next question."
            }
            _ => "Choose with a letter or its number: b, or 2. Several: a d. Then Enter for the next question.",
        }))?;
        for Word { name: word, follows, does, .. } in WORDS.iter().filter(|word| word.asked.holds(rules)) {
            let head = if follows.is_empty() { (*word).to_owned() } else { format!("{word} {follows}") };
            self.say(wrapped(&format!("{head}: {does}")))?;
        }
        self.say(wrapped(&format!("In a sum, {}.", calculator::SIGNS)))?;
        self.say("Words may be cut short while they stay clear.")
    }

    /// Lists the sheets of the shelf, reads one by its number, or searches all of them.
    /// The indices of the sheets of which something was said.
    pub fn shelf(&mut self, form: &Form, words: &str) -> io::Result<Vec<usize>> {
        if form.shelf.is_empty() {
            self.say(shelf::EMPTY)?;
            return Ok(Vec::new());
        }
        match Asked::of(words, &form.shelf, &form.synonyms) {
            Asked::Contents => {
                for (number, sheet) in (1..).zip(&form.shelf) {
                    self.say(format!("{number}. {}", SafeText::new(&sheet.title)))?;
                }
                self.say(wrapped(
                    "Read one with its number, for example: shelf 1. Or search: shelf breast laterality.",
                ))?;
                Ok(Vec::new())
            }
            Asked::Sheet(index) => {
                self.sheet(&form.shelf[index])?;
                Ok(vec![index])
            }
            Asked::Entries(index, entries) => {
                let mut part = Sheet::clone(&form.shelf[index]);
                part.entries = entries.into_iter().map(|entry| part.entries[entry].clone()).collect();
                self.sheet(&part)?;
                Ok(vec![index])
            }
            Asked::Places(found) => {
                self.places(&found)?;
                Ok(found.hits.iter().take(HITS).map(|hit| hit.sheet).collect())
            }
        }
    }

    fn sheet(&mut self, sheet: &Sheet) -> io::Result<()> {
        let lines = match self.options.layout {
            Layout::Table => sheet_lines(sheet, SHEET_WIDTH).0,
            Layout::Sentences => sheet_sentences(sheet, SHEET_WIDTH),
        };
        lines.into_iter().try_for_each(|line| self.say(line))
    }

    fn places(&mut self, found: &Found) -> io::Result<()> {
        if let Some(caveat) = found.caveat() {
            self.say(caveat)?;
        }
        for hit in found.hits.iter().take(HITS) {
            self.say(format!("{}. {}, {}", hit.sheet + 1, hit.title, hit.heading))?;
            hit.lines.iter().try_for_each(|line| self.say(indent(&wrapped(line), "   ")))?;
        }
        match (found.hits.first(), found.hits.len().saturating_sub(HITS)) {
            (None, _) => Ok(()),
            (Some(hit), 0) => self.say(format!(
                "Read a sheet: shelf {0}; or only its parts that have a word: shelf {0} WORD.",
                hit.sheet + 1
            )),
            (_, more) => self.say(format!("And {more} more: add a word.")),
        }
    }
}

/// Draws the progress line once; it is not redrawn, so that it never disturbs what is being typed.
fn draw_progress(view: &ReviewView, left: Option<Duration>) {
    let bar = ProgressBar::with_draw_target(Some(view.rows.len() as u64), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} answered{msg}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_message(left.map_or_else(String::new, |left| format!(", {} left", ClockFace(left))));
    bar.set_position(view.answered() as u64);
    bar.abandon();
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
