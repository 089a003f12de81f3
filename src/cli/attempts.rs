//! The store of a run, and which of its attempts is meant where none is named.

use super::context::Context;
use super::failure::Failure;
use super::render;
use examroom_app::live::system_now;
use examroom_core::journal::AttemptId;
use examroom_core::text::counted;
use examroom_store::{Recovered, Store};

/// Opens the store for writing; says so if a damaged one had to be moved aside.
pub fn open(context: &Context) -> Result<Store, Failure> {
    let (store, recovered) = Store::open(context.folders.data(), system_now())?;
    if let Some(Recovered { moved_to, attempts }) = recovered {
        render::remark(format!(
            "The file with your attempts was damaged. It was kept as {}, and {} could be read and copied into a new one.",
            moved_to.display(),
            counted(attempts, "attempt")
        ));
    }
    Ok(store)
}

/// Opens the store for looking back; none where nothing was ever sat.
pub fn open_to_read(context: &Context) -> Result<Option<Store>, Failure> {
    Ok(Store::open_to_read(context.folders.data())?)
}

/// The last attempt that is finished.
pub fn last_finished(store: &Store) -> Result<Option<AttemptId>, Failure> {
    Ok(store.list()?.into_iter().find(|attempt| attempt.finished_at.is_some()).map(|attempt| attempt.id))
}

/// The last attempt that is under way; where there is none, the last that was left before its clock started.
pub fn last_unfinished(store: &Store) -> Result<Option<AttemptId>, Failure> {
    let unfinished: Vec<AttemptId> =
        store.list()?.into_iter().filter(|attempt| attempt.finished_at.is_none()).map(|attempt| attempt.id).collect();
    let has_begun = |id: &&AttemptId| store.load(**id).is_ok_and(|attempt| attempt.session.began_at().is_some());
    Ok(unfinished.iter().find(has_begun).or(unfinished.first()).copied())
}
