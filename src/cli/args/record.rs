//! What was sat: looked back at, recorded, and carried to another computer.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::values::{attempt, date};

#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
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
    /// Keep that second result: the history tells it beside the one that you got, which stays, and which alone counts for
    /// estimates
    #[arg(long, requires = "regrade")]
    pub keep: bool,
    /// As JSON, for other programs
    #[arg(long, conflicts_with = "html")]
    pub json: bool,
    /// Write it into a file with plots, which any browser shows and prints; with --only, the questions too
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "html")]
    pub force: bool,
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
    /// The file to write
    pub file: PathBuf,
    /// Replace the file if it is there
    #[arg(long)]
    pub force: bool,
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
    /// Note one, or another text: the question's id, which stands below its reasons in a report, and what is wrong
    #[arg(long, num_args = 2, value_names = ["ID", "TEXT"], conflicts_with_all = ["write", "exam"])]
    pub note: Option<Vec<String>>,
    /// Write them into a file: id, hash, answer and note of each
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "write")]
    pub force: bool,
}
