//! What today's bank says of a finished attempt: which of its questions have changed, and what it would score now.

use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::library::ExamFiles;
use examroom_app::live::{system_now, today};
use examroom_app::view::history::result;
use examroom_core::bank::{Bank, Depth};
use examroom_core::id::ItemId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Change, ScoreSummary, changes, regraded, score};
use examroom_core::session::Session;
use examroom_store::{Attempt, Regrade};

/// The exam's files as they are now; `None` where there are none, or where they cannot be listed.
fn files(context: &Context, session: &Session) -> Option<ExamFiles> {
    context.library.find(session.form().exam.as_str()).ok()
}

/// The bank that these files hold; `None` where it cannot be read, and so says nothing.
fn bank(files: &ExamFiles) -> Option<Bank> {
    let reading = files.read(Depth::Errors, today(), &mut |_, _| {});
    reading.sound_blueprint().is_some().then_some(reading.bank)
}

/// The questions of an attempt that the bank has otherwise now; none where it cannot be read.
pub(super) fn changed(context: &Context, attempt: &Attempt) -> Vec<(ItemId, Change)> {
    let form = attempt.session.form();
    let is_same = |files: &ExamFiles| {
        form.bank_checksum.is_some() && form.bank_checksum == files.checksum().map(|sum| sum.short())
    };
    // Reading a bank takes longer than all the rest of a report: that is left out where its files are still the same.
    let bank = files(context, &attempt.session).filter(|files| !is_same(files)).and_then(|files| bank(&files));
    bank.map_or_else(Vec::new, |bank| changes(form, &bank))
}

/// Says which questions the bank has otherwise now; `None` where it has none.
pub(super) fn remark(context: &Context, attempt: AttemptId, found: &[(ItemId, Change)]) -> Option<String> {
    let program = context.folders.program();
    let named: Vec<String> = found.iter().map(|(id, change)| format!("{id} ({})", words(*change))).collect();
    (!named.is_empty()).then(|| {
        format!(
            "The bank has changed since this form was drawn: {}. What that would change: {program} report {attempt} \
             --regrade",
            named.join(", ")
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

/// What becomes of a second result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    /// It is shown, and nothing is changed.
    OnlyShown,
    /// It is kept beside the first.
    Kept,
}

/// Shows both results, and keeps the second one if that is wanted. The first one is never replaced: it is what the
/// candidate was told, and every later estimate was made with it.
pub(super) fn run(context: &Context, attempt: &Attempt, keeping: Keeping) -> Outcome {
    let session = &attempt.session;
    let Some(bank) = files(context, session).and_then(|files| bank(&files)) else {
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
    let now = regraded(session, &bank);
    let summary = |session: &Session| ScoreSummary::of(session, &score(session));
    let (first, second) = (summary(session), summary(&now));
    let kind = session.kind();
    render::line(format!("As it was scored: {}.", result(kind, &first)))?;
    render::line(format!("By the bank as it is now: {}.", result(kind, &second)))?;
    if found.iter().any(|(_, change)| *change == Change::Withdrawn) {
        render::line("Questions that were withdrawn are left out.")?;
    }
    let (id, program) = (attempt.id, context.folders.program());
    render::line(match keeping {
        Keeping::OnlyShown => {
            format!(
                "Nothing was changed. To keep the second result beside the first: {program} report {id} --regrade --keep"
            )
        }
        Keeping::Kept => keep(context, id, second)?,
    })?;
    Ok(Exit::Success)
}

/// Keeps a second result, unless the last one that was kept is the same; what is said of it.
fn keep(context: &Context, attempt: AttemptId, second: ScoreSummary) -> Result<String, Failure> {
    let mut store = attempts::open(context)?;
    let program = context.folders.program();
    if last_of(&store.regrades()?, attempt).is_some_and(|last| last.score == second) {
        return Ok(format!("It has been kept before: {program} history"));
    }
    store.keep_regrade(&Regrade { attempt, at: system_now(), score: second })?;
    Ok(format!("The second result is kept beside the first, which stays: {program} history"))
}

/// The last second result of an attempt.
pub(super) fn last_of(regrades: &[Regrade], attempt: AttemptId) -> Option<&Regrade> {
    regrades.iter().rfind(|regrade| regrade.attempt == attempt)
}
