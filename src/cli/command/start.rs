//! `examroom` alone: the exam that was left, or else which exams there are.

use crate::cli::args::Take;
use crate::cli::command::{exams, resume, take};
use crate::cli::context::Context;
use crate::cli::failure::Outcome;
use crate::cli::window;

pub(super) fn run(context: &Context) -> Outcome {
    if let Some(exit) = resume::last(context)? {
        return Ok(exit);
    }
    let listed = exams::list(context)?;
    if !window::is_own() {
        return Ok(listed);
    }
    // No command can be typed in a window that closes with the program.
    match window::ask("Which exam will you sit? Type its name, for example rhit, and press Enter.") {
        Some(exam) => take::run(context, &Take::mock(exam)),
        None => Ok(listed),
    }
}
