//! `examroom bank schema`: what an editor needs to check and complete a bank file while it is written.

use crate::cli::failure::{Exit, Outcome};
use crate::cli::render;
use examroom_core::bank::SCHEMA;

pub(super) fn run() -> Outcome {
    render::line(SCHEMA.trim_end())?;
    Ok(Exit::Success)
}
