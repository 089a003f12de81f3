//! The arguments: the only place that knows clap.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use examroom_app::live::today;
use examroom_core::diagnostics::Code;
use examroom_core::form::code::{CodeError, FormCode, MOST_DISJOINT};
use examroom_core::session::TimeAllowance;
use examroom_core::text::nearest;
use examroom_exchange::{Format, Target};

/// Rehearse a certification exam: timed mock exams under the real counts and time limits.
///
/// Without a command it continues the exam that you left. Scores are estimates; neither AHIMA nor NCRA has any part
/// in this program.
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
    /// A folder of question banks, added to those inside the program
    #[arg(long, global = true, value_name = "DIR")]
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
    /// Sit an exam
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

#[derive(Debug, ClapArgs)]
pub struct Take {
    /// The exam, for example rhit or ctr
    pub exam: String,
    /// A short rehearsal of N questions in the exam's proportions; it is not a mock exam
    #[arg(long, value_name = "N", value_parser = items)]
    pub items: Option<u32>,
    /// The time allowed, for those entitled to more: 1, 1.25, 1.5 or 2 times the ordinary
    #[arg(long, value_name = "TIMES", default_value = "1")]
    pub time: Time,
    /// The clock keeps running when you leave, as at a test center
    #[arg(long)]
    pub strict: bool,
    /// Let me say how sure I am of each answer; the report shows where I was sure and wrong
    #[arg(long)]
    pub confidence: bool,
    /// Draw the form of this number: the same seed gives the same form from the same bank, history and date
    #[arg(long, value_name = "NUMBER", value_parser = seed)]
    pub seed: Option<u64>,
    /// Sit the form of this code, which `examroom form new` made; the code holds the date, too
    #[arg(long, value_name = "CODE", value_parser = form_code, conflicts_with_all = ["items", "seed", "named"])]
    pub form: Option<FormCode>,
    /// The file that was written with the code: if the bank is not the same, the changed questions are named
    #[arg(long, value_name = "FILE", requires = "form")]
    pub form_file: Option<PathBuf>,
    #[command(flatten)]
    pub as_of: AsOf,
    #[command(flatten)]
    pub front_end: FrontEnd,
}

impl Take {
    /// The whole exam as it is ordinarily sat.
    pub fn mock(exam: String) -> Self {
        Self {
            exam,
            items: None,
            time: Time::Ordinary,
            strict: false,
            confidence: false,
            seed: None,
            form: None,
            form_file: None,
            as_of: AsOf::default(),
            front_end: FrontEnd::default(),
        }
    }
}

/// How the questions that are wanted stand; where several are named, each will do.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub struct Only {
    /// Only questions that you did not answer right the last time, in a mock exam or in practice
    #[arg(long)]
    pub missed: bool,
    /// Only questions that you flagged
    #[arg(long)]
    pub flagged: bool,
    /// Only questions that you have never seen; a mock exam draws from these, and each can be new only once
    #[arg(long)]
    pub unseen: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Practice {
    /// The exam, for example rhit or ctr; where its practice was left, that goes on
    pub exam: String,
    /// Only this domain; may be given several times
    #[arg(long = "domain", value_name = "ID")]
    pub domains: Vec<String>,
    /// Only this topic; may be given several times
    #[arg(long = "topic", value_name = "ID")]
    pub topics: Vec<String>,
    #[command(flatten)]
    pub only: Only,
    /// How many questions (default: 20)
    #[arg(long, value_name = "N", value_parser = items)]
    pub count: Option<u32>,
    /// With a clock, at the exam's pace
    #[arg(long)]
    pub timed: bool,
    /// Begin another practice, also where one was left
    #[arg(long)]
    pub new: bool,
    /// Let nothing count as missed or flagged any more; mock exams, and what you have seen, stay
    #[arg(
        long,
        conflicts_with_all = ["domains", "topics", "missed", "flagged", "unseen", "count", "timed", "new", "seed"]
    )]
    pub reset: bool,
    /// Draw the questions of this number: the same seed gives the same questions from the same bank, history and date
    #[arg(long, value_name = "NUMBER", value_parser = seed)]
    pub seed: Option<u64>,
    #[command(flatten)]
    pub as_of: AsOf,
    #[command(flatten)]
    pub front_end: FrontEnd,
}

impl Practice {
    /// Whether something is asked for that a practice that was left need not be.
    pub fn is_new(&self) -> bool {
        let only = self.only.missed || self.only.flagged || self.only.unseen;
        let drawn = self.count.is_some() || self.seed.is_some() || self.timed;
        self.new || only || drawn || !self.domains.is_empty() || !self.topics.is_empty()
    }

    /// The domains and topics, as arguments of a command that is suggested.
    pub fn place(&self) -> String {
        let domains = self.domains.iter().map(|id| format!(" --domain {id}"));
        domains.chain(self.topics.iter().map(|id| format!(" --topic {id}"))).collect()
    }
}

/// The front end that is wanted, where the terminal has a choice.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct FrontEnd {
    /// At a prompt, with a progress line, instead of the full screen
    #[arg(long)]
    pub line: bool,
}

#[derive(Debug, Default, ClapArgs)]
pub struct Resume {
    /// The attempt's number (default: the last one under way)
    #[arg(value_parser = attempt)]
    pub attempt: Option<i64>,
    /// Take it over from another window that has it open
    #[arg(long)]
    pub take_over: bool,
    #[command(flatten)]
    pub front_end: FrontEnd,
}

#[derive(Debug, Default, ClapArgs)]
pub struct Open {
    /// Print the address, and leave it to you to open it
    #[arg(long)]
    pub no_browser: bool,
    /// The port on this computer (default: one that is free)
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
}

#[derive(Debug, ClapArgs)]
pub struct Report {
    /// The attempt's number (default: the last one that is finished)
    #[arg(value_parser = attempt)]
    pub attempt: Option<i64>,
    /// Show the questions too: all, only those not answered right, or only those flagged
    #[arg(long, value_name = "WHICH", visible_alias = "review")]
    pub only: Option<ReviewFilter>,
    /// Show what the attempt would score by the bank as it is now; nothing is changed
    #[arg(long, conflicts_with_all = ["only", "json", "html"])]
    pub regrade: bool,
    /// As JSON, for other programs
    #[arg(long, conflicts_with = "html")]
    pub json: bool,
    /// Write it into a file with plots, which any browser shows and prints; with --only, the questions too
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Replace the file if it is there already
    #[arg(long, requires = "html")]
    pub force: bool,
}

#[derive(Debug, Subcommand)]
pub enum Attempt {
    /// Write your attempts into a file
    Export(Export),
    /// Take attempts from a file that was written on another computer; what is newer here is kept
    Import(Import),
    /// Discard an attempt that never began
    Discard {
        /// The attempt's number (default: all that never began)
        #[arg(value_parser = attempt)]
        attempt: Option<i64>,
    },
}

#[derive(Debug, ClapArgs)]
pub struct Export {
    /// The file to write; there must be none of that name
    pub file: PathBuf,
    /// Those that never began, too
    #[arg(long)]
    pub all: bool,
    /// Your name, to be in the file; without it no name is
    #[arg(long)]
    pub name: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct Import {
    /// The file, as `attempt export` wrote it
    pub file: PathBuf,
    /// The attempts are your own, though they are from another data folder
    #[arg(long)]
    pub mine: bool,
    /// Take what can be read of a damaged file
    #[arg(long)]
    pub rest: bool,
}

#[derive(Debug, ClapArgs)]
pub struct History {
    /// As JSON, for other programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Reported {
    /// The exam that you sat
    pub exam: String,
    /// How it went
    pub outcome: RealOutcome,
    /// The day of the exam, for example 2026-11-24 (default: today)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RealOutcome {
    Pass,
    Fail,
}

impl From<RealOutcome> for examroom_core::scoring::Outcome {
    fn from(outcome: RealOutcome) -> Self {
        match outcome {
            RealOutcome::Pass => Self::Pass,
            RealOutcome::Fail => Self::Fail,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub struct Problems {
    /// Only those of this exam's bank
    pub exam: Option<String>,
    /// Write them into a file: id, hash, answer and note of each
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "write")]
    pub force: bool,
}

#[derive(Debug, Subcommand)]
pub enum Form {
    /// Print the code of a new form, for a board or a message: whoever types it sits the same form
    New(NewForm),
}

#[derive(Debug, ClapArgs)]
pub struct NewForm {
    /// The exam, for example rhit or ctr
    pub exam: String,
    /// The codes of N forms without a common question
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = forms)]
    pub disjoint: u32,
    /// Write what the questions are now into a file, which names those that have changed when a code is refused
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub as_of: AsOf,
}

#[derive(Debug, Subcommand)]
pub enum Bank {
    /// Make a folder for a new exam, with everything explained in it
    New {
        /// The exam's id: letters, digits and -
        exam: String,
        /// The folder to make it in (default: your own folder of banks, where the program finds it)
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        /// The ids of its domains (default: two, or one for a quiz)
        #[arg(long, value_name = "IDS", value_delimiter = ',')]
        domains: Vec<String>,
        #[command(flatten)]
        quiz: Quiz,
    },
    /// Find everything that is wrong with a bank
    Check(Check),
    /// Bring in questions from a spreadsheet, a learning system or a text
    Import(BankImport),
    /// Take an exam's questions out, for a learning system or a spreadsheet
    Export(BankExport),
    /// Explain a finding
    Explain {
        /// The code in brackets, for example key-not-a-choice (default: list them all)
        code: Option<String>,
    },
    /// Show a question as a candidate sees it, with its reasons
    Show {
        /// The question's id
        id: String,
        /// The exam that it belongs to (default: the first that has it)
        #[arg(long, value_name = "EXAM")]
        exam: Option<String>,
    },
    /// Rename a topic in exam.toml and in every question
    RenameTopic(RenameTopic),
    /// Print the schema of a bank file, for editors that check and complete TOML
    Schema,
    /// Count a bank's questions, and say what is missing for the next form
    Stats(Banks),
}

/// Shows first what becomes of each question: kept, changed or left out, and why. Then it asks, and writes all or nothing;
/// in a script it writes only with --write. The new questions go into files of their own in the exam's folder (--banks DIR,
/// or your own folder of banks). Questions that the exam has already are not added again, so a file that grows can be
/// imported whenever it has.
#[derive(Debug, ClapArgs)]
pub struct BankImport {
    /// The files, each as another program saved it
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The exam that the questions join
    #[arg(long, value_name = "EXAM")]
    pub exam: String,
    /// The domain of all questions (default: what each question says, by category or tag)
    #[arg(long, value_name = "ID")]
    pub domain: Option<String>,
    /// The topic of the questions that name none of the domain's
    #[arg(long, value_name = "ID")]
    pub topic: Option<String>,
    /// The section, where the domain has several
    #[arg(long, value_name = "ID")]
    pub section: Option<String>,
    /// The level of the questions that name none
    #[arg(long, value_name = "LEVEL", default_value = "recall")]
    pub level: Level,
    /// The format, where it is not told by the file
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// What a column of a spreadsheet holds, for example stem=Frage; once for each column
    #[arg(long, value_name = "FIELD=NAME", value_parser = column)]
    pub columns: Vec<(String, String)>,
    /// Write without asking
    #[arg(long)]
    pub write: bool,
}

#[derive(Debug, ClapArgs)]
pub struct BankExport {
    /// The exam
    pub exam: String,
    /// The format: gift, moodle-xml, aiken, csv, xlsx, qti or anki
    #[arg(long, value_name = "FORMAT")]
    pub to: Target,
    /// Only the questions of one domain
    #[arg(long, value_name = "ID")]
    pub domain: Option<String>,
    /// The file to write (default: the exam's name, in this folder)
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, ClapArgs)]
pub struct RenameTopic {
    /// The exam
    pub exam: String,
    /// The topic's id
    pub old: String,
    /// The id that it gets
    pub new: String,
    /// Its domain, where several have such a topic
    #[arg(long, value_name = "ID")]
    pub domain: Option<String>,
}

/// `--level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    Recall,
    Application,
    Analysis,
}

impl From<Level> for examroom_core::bank::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::Recall => Self::Recall,
            Level::Application => Self::Application,
            Level::Analysis => Self::Analysis,
        }
    }
}

fn column(text: &str) -> Result<(String, String), &'static str> {
    let (field, name) = text.split_once('=').ok_or("give it as FIELD=NAME, for example stem=Frage")?;
    Ok((name.trim().to_owned(), field.trim().to_owned()))
}

/// A plain quiz, which needs no ratings and no outline.
#[derive(Debug, ClapArgs)]
pub struct Quiz {
    /// A plain quiz of N questions, without examples in it
    #[arg(long, value_name = "N", value_parser = items)]
    pub questions: Option<u32>,
    /// How many of a hundred of its questions must be right
    #[arg(long, value_name = "PERCENT", default_value = "70", requires = "questions", value_parser = percent)]
    pub pass: u32,
    /// Its time (default: 6 minutes for 5 questions)
    #[arg(long, value_name = "N", requires = "questions", value_parser = items)]
    pub minutes: Option<u32>,
}

fn percent(text: &str) -> Result<u32, &'static str> {
    let number = text.trim_end_matches('%').parse().ok();
    number.filter(|percent| (1..100).contains(percent)).ok_or("give a share between 1 and 99, for example 70")
}

#[derive(Debug, ClapArgs)]
pub struct Check {
    #[command(flatten)]
    pub banks: Banks,
    /// Treat advice as an error
    #[arg(long)]
    pub strict: bool,
    /// Show every finding, also where there are many alike
    #[arg(long)]
    pub all: bool,
    /// Only the findings of this code; can be given several times
    #[arg(long, value_name = "CODE", value_parser = code)]
    pub code: Vec<Code>,
    /// For a person, or for another program: json, sarif, or github for annotations where GitHub runs it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,
    /// Check again whenever a file of the bank is saved, until Ctrl-C
    #[arg(long, conflicts_with = "format")]
    pub watch: bool,
}

/// `--format` of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Sarif,
    Github,
}

fn code(name: &str) -> Result<Code, String> {
    Code::parse(name).ok_or_else(|| {
        let near = nearest(&name.to_lowercase(), Code::ALL.iter().map(|code| code.name()));
        let meant = near.map_or_else(String::new, |near| format!("did you mean {near}? "));
        format!("{meant}list them all with: examroom bank explain")
    })
}

/// The banks that are looked at, and as of when.
#[derive(Debug, ClapArgs)]
pub struct Banks {
    /// An exam's id, or a folder with exam.toml (default: every exam that the program finds)
    pub path: Option<PathBuf>,
    #[command(flatten)]
    pub as_of: AsOf,
}

/// The date that decides which questions may be drawn: one for the whole run.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct AsOf {
    /// The date on which a question must be valid to be drawn, for example 2026-11-24 (default: today)
    #[arg(long = "as-of", value_name = "DATE", value_parser = date)]
    named: Option<Date>,
}

impl AsOf {
    /// This day.
    pub const fn on(day: Date) -> Self {
        Self { named: Some(day) }
    }

    /// The date that was named, or else today's. Asks the clock: call it once.
    pub fn day(self) -> Date {
        self.named.unwrap_or_else(today)
    }

    /// A named date, as an argument of a command that is suggested.
    pub fn argument(self) -> String {
        self.named.map_or_else(String::new, |day| format!(" --as-of {day}"))
    }

    /// A named date, as it follows the name of what it was applied to.
    pub fn note(self) -> String {
        self.named.map_or_else(String::new, |day| format!(" on {day}"))
    }
}

fn items(text: &str) -> Result<u32, &'static str> {
    text.parse().ok().filter(|items| *items > 0).ok_or("give a number of questions, for example 20")
}

fn forms(text: &str) -> Result<u32, String> {
    let forms = text.parse().ok().filter(|forms| (1..=MOST_DISJOINT).contains(forms));
    forms.ok_or_else(|| format!("give a number of forms from 1 to {MOST_DISJOINT}"))
}

fn form_code(text: &str) -> Result<FormCode, String> {
    text.parse().map_err(|error: CodeError| format!("{error}; {}", error.help()))
}

fn seed(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "give a whole number, for example 7")
}

fn attempt(text: &str) -> Result<i64, &'static str> {
    text.parse().map_err(|_| "give an attempt's number, as the history lists it, for example 1")
}

fn date(text: &str) -> Result<Date, &'static str> {
    // A date alone: jiff also takes a time after it, and leaves the time out.
    let date = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
    date.ok_or("give a day of the calendar as year, month and day, for example 2026-11-24")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReviewFilter {
    All,
    #[value(alias = "missed")]
    Wrong,
    Flagged,
}

impl From<ReviewFilter> for examroom_app::view::explanation::ReviewFilter {
    fn from(only: ReviewFilter) -> Self {
        match only {
            ReviewFilter::All => Self::All,
            ReviewFilter::Wrong => Self::Wrong,
            ReviewFilter::Flagged => Self::Flagged,
        }
    }
}

/// `--time`, as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Time {
    #[value(name = "1")]
    Ordinary,
    #[value(name = "1.25")]
    Quarter,
    #[value(name = "1.5")]
    Half,
    #[value(name = "2")]
    Double,
}

impl Time {
    /// How an allowance of an exam is called on the command line; `None` for one that no exam gives.
    pub fn named(allowance: TimeAllowance) -> Option<Self> {
        Self::value_variants().iter().copied().find(|time| TimeAllowance::from(*time) == allowance)
    }
}

impl From<Time> for TimeAllowance {
    fn from(time: Time) -> Self {
        match time {
            Time::Ordinary => Self::Ordinary,
            Time::Quarter => Self::Quarter,
            Time::Half => Self::Half,
            Time::Double => Self::Double,
        }
    }
}
