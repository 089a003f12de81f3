//! What happened in a session. The journal of events is all that is stored of an attempt, so these types may only gain
//! variants and fields: a change to an existing one would make stored attempts unreadable.

use serde::{Deserialize, Serialize};

use super::AwayPolicy;
use super::confidence::Confidence;
use super::highlight::Passage;
use crate::form::Slot;
use crate::id::{ChoiceId, SheetId};
use crate::time::Timestamp;

/// An event and the time at which it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// When it happened. A journal's times never decrease.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// One thing that happened. Sections are given by their index, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
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
