//! `examroom problems`

use crate::cli::args::Problems;
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output_file::{self, Existing};
use crate::cli::render;
use examroom_app::view::counted;
use examroom_app::view::problem::{ProblemView, problems_file};
use examroom_store::Store;
use examroom_terminal::pages::Rows;

pub(super) fn run(context: &Context, wanted: &Problems) -> Outcome {
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

/// The problems that were noted, in the order of the attempts.
pub(super) fn noted(store: &Store) -> Result<Vec<ProblemView>, Failure> {
    let mut problems = Vec::new();
    for summary in store.list()?.iter().rev() {
        // An attempt that cannot be read says nothing.
        if let Ok(attempt) = store.load(summary.id) {
            problems.extend(ProblemView::of(&attempt.session));
        }
    }
    Ok(problems)
}
