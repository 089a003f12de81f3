//! `examroom man DIR`, for whoever packs the program.

use std::path::Path;

use clap::CommandFactory as _;

use crate::cli::Args;
use crate::cli::failure::{Exit, Failure, Outcome};

/// Writes a manual page for the program and for each of its commands.
pub(super) fn run(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Args::command(), folder)).map_err(
        |error| Failure::new(format!("the manual pages cannot be written to {}", folder.display())).caused_by(error),
    )?;
    Ok(Exit::Success)
}
