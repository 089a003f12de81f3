//! `examroom report [ATTEMPT]`

use serde::Serialize;

use crate::cli::args::Report;
use crate::cli::attempts;
use crate::cli::command::regrade::{self, Keeping};
use crate::cli::command::{problems, report_html};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render::{self, rfc3339};
use crate::cli::sit::full_screen;
use examroom_app::view::explanation::{self, explanations};
use examroom_app::view::{report, sentence};
use examroom_core::causes::with_causes;
use examroom_core::form::Slot;
use examroom_core::id::ItemId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Change, LookUps, ScoreReport, look_ups, score};
use examroom_store::Attempt;
use examroom_terminal::pages::{explanation_page, report_page};
use examroom_terminal::tui::{self, LookBack};

pub(super) fn run(context: &Context, wanted: &Report) -> Outcome {
    let none = || Failure::new("there is no finished attempt").help("see your attempts: examroom history");
    let store = attempts::open_to_read(context)?.ok_or_else(none)?;
    let id = match wanted.attempt {
        Some(id) => AttemptId(id),
        None => attempts::last_finished(&store)?.ok_or_else(none)?,
    };
    let attempt = attempts::load(context, &store, id)?;
    if !attempt.session.is_finished() {
        return Err(
            Failure::new(format!("attempt {id} is not finished")).help(format!("continue with: examroom resume {id}"))
        );
    }
    let marks = score(&attempt.session);
    if wanted.json {
        render::json(&as_json(&attempt, &marks))?;
        return Ok(Exit::Success);
    }
    if let Some(file) = &wanted.html {
        return report_html::run(&attempt, &marks, &regrade::changed(context, &attempt), file, wanted);
    }
    if wanted.regrade {
        let keeping = if wanted.keep { Keeping::Kept } else { Keeping::OnlyShown };
        return regrade::run(context, &attempt, keeping);
    }
    let changes = regrade::changed(context, &attempt);
    let remark = regrade::remark(context, id, &changes);
    if let Some(options) = full_screen(context.presentation).filter(|_| wanted.only.is_none()) {
        look_back(context, &attempt, changes, options)?;
        if let Some(remark) = remark {
            render::line(remark)?;
        }
        return Ok(Exit::Success);
    }
    let layout = context.presentation.layout;
    render::line(report_page(&report::ReportView::new(&attempt.session, &marks), layout))?;
    if let Some(remark) = remark {
        render::line(remark)?;
    }
    match wanted.only {
        None => render::line(format!(
            "The questions with the reason for each choice: {} report {id} --only wrong (or flagged, or all)",
            context.folders.program()
        ))?,
        Some(only) => {
            let mut shown = 0;
            for view in explanations(&attempt.session, &marks, only.into()) {
                shown += 1;
                render::line(explanation_page(&view.with_changes(&changes), layout))?;
            }
            render::line(explanation::shown(shown))?;
        }
    }
    Ok(Exit::Success)
}

/// Shows the report, and the questions with their reasons, in the full screen.
pub(super) fn look_back(
    context: &Context,
    attempt: &Attempt,
    changes: Vec<(ItemId, Change)>,
    options: tui::Options,
) -> Result<(), Failure> {
    let keep = |slot: Slot, text: &str| {
        problems::note(context, attempt.id, slot, text).map_err(|failure| sentence(&with_causes(&failure)))
    };
    let past = LookBack::new(&attempt.session, options).with_changes(changes).with_problems(keep);
    tui::look_back(past).map_err(|error| Failure::of(error).help("as text: --plain"))
}

/// Version 1 had no version, and a `chance` that was not that of the real exam.
const VERSION: u32 = 2;

/// The report for other programs.
#[derive(Serialize)]
struct Json<'r> {
    /// Of the form of this document; a name that changes its meaning raises it.
    version: u32,
    attempt: AttemptId,
    exam: &'r str,
    edition: &'r str,
    seed: u64,
    /// The code that the form was drawn by, if it was.
    form_code: Option<&'r str>,
    began_at: Option<String>,
    finished_at: Option<String>,
    /// The score is an estimate, and not the owner's.
    estimate: bool,
    #[serde(flatten)]
    score: &'r ScoreReport,
    /// What was looked up on the shelf; none where nothing could be.
    #[serde(skip_serializing_if = "Option::is_none")]
    look_ups: Option<LookUps>,
}

fn as_json<'r>(attempt: &'r Attempt, score: &'r ScoreReport) -> Json<'r> {
    let session = &attempt.session;
    let form = session.form();
    Json {
        version: VERSION,
        attempt: attempt.id,
        exam: form.exam.as_str(),
        edition: &form.edition,
        seed: form.seed.0,
        form_code: form.code.as_deref(),
        began_at: session.began_at().map(rfc3339),
        finished_at: session.finished_at().map(rfc3339),
        estimate: true,
        score,
        look_ups: look_ups(session),
    }
}
