//! What today's bank says of a finished attempt: which of its questions have changed, and what it would score now.

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Outcome};
use crate::cli::render;
use examroom_app::live::today;
use examroom_app::view::counted;
use examroom_core::bank::{Bank, Depth};
use examroom_core::scoring::{Change, ScoreReport, changes, regraded, score};
use examroom_core::session::{AttemptKind, Session};
use examroom_store::Attempt;

/// The exam's bank as it is now; `None` where it cannot be read, and so says nothing.
fn bank(context: &Context, session: &Session) -> Option<Bank> {
    let files = context.library.find(session.form().exam.as_str()).ok()?;
    let reading = files.read(Depth::Errors, today(), &mut |_, _| {});
    reading.sound_blueprint().is_some().then_some(reading.bank)
}

/// Says which questions the bank has otherwise now; `None` where it has none.
pub(super) fn remark(context: &Context, attempt: &Attempt) -> Option<String> {
    let found = changes(attempt.session.form(), &bank(context, &attempt.session)?);
    let named: Vec<String> = found.iter().map(|(id, change)| format!("{id} ({})", words(*change))).collect();
    (!named.is_empty()).then(|| {
        format!(
            "The bank has changed since this form was drawn: {}. What that would change: examroom report {} --regrade",
            named.join(", "),
            attempt.id
        )
    })
}

const fn words(change: Change) -> &'static str {
    match change {
        Change::Withdrawn => "withdrawn",
        Change::Key => "another key",
        Change::Text => "another wording",
    }
}

/// Shows both results; nothing is changed.
pub(super) fn run(context: &Context, attempt: &Attempt) -> Outcome {
    let session = &attempt.session;
    let Some(bank) = bank(context, session) else {
        render::line(format!(
            "The bank of {} cannot be read now, so there is nothing to compare.",
            session.form().exam
        ))?;
        return Ok(Exit::Success);
    };
    let found = changes(session.form(), &bank);
    if found.is_empty() {
        render::line("The bank has these questions unchanged: the result would be the same.")?;
        return Ok(Exit::Success);
    }
    for (id, change) in &found {
        render::line(format!("{id}: {}.", words(*change)))?;
    }
    render::line(format!("As it was scored: {}.", result(session, &score(session))))?;
    let now = regraded(session, &bank);
    render::line(format!("By the bank as it is now: {}.", result(&now, &score(&now))))?;
    render::line("Questions that were withdrawn are left out. Nothing was changed.")?;
    Ok(Exit::Success)
}

fn result(session: &Session, score: &ScoreReport) -> String {
    let right = format!("{} of {} right", score.raw.right, counted(score.raw.of as usize, "scored question"));
    match session.kind() {
        AttemptKind::Mock => format!("{right}, estimated score {}", score.scaled),
        _ => right,
    }
}
