//! What happened in a session. The journal of events is all that is stored of an attempt, so these types may only gain
//! variants and fields: a change to an existing one would make stored attempts unreadable.

use serde::{Deserialize, Serialize};

use super::AwayPolicy;
use super::confidence::Confidence;
use super::flat::{Cause, Flat, Lacking, Name};
use super::highlight::Passage;
use crate::form::Slot;
use crate::id::{ChoiceId, SheetId};
use crate::time::Timestamp;

/// An event and the time at which it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Flat")]
pub struct JournalEntry {
    /// When it happened. A journal's times never decrease.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// One thing that happened. Sections are given by their index, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", try_from = "Flat")]
pub enum Event {
    /// The exam began.
    Began,
    /// A section and its clock started.
    Entered {
        /// The section.
        section: u32,
    },
    /// A question came on the screen.
    Showed {
        /// The question's slot.
        slot: Slot,
    },
    /// The review list came on the screen.
    ReviewOpened,
    /// The answer to a question changed.
    Selected {
        /// The question's slot.
        slot: Slot,
        /// The whole answer after the change: at least one choice.
        choices: Vec<ChoiceId>,
    },
    /// The answer to a question was taken back.
    Cleared {
        /// The question's slot.
        slot: Slot,
    },
    /// A choice was struck out or restored.
    Struck {
        /// The question's slot.
        slot: Slot,
        /// The choice.
        choice: ChoiceId,
        /// Whether it is struck now.
        on: bool,
    },
    /// A question was flagged for review, or its flag removed.
    Flagged {
        /// The question's slot.
        slot: Slot,
        /// Whether it is flagged now.
        on: bool,
    },
    /// The note on a question changed.
    Noted {
        /// The question's slot.
        slot: Slot,
        /// The whole note after the change; empty if it was removed.
        text: String,
    },
    /// What seems wrong with a question was noted, for its author.
    ProblemNoted {
        /// The question's slot.
        slot: Slot,
        /// The whole text after the change; empty if it was removed.
        text: String,
    },
    /// The candidate said how sure the answer to a question is.
    ConfidenceSet {
        /// The question's slot.
        slot: Slot,
        /// How sure; `None` if that was taken back.
        confidence: Option<Confidence>,
    },
    /// A passage of a stem was highlighted, or its highlight removed.
    Highlighted {
        /// The question's slot.
        slot: Slot,
        /// The passage.
        passage: Passage,
        /// Whether it is highlighted now.
        on: bool,
    },
    /// The right answer and the reasons were shown, and the candidate's answer is final.
    Revealed {
        /// The question's slot.
        slot: Slot,
    },
    /// The reference shelf was opened.
    ShelfOpened,
    /// A sheet of the open shelf came on the screen, or a place in it that a search found.
    SheetShown {
        /// The sheet.
        sheet: SheetId,
    },
    /// The reference shelf was closed. What ends a section or an attendance closes it too, without this.
    ShelfClosed,
    /// A section ended. It cannot be entered again.
    SectionEnded {
        /// The section.
        section: u32,
        /// Why it ended.
        cause: EndReason,
    },
    /// The break after a section, and its clock, started.
    BreakOffered {
        /// The section before the break.
        after: u32,
    },
    /// The candidate took the break, rather than skip it.
    BreakTaken,
    /// The break ended.
    BreakEnded {
        /// Why it ended.
        cause: EndReason,
    },
    /// The candidate went away.
    Left {
        /// Why the candidate went away.
        cause: AbsenceReason,
        /// Whether the clock stopped.
        clock: AwayPolicy,
    },
    /// The candidate came back.
    Returned,
    /// The time limit of the current section was extended.
    Extended {
        /// By how many minutes.
        by_minutes: u32,
    },
    /// The system clock was set. The session's own time did not follow.
    ClockSet {
        /// How far it was set forward, in seconds; negative if it was set back.
        by_seconds: i64,
    },
    /// The exam ended.
    Finished {
        /// Why it ended.
        cause: EndReason,
    },
}

/// Why a section, a break or the exam ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndReason {
    /// The candidate ended it.
    Candidate,
    /// The time limit ran out.
    TimeOut,
}

/// Why the candidate was away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AbsenceReason {
    /// The candidate left.
    Candidate,
    /// The program ended without recording it: it was killed, it crashed, or the power failed.
    Crash,
    /// The program was suspended.
    Suspended,
    /// The computer slept, or its clock was set forward.
    Asleep,
}

impl TryFrom<Flat> for JournalEntry {
    type Error = Lacking;

    fn try_from(flat: Flat) -> Result<Self, Lacking> {
        Ok(Self { at: flat.at.ok_or(Lacking("at"))?, event: flat.try_into()? })
    }
}

impl TryFrom<Flat> for Event {
    type Error = Lacking;

    fn try_from(flat: Flat) -> Result<Self, Lacking> {
        let slot = || flat.slot.ok_or(Lacking("slot"));
        let section = || flat.section.ok_or(Lacking("section"));
        let on = || flat.on.ok_or(Lacking("on"));
        let end = || flat.cause.and_then(end_reason).ok_or(Lacking("cause"));
        Ok(match flat.event {
            Name::Began => Self::Began,
            Name::Entered => Self::Entered { section: section()? },
            Name::Showed => Self::Showed { slot: slot()? },
            Name::ReviewOpened => Self::ReviewOpened,
            Name::Selected => Self::Selected { slot: slot()?, choices: flat.choices.ok_or(Lacking("choices"))? },
            Name::Cleared => Self::Cleared { slot: slot()? },
            Name::Struck => Self::Struck { slot: slot()?, on: on()?, choice: flat.choice.ok_or(Lacking("choice"))? },
            Name::Flagged => Self::Flagged { slot: slot()?, on: on()? },
            Name::Noted => Self::Noted { slot: slot()?, text: flat.text.ok_or(Lacking("text"))? },
            Name::ProblemNoted => Self::ProblemNoted { slot: slot()?, text: flat.text.ok_or(Lacking("text"))? },
            Name::ConfidenceSet => Self::ConfidenceSet { slot: slot()?, confidence: flat.confidence },
            Name::Highlighted => {
                Self::Highlighted { slot: slot()?, on: on()?, passage: flat.passage.ok_or(Lacking("passage"))? }
            }
            Name::Revealed => Self::Revealed { slot: slot()? },
            Name::ShelfOpened => Self::ShelfOpened,
            Name::SheetShown => Self::SheetShown { sheet: flat.sheet.ok_or(Lacking("sheet"))? },
            Name::ShelfClosed => Self::ShelfClosed,
            Name::SectionEnded => Self::SectionEnded { section: section()?, cause: end()? },
            Name::BreakOffered => Self::BreakOffered { after: flat.after.ok_or(Lacking("after"))? },
            Name::BreakTaken => Self::BreakTaken,
            Name::BreakEnded => Self::BreakEnded { cause: end()? },
            Name::Left => Self::Left {
                cause: flat.cause.and_then(absence_reason).ok_or(Lacking("cause"))?,
                clock: flat.clock.ok_or(Lacking("clock"))?,
            },
            Name::Returned => Self::Returned,
            Name::Extended => Self::Extended { by_minutes: flat.by_minutes.ok_or(Lacking("by_minutes"))? },
            Name::ClockSet => Self::ClockSet { by_seconds: flat.by_seconds.ok_or(Lacking("by_seconds"))? },
            Name::Finished => Self::Finished { cause: end()? },
        })
    }
}

/// The reason for an end; `None` for one that ends nothing.
const fn end_reason(cause: Cause) -> Option<EndReason> {
    match cause {
        Cause::Candidate => Some(EndReason::Candidate),
        Cause::TimeOut => Some(EndReason::TimeOut),
        Cause::Crash | Cause::Suspended | Cause::Asleep => None,
    }
}

/// The reason for an absence; `None` for one that nobody goes for.
const fn absence_reason(cause: Cause) -> Option<AbsenceReason> {
    match cause {
        Cause::Candidate => Some(AbsenceReason::Candidate),
        Cause::Crash => Some(AbsenceReason::Crash),
        Cause::Suspended => Some(AbsenceReason::Suspended),
        Cause::Asleep => Some(AbsenceReason::Asleep),
        Cause::TimeOut => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every event, with every kind of content.
    fn events() -> Vec<Event> {
        let (slot, choice) = (Slot(3), ChoiceId::new("b"));
        let causes = [EndReason::Candidate, EndReason::TimeOut];
        let absences =
            [AbsenceReason::Candidate, AbsenceReason::Crash, AbsenceReason::Suspended, AbsenceReason::Asleep];
        let mut events = vec![
            Event::Began,
            Event::Entered { section: 1 },
            Event::Showed { slot },
            Event::ReviewOpened,
            Event::Selected { slot, choices: vec![choice.clone(), ChoiceId::new("d")] },
            Event::Cleared { slot },
            Event::Struck { slot, choice, on: true },
            Event::Flagged { slot, on: false },
            Event::Noted { slot, text: "a \"note\"".to_owned() },
            Event::ProblemNoted { slot, text: String::new() },
            Event::ConfidenceSet { slot, confidence: Some(Confidence::Guess) },
            Event::ConfidenceSet { slot, confidence: None },
            Event::Highlighted { slot, passage: Passage { from: 2, to: 9 }, on: true },
            Event::Revealed { slot },
            Event::ShelfOpened,
            Event::SheetShown { sheet: SheetId::new("sites") },
            Event::ShelfClosed,
            Event::BreakOffered { after: 0 },
            Event::BreakTaken,
            Event::Returned,
            Event::Extended { by_minutes: 15 },
            Event::ClockSet { by_seconds: -90 },
        ];
        for cause in causes {
            events.extend([Event::SectionEnded { section: 0, cause }, Event::BreakEnded { cause }]);
            events.push(Event::Finished { cause });
        }
        for cause in absences {
            events.extend([AwayPolicy::StopsClock, AwayPolicy::ClockRuns].map(|clock| Event::Left { cause, clock }));
        }
        events
    }

    #[test]
    fn every_event_is_read_as_it_was_written() {
        for event in events() {
            let entry = JournalEntry { at: Timestamp(-5), event };
            let (alone, stamped) =
                (serde_json::to_string(&entry.event).unwrap(), serde_json::to_string(&entry).unwrap());
            assert_eq!(serde_json::from_str::<Event>(&alone).unwrap(), entry.event, "{alone}");
            assert_eq!(serde_json::from_str::<JournalEntry>(&stamped).unwrap(), entry, "{stamped}");
        }
    }

    #[test]
    fn an_event_that_lacks_something_or_has_what_it_cannot_have_is_no_event() {
        for text in [
            r#"{"at":1}"#,
            r#"{"event":"began"}"#,
            r#"{"at":1,"event":"unheard-of"}"#,
            r#"{"at":1,"event":"showed"}"#,
            r#"{"at":1,"event":"finished","cause":"crash"}"#,
            r#"{"at":1,"event":"left","cause":"time-out","clock":"clock-runs"}"#,
        ] {
            assert!(serde_json::from_str::<JournalEntry>(text).is_err(), "{text}");
        }
        let later = r#"{"at":1,"event":"began","more":{"than":["is","known"]}}"#;
        assert_eq!(serde_json::from_str::<JournalEntry>(later).unwrap().event, Event::Began);
    }
}
