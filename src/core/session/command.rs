//! What a candidate can ask for, and what a front end notices on the candidate's behalf.
//!
//! They are two enums, so that no key and no click can send what only the program's loop may say: that the time has moved
//! on, that nobody was there, that the clock was set.

use super::event::AbsenceReason;
use crate::form::Slot;
use crate::id::ChoiceId;
use crate::time::Timestamp;

/// A request. Those about a question mean the one on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Starts the first section and its clock.
    Begin,
    /// Picks a choice; where only one is wanted it takes the place of the last.
    Select(ChoiceId),
    /// Takes one choice back.
    Deselect(ChoiceId),
    /// Takes the whole answer back.
    Clear,
    /// Strikes a choice out, or takes the strike back.
    Strike(ChoiceId),
    /// Flags the question for review, or takes the flag back.
    Flag,
    /// Writes a note; an empty one removes it.
    Note(String),
    GoTo(Slot),
    /// The next question; behind the last, the review list.
    Next,
    Previous,
    /// The list of the section's questions.
    Review,
    /// Ends the section for good; behind the last one, the exam.
    EndSection,
    /// Takes the break that is offered.
    StartBreak,
    /// Goes on to the next section.
    EndBreak,
    /// Leaves the program.
    Leave,
    /// Adds time, in minutes, to the section that is on.
    Extend(u32),
    /// Hands the whole exam in.
    Submit,
}

/// What a front end notices. It is recorded where an exam is under way, and has no effect elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// The clock was looked at: the time may be up.
    Tick,
    /// The candidate, who had left, is back.
    Returned,
    /// Nobody was there from `since` until now: the program was killed, suspended, or the machine slept. `since` is when
    /// the clock was last looked at, so that no time comes back that a candidate saw pass.
    Absent { since: Timestamp, cause: AbsenceReason },
    /// The system's clock was set by so much while the sitting went on.
    ClockSet { by_seconds: i64 },
}
