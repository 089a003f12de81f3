//! Reading events. A derived reader of a tagged type first puts each object into memory piece by piece, to look for its
//! tag; a long history has half a million of them, and this reads each in one go.

use std::fmt;

use serde::Deserialize;

use super::confidence::Confidence;
use super::{AwayPolicy, Passage};
use crate::form::Slot;
use crate::id::{ChoiceId, SheetId};
use crate::time::Timestamp;

/// An event as it is written, with the fields of all of them.
#[derive(Deserialize)]
pub(super) struct Flat {
    pub at: Option<Timestamp>,
    pub event: Name,
    pub section: Option<u32>,
    pub after: Option<u32>,
    pub slot: Option<Slot>,
    pub choices: Option<Vec<ChoiceId>>,
    pub choice: Option<ChoiceId>,
    pub on: Option<bool>,
    pub text: Option<String>,
    pub confidence: Option<Confidence>,
    pub passage: Option<Passage>,
    pub sheet: Option<SheetId>,
    pub cause: Option<Cause>,
    pub clock: Option<AwayPolicy>,
    pub by_minutes: Option<u32>,
    pub by_seconds: Option<i64>,
}

/// What an event is called.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Name {
    Began,
    Entered,
    Showed,
    ReviewOpened,
    Selected,
    Cleared,
    Struck,
    Flagged,
    Noted,
    ProblemNoted,
    ConfidenceSet,
    Highlighted,
    Revealed,
    ShelfOpened,
    SheetShown,
    ShelfClosed,
    SectionEnded,
    BreakOffered,
    BreakTaken,
    BreakEnded,
    Left,
    Returned,
    Extended,
    ClockSet,
    Finished,
}

/// Why something ended, or somebody went.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Cause {
    Candidate,
    TimeOut,
    Crash,
    Suspended,
    Asleep,
}

/// A field that the event needs is not there, or is nothing that it can have.
#[derive(Debug)]
pub(super) struct Lacking(pub &'static str);

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the event lacks a proper `{}`", self.0)
    }
}
