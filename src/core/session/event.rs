//! What happened in a sitting. The journal of events is the attempt: these shapes are stored, so they only grow.

use serde::{Deserialize, Serialize};

use super::AwayPolicy;
use crate::form::Slot;
use crate::id::ChoiceId;
use crate::time::Timestamp;

/// An event and when it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    pub at: Timestamp,
    #[serde(flatten)]
    pub event: Event,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    Began,
    /// A section and its clock started.
    Entered {
        section: u32,
    },
    /// A question came on the screen.
    Showed {
        slot: Slot,
    },
    ReviewOpened,
    /// The whole answer after a change.
    Selected {
        slot: Slot,
        choices: Vec<ChoiceId>,
    },
    Cleared {
        slot: Slot,
    },
    Struck {
        slot: Slot,
        choice: ChoiceId,
        on: bool,
    },
    Flagged {
        slot: Slot,
        on: bool,
    },
    Noted {
        slot: Slot,
        text: String,
    },
    SectionEnded {
        section: u32,
        cause: EndReason,
    },
    /// The break behind a section, and its clock, started.
    BreakOffered {
        after: u32,
    },
    BreakTaken,
    BreakEnded {
        cause: EndReason,
    },
    Left {
        cause: AbsenceReason,
        clock: AwayPolicy,
    },
    Returned,
    Extended {
        by_minutes: u32,
    },
    /// The system's clock was set while the sitting went on; the sitting's time did not follow.
    ClockSet {
        by_seconds: i64,
    },
    Finished {
        cause: EndReason,
    },
}

/// Why a section, a break or the exam ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndReason {
    /// The candidate ended it.
    Candidate,
    /// The time was up.
    TimeOut,
}

/// Why the candidate was not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AbsenceReason {
    /// The candidate left.
    Candidate,
    /// The program ended without saying so: it was killed, it crashed, or the power went out.
    Crash,
    /// The program was suspended for a while.
    Suspended,
    /// The machine slept, or its clock was set forward.
    Asleep,
}
