//! `examroom attempt discard [ATTEMPT]`

use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_core::journal::AttemptId;
use examroom_core::text::counted;
use examroom_store::Error;

/// Discards one attempt, or all that never began and that nobody has open.
pub(super) fn run(context: &Context, attempt: Option<i64>) -> Outcome {
    let store = attempts::open(context)?;
    if let Some(id) = attempt.map(AttemptId) {
        store.discard(id)?;
        render::line(format!("Attempt {id} is discarded."))?;
        return Ok(Exit::Success);
    }
    let mut discarded = 0;
    for attempt in store.list()?.iter().filter(|attempt| attempt.began_at.is_none()) {
        match store.discard(attempt.id) {
            Ok(()) => discarded += 1,
            Err(Error::Held(_) | Error::Begun(_)) => {}
            Err(error) => return Err(Failure::from(error)),
        }
    }
    render::line(match discarded {
        0 => "There is no attempt that never began.".to_owned(),
        _ => format!("{} discarded that never began.", counted(discarded, "attempt")),
    })?;
    Ok(Exit::Success)
}
