//! `examroom bank new EXAM`

use std::io;
use std::path::{Path, PathBuf};

use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::library::{Quiz, Template, write_quiz, write_template};
use examroom_core::id::ExamId;

pub(super) fn run(
    context: &Context,
    exam: &str,
    into: Option<PathBuf>,
    domains: Vec<String>,
    quiz: &args::Quiz,
) -> Outcome {
    let domains = if domains.is_empty() { usual_domains(quiz) } else { domains };
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
    if let Some(questions) = quiz.questions {
        return new_quiz(context, &parent, &template, into, quiz, questions);
    }
    let written = write_template(&parent, &template).map_err(|error| not_made(error, &parent, exam))?;
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

/// The ids of the domains where none are named.
fn usual_domains(quiz: &args::Quiz) -> Vec<String> {
    let ids: &[&str] = if quiz.questions.is_some() { &["all"] } else { &["first-domain", "second-domain"] };
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn not_made(error: io::Error, parent: &Path, exam: &str) -> Failure {
    Failure::new(format!("{} cannot be made", parent.join(exam).display()))
        .caused_by(error)
        .help("choose another id, or another folder: examroom bank new EXAM --into DIR")
}

/// A plain quiz: only a blueprint, whose questions are brought in or written.
fn new_quiz(
    context: &Context,
    parent: &Path,
    template: &Template,
    into: Option<PathBuf>,
    quiz: &args::Quiz,
    questions: u32,
) -> Outcome {
    let minutes = quiz.minutes.unwrap_or_else(|| questions.saturating_add(questions.div_ceil(5)));
    let made = write_quiz(parent, template, Quiz { questions, pass: quiz.pass, minutes });
    let path = made.map_err(|error| not_made(error, parent, &template.id))?;
    let found_by = into.map_or(String::new(), |folder| format!(" --banks {}", folder.display()));
    let (program, exam) = (context.folders.program(), &template.id);
    render::line(path.display().to_string())?;
    render::line(format!(
        "\nBring its questions in, or write them into files of that folder, then sit it:\n  {program}{found_by} bank import \
         FILE --exam {exam}\n  {program}{found_by} take {exam}"
    ))?;
    Ok(Exit::Success)
}
