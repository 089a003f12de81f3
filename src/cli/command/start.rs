//! `examroom` alone: the exam that was left, or else which exams there are. A double click opens the exam room in the browser.

use crate::cli::args::Open;
use crate::cli::command::{exams, open, resume};
use crate::cli::context::Context;
use crate::cli::failure::Outcome;
use crate::cli::window;

pub(super) fn run(context: &Context) -> Outcome {
    if window::is_own() {
        // No command can be typed in a window that closes with the program.
        return open::run(context, &Open::default());
    }
    match resume::last(context)? {
        Some(exit) => Ok(exit),
        None => exams::list(context),
    }
}
