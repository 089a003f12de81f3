//! `examroom completions SHELL`

use clap::CommandFactory as _;

use crate::cli::Args;
use crate::cli::failure::{Exit, Outcome};
use crate::cli::render;

pub(super) fn run(shell: clap_complete::Shell) -> Outcome {
    // Written to memory first: the generator panics where standard output has been closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "examroom", &mut script);
    render::script(&script)?;
    Ok(Exit::Success)
}
