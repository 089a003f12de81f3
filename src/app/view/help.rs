//! What can be done about a failure. What is the same everywhere is worded here; what each front end offers in its own way,
//! a command in the terminal or a page in the browser, is only named, and the front end words it.

use examroom_core::id::ExamId;
use examroom_core::journal::AttemptId;

/// What to do about a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    /// Something that is done in the same way everywhere: a clause, lower case and without its full stop.
    Words(String),
    /// Something that only the terminal offers, as such a clause.
    Terminal(String),
    /// To look at the attempts.
    Attempts,
    /// To look at the report of a finished attempt.
    Report(AttemptId),
    /// To take over an attempt that is open in another window.
    TakeOver(AttemptId),
    /// To do something about the folder of the attempts, or to have another.
    Folder(FolderHelp),
    /// To do something about the folder of the banks, or to have another.
    Banks,
    /// To try again, and to look at where everything is.
    TryAgain,
    /// To have the errors of a bank fixed.
    FixBank {
        /// The exam, as it was named.
        exam: String,
        /// The arguments of the command that shows them, each after a blank.
        arguments: String,
    },
    /// To see what a bank has, where no form can be drawn from it.
    BankHas {
        /// The exam, as it was named.
        exam: String,
        /// The arguments of the command that shows it, each after a blank.
        arguments: String,
    },
    /// To have a form code made of the bank as it is.
    NewCode(ExamId),
}

/// What to do about the folder of the attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderHelp {
    /// To be allowed to write it, or to name another.
    Write,
    /// To be allowed to read it, or to name another.
    Read,
    /// To name another, as this one is not to be touched.
    Name,
    /// To keep new attempts elsewhere.
    KeepElsewhere,
    /// To copy what is in it into another, which may be written.
    Copy,
}

impl From<String> for Help {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Help {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}
