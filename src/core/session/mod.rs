//! One sitting, as a state machine.
//!
//! [`Session::apply`] takes a [`Command`] and the time, and answers with the [`Event`]s that it caused, or with a
//! [`Refusal`]. The events are the journal, and the journal is all that is stored: replaying it ([`Session::replay`])
//! gives the same session. Time comes in as an argument, so that running out of time happens at the limit's own time
//! however late somebody notices it, and so that tests can sit a four-hour exam in a millisecond.

mod command;
mod decide;
mod event;
mod evolve;
mod item_state;
mod refusal;
mod section_timer;

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::form::{Form, FormSection, Slot};
use crate::time::Timestamp;

pub use command::{Command, Observation};
pub use event::{AbsenceReason, EndReason, Event, JournalEntry};
pub use item_state::{ItemState, NOTE_LENGTH, Response};
pub use refusal::Refusal;
pub use section_timer::SectionTimer;

/// What was agreed before the sitting began; stored with the attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    #[serde(alias = "pace")]
    pub time_allowance: TimeAllowance,
    #[serde(alias = "leaving")]
    pub away_policy: AwayPolicy,
}

/// The time allowed, as a share of the ordinary time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeAllowance {
    #[default]
    Ordinary,
    /// A quarter more.
    Quarter,
    /// Half more.
    Half,
    Double,
}

impl TimeAllowance {
    pub const ALL: [(&'static str, Self); 4] =
        [("1", Self::Ordinary), ("1.25", Self::Quarter), ("1.5", Self::Half), ("2", Self::Double)];

    #[must_use]
    pub fn of(self, time: Duration) -> Duration {
        match self {
            Self::Ordinary => time,
            Self::Quarter => time * 5 / 4,
            Self::Half => time * 3 / 2,
            Self::Double => time * 2,
        }
    }
}

/// What leaving the program does to the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwayPolicy {
    /// The clock stands until the candidate returns, and the report says for how long.
    #[default]
    StopsClock,
    /// The clock runs on, as at a test center.
    ClockRuns,
}

/// Where in the exam the sitting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing has begun; no clock runs.
    Ready,
    /// In the section of this index.
    Section(usize),
    /// Between the section of this index and the next.
    Break {
        after: usize,
    },
    Finished {
        how: EndReason,
    },
}

/// What the candidate is looking at within a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Question(Slot),
    /// The list of the section's questions.
    Review,
}

/// A time during which the candidate was not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    pub from: Timestamp,
    /// `None` while it lasts.
    pub until: Option<Timestamp>,
    pub cause: AbsenceReason,
    pub clock: AwayPolicy,
}

/// A sitting, live or replayed.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    form: Arc<Form>,
    rules: Rules,
    phase: Phase,
    focus: Focus,
    /// The question looked at last, to come back to from the list.
    last_slot: Slot,
    /// The clock of the section or break that is on.
    timer: SectionTimer,
    items: Vec<ItemState>,
    /// Since when the present question has been on the screen with the candidate there.
    looking_since: Option<Timestamp>,
    absences: Vec<Absence>,
    journal: Vec<JournalEntry>,
    now: Timestamp,
}

impl Session {
    #[must_use]
    pub fn new(form: Arc<Form>, rules: Rules) -> Self {
        let items = form.questions().map(|_| ItemState::default()).collect();
        Self {
            form,
            rules,
            phase: Phase::Ready,
            focus: Focus::Review,
            last_slot: Slot(0),
            timer: SectionTimer::default(),
            items,
            looking_since: None,
            absences: Vec::new(),
            journal: Vec::new(),
            now: Timestamp(i64::MIN),
        }
    }

    /// The session that these events made. Events that cannot be (from a damaged store) change nothing.
    #[must_use]
    pub fn replay(form: Arc<Form>, rules: Rules, events: impl IntoIterator<Item = JournalEntry>) -> Self {
        let mut session = Self::new(form, rules);
        for event in events {
            session.record(event.at, event.event);
        }
        session
    }

    #[must_use]
    pub fn form(&self) -> &Arc<Form> {
        &self.form
    }

    #[must_use]
    pub fn rules(&self) -> Rules {
        self.rules
    }

    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    #[must_use]
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// Everything that has happened, oldest first.
    #[must_use]
    pub fn journal(&self) -> &[JournalEntry] {
        &self.journal
    }

    #[must_use]
    pub fn absences(&self) -> &[Absence] {
        &self.absences
    }

    #[must_use]
    pub fn is_away(&self) -> bool {
        self.absences.last().is_some_and(|absence| absence.until.is_none())
    }

    #[must_use]
    pub fn is_finished(&self) -> bool {
        matches!(self.phase, Phase::Finished { .. })
    }

    /// When the last event happened.
    #[must_use]
    pub fn last_event_at(&self) -> Option<Timestamp> {
        self.journal.last().map(|event| event.at)
    }

    #[must_use]
    pub fn began_at(&self) -> Option<Timestamp> {
        self.journal.first().map(|event| event.at)
    }

    #[must_use]
    pub fn finished_at(&self) -> Option<Timestamp> {
        self.is_finished()
            .then(|| self.journal.iter().rfind(|e| matches!(e.event, Event::Finished { .. })))?
            .map(|e| e.at)
    }

    /// The section that is on, with its index.
    #[must_use]
    pub fn section(&self) -> Option<(usize, &FormSection)> {
        match self.phase {
            Phase::Section(index) => Some((index, self.form.sections.get(index)?)),
            _ => None,
        }
    }

    /// The question on the screen.
    #[must_use]
    pub fn current_slot(&self) -> Option<Slot> {
        match (self.phase, self.focus) {
            (Phase::Section(_), Focus::Question(slot)) => Some(slot),
            _ => None,
        }
    }

    /// The question that the review list goes back to.
    #[must_use]
    pub fn last_question(&self) -> Slot {
        self.last_slot
    }

    /// The time left in the section or break that is on; zero where no clock is.
    #[must_use]
    pub fn time_left(&self, now: Timestamp) -> Duration {
        self.timer.left(now.max(self.now))
    }

    /// When the time runs out if nothing stops the clock.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.timer.deadline()
    }

    /// The time given for a section in this sitting, without extensions.
    #[must_use]
    pub fn time_allowed(&self, section: usize) -> Duration {
        self.form.sections.get(section).map_or(Duration::ZERO, |section| self.rules.time_allowance.of(section.time))
    }

    /// What was done with a question.
    #[must_use]
    pub fn item_state(&self, slot: Slot) -> &ItemState {
        static NOTHING: std::sync::LazyLock<ItemState> = std::sync::LazyLock::new(ItemState::default);
        self.items.get(slot.index()).unwrap_or(&NOTHING)
    }

    /// How a question stands: answered, passed over, or never seen.
    #[must_use]
    pub fn response(&self, slot: Slot) -> Response<'_> {
        self.item_state(slot).response()
    }

    /// Whether a question has as many choices picked as it wants.
    #[must_use]
    pub fn is_complete(&self, slot: Slot) -> bool {
        self.form
            .question(slot)
            .is_some_and(|question| self.item_state(slot).selected().len() == question.item.answer().count())
    }

    /// The section's questions that are not completely answered.
    #[must_use]
    pub fn incomplete(&self, section: usize) -> Vec<Slot> {
        self.slots(section).filter(|slot| !self.is_complete(*slot)).collect()
    }

    /// The slots of a section.
    pub fn slots(&self, section: usize) -> impl Iterator<Item = Slot> + use<> {
        self.form.range(section).map(|index| Slot(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    /// Stamps an event into the journal and lets it act.
    fn record(&mut self, at: Timestamp, event: Event) {
        let at = at.max(self.now);
        self.now = at;
        self.evolve(at, &event);
        self.journal.push(JournalEntry { at, event });
    }
}
