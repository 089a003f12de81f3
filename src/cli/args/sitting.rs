//! Exams and practice: begun, gone on with, and drawn for others.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::values::{AsOf, attempt, form_code, forms, items, seed};
use examroom_core::form::code::FormCode;
use examroom_core::session::TimeAllowance;

#[derive(Clone, Debug, ClapArgs)]
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
    /// Whether nothing is said of which form is to be sat.
    pub fn is_any_form(&self) -> bool {
        self.form.is_none() && self.items.is_none() && self.seed.is_none() && !self.as_of.is_named()
    }

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
    /// The questions of this domain; may be given several times
    #[arg(long = "domain", value_name = "ID")]
    pub domains: Vec<String>,
    /// The questions of this topic; may be given several times. In a domain of which topics are named, only these
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
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    pub force: bool,
    #[command(flatten)]
    pub as_of: AsOf,
}
