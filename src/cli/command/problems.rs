//! `examroom problems`

use std::sync::Arc;

use crate::cli::args::Problems;
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output_file::{self, Existing};
use crate::cli::render;
use crate::cli::sit::Opened;
use examroom_app::live::GRACE;
use examroom_app::view::announcement::PROBLEM_NOTED;
use examroom_app::view::counted;
use examroom_app::view::problem::{ProblemView, problems_file};
use examroom_core::form::Slot;
use examroom_core::journal::{AttemptId, Saved};
use examroom_core::session::Session;
use examroom_store::{Store, Summary};
use examroom_terminal::pages::Rows;

pub(super) fn run(context: &Context, wanted: &Problems) -> Outcome {
    if let Some([id, text]) = wanted.note.as_deref() {
        return note_by_id(context, id, text);
    }
    let mut problems = match attempts::open_to_read(context)? {
        None => Vec::new(),
        Some(store) => noted(&store)?,
    };
    if let Some(exam) = &wanted.exam {
        problems.retain(|problem| problem.exam.as_str() == exam.as_str());
    }
    if problems.is_empty() {
        let help = "press ! on a question, or type at the prompt: problem TEXT";
        if wanted.write.is_some() {
            return Err(Failure::new("you have noted no problem, so no file was written").help(help));
        }
        render::line(format!("You have noted no problem with a question. To note one, {help}."))?;
        return Ok(Exit::Success);
    }
    if let Some(file) = &wanted.write {
        let existing = Existing::under(wanted.force);
        output_file::write(file, problems_file(&problems).as_bytes(), existing)?;
        let count = counted(problems.len(), "problem");
        render::line(format!("{count} written to {}: send it to the bank's author.", file.display()))?;
        return Ok(Exit::Success);
    }
    let mut lines = Rows::new(context.presentation.layout, ["Exam", "Question", "Your answer", "Problem"]);
    for problem in &problems {
        let cells = [problem.exam.to_string(), problem.id.to_string(), problem.answered(), problem.note.to_string()];
        lines.add(cells, |[exam, id, answer, note]| format!("{exam}, {id}, answered {answer}: {note}"));
    }
    render::line(lines.to_string())?;
    render::line(format!("Write a file for the bank's author: {} problems --write FILE", context.folders.program()))?;
    Ok(Exit::Success)
}

/// Notes what is wrong with the question of an id, in the last attempt that is finished and has it.
fn note_by_id(context: &Context, id: &str, text: &str) -> Outcome {
    let store = attempts::open_to_read(context)?;
    let finished = match &store {
        None => Vec::new(),
        Some(store) => store.list()?.into_iter().filter(|attempt| attempt.finished_at.is_some()).collect(),
    };
    let place = |attempt: &Summary| {
        let form = Arc::clone(store.as_ref()?.load(attempt.id).ok()?.session.form());
        let (slot, _) = form.questions().find(|(_, question)| question.item.id.as_str() == id)?;
        Some((attempt.id, slot))
    };
    let Some((attempt, slot)) = finished.iter().find_map(place) else {
        return Err(Failure::new(format!("no attempt that is finished has the question {id}"))
            .help("a question's id stands below its reasons: examroom report ATTEMPT --only all")
            .help("in an exam that is open, note it there: ! on the question, or problem TEXT at the prompt"));
    };
    note(context, attempt, slot, text)?;
    render::line(PROBLEM_NOTED)?;
    Ok(Exit::Success)
}

/// Notes what is wrong with a question of a finished attempt; the session with it, when it is on disk.
pub(super) fn note(context: &Context, attempt: AttemptId, slot: Slot, text: &str) -> Result<Session, Failure> {
    let store = attempts::open(context)?;
    let lock = store.lock(attempt)?;
    let attempt = store.load(attempt)?;
    let mut left = Opened { store, lock, attempt }.go_on().leave();
    let noted = left.note_problem(slot, text).map_err(Failure::of);
    let saved = left.flush(GRACE);
    let session = left.session().clone();
    left.close();
    noted?;
    if saved != Saved::Yes {
        return Err(Failure::new("the note could not be saved").with_exit(Exit::NotSaved));
    }
    Ok(session)
}

/// The problems that were noted, in the order of the attempts.
pub(super) fn noted(store: &Store) -> Result<Vec<ProblemView>, Failure> {
    let mut problems = Vec::new();
    for id in store.with_problems()? {
        // An attempt that cannot be read says nothing.
        if let Ok(attempt) = store.load(id) {
            problems.extend(ProblemView::of(&attempt.session));
        }
    }
    Ok(problems)
}
