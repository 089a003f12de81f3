//! How a command can fail, what to do about it, and the exit codes.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use examroom_app::library::{ListError, Unresolved};
use examroom_app::view::ending::Completion;
use examroom_app::view::help::{FolderHelp, Help};
use examroom_core::id::ExamId;
use examroom_core::text::nearest;
use examroom_store::{FILE, Trouble};

/// The program's exit codes, all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// What was asked is done; an exam that was left on purpose counts as done.
    Success = 0,
    /// Something failed; the message says what, and what to do.
    Failure = 1,
    /// The command line was not understood.
    Usage = 2,
    /// A bank has errors.
    BadBank = 3,
    /// The input ended before the exam did; it can be resumed.
    Unfinished = 4,
    /// Something that happened in the exam is not in the store.
    NotSaved = 5,
}

impl From<Completion> for Exit {
    fn from(completion: Completion) -> Self {
        match completion {
            Completion::Complete => Self::Success,
            Completion::Unfinished => Self::Unfinished,
            Completion::NotSaved => Self::NotSaved,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// How a command ended.
pub type Outcome = Result<Exit, Failure>;

/// A failed command: lower case, what happened, why, and what to do. Its texts may hold anything; whoever prints them
/// makes them safe.
#[derive(Debug)]
pub struct Failure {
    what: String,
    cause: Option<Box<dyn Error>>,
    help: Vec<Help>,
    exit: Exit,
    /// Nobody is left to read a message.
    quiet: bool,
    subject: Subject,
}

/// What a failure is about, as far as a place belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// The file with the attempts, which the failure does not name.
    Store,
    /// The same, and it is damaged.
    DamagedStore,
    Other,
}

impl Failure {
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            cause: None,
            help: Vec::new(),
            exit: Exit::Failure,
            quiet: false,
            subject: Subject::Other,
        }
    }

    /// A failure that an error already words, and whose causes are those of the error.
    pub fn of(error: impl Error + 'static) -> Self {
        // The error repeats the words of the failure, and such a cause is not printed.
        Self::new(error.to_string()).caused_by(error)
    }

    pub fn caused_by(mut self, cause: impl Error + 'static) -> Self {
        self.cause = Some(Box::new(cause));
        self
    }

    pub fn help(mut self, help: impl Into<Help>) -> Self {
        self.help.push(help.into());
        self
    }

    pub fn with_exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// Whether damage was met that nobody has looked for yet.
    pub fn is_of_damage(&self) -> bool {
        self.subject == Subject::DamagedStore
    }

    /// Names the folder with the attempts, where it is to be told and is not.
    pub fn in_folder(mut self, data: &Path) -> Self {
        if self.subject != Subject::Other {
            self.what = format!("{}: {}", self.what, data.join(FILE).display());
        }
        self
    }

    pub fn exit(&self) -> Exit {
        self.exit
    }

    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether the attempt is open in another window.
    pub fn is_held(&self) -> bool {
        let error = self.cause.as_deref().and_then(|cause| cause.downcast_ref::<examroom_store::Error>());
        matches!(error, Some(examroom_store::Error::Held(_)))
    }

    pub fn helps(&self) -> &[Help] {
        &self.help
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // Whoever read the output has gone: `examroom history | head -1` is no failure to tell anybody about.
        let quiet = error.kind() == io::ErrorKind::BrokenPipe;
        let exit = if quiet { Exit::Success } else { Exit::Failure };
        Self { quiet, ..Self::new("the output cannot be written").caused_by(error).with_exit(exit) }
    }
}

impl From<ListError> for Failure {
    fn from(error: ListError) -> Self {
        Self::of(error).help(Help::Banks)
    }
}

impl From<Unresolved> for Failure {
    fn from(error: Unresolved) -> Self {
        let help = match error {
            Unresolved::ListError(error) => return error.into(),
            Unresolved::NoExamIn(_) => {
                Help::Terminal("an exam is a folder with exam.toml; start one with: examroom bank new EXAM".to_owned())
            }
            Unresolved::NoSuchExam { ref name, ref known } => {
                let names = || known.iter().map(ExamId::as_str);
                let listed = names().collect::<Vec<_>>().join(", ");
                match nearest(ExamId::new(name).as_str(), names()) {
                    Some(near) => format!("did you mean {near}? exams: {listed}").into(),
                    None => format!("exams: {listed}").into(),
                }
            }
        };
        Self::of(error).help(help).with_exit(Exit::Usage)
    }
}

/// What to do about a failure of the database.
fn way_out(trouble: Trouble) -> Help {
    let words = match trouble {
        Trouble::Full => "its disk is full: free some space, then try again",
        Trouble::Held => {
            "another program holds the file, such as a backup or a viewer of databases: close it, then try again"
        }
        Trouble::Refused => "see that you may write that file and its folder, then try again",
        Trouble::Disk => "its disk does not read or write: see that it is neither full nor failing, then try again",
        Trouble::Other => return Help::TryAgain,
    };
    words.into()
}

impl From<examroom_store::Error> for Failure {
    fn from(error: examroom_store::Error) -> Self {
        use examroom_store::Error;
        let help: Vec<Help> = match error {
            Error::Folder { .. } => {
                vec!["the exam has not begun, and no clock is running".into(), Help::Folder(FolderHelp::Write)]
            }
            Error::Newer { .. } => {
                vec!["nothing was changed; use that newer examroom".into(), Help::Folder(FolderHelp::KeepElsewhere)]
            }
            Error::Older { .. } => vec![
                "nothing was changed; see that you may write its folder: opening it there converts it".into(),
                Help::Folder(FolderHelp::Copy),
            ],
            Error::Foreign { .. } => vec![Help::Folder(FolderHelp::Name)],
            Error::Damaged { .. } => vec![
                "nothing was changed; see that you may write its folder: the next start reads what can be read".into(),
                Help::Folder(FolderHelp::Copy),
            ],
            Error::Begun(_) => vec!["what has begun is kept; only an attempt that never began is discarded".into()],
            Error::NoSuchAttempt(_) => vec![Help::Attempts],
            Error::Held(id) => vec!["continue there, or close that window".into(), Help::TakeOver(id)],
            Error::TakenAway { .. } => vec!["see where that file is now, and put it back".into()],
            Error::TakenOver => vec!["it continues in the other window".into()],
            Error::Corrupt { .. } => {
                vec!["nothing was changed; your other attempts are whole".into(), Help::Attempts]
            }
            Error::Unreadable { .. } => {
                vec!["it was written by a newer examroom, or the file is damaged; nothing was changed".into()]
            }
            Error::Unstorable(_) => vec!["what was called saved before is not touched by this".into()],
            Error::Unreachable { .. } => vec![Help::Folder(FolderHelp::Read)],
            Error::Database(_) if error.is_damage() => {
                return Self { subject: Subject::DamagedStore, ..Self::of(error) };
            }
            Error::Database(_) => {
                let ways = [way_out(error.trouble()), Help::Folder(FolderHelp::KeepElsewhere)];
                return ways.into_iter().fold(Self { subject: Subject::Store, ..Self::of(error) }, Self::help);
            }
        };
        help.into_iter().fold(Self::of(error), Self::help)
    }
}
