//! What is done with a line: where the exam stands decides what its words mean.

use std::io::{self, Write};
use std::sync::Arc;

use super::options::Options;
use super::parse::{Entry, parse};
use super::speak::Speaker;
use crate::signals::Signals;
use examroom_app::live::{LeftSession, LiveSession};
use examroom_app::view::announcement;
use examroom_app::view::calculator::calculate;
use examroom_app::view::confirmation::{Confirmation, ConfirmationView};
use examroom_app::view::ending::Departure;
use examroom_app::view::notice::Notices;
use examroom_app::view::question::QuestionView;
use examroom_app::view::{name_of, sentence};
use examroom_core::form::Slot;
use examroom_core::journal::Saved;
use examroom_core::session::{AwayPolicy, Command, Confidence, Event, JournalEntry, Mode, Phase};

/// What a look at the clock brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    Silently,
    WithNotice,
    WithEvents,
}

/// A live session at the prompt.
pub(super) struct PromptSession<'o> {
    live: LiveSession,
    speaker: Speaker<'o>,
    notices: Notices,
    /// What was asked and waits for yes or no.
    asked: Option<Confirmation>,
    end: Option<Departure>,
}

impl<'o> PromptSession<'o> {
    pub fn new(live: LiveSession, out: &'o mut dyn Write, signals: &'o Signals, options: Options) -> Self {
        let speaker = Speaker::new(out, signals, options);
        Self { live, speaker, notices: Notices::default(), asked: None, end: None }
    }

    /// How the exam ended here, if it has.
    pub fn end(&self) -> Option<Departure> {
        self.end
    }

    pub fn leave(self) -> LeftSession {
        self.live.leave()
    }

    pub fn say(&mut self, text: &str) -> io::Result<()> {
        self.speaker.say(text)
    }

    pub fn prompt(&mut self) -> io::Result<()> {
        self.speaker.prompt()
    }

    /// Leaves the line on which the candidate may be typing.
    pub fn begin_line(&mut self) -> io::Result<()> {
        self.speaker.begin_line()
    }

    /// Notes that the candidate has ended the line that was awaited.
    pub fn line_ended(&mut self) {
        self.speaker.line_ended();
    }

    /// Shows what is before the candidate now.
    pub fn show_place(&mut self) -> io::Result<()> {
        if self.live.session().is_finished() {
            self.end = Some(Departure::Finished);
        }
        self.speaker.place(&self.live)
    }

    /// Looks at the clock, and says what that brings.
    pub fn pass_time(&mut self) -> io::Result<Passed> {
        let events = self.live.tick();
        self.follow(&events)?;
        if self.live.saved() == Saved::TakenOver {
            self.end = Some(Departure::TakenOver);
        }
        let noticed = self.notice()?;
        Ok(if events.is_empty() { noticed } else { Passed::WithEvents })
    }

    /// Says how much time is left, where that is due.
    fn notice(&mut self) -> io::Result<Passed> {
        if !matches!(self.live.session().phase(), Phase::Section(_)) {
            self.notices.reset();
            return Ok(Passed::Silently);
        }
        let Some(notice) = self.notices.due(self.live.time_left()) else { return Ok(Passed::Silently) };
        self.speaker.say(notice)?;
        Ok(Passed::WithNotice)
    }

    fn is_practice(&self) -> bool {
        self.live.session().rules().mode == Mode::Practice
    }

    /// What is sat.
    fn name(&self) -> &'static str {
        name_of(self.live.session().rules())
    }

    fn view(&self) -> Option<QuestionView> {
        let session = self.live.session();
        session.current_slot().and_then(|slot| QuestionView::new(session, slot))
    }

    /// Does what a line asks for.
    pub fn understand(&mut self, line: &str) -> io::Result<()> {
        let view = self.view();
        let entry = parse(line, view.as_ref());
        if let Some(asked) = self.asked.take() {
            return self.answered(asked, &entry);
        }
        match (self.live.session().phase(), entry) {
            (_, Entry::Help) => self.speaker.help(self.live.session().rules()),
            (_, Entry::Time) => self.speaker.time(&self.live),
            (_, Entry::Repeat) => self.speaker.repeat(&self.live),
            (_, Entry::Calculate(sum)) => self.speaker.say(calculate(&sum).unwrap_or_else(|why| why)),
            (_, Entry::Incomplete(sentence)) => self.speaker.say(sentence),
            (_, Entry::Leave) => self.ask_to_leave(),
            (Phase::Ready, Entry::Begin | Entry::Yes) => self.send(Command::Begin),
            (Phase::Ready, Entry::Nothing) if self.is_practice() => self.send(Command::Begin),
            (Phase::Ready, _) => {
                self.speaker.say(sentence(&format!("{} has not begun. Possible: begin, help, leave", self.name())))
            }
            (Phase::Break { .. }, Entry::TakeBreak) => self.send(Command::StartBreak),
            (Phase::Break { .. }, Entry::Continue | Entry::Next) => self.send(Command::EndBreak),
            (Phase::Break { .. }, _) => self.speaker.possible_on_break(self.live.session()),
            (Phase::Section(section), entry) => self.in_section(section, entry, view.as_ref(), line),
            (Phase::Finished { .. }, _) => Ok(()),
        }
    }

    fn in_section(&mut self, section: usize, entry: Entry, view: Option<&QuestionView>, line: &str) -> io::Result<()> {
        // What was looked up has been read by the time of the next line, unless that looks up more.
        if self.live.session().is_shelf_open() && !matches!(entry, Entry::Shelf(_)) {
            let before = self.live.session().phase();
            self.send(Command::CloseShelf)?;
            if self.live.session().phase() != before {
                return Ok(());
            }
        }
        match (entry, view) {
            (Entry::Choose(picked, confidence), Some(view)) => self.choose(view, &picked, confidence),
            (Entry::Strike(index), Some(view)) => match view.choices.get(index) {
                Some(choice) => self.send(Command::Strike(choice.id.clone())),
                None => Ok(()),
            },
            (Entry::Nothing, None) => {
                self.speaker.say("This is the list of questions. Possible: go NUMBER, previous, end, help.")
            }
            (Entry::Nothing | Entry::Next, _) => self.send(Command::Next),
            (Entry::Previous, _) => self.send(Command::Previous),
            (Entry::GoTo(number), _) => {
                let slot = self.live.session().form().slot(section, number).unwrap_or(Slot(u32::MAX));
                self.send(Command::GoTo(slot))
            }
            (Entry::Review(filter), _) => {
                let events = self.live.apply(Command::Review);
                match events {
                    Ok(events) if !events.iter().all(|entry| entry.event == Event::ReviewOpened) => {
                        self.follow(&events)
                    }
                    _ => self.speaker.review(self.live.session(), filter),
                }
            }
            (Entry::Clear, _) => self.send(Command::Clear),
            (Entry::Flag, _) => self.send(Command::Flag),
            (Entry::Note(text), _) => self.send(Command::Note(text)),
            (Entry::Problem(text), _) => self.send(Command::Problem(text)),
            (Entry::Confidence(confidence), _) => self.send(Command::Confidence(confidence)),
            (Entry::Show, _) => self.send(Command::Reveal),
            (Entry::Highlight(words), Some(view)) => self.send(view.highlight(&words)),
            (Entry::Extend(by), _) => self.send(Command::Extend(by)),
            (Entry::Shelf(words), _) => {
                self.send(Command::OpenShelf)?;
                self.look_up(&words)
            }
            (Entry::EndSection, _) => self.ask(Confirmation::EndSection),
            (Entry::Submit, _) => self.ask(Confirmation::Submit),
            (Entry::TakeBreak, _) => self.send(Command::StartBreak),
            (Entry::Unknown(near), view) => self.speaker.not_recognized(line, near, view),
            (Entry::Yes | Entry::No, _) => self.speaker.say("Nothing was asked."),
            (Entry::Begin | Entry::Continue, _) => self.speaker.say(sentence(&format!("{} is under way", self.name()))),
            _ => Ok(()),
        }
    }

    fn choose(&mut self, view: &QuestionView, picked: &[usize], confidence: Option<Confidence>) -> io::Result<()> {
        if picked.len() > view.wanted {
            return self.speaker.say(view.too_many());
        }
        let chosen = |index: &usize| view.choices.get(*index).map(|choice| choice.id.clone());
        let mut commands: Vec<Command> = Vec::new();
        // A whole answer takes the place of the last one; a part of one adds to it.
        if view.wanted > 1 && picked.len() == view.wanted {
            let replaced =
                (0..view.choices.len()).filter(|index| view.choices[*index].selected && !picked.contains(index));
            commands.extend(replaced.filter_map(|index| chosen(&index)).map(Command::Deselect));
        }
        commands.extend(picked.iter().filter_map(chosen).map(Command::Select));
        let said = self.live.session().item_state(view.slot).confidence();
        commands.extend(confidence.filter(|confidence| said != Some(*confidence)).map(Command::Confidence));
        for command in commands {
            match self.live.apply(command) {
                Ok(events) if events.iter().all(|entry| answers(&entry.event)) => {}
                // The time ran out meanwhile.
                Ok(events) => return self.follow(&events),
                Err(refusal) => return self.speaker.say(announcement::refusal(refusal)),
            }
        }
        // A line that was typed to its end is meant: in practice it is answered at once.
        if self.is_practice() && self.live.session().is_complete(view.slot) {
            return self.send(Command::Reveal);
        }
        self.speaker.answer(&self.live)
    }

    /// Says what the open shelf has of these words.
    fn look_up(&mut self, words: &str) -> io::Result<()> {
        let session = self.live.session();
        if !session.is_shelf_open() {
            return Ok(());
        }
        let form = Arc::clone(session.form());
        for sheet in self.speaker.shelf(&form, words)? {
            self.send(Command::ShowSheet(form.shelf[sheet].id.clone()))?;
        }
        Ok(())
    }

    fn send(&mut self, command: Command) -> io::Result<()> {
        match self.live.apply(command) {
            Ok(events) => self.follow(&events),
            Err(refusal) => self.speaker.say(announcement::refusal(refusal)),
        }
    }

    /// Says what events mean to the candidate, and shows what they have put before them.
    fn follow(&mut self, events: &[JournalEntry]) -> io::Result<()> {
        self.speaker.announce(events, &self.live)?;
        if events.iter().any(|entry| matches!(entry.event, Event::Extended { .. })) {
            self.notices.reset();
        }
        if events.iter().any(|entry| matches!(entry.event, Event::Revealed { .. })) {
            self.speaker.reasons(&self.live)?;
        }
        if events.iter().any(|entry| moves(&entry.event)) {
            self.asked = None;
            // A move, too, is on disk before it is shown; what is not saved is said.
            self.speaker.warn_if_unsaved(&self.live)?;
            self.show_place()?;
        }
        Ok(())
    }

    fn ask(&mut self, of: Confirmation) -> io::Result<()> {
        let Some(asking) = ConfirmationView::new(of, self.live.session()) else { return Ok(()) };
        self.asked = Some(of);
        self.speaker.ask(&asking)
    }

    fn answered(&mut self, asked: Confirmation, entry: &Entry) -> io::Result<()> {
        match (entry, asked.command()) {
            (Entry::Yes, Some(command)) => self.send(command),
            (Entry::Yes, None) => {
                self.end = Some(Departure::Left);
                Ok(())
            }
            (Entry::No, _) => {
                self.speaker.say(format!("Then {} continues.", self.name()))?;
                self.show_place()
            }
            _ => {
                self.asked = Some(asked);
                self.speaker.say("Type yes or no.")
            }
        }
    }

    /// Asks only where leaving costs time.
    fn ask_to_leave(&mut self) -> io::Result<()> {
        let session = self.live.session();
        if session.rules().away_policy == AwayPolicy::ClockRuns && session.began_at().is_some() {
            return self.ask(Confirmation::Leave);
        }
        self.end = Some(Departure::Left);
        Ok(())
    }
}

/// Whether an event is a change of the answer.
const fn answers(event: &Event) -> bool {
    matches!(event, Event::Selected { .. } | Event::Cleared { .. } | Event::ConfidenceSet { .. })
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
