//! `examroom result EXAM pass|fail`

use crate::cli::args::Reported;
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::live::{system_now, today, zone};
use examroom_app::view::real_exam::{foretold, went};
use examroom_app::view::report::day_in;
use examroom_core::id::ExamId;
use examroom_core::time::Timestamp;
use examroom_store::{Entry, RealExam};

pub(super) fn run(context: &Context, reported: &Reported) -> Outcome {
    let day = reported.date.unwrap_or_else(today);
    let real = RealExam { exam: ExamId::new(&reported.exam), day, outcome: reported.outcome.into() };
    let chance = record(context, &real)?;
    render::line(format!("Recorded: {}.", went(real.exam.as_str(), real.outcome, &real.day.to_string())))?;
    if let Some(chance) = chance {
        render::line(format!("{}.", foretold(chance)))?;
    }
    let program = context.folders.program();
    render::line(format!("It is listed by: {program} history. To correct it, record the same day again."))?;
    Ok(Exit::Success)
}

/// Records how a real exam went: the chance of passing that was told last before it.
pub(super) fn record(context: &Context, real: &RealExam) -> Result<Option<f64>, Failure> {
    // An exam that there is: a slip in its name is told now, and not when nothing is found under it.
    context.library.find(real.exam.as_str())?;
    if real.day > today() {
        return Err(Failure::new(format!("{} has not come yet", real.day))
            .help("record the result when you have it, with the day of the exam")
            .with_exit(Exit::Usage));
    }
    let mut store = attempts::open(context)?;
    store.record_real_exam(real, system_now())?;
    Ok(chance_before(&store.history()?, real))
}

/// The chance of passing that was told last before a real exam; `history` has the newest attempt first.
pub(super) fn chance_before(history: &[Entry], real: &RealExam) -> Option<f64> {
    let zone = zone();
    let is_before = |at: Timestamp| day_in(at, &zone).is_some_and(|day| day <= real.day);
    history
        .iter()
        .filter(|(summary, _)| summary.exam == real.exam && summary.finished_at.is_some_and(is_before))
        .find_map(|(_, result)| Some(result.as_ref().ok()?.as_ref()?.real_exam?.chance))
}
