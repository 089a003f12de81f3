//! `examroom bank import FILE…`: questions of other programs join an exam, after a look at what becomes of them.

use std::path::PathBuf;

use crate::cli::args::BankImport;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render::{self, Stream};
use crate::cli::window;
use examroom_app::exchange::{Defaults, FileError, Given, Known, Plan, PlanError, Request, plan, read_file};
use examroom_app::library::ExamFiles;
use examroom_app::live::today;
use examroom_app::view::counted;
use examroom_app::view::exchange::{
    Remark, kept_places, other_subjects, question, remarks, summary, undecided, updatable,
};
use examroom_app::view::listing::{Extent, listing};
use examroom_core::bank::Level;
use examroom_core::diagnostics::Severity;
use examroom_core::id::{DomainId, ExamId, SectionId, TopicId};
use examroom_exchange::{Options, Unreadable};
use examroom_terminal::pages::Rows;

pub(super) fn run(context: &Context, wanted: &BankImport) -> Outcome {
    let given = wanted.files.iter().map(|path| read_file(path)).collect::<Result<Vec<Given>, _>>()?;
    let exam = context.library.find(&wanted.exam)?;
    refuse_packed(&exam, &wanted.exam)?;
    let id = exam.blueprint().blueprint.map_or_else(|| ExamId::new(&wanted.exam), |blueprint| blueprint.id.clone());
    let request = Request {
        files: &given,
        options: Options { format: wanted.format, columns: wanted.columns.clone() },
        exam: &exam,
        folder: exam_folder(context, &id),
        defaults: Defaults {
            domain: wanted.domain.as_deref().map(DomainId::new),
            topic: wanted.topic.as_deref().map(TopicId::new),
            section: wanted.section.as_deref().map(SectionId::new),
        },
        level: wanted.level.into(),
        known: if wanted.update { Known::Updated } else { Known::Kept },
        day: today(),
    };
    let mut plan = plan(&request).map_err(|error| not_planned(error, &wanted.exam))?;
    show(context, &plan, request.level)?;
    if plan.adds() + plan.updates() == 0 {
        render::line(if wanted.update { "There is nothing to add or to update." } else { "There is nothing to add." })?;
        return Ok(Exit::Success);
    }
    let exit = check(context, &mut plan, &id)?;
    if exit != Exit::Success {
        return Ok(exit);
    }
    let question = question(&plan, id.as_str());
    let agreed = wanted.write || (render::stdin_is_terminal() && Stream::Out.is_terminal() && agrees(&question));
    if !agreed {
        render::line("Nothing is written. To write it, add --write to the same command.")?;
        return Ok(Exit::Success);
    }
    plan.write().map_err(|error| {
        Failure::new("the questions cannot be written, and nothing was changed")
            .caused_by(error)
            .help("see that you may write into the folder of the exam, or name another with --banks")
    })?;
    for (path, _) in &plan.texts {
        render::line(format!("Written: {}", path.display()))?;
    }
    render::line(format!("See what else is advised: {} bank check {id}", context.folders.program()))?;
    Ok(Exit::Success)
}

/// Nothing is added to a bank that came in a file.
pub(super) fn refuse_packed(exam: &ExamFiles, name: &str) -> Result<(), Failure> {
    if exam.is_packed() {
        return Err(Failure::new(format!("the bank of {name} comes in one file, and nothing is added to it"))
            .help("the file is a zip archive: unpack it into a folder of that name in your own folder of banks")
            .with_exit(Exit::Usage));
    }
    Ok(())
}

/// The exam's folder in the last place of banks: `--banks` where it is given, or else the user's own.
pub(super) fn exam_folder(context: &Context, exam: &ExamId) -> PathBuf {
    let place = context.library.folders.last().cloned().unwrap_or_else(|| context.folders.own_banks());
    place.join(exam.as_str())
}

fn agrees(question: &str) -> bool {
    window::ask(question).is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// What becomes of the questions: a row for each that is not taken over as it is, and below it the sums.
fn show(context: &Context, plan: &Plan, level: Level) -> Result<(), Failure> {
    for (index, (name, format, notes)) in plan.files.iter().enumerate() {
        render::line(format!("{name} ({format})"))?;
        for remark in notes {
            render::line(format!("  Note: {remark}."))?;
        }
        let remarks = remarks(plan, index);
        let mut rows = Rows::new(context.presentation.layout, ["Where", "What becomes of it", "Question", "Why"]);
        let is_empty = remarks.is_empty();
        for Remark { place, what, question, why } in remarks {
            let cells = [place, what.to_owned(), question, why];
            rows.add(cells, |[place, what, question, why]| {
                let stop = if question.ends_with(char::is_alphanumeric) { "." } else { "" };
                format!("{place}, {what}: {question}{stop} Why: {why}.")
            });
        }
        if !is_empty {
            render::line(format!("{rows}\n"))?;
        }
        if let Some(places) = kept_places(plan, index) {
            render::line(format!("  Kept as they are: {places}."))?;
        }
        render::line(format!("  {}.", summary(plan, index)))?;
    }
    for told in [other_subjects(plan), updatable(plan)].into_iter().flatten() {
        render::line(told)?;
    }
    if plan.without_level > 0 {
        let verb = if plan.without_level == 1 { "names no level, and is" } else { "name no level, and are" };
        let questions = counted(plan.without_level, "new question");
        render::line(format!("{questions} {verb} filed as {level}; --level names another."))?;
    }
    Ok(())
}

/// What the check says of the new questions: errors stop the import, advice is counted.
fn check(context: &Context, plan: &mut Plan, exam: &ExamId) -> Result<Exit, Failure> {
    let names: Vec<String> = plan.texts.iter().map(|(path, _)| path.display().to_string()).collect();
    let sources = &plan.result.sources;
    let diagnostics = &mut plan.result.diagnostics;
    diagnostics
        .retain(|finding| finding.span.is_some_and(|span| names.iter().any(|name| name == sources.name(span.file))));
    let advice: Vec<String> = diagnostics
        .counts()
        .filter(|(code, _)| code.severity() == Severity::Warning)
        .map(|(code, count)| format!("{count} {code}"))
        .collect();
    if diagnostics.has_errors() {
        diagnostics.retain(|finding| finding.severity() == Severity::Error);
        let listing = listing(diagnostics, sources, Extent::Digest);
        render::findings(Stream::Out, &listing, sources, context.presentation)?;
        render::line(format!(
            "The questions would have {} in {exam}, so nothing is written. Mend them in their file.",
            counted(diagnostics.errors(), "error")
        ))?;
        return Ok(Exit::BadBank);
    }
    if advice.is_empty() {
        render::line("Checked: no findings.")?;
    } else {
        render::line(format!("Checked: no errors; advice: {}.", advice.join(", ")))?;
    }
    Ok(Exit::Success)
}

fn not_planned(error: PlanError, exam: &str) -> Failure {
    let message = error.to_string();
    match error {
        PlanError::Unreadable { source, .. } => Failure::new(message).help(source.help()).with_exit(exit_of(&source)),
        PlanError::NoBlueprint => {
            Failure::of(error).help(format!("see: examroom bank check {exam}")).with_exit(Exit::BadBank)
        }
        PlanError::Held { .. } => Failure::of(error).help("save it as text in UTF-8, or move it out of the way"),
        PlanError::Undecided(points) => {
            let failure = Failure::new(message).with_exit(Exit::Usage);
            let failure = points.iter().map(undecided).fold(failure, Failure::help);
            failure.help(format!("what they are called: examroom exams {exam} --ids"))
        }
    }
}

fn exit_of(error: &Unreadable) -> Exit {
    match error {
        Unreadable::NoHeader { .. } | Unreadable::Unknown { .. } => Exit::Usage,
        _ => Exit::Failure,
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::of(error).help("see that the file is there and that you may read it")
    }
}
