//! `examroom report [ATTEMPT] --html FILE`

use std::path::Path;

use crate::cli::args::Report;
use crate::cli::failure::{Exit, Outcome};
use crate::cli::output_file::{self, Existing};
use crate::cli::render;
use examroom_app::live::zone;
use examroom_app::view::report::occasion;
use examroom_core::id::ItemId;
use examroom_core::scoring::{Change, ScoreReport};
use examroom_html::{Assets, Frame, ReportPage, render as as_html};
use examroom_store::Attempt;

/// Writes the report into a file that any browser shows.
pub(super) fn run(
    attempt: &Attempt,
    marks: &ScoreReport,
    changes: &[(ItemId, Change)],
    file: &Path,
    wanted: &Report,
) -> Outcome {
    let session = &attempt.session;
    let occasion = occasion(attempt.id, session, &zone());
    let title = format!("{}: {occasion}", session.form().name);
    let frame = Frame { title: &title, assets: Assets::Within, links: &[] };
    let page = ReportPage::new(frame, &occasion, session, marks);
    let page = match wanted.only {
        None => page,
        Some(only) => page.with_questions(session, marks, only.into(), changes),
    };
    let existing = Existing::under(wanted.force);
    output_file::write(file, as_html(&page).as_bytes(), existing)?;
    render::line(format!("The report is in {}; any browser shows it.", file.display()))?;
    Ok(Exit::Success)
}
