//! The commands, one file each.

mod bank_check;
mod bank_explain;
mod bank_new;
mod bank_stats;
mod completions;
mod exams;
mod history;
mod report;
mod resume;
mod sit;
mod take;

use super::args::{Bank, Command};
use super::context::Context;
use super::failure::{Exit, Failure};
use examroom_app::view::listing::Extent;

type Outcome = Result<Exit, Failure>;

/// Does what was asked.
pub fn run(command: Option<Command>, context: &Context) -> Outcome {
    match command {
        None => resume::continue_or_greet(context),
        Some(Command::Exams { exam: None, .. }) => exams::list(context),
        Some(Command::Exams { exam: Some(exam), ids: false }) => exams::show(context, &exam),
        Some(Command::Exams { exam: Some(exam), ids: true }) => exams::ids(context, &exam),
        Some(Command::Take(take)) => take::run(context, &take),
        Some(Command::Resume { attempt, take_over, line }) => resume::run(context, attempt, take_over, line),
        Some(Command::Report { attempt, only, json }) => report::run(context, attempt, only, json),
        Some(Command::History { json }) => history::run(context, json),
        Some(Command::Bank(Bank::New { exam, into, domains })) => bank_new::run(context, &exam, into, domains),
        Some(Command::Bank(Bank::Check { path, strict, all, as_of })) => {
            let extent = if all { Extent::All } else { Extent::Digest };
            bank_check::run(context, path.as_deref(), as_of, strict, extent)
        }
        Some(Command::Bank(Bank::Explain { code })) => bank_explain::run(code.as_deref()),
        Some(Command::Bank(Bank::Stats { path, as_of })) => bank_stats::run(context, path.as_deref(), as_of),
        Some(Command::Completions { shell }) => completions::run(shell),
    }
}
