//! Decides which events a command or an observation causes, or why a command is refused. Applying the events is left to
//! `evolve`.

use super::event::{AbsenceReason, EndReason, Event, JournalEntry};
use super::item_state::NOTE_LENGTH;
use super::{Command, ConfidencePolicy, Focus, Mode, Observation, Phase, Refusal, Session};
use crate::blueprint::Book;
use crate::form::Slot;
use crate::id::ChoiceId;
use crate::text::SafeText;
use crate::time::Timestamp;

/// The longest extension, in minutes.
const MAX_EXTENSION: u32 = 600;

impl Session {
    /// Applies a command and returns the events that it caused, which are already in the journal. If `now` is earlier
    /// than the last event, the time of that event counts.
    ///
    /// If a time limit ran out before `now`, the command comes too late and has no effect: the events are those that
    /// the time limit caused.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] if the command is not possible now. The session is unchanged.
    pub fn apply(&mut self, command: Command, now: Timestamp) -> Result<Vec<JournalEntry>, Refusal> {
        let now = now.max(self.now);
        let before = self.journal.len();
        self.expire(now);
        if self.journal.len() == before {
            for event in self.decide(command)? {
                self.record(now, event);
            }
        }
        Ok(self.journal[before..].to_vec())
    }

    /// Records an observation and returns the events that it caused, among them those of time limits that ran out
    /// before `now`. If `now` is earlier than the last event, the time of that event counts.
    pub fn observe(&mut self, observation: Observation, now: Timestamp) -> Vec<JournalEntry> {
        let now = now.max(self.now);
        let before = self.journal.len();
        match observation {
            Observation::Tick => self.expire(now),
            Observation::Absent { since, cause } => self.record_absence(since, now, cause),
            Observation::Returned => {
                self.expire(now);
                self.record_return(now);
            }
            Observation::ClockSet { by_seconds } => {
                self.expire(now);
                if self.journal.len() == before && self.is_under_way() && !self.is_away() {
                    self.record(now, Event::ClockSet { by_seconds });
                }
            }
        }
        self.journal[before..].to_vec()
    }

    /// Records each time limit that has run out: the end of a section may start a break, and its end another section.
    fn expire(&mut self, now: Timestamp) {
        while let Some(deadline) = self.timer.deadline().filter(|deadline| *deadline <= now) {
            let events = match self.phase {
                Phase::Section(index) => self.leave_section(index, EndReason::TimeOut),
                Phase::Break { after } => self.enter(after + 1, vec![Event::BreakEnded { cause: EndReason::TimeOut }]),
                Phase::Ready | Phase::Finished { .. } => return,
            };
            for event in events {
                self.record(deadline, event);
            }
        }
    }

    /// Records an absence that is only noticed now that it is over.
    fn record_absence(&mut self, since: Timestamp, now: Timestamp, cause: AbsenceReason) {
        if self.is_under_way() && !self.is_away() {
            let since = since.clamp(self.now, now);
            self.expire(since);
            if self.is_finished() {
                return;
            }
            self.record(since, Event::Left { cause, clock: self.rules.away_policy });
            self.expire(now);
        }
        self.record_return(now);
    }

    fn record_return(&mut self, now: Timestamp) {
        if self.is_under_way() && self.is_away() {
            self.record(now, Event::Returned);
        }
    }

    fn is_under_way(&self) -> bool {
        matches!(self.phase, Phase::Section(_) | Phase::Break { .. })
    }

    fn require_under_way(&self) -> Result<(), Refusal> {
        match self.phase {
            Phase::Ready => Err(Refusal::NotBegun),
            Phase::Finished { .. } => Err(Refusal::Finished),
            Phase::Section(_) | Phase::Break { .. } => Ok(()),
        }
    }

    /// The events of a command when no time limit has run out.
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        if command == Command::Begin {
            return match self.phase {
                Phase::Ready => Ok(self.enter(0, vec![Event::Began])),
                _ => Err(Refusal::AlreadyBegun),
            };
        }
        if let (Command::ProblemOf(slot, text), Phase::Finished { .. }) = (&command, self.phase) {
            return self.note_problem(*slot, text);
        }
        self.require_under_way()?;
        if self.is_away() {
            return Err(Refusal::Away);
        }
        match (command, self.phase) {
            (Command::Leave, _) => {
                Ok(vec![Event::Left { cause: AbsenceReason::Candidate, clock: self.rules.away_policy }])
            }
            (Command::Submit, _) => Ok(self.submit()),
            (Command::StartBreak, Phase::Break { .. }) => Ok(vec![Event::BreakTaken]),
            (Command::EndBreak, Phase::Break { after }) => {
                let rule = self.form.sections.get(after).and_then(|section| section.break_after);
                if rule.is_some_and(|rule| !rule.optional) {
                    return Err(Refusal::BreakNotOver);
                }
                Ok(self.enter(after + 1, vec![Event::BreakEnded { cause: EndReason::Candidate }]))
            }
            (_, Phase::Break { .. }) => Err(Refusal::OnBreak),
            (Command::StartBreak | Command::EndBreak, _) => Err(Refusal::NotOnBreak),
            (Command::Extend(_), _) if !self.rules.time_allowance.is_limited() => Err(Refusal::NoTimeLimit),
            (Command::Extend(by), _) if (1..=MAX_EXTENSION).contains(&by) => {
                Ok(vec![Event::Extended { by_minutes: by }])
            }
            (Command::Extend(_), _) => Err(Refusal::BadExtension { most: MAX_EXTENSION }),
            (Command::EndSection, Phase::Section(index)) => Ok(self.leave_section(index, EndReason::Candidate)),
            (command, Phase::Section(index)) => self.decide_in_section(index, command),
            _ => Err(Refusal::NotBegun),
        }
    }

    /// The events of a command within the current section.
    fn decide_in_section(&self, section: usize, command: Command) -> Result<Vec<Event>, Refusal> {
        let range = self.form.range(section);
        let show = |index: usize| vec![Event::Showed { slot: Slot(u32::try_from(index).unwrap_or(u32::MAX)) }];
        match (command, self.focus) {
            (Command::GoTo(slot), focus) => {
                if !range.contains(&slot.index()) {
                    return Err(Refusal::NoSuchQuestion { last: range.len() });
                }
                Ok(if focus == Focus::Question(slot) { Vec::new() } else { show(slot.index()) })
            }
            (Command::OpenShelf, _) => match self.form.sections.get(section).map(|section| section.book) {
                Some(Book::Open) if self.is_shelf_open() => Ok(Vec::new()),
                Some(Book::Open) => Ok(vec![Event::ShelfOpened]),
                _ => Err(Refusal::ClosedBook),
            },
            (Command::ShowSheet(sheet), _) => {
                let is_new = self.is_shelf_open() && self.shown_sheet() != Some(&sheet);
                let exists = self.form.shelf.iter().any(|found| found.id == sheet);
                Ok(if is_new && exists { vec![Event::SheetShown { sheet }] } else { Vec::new() })
            }
            (Command::CloseShelf, _) => Ok(if self.is_shelf_open() { vec![Event::ShelfClosed] } else { Vec::new() }),
            (Command::Review, Focus::Review) => Ok(Vec::new()),
            (Command::Previous, Focus::Review) => Ok(show(self.last_slot.index())),
            (Command::Next, Focus::Review) => Err(Refusal::LastQuestion),
            (Command::Next, Focus::Question(slot)) if slot.index() + 1 < range.end => Ok(show(slot.index() + 1)),
            (Command::Next, Focus::Question(_))
                if self.slots(section).all(|slot| self.item_state(slot).is_revealed()) =>
            {
                Ok(self.leave_section(section, EndReason::Candidate))
            }
            (Command::Next | Command::Review, Focus::Question(_)) => Ok(vec![Event::ReviewOpened]),
            (Command::Previous, Focus::Question(slot)) => {
                if slot.index() > range.start {
                    Ok(show(slot.index() - 1))
                } else {
                    Err(Refusal::FirstQuestion)
                }
            }
            (_, Focus::Review) => Err(Refusal::NoQuestionHere),
            (command, Focus::Question(slot)) => self.decide_on_question(slot, command),
        }
    }

    /// The events of a command about the question on the screen.
    fn decide_on_question(&self, slot: Slot, command: Command) -> Result<Vec<Event>, Refusal> {
        let question = self.form.question(slot).ok_or(Refusal::NoQuestionHere)?;
        let item = self.item_state(slot);
        let check = |choice: &ChoiceId| {
            if question.order.contains(choice) {
                Ok(())
            } else {
                Err(Refusal::NoSuchChoice { count: question.order.len() })
            }
        };
        let answers = matches!(
            command,
            Command::Select(_) | Command::Deselect(_) | Command::Clear | Command::Strike(_) | Command::Confidence(_)
        );
        if answers && item.is_revealed() {
            return Err(Refusal::Revealed);
        }
        match command {
            Command::Select(choice) => {
                check(&choice)?;
                if item.selected().contains(&choice) {
                    return Ok(Vec::new());
                }
                let wanted = question.item.answer().count();
                let mut choices = if wanted == 1 { Vec::new() } else { item.selected().to_vec() };
                if choices.len() >= wanted {
                    return Err(Refusal::TooManyChoices { wanted });
                }
                choices.push(choice);
                Ok(vec![Event::Selected { slot, choices }])
            }
            Command::Deselect(choice) => {
                check(&choice)?;
                let choices: Vec<ChoiceId> = item.selected().iter().filter(|c| **c != choice).cloned().collect();
                Ok(match choices.len() {
                    left if left == item.selected().len() => Vec::new(),
                    0 => vec![Event::Cleared { slot }],
                    _ => vec![Event::Selected { slot, choices }],
                })
            }
            Command::Clear if item.selected().is_empty() => Ok(Vec::new()),
            Command::Clear => Ok(vec![Event::Cleared { slot }]),
            Command::Strike(choice) => {
                check(&choice)?;
                let on = !item.is_struck(&choice);
                Ok(vec![Event::Struck { slot, choice, on }])
            }
            Command::Flag => Ok(vec![Event::Flagged { slot, on: !item.is_flagged() }]),
            Command::Note(text) => {
                let text = note(&text)?;
                Ok(if item.note() == text { Vec::new() } else { vec![Event::Noted { slot, text }] })
            }
            Command::Problem(text) => self.note_problem(slot, &text),
            Command::Confidence(_) if self.rules.confidence == ConfidencePolicy::NotAsked => Err(Refusal::NoConfidence),
            Command::Confidence(said) => {
                let confidence = Some(said).filter(|said| item.confidence() != Some(*said));
                Ok(vec![Event::ConfidenceSet { slot, confidence }])
            }
            Command::Highlight(passage) if !passage.is_within(&SafeText::new(&question.item.stem)) => {
                Err(Refusal::NoSuchPassage)
            }
            Command::Highlight(passage) => {
                let on = !item.is_highlighted(passage);
                Ok(vec![Event::Highlighted { slot, passage, on }])
            }
            Command::ClearHighlights => {
                let removed = item.highlights().iter();
                Ok(removed.map(|passage| Event::Highlighted { slot, passage: *passage, on: false }).collect())
            }
            Command::Reveal if self.rules.mode != Mode::Practice => Err(Refusal::NoFeedback),
            Command::Reveal if item.is_revealed() => Ok(Vec::new()),
            Command::Reveal => match (item.selected().len(), question.item.answer().count()) {
                (picked, wanted) if picked > 0 && picked < wanted => Err(Refusal::TooFewChoices { wanted }),
                _ => Ok(vec![Event::Revealed { slot }]),
            },
            _ => Err(Refusal::NoQuestionHere),
        }
    }

    fn note_problem(&self, slot: Slot, text: &str) -> Result<Vec<Event>, Refusal> {
        let item = self.items.get(slot.index()).ok_or(Refusal::NoQuestionHere)?;
        let text = note(text)?;
        Ok(if item.problem() == text { Vec::new() } else { vec![Event::ProblemNoted { slot, text }] })
    }

    /// The events that end a section and start what follows it: a break, the next section, or the end of the exam.
    fn leave_section(&self, section: usize, cause: EndReason) -> Vec<Event> {
        let ended = vec![Event::SectionEnded { section: index(section), cause }];
        if section + 1 >= self.form.sections.len() {
            return ended.into_iter().chain([Event::Finished { cause }]).collect();
        }
        match self.form.sections[section].break_after {
            Some(_) => ended.into_iter().chain([Event::BreakOffered { after: index(section) }]).collect(),
            None => self.enter(section + 1, ended),
        }
    }

    /// `events`, and those that start a section at its first question.
    fn enter(&self, section: usize, mut events: Vec<Event>) -> Vec<Event> {
        events.push(Event::Entered { section: index(section) });
        events.push(Event::Showed { slot: Slot(index(self.form.range(section).start)) });
        events
    }

    /// The events that end the exam at the candidate's request.
    fn submit(&self) -> Vec<Event> {
        let mut events = Vec::with_capacity(2);
        if let Phase::Section(section) = self.phase {
            events.push(Event::SectionEnded { section: index(section), cause: EndReason::Candidate });
        }
        events.push(Event::Finished { cause: EndReason::Candidate });
        events
    }
}

/// A note as it is kept.
fn note(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > NOTE_LENGTH {
        return Err(Refusal::NoteTooLong { most: NOTE_LENGTH });
    }
    Ok(text.to_owned())
}

fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
