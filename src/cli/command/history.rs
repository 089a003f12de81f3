//! `examroom history`

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::cli::args::History;
use crate::cli::attempts;
use crate::cli::command::regrade::last_of;
use crate::cli::command::result::chance_before;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render::{self, rfc3339};
use examroom_app::live::zone;
use examroom_app::view::SafeText;
use examroom_app::view::history::{CameTo, HistoryView, PassMark, Past, kind_word, progress_at, regraded, state_words};
use examroom_app::view::progress::progress_line;
use examroom_app::view::real_exam::real_exam;
use examroom_app::view::report::local_time;
use examroom_core::blueprint::Blueprint;
use examroom_core::causes::with_causes;
use examroom_core::id::ExamId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Forecast, Outcome as Passing, Progress};
use examroom_core::session::AttemptKind;
use examroom_core::statistics::TWO_SIDED_95;
use examroom_store::{Entry, RealExam, Regrade, Store, Summary};
use examroom_terminal::pages::Rows;

/// Version 1 was a list of attempts and had no version.
const VERSION: u32 = 2;

/// The history for other programs.
#[derive(Serialize)]
struct Json<'r> {
    /// Of the form of this document; a name that changes its meaning raises it.
    version: u32,
    attempts: Vec<&'r Row>,
    /// Of the exams that were sat at least twice with enough new questions.
    progress: &'r [ExamProgress],
    /// How the real exam went, as the candidate recorded it.
    real_exams: Vec<RealRow>,
    /// Second results by the bank of a later day, which stand beside those of the attempts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    regrades: Vec<RegradeRow>,
}

#[derive(Serialize)]
struct RegradeRow {
    attempt: AttemptId,
    kept_at: String,
    scaled: Option<u32>,
    outcome: Passing,
    right: u32,
    scored: u32,
}

#[derive(Serialize)]
struct RealRow {
    exam: ExamId,
    day: String,
    outcome: Passing,
    /// What was told last before it.
    chance_of_passing: Option<f64>,
}

#[derive(Serialize)]
struct ExamProgress {
    exam: ExamId,
    #[serde(flatten)]
    progress: Progress,
}

#[derive(Serialize)]
struct Row {
    attempt: AttemptId,
    exam: String,
    kind: Option<AttemptKind>,
    created_at: String,
    finished_at: Option<String>,
    /// Estimates; none while the attempt is not finished or where it cannot be read.
    scaled: Option<u32>,
    outcome: Option<Passing>,
    /// The standard error of measurement, in points of the scale.
    standard_error: Option<f64>,
    right: Option<u32>,
    scored: Option<u32>,
    /// How many of the scored questions had not been seen before.
    new_questions: Option<u32>,
    /// What was expected of the real exam after this sitting.
    real_exam: Option<Forecast>,
    /// How it ended, or that it has not, in words.
    #[serde(skip)]
    state: &'static str,
    /// Why the attempt cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<String>,
}

pub(super) fn run(context: &Context, wanted: &History) -> Outcome {
    let (history, real_exams, regrades) = match attempts::open_to_read(context)? {
        None => (Vec::new(), Vec::new(), Vec::new()),
        Some(store) => (store.history()?, store.real_exams()?, store.regrades()?),
    };
    let second_results = worded_regrades(&history, &regrades);
    let told = |real: RealExam| {
        let chance_of_passing = chance_before(&history, &real);
        RealRow { exam: real.exam, day: real.day.to_string(), outcome: real.outcome, chance_of_passing }
    };
    let real_exams: Vec<RealRow> = real_exams.into_iter().map(told).collect();
    let progress = progress_by_exam(context, &history);
    let pass_marks = pass_marks(context, &history);
    let rows: Vec<(Row, Summary)> = history.into_iter().filter_map(|entry| listed(entry, &pass_marks)).collect();
    if wanted.json {
        let attempts = rows.iter().map(|(row, _)| row).collect();
        render::json(&Json {
            version: VERSION,
            attempts,
            progress: &progress,
            real_exams,
            regrades: regrades.iter().map(regrade_row).collect(),
        })?;
        return Ok(Exit::Success);
    }
    if rows.is_empty() && real_exams.is_empty() {
        render::line("You have not sat an exam yet. Start one: examroom take EXAM")?;
        return Ok(Exit::Success);
    }
    let (practice, exams): (Vec<_>, Vec<_>) = rows.iter().partition(|(row, _)| row.kind == Some(AttemptKind::Practice));
    if !exams.is_empty() {
        render::line(list_exams(context, &exams).to_string())?;
    }
    if exams.iter().any(|(row, _)| row.scaled.is_some()) {
        render::line("± is the error of the score: in 95 of 100 cases the true score lies within it.")?;
    }
    for line in second_results {
        render::line(line)?;
    }
    for ExamProgress { exam, progress } in &progress {
        render::line(format!("{exam}: {}", progress_line(progress)))?;
    }
    if !practice.is_empty() {
        render::line("Practice, which has no score:")?;
        render::line(list_practice(context, &practice).to_string())?;
    }
    for RealRow { exam, day, outcome, chance_of_passing } in &real_exams {
        render::line(format!("Real exam: {}", real_exam(exam.as_str(), *outcome, day, *chance_of_passing)))?;
    }
    let (finished, open): (Vec<_>, Vec<_>) = rows.iter().partition(|(_, summary)| summary.finished_at.is_some());
    let program = context.folders.program();
    let look_back = (!finished.is_empty()).then(|| format!("Look back: {program} report ATTEMPT."));
    let go_on = (!open.is_empty()).then(|| format!("Continue: {program} resume ATTEMPT."));
    let ways: Vec<String> = look_back.into_iter().chain(go_on).collect();
    if !ways.is_empty() {
        render::line(ways.join(" "))?;
    }
    Ok(Exit::Success)
}

/// What is said of the last second result of each attempt.
fn worded_regrades(history: &[Entry], regrades: &[Regrade]) -> Vec<String> {
    let zone = zone();
    let said = |(summary, _): &Entry| {
        let last = last_of(regrades, summary.id)?;
        Some(regraded(summary.id, summary.kind?, last.at, &last.score, &zone))
    };
    history.iter().filter_map(said).collect()
}

fn regrade_row(regrade: &Regrade) -> RegradeRow {
    let Regrade { attempt, at, score } = regrade;
    RegradeRow {
        attempt: *attempt,
        kept_at: rfc3339(*at),
        scaled: score.scaled,
        outcome: score.outcome,
        right: score.raw.right,
        scored: score.raw.of,
    }
}

/// The history as the screens show it.
pub(super) fn view(context: &Context, store: &Store) -> Result<HistoryView, Failure> {
    let entries = store.history()?;
    let pasts: Vec<_> = entries.iter().filter(|(summary, _)| !is_nothing(summary)).map(past).collect();
    let told = |real: &RealExam| {
        let chance = chance_before(&entries, real);
        SafeText::new(&real_exam(real.exam.as_str(), real.outcome, &real.day.to_string(), chance))
    };
    Ok(HistoryView {
        real_exams: store.real_exams()?.iter().map(told).collect(),
        regrades: worded_regrades(&entries, &store.regrades()?),
        ..HistoryView::new(&pasts, &zone(), |exam| blueprint(context, exam))
    })
}

/// An attempt's row, if it is worth one.
fn listed(entry: Entry, pass_marks: &BTreeMap<ExamId, PassMark>) -> Option<(Row, Summary)> {
    let pass_mark = pass_marks.get(&entry.0.exam).copied().unwrap_or_default();
    (!is_nothing(&entry.0)).then(|| (row(&entry, pass_mark), entry.0))
}

/// Whether the pass marks are known of the exams of which a whole mock was scored.
fn pass_marks(context: &Context, history: &[Entry]) -> BTreeMap<ExamId, PassMark> {
    let is_scored = |(summary, result): &&Entry| {
        summary.kind == Some(AttemptKind::Mock) && result.as_ref().is_ok_and(Option::is_some)
    };
    let exams: BTreeSet<&ExamId> = history.iter().filter(is_scored).map(|(summary, _)| &summary.exam).collect();
    exams.into_iter().map(|exam| (exam.clone(), PassMark::of(blueprint(context, exam).as_deref()))).collect()
}

/// Whether it is practice that was left before its first question: nothing to look back on or to go on with.
pub(super) fn is_nothing(summary: &Summary) -> bool {
    summary.kind == Some(AttemptKind::Practice) && summary.began_at.is_none()
}

fn list_practice(context: &Context, rows: &[&(Row, Summary)]) -> Rows {
    let mut lines = Rows::new(context.presentation.layout, ["Attempt", "Exam", "Begun", "Right", ""]);
    let zone = zone();
    for (row, summary) in rows {
        let begun = local_time(summary.created_at, &zone);
        let cells = [row.attempt.to_string(), row.exam.clone(), begun, right_of(row), row.state.to_owned()];
        lines.add(cells, |[attempt, exam, begun, right, state]| {
            let told = if state.is_empty() { format!("{right} right") } else { state.to_string() };
            format!("Attempt {attempt}: {exam}, practice, begun {begun}; {told}.")
        });
    }
    lines
}

/// `91 of 130`; empty while it is not finished.
fn right_of(row: &Row) -> String {
    row.right.zip(row.scored).map_or_else(String::new, |(right, of)| format!("{right} of {of}"))
}

fn list_exams(context: &Context, rows: &[&(Row, Summary)]) -> Rows {
    let titles = ["Attempt", "Exam", "Begun", "Kind", "Right", "New", "Score", "Real exam", ""];
    let mut lines = Rows::new(context.presentation.layout, titles);
    let zone = zone();
    for (row, summary) in rows {
        let scaled = match (row.scaled, row.standard_error) {
            (Some(scaled), Some(error)) if error > 0.0 => format!("{scaled} ± {:.0}", TWO_SIDED_95 * error),
            (scaled, _) => scaled.map_or(String::new(), |scaled| scaled.to_string()),
        };
        let new = row.new_questions.map_or(String::new(), |new| new.to_string());
        let range = row.real_exam.map_or(String::new(), |forecast| format!("{} to {}", forecast.low, forecast.high));
        let begun = local_time(summary.created_at, &zone);
        let cells = [
            row.attempt.to_string(),
            row.exam.clone(),
            begun,
            row.kind.map_or("", kind_word).to_owned(),
            right_of(row),
            new,
            scaled,
            range,
            row.state.to_owned(),
        ];
        lines.add(cells, |[attempt, exam, begun, kind, right, new, scaled, range, state]| {
            let told = [
                (format!("{right} right"), row.right.is_some()),
                (format!("{new} of them new to you"), row.new_questions.is_some()),
                (format!("estimated score {scaled}"), row.scaled.is_some()),
                (format!("{range} on the real exam"), row.real_exam.is_some()),
                (state.to_string(), !state.is_empty()),
            ];
            let told: Vec<String> = told.into_iter().filter(|(_, is_told)| *is_told).map(|(what, _)| what).collect();
            format!("Attempt {attempt}: {exam}, {kind}, begun {begun}; {}.", told.join(", "))
        });
    }
    lines
}

/// The progress in each exam that was sat at least twice with enough new questions.
fn progress_by_exam(context: &Context, history: &[Entry]) -> Vec<ExamProgress> {
    let attempts: Vec<Past<'_>> = history.iter().map(past).collect();
    let exams: BTreeSet<&ExamId> = attempts.iter().map(|past| past.exam).collect();
    let told = exams.into_iter().filter_map(|exam| {
        let progress = progress_at(exam, &attempts, blueprint(context, exam).as_deref())?;
        Some(ExamProgress { exam: exam.clone(), progress })
    });
    told.collect()
}

/// The blueprint of an exam as it is now, if there is one.
fn blueprint(context: &Context, exam: &ExamId) -> Option<Arc<Blueprint>> {
    context.library.find(exam.as_str()).ok().and_then(|files| files.blueprint().blueprint)
}

/// An attempt as the history looks at it.
fn past((summary, result): &Entry) -> Past<'_> {
    let came_to = match result {
        Err(_) => CameTo::Unreadable,
        Ok(None) => CameTo::Nothing,
        Ok(Some(score)) => CameTo::Score(score),
    };
    Past { attempt: summary.id, exam: &summary.exam, kind: summary.kind, created_at: summary.created_at, came_to }
}

fn row(entry: &Entry, pass_mark: PassMark) -> Row {
    let (summary, result) = entry;
    let (result, trouble) = match result {
        Ok(result) => (result.as_ref(), None),
        Err(error) => (None, Some(with_causes(error))),
    };
    Row {
        attempt: summary.id,
        exam: summary.exam.to_string(),
        kind: summary.kind,
        created_at: rfc3339(summary.created_at),
        finished_at: summary.finished_at.map(rfc3339),
        scaled: result.and_then(|result| result.scaled),
        outcome: result.map(|result| result.outcome),
        standard_error: result.filter(|result| result.scaled.is_some()).map(|result| result.standard_error),
        state: state_words(summary.kind, past(entry).came_to, pass_mark),
        right: result.map(|result| result.raw.right),
        scored: result.map(|result| result.raw.of),
        new_questions: result.and_then(|result| result.new_questions),
        real_exam: result.and_then(|result| result.real_exam),
        trouble,
    }
}
