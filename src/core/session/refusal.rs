//! Why the state of a session rules a command out.

use thiserror::Error;

/// Why a command is refused. The session is unchanged; the text of the error is for the candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The command needs an exam that has begun.
    #[error("the exam has not begun")]
    NotBegun,
    /// The exam can begin only once.
    #[error("the exam has begun already")]
    AlreadyBegun,
    /// The exam has ended.
    #[error("the exam is finished")]
    Finished,
    /// The candidate has left and not returned.
    #[error("you have left the exam; return first")]
    Away,
    /// The command needs a section, and the candidate is on a break.
    #[error("you are on the break between two sections")]
    OnBreak,
    /// The command needs a break, and there is none now.
    #[error("there is no break now")]
    NotOnBreak,
    /// The break is mandatory and has time left.
    #[error("this break must be taken; the next section starts when it is over")]
    BreakNotOver,
    /// The command needs a question on the screen, and the review list is there.
    #[error("you are on the review list; go to a question first")]
    NoQuestionHere,
    /// The slot is not in the current section.
    #[error("there is no such question; this section has 1 to {last}")]
    NoSuchQuestion {
        /// The number of the section's last question.
        last: usize,
    },
    /// The question has no choice with this id.
    #[error("there is no such choice; this question has {count}")]
    NoSuchChoice {
        /// How many choices it has.
        count: usize,
    },
    /// As many choices are selected as the question takes.
    #[error("this question wants {wanted} choices, and you have picked as many; remove one first")]
    TooManyChoices {
        /// How many it takes.
        wanted: usize,
    },
    /// Some choices are selected, and fewer than the question takes.
    #[error("this question wants {wanted} choices; pick as many, or clear the answer")]
    TooFewChoices {
        /// How many it takes.
        wanted: usize,
    },
    /// The right answer has been shown.
    #[error("the right answer has been shown; yours is final")]
    Revealed,
    /// The rules show no answer before the end.
    #[error("the right answers are shown after the exam")]
    NoFeedback,
    /// The rules ask for no confidence.
    #[error("how sure you are is not asked in this exam; that is chosen when it is started")]
    NoConfidence,
    /// The stem has no such passage.
    #[error("the question has no such words; type them as they stand in it")]
    NoSuchPassage,
    /// The section has no reference shelf.
    #[error("this section is closed-book: there is no reference shelf")]
    ClosedBook,
    /// Without a time limit there is nothing to extend.
    #[error("there is no time limit to extend")]
    NoTimeLimit,
    /// No question comes before the first.
    #[error("this is the first question of the section")]
    FirstQuestion,
    /// Nothing comes after the review list.
    #[error("there is nothing after the review list; end the section, or go to a question")]
    LastQuestion,
    /// An extension must be at least a minute, and no longer than the limit.
    #[error("an extension adds 1 to {most} minutes")]
    BadExtension {
        /// The limit, in minutes.
        most: u32,
    },
    /// The note, on a question or on what is wrong with it, is longer than the limit.
    #[error("a note holds at most {most} characters")]
    NoteTooLong {
        /// The limit, in characters.
        most: usize,
    },
}
