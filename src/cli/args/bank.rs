//! Question banks: written, checked, and exchanged with other programs.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::values::{AsOf, code, column, form_code, items, percent};
use examroom_core::diagnostics::Code;
use examroom_core::form::code::FormCode;
use examroom_exchange::{Format, Target};

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
    /// Ask for a question, and add it to an exam
    ///
    /// One thing is asked after the other, and what a check would say of it is said at once. When all is known, the
    /// question is written behind the others of its topic or domain, in the exam's folder (--banks DIR, or your own
    /// folder of banks). Files keep everything that they hold.
    Add(BankAdd),
    /// Find everything that is wrong with a bank
    Check(Check),
    /// Bring in questions from a spreadsheet, a learning system or a text
    ///
    /// It shows first what becomes of each question: kept, changed or left out, and why. Then it asks, and writes all or
    /// nothing; in a script it writes only with --write. The new questions go into files of their own in the exam's folder
    /// (--banks DIR, or your own folder of banks). Questions that the exam has already are not added again, so a file that
    /// grows can be imported whenever it has. With --update those that were reworded get the new words where they stand;
    /// their ids, remarks, and what the file has no place for, stay.
    Import(BankImport),
    /// Take an exam's questions out, for a learning system or a spreadsheet
    Export(BankExport),
    /// Put an exam's bank, and the code of a form, into one file for others
    ///
    /// Whoever has the file names it with --banks FILE, and has the exam as it is now, whatever else is on their computer:
    /// examroom --banks FILE take EXAM. Its hash tells whether two files are the same, and finds damage; it does not say who
    /// made the file.
    Pack(BankPack),
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

#[derive(Debug, ClapArgs)]
pub struct BankAdd {
    /// The exam that the question joins
    pub exam: String,
}

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
    /// Give questions that the exam has in other words those of the file
    #[arg(long)]
    pub update: bool,
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
pub struct BankPack {
    /// The exam
    pub exam: String,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// What this state of the bank is called (default: today's date)
    #[arg(long, value_name = "TEXT")]
    pub version: Option<String>,
    /// Who wrote it
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// What may be done with it, for example CC BY 4.0
    #[arg(long, value_name = "TEXT")]
    pub license: Option<String>,
    /// With the code of a form that `examroom form new` made, or of a new one where none is named
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "new", value_parser = packed_form)]
    pub form: Option<PackedForm>,
    /// Replace the file if it is there
    #[arg(long)]
    pub force: bool,
}

/// `--form` of a pack.
#[derive(Clone, Copy, Debug)]
pub enum PackedForm {
    New,
    Coded(FormCode),
}

fn packed_form(text: &str) -> Result<PackedForm, String> {
    if text == "new" { Ok(PackedForm::New) } else { form_code(text).map(PackedForm::Coded) }
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

/// The banks that are looked at, and as of when.
#[derive(Debug, ClapArgs)]
pub struct Banks {
    /// An exam's id, or a folder with exam.toml (default: every exam that the program finds)
    pub path: Option<PathBuf>,
    #[command(flatten)]
    pub as_of: AsOf,
}
