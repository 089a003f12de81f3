//! The commands, one file each.

mod attempt_discard;
mod attempt_export;
mod attempt_import;
mod bank_add;
mod bank_check;
mod bank_explain;
mod bank_export;
mod bank_import;
mod bank_new;
mod bank_pack;
mod bank_rename_topic;
mod bank_schema;
mod bank_show;
mod bank_stats;
mod completions;
mod data;
mod exams;
mod form_new;
mod history;
mod home;
mod man;
mod open;
mod practice;
mod problems;
mod regrade;
mod report;
mod report_html;
mod result;
mod resume;
mod start;
mod take;

use super::args::{Attempt, Bank, Command, Form};
use super::context::Context;
use super::failure::Outcome;

/// Does what was asked. Without a command it continues the exam that was left, or shows the home
/// screen.
pub fn run(command: Option<Command>, context: &Context) -> Outcome {
    match command {
        None => start::run(context),
        Some(Command::Exams { exam: None, .. }) => exams::list(context),
        Some(Command::Exams { exam: Some(exam), ids: false }) => exams::show(context, &exam),
        Some(Command::Exams { exam: Some(exam), ids: true }) => exams::ids(context, &exam),
        Some(Command::Take(take)) => take::run(context, &take),
        Some(Command::Practice(practice)) => practice::run(context, &practice),
        Some(Command::Resume(resume)) => resume::run(context, &resume),
        Some(Command::Open(open)) => open::run(context, &open),
        Some(Command::Report(report)) => report::run(context, &report),
        Some(Command::Problems(problems)) => problems::run(context, &problems),
        Some(Command::History(history)) => history::run(context, &history),
        Some(Command::Result(reported)) => result::run(context, &reported),
        Some(Command::Form(Form::New(form))) => form_new::run(context, &form),
        Some(Command::Attempt(Attempt::Export(export))) => attempt_export::run(context, &export),
        Some(Command::Attempt(Attempt::Import(import))) => attempt_import::run(context, &import),
        Some(Command::Attempt(Attempt::Discard { attempt })) => attempt_discard::run(context, attempt),
        Some(Command::Bank(Bank::New { exam, into, domains, quiz })) => {
            bank_new::run(context, &exam, into, domains, &quiz)
        }
        Some(Command::Bank(Bank::Add(add))) => bank_add::run(context, &add),
        Some(Command::Bank(Bank::Check(check))) => bank_check::run(context, &check),
        Some(Command::Bank(Bank::Export(export))) => bank_export::run(context, &export),
        Some(Command::Bank(Bank::Import(import))) => bank_import::run(context, &import),
        Some(Command::Bank(Bank::Pack(pack))) => bank_pack::run(context, &pack),
        Some(Command::Bank(Bank::Explain { code })) => bank_explain::run(code.as_deref()),
        Some(Command::Bank(Bank::Show { id, exam })) => bank_show::run(context, &id, exam.as_deref()),
        Some(Command::Bank(Bank::RenameTopic(rename))) => bank_rename_topic::run(context, &rename),
        Some(Command::Bank(Bank::Schema)) => bank_schema::run(),
        Some(Command::Bank(Bank::Stats(banks))) => bank_stats::run(context, &banks),
        Some(Command::Data { check: false }) => data::run(context, data::Look::AtPlaces),
        Some(Command::Data { check: true }) => data::run(context, data::Look::AtEverything),
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Man { folder }) => man::run(&folder),
    }
}
