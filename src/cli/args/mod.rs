//! The arguments: the only place that knows clap. Each kind of command has a file.

mod bank;
mod record;
mod sitting;
mod values;

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue};
use clap::{Args as ClapArgs, Parser, Subcommand};

use examroom_core::text::nearest;

pub use bank::{
    Bank, BankAdd, BankExport, BankImport, BankPack, Banks, Check, CheckFormat, PackedForm, Quiz, RenameTopic,
};
pub use record::{Attempt, Export, History, Import, Problems, Report, Reported};
pub use sitting::{Form, FrontEnd, NewForm, Open, Practice, Resume, Take, Time};
pub use values::AsOf;

/// Rehearse a certification exam: timed mock exams under the real counts and time limits.
///
/// Without a command it continues the exam that you left, or shows the home screen. Scores are estimates; neither AHIMA
/// nor NCRA has any part in this program.
#[derive(Debug, Parser)]
#[command(
    name = "examroom",
    bin_name = "examroom",
    version,
    after_help = "Start a mock exam: examroom take rhit",
    max_term_width = 100
)]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What is said of a command line that is not understood. clap suggests words that only sound alike, such as `--plain`
/// for `--domain`; those that differ in more than a slip are left out.
pub fn misunderstanding(mut error: clap::Error) -> String {
    for (typed, suggested) in [
        (ContextKind::InvalidArg, ContextKind::SuggestedArg),
        (ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand),
        (ContextKind::InvalidValue, ContextKind::SuggestedValue),
    ] {
        let bare = |kind| words(error.get(kind)).into_iter().map(|word| word.trim_start_matches('-'));
        let near = bare(typed).any(|typed| nearest(typed, bare(suggested)).is_some());
        if error.get(suggested).is_some() && !near {
            error.remove(suggested);
            if suggested == ContextKind::SuggestedArg {
                // It is worded with what was suggested.
                error.remove(ContextKind::Usage);
            }
        }
    }
    error.render().to_string().trim_end().to_owned()
}

fn words(value: Option<&ContextValue>) -> Vec<&str> {
    match value {
        Some(ContextValue::String(word)) => vec![word],
        Some(ContextValue::Strings(words)) => words.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

#[derive(Clone, Debug, ClapArgs)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Where your attempts are kept.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help = "Where your attempts are kept (default: EXAMROOM_DATA, or the system's folder for a user's data)"
    )]
    pub data_dir: Option<PathBuf>,
    /// A folder of question banks, added to those inside the program, or a bank that was packed into a file
    #[arg(long, global = true, value_name = "PATH")]
    pub banks: Option<PathBuf>,
    /// The exam at a prompt, fit for a screen reader: no full screen, no redrawing, no tables (as with ACCESSIBLE=1)
    #[arg(long, global = true)]
    pub plain: bool,
    /// Leave the mouse to the terminal, which selects text with it; in the exam, o does so
    #[arg(long, global = true)]
    pub no_mouse: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the exams, or show what one is made of
    Exams {
        /// The exam to show
        exam: Option<String>,
        /// List the ids of its sections, domains and topics, for those who write questions
        #[arg(long, requires = "exam")]
        ids: bool,
    },
    /// Take an exam
    Take(Take),
    /// Practice: one question at a time, each with its reasons as soon as it is answered
    Practice(Practice),
    /// Continue an exam that you left
    Resume(Resume),
    /// Open the exam room in your browser
    Open(Open),
    /// Show the score of an attempt and, if asked, its questions with the reason for each choice
    Report(Report),
    /// List your attempts
    History(History),
    /// Record how the real exam went: the history shows it beside the estimates
    Result(Reported),
    /// Make codes of forms, so that several people sit the same one
    #[command(subcommand)]
    Form(Form),
    /// Carry attempts to another computer, or discard those that never began
    #[command(subcommand)]
    Attempt(Attempt),
    /// List what you noted as wrong with questions, or write it into a file for their author
    Problems(Problems),
    /// Write and check question banks
    #[command(subcommand)]
    Bank(Bank),
    /// Show where everything of yours is, how large it is, and when it was last checked
    Data {
        /// Check it now: every page of the file with your attempts, and every attempt
        #[arg(long)]
        check: bool,
    },
    /// Print the completions for a shell
    Completions { shell: clap_complete::Shell },
    /// Write the manual pages into a folder
    #[command(hide = true)]
    Man {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}
