//! `examroom bank add EXAM`: asks for a question, and puts it behind the others of its kind.

use std::io::BufRead as _;

use super::bank_import::{exam_folder, refuse_packed};
use crate::cli::args::BankAdd;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::exchange::{Addition, Field, NewQuestion, NotAdded};
use examroom_app::live::today;
use examroom_app::view::adding::{OPENING, prompt};
use examroom_app::view::counted;
use examroom_app::view::preview::Preview;
use examroom_core::diagnostics::{Diagnostic, Severity};
use examroom_terminal::pages::{preview_page, wrapped};

pub(super) fn run(context: &Context, wanted: &BankAdd) -> Outcome {
    let exam = context.library.find(&wanted.exam)?;
    refuse_packed(&exam, &wanted.exam)?;
    let id = exam.blueprint().blueprint.map(|blueprint| blueprint.id.clone());
    let question = id.and_then(|id| NewQuestion::new(&exam, exam_folder(context, &id), today()));
    let Some(mut question) = question else {
        return Err(Failure::new(format!("the exam.toml of {} has errors", wanted.exam))
            .help(format!("see: {} bank check {}", context.folders.program(), wanted.exam))
            .with_exit(Exit::BadBank));
    };
    render::line(wrapped(&format!("A question for {} ({}).", question.blueprint().id, question.blueprint().name)))?;
    render::line(wrapped(OPENING))?;
    if !ask_all(&mut question)? {
        return Err(Failure::new("the input ended before the question was complete, and nothing is written")
            .help("answer every prompt, an optional one with an empty line"));
    }
    let addition = question.finish().map_err(|error| not_added(error, context, &wanted.exam))?;
    addition.write().map_err(|error| {
        Failure::new("the question cannot be written, and nothing was changed")
            .caused_by(error)
            .help("see that you may write into the folder of the exam, or name another with --banks")
    })?;
    show(context, &addition, &question)?;
    Ok(Exit::Success)
}

/// Asks for everything; whether the input was long enough.
fn ask_all(question: &mut NewQuestion<'_>) -> Result<bool, Failure> {
    let mut at = 0;
    while let Some(field) = question.fields().get(at).copied() {
        render::line(format!("\n{}", wrapped(&prompt(question, field))))?;
        match read(field)? {
            Answer::Ended => return Ok(false),
            Answer::Back => at = at.saturating_sub(1),
            Answer::Given(lines) => {
                let findings = question.answer(field, lines);
                for finding in &findings {
                    tell(finding)?;
                }
                let is_wrong = findings.iter().any(|finding| finding.severity() == Severity::Error);
                at += usize::from(!is_wrong);
            }
        }
    }
    Ok(true)
}

enum Answer {
    Given(Vec<String>),
    /// To the one before.
    Back,
    /// There is no more input.
    Ended,
}

fn read(field: Field) -> Result<Answer, Failure> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        let length = std::io::stdin().lock().read_line(&mut line).map_err(|error| {
            Failure::new("the answer cannot be read, and nothing is written").caused_by(error).help("type it again")
        })?;
        if length == 0 {
            return Ok(Answer::Ended);
        }
        let line = line.trim();
        if line == "<" && lines.is_empty() {
            return Ok(Answer::Back);
        }
        if !line.is_empty() {
            lines.push(line.to_owned());
        }
        if line.is_empty() || !field.has_lines() {
            return Ok(Answer::Given(lines));
        }
    }
}

fn tell(finding: &Diagnostic) -> Result<(), Failure> {
    let kind = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "advice",
    };
    render::line(wrapped(&format!("{kind}[{}]: {}", finding.code, finding.message)))?;
    render::line(wrapped(&format!("  help: {}", finding.help)))?;
    Ok(())
}

fn not_added(error: NotAdded, context: &Context, exam: &str) -> Failure {
    let check = format!("see: {} bank check {exam}", context.folders.program());
    match &error {
        NotAdded::Held { .. } => Failure::of(error).help("save it as text in UTF-8, or move it out of the way"),
        NotAdded::Faulty(findings) => findings
            .iter()
            .fold(Failure::new("the question has errors in its bank, and nothing is written"), |failure, finding| {
                failure.help(format!("{}; {}", finding.message, finding.help))
            })
            .with_exit(Exit::BadBank),
        NotAdded::Unreadable(_) => Failure::of(error).help(check).with_exit(Exit::BadBank),
    }
}

/// The question as `bank show` does, where it stands, and what is advised.
fn show(context: &Context, addition: &Addition, question: &NewQuestion<'_>) -> Result<(), Failure> {
    let blueprint = question.blueprint();
    let preview = Preview::new(&addition.item, &addition.bank, Some(blueprint));
    render::line(format!("\n{}, {}\n", blueprint.id, preview_page(&preview, context.presentation.layout)))?;
    render::line(format!("Written: {}, line {}", addition.path.display(), addition.line))?;
    if addition.advice.is_empty() {
        render::line("Checked: no findings.")?;
    } else {
        let advice: Vec<String> = addition.advice.iter().map(|finding| finding.code.to_string()).collect();
        let count = counted(addition.advice.len(), "piece");
        render::line(format!("Checked: no errors; {count} of advice: {}.", advice.join(", ")))?;
    }
    Ok(())
}
