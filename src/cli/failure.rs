//! How a command can fail, what to do about it, and the exit codes.

use std::io;
use std::process::ExitCode;

use examroom_app::library::{ListError, Unresolved};
use examroom_core::diagnostics::nearest;
use examroom_core::id::ExamId;
use examroom_core::text::SafeText;

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
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A failed command: lower case, what happened and what to do.
#[derive(Debug)]
pub struct Failure {
    what: SafeText,
    help: Vec<SafeText>,
    exit: Exit,
    /// Nobody is left to read a message.
    quiet: bool,
}

impl Failure {
    pub fn new(what: impl Into<SafeText>) -> Self {
        Self { what: what.into(), help: Vec::new(), exit: Exit::Failure, quiet: false }
    }

    pub fn help(mut self, help: impl Into<SafeText>) -> Self {
        self.help.push(help.into());
        self
    }

    pub fn with_exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    pub fn exit(&self) -> Exit {
        self.exit
    }

    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    pub fn what(&self) -> &str {
        &self.what
    }

    pub fn helps(&self) -> &[SafeText] {
        &self.help
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // Whoever read the output has gone: `examroom history | head -1` is no failure to tell anybody about.
        let quiet = error.kind() == io::ErrorKind::BrokenPipe;
        let exit = if quiet { Exit::Success } else { Exit::Failure };
        Self { what: format!("the output cannot be written: {error}").into(), help: Vec::new(), exit, quiet }
    }
}

impl From<ListError> for Failure {
    fn from(error: ListError) -> Self {
        Self::new(error.to_string()).help("see that you may read that folder, or name another with --banks")
    }
}

impl From<Unresolved> for Failure {
    fn from(error: Unresolved) -> Self {
        let failure = Self::new(error.to_string()).with_exit(Exit::Usage);
        match error {
            Unresolved::ListError(error) => error.into(),
            Unresolved::NoExamIn(_) => {
                failure.help("an exam is a folder with exam.toml; start one with: examroom bank new EXAM")
            }
            Unresolved::NoSuchExam { name, known } => {
                let names: Vec<&str> = known.iter().map(ExamId::as_str).collect();
                let listed = names.join(", ");
                failure.help(match nearest(ExamId::new(&name).as_str(), names.into_iter()) {
                    Some(near) => format!("did you mean {near}? exams: {listed}"),
                    None => format!("exams: {listed}"),
                })
            }
        }
    }
}

impl From<examroom_store::Error> for Failure {
    fn from(error: examroom_store::Error) -> Self {
        let failure = Self::new(error.to_string());
        match error {
            examroom_store::Error::Folder { .. } => failure
                .help("the exam has not begun, and no clock is running")
                .help("see that you may write that folder, or name another: examroom --data-dir DIR …"),
            examroom_store::Error::Newer { .. } => failure
                .help("nothing was changed; use that newer examroom")
                .help("or keep new attempts elsewhere: examroom --data-dir DIR …"),
            examroom_store::Error::Foreign { .. } => {
                failure.help("nothing was changed; name another folder: examroom --data-dir DIR …")
            }
            examroom_store::Error::NoSuchAttempt(_) => failure.help("see your attempts: examroom history"),
            examroom_store::Error::Held(id) => failure
                .help("go on there, or close that window")
                .help(format!("or take it over, which ends it there: examroom resume {id} --take-over")),
            examroom_store::Error::TakenOver => failure.help("it goes on in the other window"),
            examroom_store::Error::Unreadable { .. } => {
                failure.help("it was written by a newer examroom, or the file is damaged; nothing was changed")
            }
            examroom_store::Error::Database(_) => failure.help("nothing that was called saved is lost; try again"),
        }
    }
}
