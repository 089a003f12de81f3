//! What a candidate can ask for, and what a front end observes on the candidate's behalf.
//!
//! These are two types, so that no key and no click can send what only the program's event loop may report: that time
//! has passed, that the candidate was away, or that the system clock was set.

use super::confidence::Confidence;
use super::event::AbsenceReason;
use super::highlight::Passage;
use crate::form::Slot;
use crate::id::{ChoiceId, SheetId};
use crate::time::Timestamp;

/// A request of the candidate, for [`Session::apply`](super::Session::apply). Commands about a question act on the one
/// on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Starts the first section and its clock.
    Begin,
    /// Selects a choice. If the question takes one choice, it replaces the one selected before.
    Select(ChoiceId),
    /// Deselects a choice.
    Deselect(ChoiceId),
    /// Deselects all choices.
    Clear,
    /// Strikes a choice out or, if it is struck, restores it.
    Strike(ChoiceId),
    /// Flags the question for review or, if it is flagged, removes the flag.
    Flag,
    /// Replaces the note on the question, without surrounding white space. An empty note removes it.
    Note(String),
    /// Notes what seems wrong with the question, for its author, without surrounding white space. An empty text removes
    /// it.
    Problem(String),
    /// Notes what seems wrong with a question that is looked back on after the end; else as [`Self::Problem`].
    ProblemOf(Slot, String),
    /// Says how sure the candidate is of the answer or, if that was just said, takes it back.
    Confidence(Confidence),
    /// Highlights a passage of the stem or, if all of it is highlighted, removes that.
    Highlight(Passage),
    /// Removes all highlights of the stem.
    ClearHighlights,
    /// Shows the right answer and the reasons, where the rules give feedback after each question. The answer is final
    /// from then on.
    Reveal,
    /// Opens the reference shelf of an open-book section.
    OpenShelf,
    /// Shows a sheet of the open shelf.
    ShowSheet(SheetId),
    /// Closes the reference shelf.
    CloseShelf,
    /// Shows another question of the section.
    GoTo(Slot),
    /// Shows the next question or, after the last one, the review list. If the last one and all others of the section
    /// are revealed, ends the section: there is nothing left to review.
    Next,
    /// Shows the previous question. From the review list, shows the question that was on the screen before it.
    Previous,
    /// Shows the review list of the section's questions.
    Review,
    /// Ends the section for good. Ending the last section ends the exam.
    EndSection,
    /// Takes the break that is offered.
    StartBreak,
    /// Ends or skips the break and starts the next section.
    EndBreak,
    /// Leaves the program; the session can be resumed.
    Leave,
    /// Adds minutes, 1 to 600, to the current section's time limit.
    Extend(u32),
    /// Ends the exam, even if there are sections left.
    Submit,
}

/// Something that a front end observes, for [`Session::observe`](super::Session::observe). It has an effect only
/// between the beginning and the end of the exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// Time has passed, so a time limit may have run out.
    Tick,
    /// The candidate has returned after [`Command::Leave`].
    Returned,
    /// The candidate was away without leaving: the program was killed or suspended, or the computer slept.
    Absent {
        /// When the absence began: the last time that the front end read the clock. Taking an earlier time would give
        /// back time that the candidate had seen pass.
        since: Timestamp,
        /// Why the candidate was away.
        cause: AbsenceReason,
    },
    /// The system clock was set during the exam.
    ClockSet {
        /// How far it was set forward, in seconds; negative if it was set back.
        by_seconds: i64,
    },
}
