//! `examroom` alone: the exam that was left, or else the home screen, which at the prompt is which exams there are. A double
//! click opens the exam room in the browser.

use std::collections::BTreeSet;

use crate::cli::args::Open;
use crate::cli::command::{exams, home, open, resume};
use crate::cli::context::Context;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::sit::full_screen;
use crate::cli::window;
use crate::cli::{attempts, render, study};
use examroom_app::view::counted;
use examroom_core::id::ExamId;

pub(super) fn run(context: &Context) -> Outcome {
    if window::is_own() {
        // No command can be typed in a window that closes with the program.
        return open::run(context, &Open::default());
    }
    if let Some(exit) = resume::last(context)? {
        return Ok(exit);
    }
    if let Some(options) = full_screen(context.presentation) {
        return home::run(context, options);
    }
    let listed = exams::list(context)?;
    suggest(context)?;
    Ok(listed)
}

/// What somebody who has sat or practiced before may want to do next.
fn suggest(context: &Context) -> Result<(), Failure> {
    let Some(store) = attempts::open_to_read(context)? else { return Ok(()) };
    let attempts = store.list()?;
    if attempts.iter().any(|attempt| attempt.finished_at.is_some()) {
        render::line("Look back: examroom history.")?;
    }
    let mut exams: Vec<ExamId> = attempts.into_iter().map(|attempt| attempt.exam).collect();
    exams.sort();
    exams.dedup();
    let mut told = BTreeSet::new();
    for exam in exams {
        // An exam that is gone, or cannot be read now, is not suggested.
        let Some(blueprint) = context.library.find(exam.as_str()).ok().and_then(|files| files.blueprint().blueprint)
        else {
            continue;
        };
        // Exams that share a bank share what was missed.
        if !told.insert(blueprint.home().clone()) {
            continue;
        }
        let (missed, _) = study::past(&store, &blueprint)?.counts();
        if missed > 0 {
            let missed = counted(missed, "question");
            render::line(format!("Practice {missed} that you missed: examroom practice {exam} --missed."))?;
        }
    }
    Ok(())
}
