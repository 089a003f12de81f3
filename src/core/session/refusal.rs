//! Why a command is not possible now.

use thiserror::Error;

/// A refusal changes nothing; its text is for the candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("the exam has not begun")]
    NotBegun,
    #[error("the exam has begun already")]
    AlreadyBegun,
    #[error("the exam is finished")]
    Finished,
    #[error("you have left the exam; return first")]
    Away,
    #[error("you are on the break between two sections")]
    OnBreak,
    #[error("there is no break now")]
    NotOnBreak,
    #[error("this break must be taken; the next section starts when it is over")]
    BreakNotOver,
    #[error("you are on the review list; go to a question first")]
    NoQuestionHere,
    #[error("there is no such question; this section has 1 to {last}")]
    NoSuchQuestion { last: usize },
    #[error("there is no such choice; this question has {count}")]
    NoSuchChoice { count: usize },
    #[error("this question wants {wanted} choices, and you have picked as many; remove one first")]
    TooManyChoices { wanted: usize },
    #[error("this is the first question of the section")]
    FirstQuestion,
    #[error("there is nothing after the review list; end the section, or go to a question")]
    LastQuestion,
    #[error("an extension adds 1 to {most} minutes")]
    BadExtension { most: u32 },
    #[error("a note holds at most {most} characters")]
    NoteTooLong { most: usize },
}
