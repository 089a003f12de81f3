//! `examroom resume [ATTEMPT]`, and `examroom` alone.

use crate::cli::args::Resume;
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::sit::sit;
use examroom_core::journal::AttemptId;

/// Continues the last attempt that was left; `None` where there is none.
pub(super) fn last(context: &Context) -> Result<Option<Exit>, Failure> {
    let unfinished = match attempts::open_to_read(context)? {
        Some(store) => attempts::last_unfinished(&store)?,
        None => None,
    };
    unfinished.map(|id| resume(context, id, &Resume::default())).transpose()
}

pub(super) fn run(context: &Context, wanted: &Resume) -> Outcome {
    let id = match (wanted.attempt, attempts::open_to_read(context)?) {
        (Some(id), Some(_)) => AttemptId(id),
        (None, Some(store)) => attempts::last_unfinished(&store)?.ok_or_else(nothing_to_resume)?,
        (_, None) => return Err(nothing_to_resume()),
    };
    resume(context, id, wanted)
}

fn nothing_to_resume() -> Failure {
    Failure::new("there is no exam to continue")
        .help("start one: examroom take EXAM")
        .help("which there are: examroom exams")
}

fn resume(context: &Context, id: AttemptId, wanted: &Resume) -> Outcome {
    let mut store = attempts::open(context)?;
    let mut attempt = store.load(id)?;
    if attempt.session.is_finished() {
        return Err(
            Failure::new(format!("attempt {id} is finished")).help(format!("see its score: examroom report {id}"))
        );
    }
    let lock = if wanted.take_over {
        let lock = store.take_over(&mut attempt)?;
        let generation = attempt.generation;
        // The other window may have written until it released the lock.
        attempt = store.load(id)?;
        attempt.generation = generation;
        lock
    } else {
        let lock = store.lock(id)?;
        attempt = store.load(id)?;
        lock
    };
    sit(context, store, lock, attempt, wanted.front_end)
}
