//! `examroom exams [EXAM]`

use std::sync::Arc;

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::view::SafeText;
use examroom_app::view::edition::outlines;
use examroom_app::view::exam::{ExamSummary, ExamView, FigureRow};
use examroom_app::view::pack::about;
use examroom_core::blueprint::Blueprint;
use examroom_core::id::ExamId;
use examroom_terminal::pages::Rows;

pub(super) fn list(context: &Context) -> Outcome {
    let mut exams = Rows::new(context.presentation.layout, ["Exam", "Name", "Questions", "Time", "Pass mark"]);
    let mut broken = Vec::new();
    let editions = context.library.editions()?;
    let mut outlines = Vec::new();
    for (id, blueprint) in editions.in_order() {
        let Some(blueprint) = blueprint else {
            broken.push(format!("{id}: its exam.toml has errors; see: examroom bank check {id}"));
            continue;
        };
        let ExamSummary { name, questions, time, pass_mark } = ExamSummary::new(blueprint);
        if let Some(in_force) = editions.in_force(id) {
            outlines.push(format!("{id} is an older outline ({}); the one in force is {in_force}.", blueprint.edition));
        }
        exams.add(
            [id.to_string(), name.into_string(), questions.to_string(), time, pass_mark],
            |[id, name, questions, time, pass]| {
                format!("{id}: {name}. {questions} questions, {time}, pass mark {pass}.")
            },
        );
    }
    render::line(exams.to_string())?;
    let packed = context.library.pack.iter().map(|pack| {
        format!("{} comes in {}: {}.", pack.label.exam, pack.path.display(), about(&pack.label, &pack.hash))
    });
    for line in packed.chain(outlines).chain(broken) {
        render::line(SafeText::new(&line))?;
    }
    render::line("Sit one: examroom take EXAM. What it is made of: examroom exams EXAM.")?;
    Ok(Exit::Success)
}

pub(super) fn blueprint(context: &Context, exam: &str) -> Result<Arc<Blueprint>, Failure> {
    context.library.find(exam)?.blueprint().blueprint.ok_or_else(|| {
        Failure::new(format!("the exam.toml of {exam} has errors"))
            .help(format!("see: examroom bank check {exam}"))
            .with_exit(Exit::BadBank)
    })
}

/// What a bank file calls the exam's parts, for whoever adds questions to it.
pub(super) fn ids(context: &Context, exam: &str) -> Outcome {
    let blueprint = blueprint(context, exam)?;
    let mut ids = Rows::new(context.presentation.layout, ["", "Id", "Name"]);
    let mut add = |what: &str, id: &str, name: &str| {
        let cells = [what.to_owned(), id.to_owned(), name.to_owned()];
        ids.add(cells, |[what, id, name]| format!("{} {id}: {name}.", what.trim()));
    };
    add("Exam", blueprint.id.as_str(), &blueprint.name);
    for section in &blueprint.sections {
        add("Section", section.id.as_str(), &section.name);
    }
    for domain in &blueprint.domains {
        add("Domain", domain.id.as_str(), &domain.name);
        for topic in &domain.topics {
            add("  Topic", topic.id.as_str(), &topic.name);
        }
    }
    render::line(ids.to_string())?;
    Ok(Exit::Success)
}

pub(super) fn show(context: &Context, exam: &str) -> Outcome {
    let blueprint = blueprint(context, exam)?;
    let view = ExamView::new(&blueprint);
    render::line(view.title)?;
    if let Some(pack) = context.library.pack_of(&blueprint.id) {
        render::line(format!("It comes in {}: {}.", pack.path.display(), about(&pack.label, &pack.hash)))?;
    }
    let (editions, id) = (context.library.editions()?, &blueprint.id);
    let older: Vec<ExamId> = editions.older(id).into_iter().cloned().collect();
    if let Some(line) = outlines(id, editions.in_force(id), &older) {
        render::line(line)?;
    }
    let mut facts = Rows::new(context.presentation.layout, ["Figure", "Value", "Where it comes from"]);
    for FigureRow { what, value, source } in view.figures {
        facts.add([what.into_string(), value.into_string(), source], |[what, value, source]| {
            format!("{what}: {value}, {source}.")
        });
    }
    render::line(facts.to_string())?;
    for (source, meaning) in view.sources {
        render::line(format!("{source}: {meaning}"))?;
    }
    render::line(view.disclaimer)?;
    Ok(Exit::Success)
}
