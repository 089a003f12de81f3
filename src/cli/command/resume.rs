//! `examroom resume [ATTEMPT]`, and `examroom` alone.

use super::Outcome;
use super::sit::{Screen, live, sit};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::render;
use examroom_app::view::announcement::TIME_WAS_UP_WHILE_AWAY;
use examroom_core::journal::{AttemptId, Saved};
use examroom_store::Store;

/// Goes on where the candidate was, or says how to begin.
pub(super) fn continue_or_greet(context: &Context) -> Outcome {
    let unfinished = match context.store_to_read()? {
        Some(store) => last_unfinished(&store)?,
        None => None,
    };
    match unfinished {
        Some(id) => open(context, id, false, false),
        None => super::exams::list(context),
    }
}

pub(super) fn run(context: &Context, attempt: Option<i64>, take_over: bool, line: bool) -> Outcome {
    let id = match (attempt, context.store_to_read()?) {
        (Some(id), Some(_)) => AttemptId(id),
        (None, Some(store)) => last_unfinished(&store)?.ok_or_else(nothing_to_resume)?,
        (_, None) => return Err(nothing_to_resume()),
    };
    open(context, id, take_over, line)
}

fn nothing_to_resume() -> Failure {
    Failure::new("there is no exam to go on with")
        .help("start one: examroom take EXAM")
        .help("which there are: examroom exams")
}

/// The last attempt that is under way; where there is none, the last that was left before its clock started.
fn last_unfinished(store: &Store) -> Result<Option<AttemptId>, Failure> {
    let unfinished: Vec<AttemptId> =
        store.list()?.into_iter().filter(|attempt| attempt.finished_at.is_none()).map(|attempt| attempt.id).collect();
    let has_begun = |id: &&AttemptId| store.load(**id).is_ok_and(|attempt| attempt.session.began_at().is_some());
    Ok(unfinished.iter().find(has_begun).or(unfinished.first()).copied())
}

fn open(context: &Context, id: AttemptId, take_over: bool, line: bool) -> Outcome {
    let mut store = context.store()?;
    let mut attempt = store.load(id)?;
    if attempt.session.is_finished() {
        return Err(
            Failure::new(format!("attempt {id} is finished")).help(format!("see its score: examroom report {id}"))
        );
    }
    let lock = if take_over {
        let lock = store.take_over(&mut attempt)?;
        let generation = attempt.generation;
        // The other window may have written until it let go.
        attempt = store.load(id)?;
        attempt.generation = generation;
        lock
    } else {
        let lock = store.lock(id)?;
        attempt = store.load(id)?;
        lock
    };
    let resumed = live(store, lock, attempt);
    if resumed.session().is_finished() {
        render::remark(TIME_WAS_UP_WHILE_AWAY);
        // The report is read from the store, so the end must be there first.
        if let (_, Saved::No { why }) = resumed.leave() {
            return Err(
                Failure::new(format!("the end of attempt {id} could not be saved: {why}")).help("resume it again")
            );
        }
        return super::report::run(context, Some(id.0), None, false);
    }
    sit(context, resumed, Screen::choose(context, line))
}
