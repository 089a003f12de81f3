//! `examroom bank new EXAM`

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::library::{Template, write_template};
use examroom_core::id::ExamId;

pub(super) fn run(context: &Context, exam: &str, into: Option<PathBuf>, domains: Vec<String>) -> Outcome {
    for id in std::iter::once(exam).chain(domains.iter().map(String::as_str)) {
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            return Err(Failure::new(format!("\"{id}\" cannot be an id"))
                .help("ids of exams and domains are small letters, digits and -, for example anatomy-1")
                .with_exit(Exit::Usage));
        }
    }
    if context.library.exam(&ExamId::new(exam))?.is_some() {
        return Err(Failure::new(format!("there is an exam \"{exam}\" already"))
            .help("choose another id; to add questions to it, put files into a folder of that name in your own banks")
            .with_exit(Exit::Usage));
    }
    let parent = into.clone().unwrap_or_else(|| context.folders.own_banks());
    let template = Template { id: exam.to_owned(), domains };
    let written = write_template(&parent, &template).map_err(|error| {
        Failure::new(format!("{} cannot be made", parent.join(exam).display()))
            .caused_by(error)
            .help("choose another id, or another folder: examroom bank new EXAM --into DIR")
    })?;
    for path in &written {
        render::line(path.display().to_string())?;
    }
    let found_by = into.map_or(String::new(), |folder| format!(" --banks {}", folder.display()));
    render::line(format!(
        "\nEdit them, then:\n  examroom bank check {}\n  {}{found_by} take {exam}",
        parent.join(exam).display(),
        context.folders.program()
    ))?;
    Ok(Exit::Success)
}
