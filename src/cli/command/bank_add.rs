//! `examroom bank add EXAM`: asks for a question, and puts it behind the others of its kind.

use std::time::Duration;

use super::bank_import::{exam_folder, refuse_packed};
use crate::cli::args::BankAdd;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::exchange::{Addition, Field, NewQuestion, NotAdded};
use examroom_app::live::today;
use examroom_app::view::adding::{OPENING, finding_and_help, prompt};
use examroom_app::view::counted;
use examroom_app::view::preview::Preview;
use examroom_core::diagnostics::{Diagnostic, Severity};
use examroom_terminal::pages::{preview_page, wrapped};
use examroom_terminal::plain::{Input, Line};
use examroom_terminal::signals::{self, Signal, Signals};

/// How long a signal waits at most, while nobody types.
const TICK: Duration = Duration::from_millis(50);

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
    let desk = Desk { input: Input::stdin(), signals: Signals::watch() };
    if !desk.ask_all(&mut question)? {
        return Err(desk.stopped());
    }
    let addition = question.finish().map_err(|error| not_added(error, context, &wanted.exam))?;
    if desk.signals.is_ending() {
        return Err(desk.stopped());
    }
    addition.write().map_err(|error| {
        Failure::new("the question cannot be written, and nothing was changed")
            .caused_by(error)
            .help("see that you may write into the folder of the exam, or name another with --banks")
    })?;
    show(context, &addition, &question)?;
    Ok(Exit::Success)
}

enum Answer {
    Given(Vec<String>),
    /// To the one before.
    Back,
    /// There is no more input, or the program is to end.
    Ended,
}

/// Where the answers come from, and what can interrupt them.
struct Desk {
    input: Input,
    signals: Signals,
}

impl Desk {
    /// Asks for everything; whether all was answered.
    fn ask_all(&self, question: &mut NewQuestion<'_>) -> Result<bool, Failure> {
        let mut at = 0;
        while let Some(field) = question.fields().get(at).copied() {
            render::line(format!("\n{}", wrapped(&prompt(question, field))))?;
            match self.read(field)? {
                Answer::Ended => return Ok(false),
                Answer::Back => at = at.saturating_sub(1),
                Answer::Given(lines) => {
                    let findings = question.answer(field, lines);
                    for finding in &findings {
                        tell(question, field, finding)?;
                    }
                    let is_wrong = findings.iter().any(|finding| finding.severity() == Severity::Error);
                    at += usize::from(!is_wrong);
                }
            }
        }
        Ok(true)
    }

    fn read(&self, field: Field) -> Result<Answer, Failure> {
        let mut lines = Vec::new();
        loop {
            let line = match self.line()? {
                Line::Text(line) => line.trim().to_owned(),
                Line::TooLong => {
                    render::line("This line is longer than 4 KB, and is left out: type it in several.")?;
                    continue;
                }
                Line::End | Line::Quiet => return Ok(Answer::Ended),
            };
            if line == "<" && lines.is_empty() {
                return Ok(Answer::Back);
            }
            let is_empty = line.is_empty();
            if !is_empty {
                lines.push(line);
            }
            if is_empty || !field.has_lines() {
                return Ok(Answer::Given(lines));
            }
        }
    }

    /// The next line; the end where the program is to end.
    fn line(&self) -> Result<Line, Failure> {
        loop {
            let line = self.input.next(TICK);
            if self.signals.is_ending() {
                return Ok(Line::End);
            }
            if self.signals.pending() == Some(Signal::Suspend) {
                signals::suspend()?;
            }
            if line != Line::Quiet {
                return Ok(line);
            }
        }
    }

    /// Nothing is written. Where a signal ended it, these are the last words before that ends the program.
    fn stopped(&self) -> Failure {
        let why = if self.signals.is_ending() { "the program was stopped" } else { "the input ended" };
        let failure = Failure::new(format!("{why} before the question was complete, and nothing is written"));
        if self.signals.is_ending() {
            // The terminal has shown `^C` on the line of the cursor.
            render::remark("");
            render::failure(&failure);
            self.signals.obey();
        }
        failure.help("an answer of several lines ends with an empty line, and an optional one may be empty")
    }
}

fn tell(question: &NewQuestion<'_>, field: Field, finding: &Diagnostic) -> Result<(), Failure> {
    let kind = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "advice",
    };
    let (message, help) = finding_and_help(question, field, finding);
    render::line(wrapped(&format!("{kind}[{}]: {message}", finding.code)))?;
    render::line(wrapped(&format!("  help: {help}")))?;
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
