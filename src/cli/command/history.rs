//! `examroom history`

use serde::Serialize;

use crate::cli::args::History;
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Outcome};
use crate::cli::render::{self, rfc3339};
use examroom_app::live::zone;
use examroom_app::view::report::local_time;
use examroom_core::causes::with_causes;
use examroom_core::form::Kind;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Outcome as Passing, score};
use examroom_store::{Store, Summary};
use examroom_terminal::pages::Rows;

#[derive(Serialize)]
struct Row {
    attempt: AttemptId,
    exam: String,
    kind: Option<Kind>,
    created_at: String,
    finished_at: Option<String>,
    /// Estimates; none while the attempt is not finished or where it cannot be read.
    scaled: Option<u32>,
    outcome: Option<Passing>,
    right: Option<u32>,
    scored: Option<u32>,
    /// Why the attempt cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<String>,
}

pub(super) fn run(context: &Context, wanted: &History) -> Outcome {
    let rows = match attempts::open_to_read(context)? {
        None => Vec::new(),
        Some(store) => store.list()?.into_iter().map(|summary| (row(&store, &summary), summary)).collect(),
    };
    if wanted.json {
        render::json(&rows.iter().map(|(row, _)| row).collect::<Vec<&Row>>())?;
        return Ok(Exit::Success);
    }
    if rows.is_empty() {
        render::line("You have not sat an exam yet. Start one: examroom take EXAM")?;
        return Ok(Exit::Success);
    }
    let mut lines =
        Rows::new(context.presentation.layout, ["Attempt", "Exam", "Begun", "Kind", "Right", "Estimated score", ""]);
    let zone = zone();
    for (row, summary) in &rows {
        let kind = match row.kind {
            Some(Kind::Mock) => "mock exam",
            Some(Kind::Rehearsal) => "rehearsal",
            None => "",
        };
        let right = match (row.right, row.scored) {
            (Some(right), Some(scored)) => format!("{right} of {scored}"),
            _ => String::new(),
        };
        let state = match (row.outcome, &row.trouble) {
            (_, Some(_)) => "cannot be read",
            (Some(Passing::Pass), _) => "above the pass mark",
            (Some(Passing::Fail), _) => "below the pass mark",
            (None, None) => "not finished",
        };
        let scaled = row.scaled.map_or(String::new(), |scaled| scaled.to_string());
        let begun = local_time(summary.created_at, &zone);
        let cells =
            [row.attempt.to_string(), row.exam.clone(), begun, kind.to_owned(), right, scaled, state.to_owned()];
        lines.add(cells, |[attempt, exam, begun, kind, right, scaled, state]| {
            let score = row.scaled.map_or(String::new(), |_| format!(" {right} right, estimated score {scaled},"));
            format!("Attempt {attempt}: {exam}, {kind}, begun {begun};{score} {state}.")
        });
    }
    render::line(lines.to_string())?;
    render::line("Look back: examroom report ATTEMPT. Continue: examroom resume ATTEMPT.")?;
    Ok(Exit::Success)
}

fn row(store: &Store, summary: &Summary) -> Row {
    let mut row = Row {
        attempt: summary.id,
        exam: summary.exam.to_string(),
        kind: None,
        created_at: rfc3339(summary.created_at),
        finished_at: summary.finished_at.map(rfc3339),
        scaled: None,
        outcome: None,
        right: None,
        scored: None,
        trouble: None,
    };
    match store.load(summary.id) {
        Err(error) => row.trouble = Some(with_causes(&error)),
        Ok(attempt) => {
            row.kind = Some(attempt.session.form().kind);
            if attempt.session.is_finished() {
                let report = score(&attempt.session);
                row.scaled = Some(report.scaled);
                row.outcome = Some(report.outcome);
                row.right = Some(report.raw.right);
                row.scored = Some(report.raw.of);
            }
        }
    }
    row
}
