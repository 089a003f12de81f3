//! One sitting of an exam, as a state machine.
//!
//! A [`Session`] starts from a [`Form`] and the [`Rules`] of the sitting. A front end sends it what the candidate does
//! ([`Session::apply`] with a [`Command`]) and what happens to the candidate ([`Session::observe`] with an
//! [`Observation`]), and asks it what to show: [`Session::phase`], [`Session::focus`], [`Session::time_left`],
//! [`Session::response`] and the rest. Both methods return the [`Event`]s that they caused; a command that is not
//! possible returns a [`Refusal`], whose text is for the candidate.
//!
//! The events are the journal, and the journal is all that is stored of an attempt: [`Session::replay`] makes the same
//! session of it. So there is no second representation that could disagree, and a crash loses nothing that was written.
//!
//! Time is an argument. A time limit therefore runs out at its own time, however late a front end notices, and a test
//! can sit a four-hour exam in a millisecond.
//!
//! # Examples
//!
//! ```
//! use std::sync::Arc;
//!
//! use examroom_core::id::ChoiceId;
//! use examroom_core::session::{Command, Observation, Refusal, Response, Rules, Session};
//! use examroom_core::time::{Timestamp, minutes};
//!
//! # let form: examroom_core::form::Form = serde_json::from_str(r#"{
//! #     "exam": "demo", "name": "Demo", "owner": null, "edition": "1", "seed": 1, "kind": "mock",
//! #     "scale": { "lowest": 100, "pass": 300, "highest": 400 }, "default_rating": 0.7,
//! #     "domains": [["law", "Law"]], "cases": {}, "sections": [{
//! #         "id": "main", "name": "Main", "time": { "secs": 1800, "nanos": 0 }, "book": "closed", "break_after": null,
//! #         "questions": [{ "scored": true, "order": ["a", "b"], "item": {
//! #             "id": "law-1", "section": "main", "domain": "law", "topic": "t", "level": "recall", "key": ["a"],
//! #             "stem": "Which?", "choices": [{ "id": "a", "text": "This" }, { "id": "b", "text": "That" }]
//! #         } }]
//! #     }]
//! # }"#).unwrap();
//! // `form` has one section of 30 minutes with one question; see `form::assemble`.
//! let form = Arc::new(form);
//! let rules = Rules::ORDINARY;
//! let mut session = Session::new(Arc::clone(&form), rules);
//!
//! let start = Timestamp(1_700_000_000_000);
//! session.apply(Command::Begin, start)?;
//! let slot = session.current_slot().expect("the first question is on the screen");
//! session.apply(Command::Select(ChoiceId::new("a")), start + minutes(1))?;
//! assert_eq!(session.response(slot), Response::Selected(&[ChoiceId::new("a")]));
//! assert_eq!(session.time_left(start + minutes(1)), minutes(29));
//! assert_eq!(session.apply(Command::Previous, start + minutes(2)), Err(Refusal::FirstQuestion));
//!
//! // Nobody looks at the clock for an hour. The section still ended when its time ran out.
//! session.observe(Observation::Tick, start + minutes(60));
//! assert!(session.is_finished());
//! assert_eq!(session.finished_at(), Some(start + minutes(30)));
//!
//! let replayed = Session::replay(form, rules, session.journal().to_vec());
//! assert_eq!(replayed, session);
//! # Ok::<(), Refusal>(())
//! ```

mod command;
mod confidence;
mod decide;
mod event;
mod evolve;
mod flat;
mod highlight;
mod item_state;
mod kind;
mod refusal;
mod rules;
mod section_timer;

use std::sync::Arc;
use std::time::Duration;

use crate::form::{Form, FormSection, Slot};
use crate::id::SheetId;
use crate::time::Timestamp;

pub use command::{Command, Observation};
pub use confidence::Confidence;
pub use event::{AbsenceReason, EndReason, Event, JournalEntry};
pub use highlight::Passage;
pub use item_state::{ItemState, NOTE_LENGTH, Response};
pub use kind::{AttemptKind, Mode};
pub use refusal::Refusal;
pub use rules::{AwayPolicy, ConfidencePolicy, Rules, TimeAllowance};
use section_timer::SectionTimer;

/// How far the exam has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The exam has not begun; no clock runs.
    Ready,
    /// The candidate is in the section with this index.
    Section(usize),
    /// The candidate is on the break between two sections, whether or not it was taken yet.
    Break {
        /// The index of the section before the break.
        after: usize,
    },
    /// The exam has ended.
    Finished {
        /// Why it ended.
        how: EndReason,
    },
}

/// What is on the screen within a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The question in this slot.
    Question(Slot),
    /// The review list of the section's questions.
    Review,
}

/// A time during which the candidate was away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// When it began.
    pub from: Timestamp,
    /// When it ended; `None` while it lasts.
    pub until: Option<Timestamp>,
    /// Why the candidate was away.
    pub cause: AbsenceReason,
    /// What happened to the clock meanwhile.
    pub clock: AwayPolicy,
}

/// A time during which the reference shelf was used for one question. Where it stays open beside the next one, that is a
/// look-up from the first other sheet on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookUp {
    /// The question that was on the screen; `None` if it was the review list.
    pub slot: Option<Slot>,
    /// When it began.
    pub from: Timestamp,
    /// When the shelf was closed or the question left; `None` while it lasts.
    pub until: Option<Timestamp>,
    /// The sheets that came on the screen, each once, in that order.
    pub sheets: Vec<SheetId>,
}

/// How the reference shelf stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Shelf {
    #[default]
    Closed,
    /// Open, with the sheet that was shown last.
    Open(Option<SheetId>),
}

/// A sitting, live or replayed. The [module](self) says how to use it.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    form: Arc<Form>,
    rules: Rules,
    phase: Phase,
    focus: Focus,
    /// The question that was on the screen last.
    last_slot: Slot,
    /// The clock of the current section or break.
    timer: SectionTimer,
    items: Vec<ItemState>,
    /// Since when the current question has been on the screen; `None` while the candidate is away.
    viewing_since: Option<Timestamp>,
    absences: Vec<Absence>,
    shelf: Shelf,
    look_ups: Vec<LookUp>,
    journal: Vec<JournalEntry>,
    /// The time of the last event.
    now: Timestamp,
}

impl Session {
    /// A session that has not begun.
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
            viewing_since: None,
            absences: Vec::new(),
            shelf: Shelf::Closed,
            look_ups: Vec::new(),
            journal: Vec::new(),
            now: Timestamp(i64::MIN),
        }
    }

    /// The session that these events lead to. It does not panic, whatever a damaged store may hold.
    #[must_use]
    pub fn replay(form: Arc<Form>, rules: Rules, events: impl IntoIterator<Item = JournalEntry>) -> Self {
        let mut session = Self::new(form, rules);
        for event in events {
            session.record(event.at, event.event);
        }
        session
    }

    /// The same sitting with another form, of the same questions.
    #[must_use]
    pub fn with_form(self, form: Arc<Form>) -> Self {
        Self { form, ..self }
    }

    /// The form that the candidate sits.
    #[must_use]
    pub fn form(&self) -> &Arc<Form> {
        &self.form
    }

    /// The conditions of the sitting.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// What the attempt is to its candidate.
    #[must_use]
    pub fn kind(&self) -> AttemptKind {
        AttemptKind::of(&self.form, self.rules)
    }

    /// How far the exam has come.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// What is on the screen. It means something only within a section.
    #[must_use]
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// All events, oldest first.
    #[must_use]
    pub fn journal(&self) -> &[JournalEntry] {
        &self.journal
    }

    /// The candidate's absences, oldest first.
    #[must_use]
    pub fn absences(&self) -> &[Absence] {
        &self.absences
    }

    /// The times during which the reference shelf was used, oldest first.
    #[must_use]
    pub fn look_ups(&self) -> &[LookUp] {
        &self.look_ups
    }

    /// Whether the reference shelf is open now.
    #[must_use]
    pub fn is_shelf_open(&self) -> bool {
        self.shelf != Shelf::Closed
    }

    /// The sheet of the open shelf that was shown last.
    #[must_use]
    pub fn shown_sheet(&self) -> Option<&SheetId> {
        match &self.shelf {
            Shelf::Open(sheet) => sheet.as_ref(),
            Shelf::Closed => None,
        }
    }

    /// Whether the candidate is away now.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.absences.last().is_some_and(|absence| absence.until.is_none())
    }

    /// Whether the exam has ended.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        matches!(self.phase, Phase::Finished { .. })
    }

    /// When the last event happened; `None` if nothing has.
    #[must_use]
    pub fn last_event_at(&self) -> Option<Timestamp> {
        self.journal.last().map(|event| event.at)
    }

    /// When the exam began; `None` before that.
    #[must_use]
    pub fn began_at(&self) -> Option<Timestamp> {
        self.journal.first().map(|event| event.at)
    }

    /// When the exam ended; `None` before that.
    #[must_use]
    pub fn finished_at(&self) -> Option<Timestamp> {
        self.is_finished()
            .then(|| self.journal.iter().rfind(|e| matches!(e.event, Event::Finished { .. })))?
            .map(|e| e.at)
    }

    /// The current section with its index; `None` outside of sections.
    #[must_use]
    pub fn section(&self) -> Option<(usize, &FormSection)> {
        match self.phase {
            Phase::Section(index) => Some((index, self.form.sections.get(index)?)),
            _ => None,
        }
    }

    /// The question on the screen; `None` if there is none.
    #[must_use]
    pub fn current_slot(&self) -> Option<Slot> {
        match (self.phase, self.focus) {
            (Phase::Section(_), Focus::Question(slot)) => Some(slot),
            _ => None,
        }
    }

    /// The question that was on the screen last: [`Command::Previous`] shows it from the review list.
    #[must_use]
    pub fn last_question(&self) -> Slot {
        self.last_slot
    }

    /// The time left in the current section or break; zero outside of them.
    #[must_use]
    pub fn time_left(&self, now: Timestamp) -> Duration {
        self.timer.left(now.max(self.now))
    }

    /// The time limit of a section under the rules of this sitting, without extensions; zero if there is no such
    /// section.
    #[must_use]
    pub fn time_allowed(&self, section: usize) -> Duration {
        self.form.sections.get(section).map_or(Duration::ZERO, |section| self.rules.time_allowance.of(section.time))
    }

    /// What the candidate did with a question.
    #[must_use]
    pub fn item_state(&self, slot: Slot) -> &ItemState {
        static NOTHING: std::sync::LazyLock<ItemState> = std::sync::LazyLock::new(ItemState::default);
        self.items.get(slot.index()).unwrap_or(&NOTHING)
    }

    /// The response to a question: selected, omitted, or not reached.
    #[must_use]
    pub fn response(&self, slot: Slot) -> Response<'_> {
        self.item_state(slot).response()
    }

    /// Whether as many choices are selected as the question takes.
    #[must_use]
    pub fn is_complete(&self, slot: Slot) -> bool {
        self.form
            .question(slot)
            .is_some_and(|question| self.item_state(slot).selected().len() == question.item.answer().count())
    }

    /// The questions of a section whose answers are not complete.
    #[must_use]
    pub fn incomplete(&self, section: usize) -> Vec<Slot> {
        self.slots(section).filter(|slot| !self.is_complete(*slot)).collect()
    }

    /// The slots of a section, in order.
    pub fn slots(&self, section: usize) -> impl Iterator<Item = Slot> + use<> {
        self.form.range(section).map(|index| Slot(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    /// Appends an event to the journal and applies it.
    fn record(&mut self, at: Timestamp, event: Event) {
        let at = at.max(self.now);
        self.now = at;
        self.evolve(at, &event);
        self.journal.push(JournalEntry { at, event });
    }
}
