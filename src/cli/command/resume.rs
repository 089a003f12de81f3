//! `examroom resume [ATTEMPT]`, and `examroom` alone.

use crate::cli::args::Resume;
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::sit::{Opened, sit};
use examroom_app::live::system_now;
use examroom_app::view::help::Help;
use examroom_core::journal::AttemptId;
use examroom_store::Error;

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

pub(super) fn resume(context: &Context, id: AttemptId, wanted: &Resume) -> Outcome {
    sit(context, reopen(context, id, wanted)?, wanted.front_end)
}

/// Opens an attempt that was left.
pub(super) fn reopen(context: &Context, id: AttemptId, wanted: &Resume) -> Result<Opened, Failure> {
    let store = attempts::open(context)?;
    let attempt = attempts::load(context, &store, id)?;
    if attempt.session.is_finished() {
        return Err(Failure::new(format!("attempt {id} is finished")).help(Help::Report(id)));
    }
    let now = system_now();
    let lock = if wanted.take_over { store.take_over(id, now) } else { store.lock(id) }.map_err(|error| {
        let stands_still = matches!(error, Error::Held(_)) && store.stands_still(id, now);
        let failure = Failure::from(error);
        if stands_still { failure.help("that window is stopped: fg continues it there") } else { failure }
    })?;
    // Another window may have written until now.
    let attempt = store.load(id)?;
    Ok(Opened { store, lock, attempt })
}
