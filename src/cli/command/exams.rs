//! `examroom exams [EXAM]`

use super::Outcome;
use crate::blueprint::{Figure, Provenance};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::cli::render::{self, Rows};
use crate::time::{InWords, minutes};
use crate::view::disclaimer;

pub(super) fn list(context: &Context) -> Outcome {
    let mut exams = Rows::new(context.plain, ["Exam", "Name", "Questions", "Time", "Pass mark"]);
    let mut broken = Vec::new();
    for id in context.library.exams()? {
        let Some(blueprint) = context.exam_files(id.as_str())?.blueprint().blueprint else {
            broken.push(format!("{id}: its exam.toml has errors; see: examroom bank check {id}"));
            continue;
        };
        let name = blueprint.name.clone();
        let questions = blueprint.scored() + blueprint.unscored();
        let time = InWords(minutes(blueprint.minutes()));
        let pass = format!("{} of {}", blueprint.scale.pass.value, blueprint.scale.highest.value);
        exams.add(
            [id.to_string(), name, questions.to_string(), time.to_string(), pass],
            |[id, name, questions, time, pass]| {
                format!("{id}: {name}. {questions} questions, {time}, pass mark {pass}.")
            },
        );
    }
    render::line(exams.to_string())?;
    for line in broken {
        render::line(&line)?;
    }
    render::line("Sit one: examroom take EXAM. What it is made of: examroom exams EXAM.")?;
    Ok(Exit::Success)
}

pub(super) fn show(context: &Context, exam: &str) -> Outcome {
    let Some(blueprint) = context.exam_files(exam)?.blueprint().blueprint else {
        return Err(Failure::new(format!("the exam.toml of {exam} has errors"))
            .help(format!("see: examroom bank check {exam}"))
            .with_exit(Exit::BadBank));
    };
    render::line(format!("{} ({}), {}", blueprint.name, blueprint.id, blueprint.edition))?;
    let mut facts = Rows::new(context.plain, ["Figure", "Value", "Where it comes from"]);
    let mut add = |what: &str, value: String, source: Provenance| {
        let cells = [what.to_owned(), value, source.to_string()];
        facts.add(cells, |[what, value, source]| format!("{what}: {value}, {source}."));
    };
    add("Questions", blueprint.questions.value.to_string(), blueprint.questions.source);
    let scale = &blueprint.scale;
    for (what, figure) in
        [("Lowest score", &scale.lowest), ("Pass mark", &scale.pass), ("Highest score", &scale.highest)]
    {
        add(what, figure.value.to_string(), figure.source);
    }
    let share = |figure: &Figure<f64>| format!("{:.2}", figure.value);
    let unrated = &blueprint.cut.without_ratings;
    add("Cut share of a question without a rating", share(unrated), unrated.source);
    if let Some(target) = &blueprint.cut.target {
        add("Cut share that forms are balanced towards", share(target), target.source);
    }
    if let Some(population) = &blueprint.population {
        for (what, figure) in [
            ("Share of candidates who pass the real exam", &population.pass_rate),
            ("Spread of the candidates' true shares right", &population.spread),
            ("Likeness of this exam to the real one", &population.likeness),
            ("Error that all ratings share", &population.shared_error),
            ("Error of a single rating", &population.rating_error),
        ] {
            add(what, share(figure), figure.source);
        }
    }
    for section in &blueprint.sections {
        add(&format!("{}, minutes", section.name), section.minutes.value.to_string(), section.minutes.source);
        if let Some(rule) = &section.break_after {
            add(
                &format!("Break behind {}, minutes", section.name),
                rule.minutes.value.to_string(),
                rule.minutes.source,
            );
        }
    }
    for section in &blueprint.sections {
        for (domain, count) in blueprint.counts_of(&section.id) {
            let what = if blueprint.sections.len() == 1 {
                domain.name.clone()
            } else {
                format!("{}, {}", domain.name, section.name)
            };
            add(&format!("{what}, scored"), count.scored.value.to_string(), count.scored.source);
            if count.unscored.value > 0 {
                add(&format!("{what}, unscored"), count.unscored.value.to_string(), count.unscored.source);
            }
        }
    }
    for domain in &blueprint.domains {
        if let Some(weight) = &domain.weight {
            add(&format!("{}, weight in the outline", domain.name), weight.value.clone(), weight.source);
        }
    }
    render::line(facts.to_string())?;
    let mut used: Vec<Provenance> =
        vec![Provenance::Owner, Provenance::Given, Provenance::ThirdParty, Provenance::Recalled, Provenance::Assumed];
    if blueprint.owner.is_none() {
        used = vec![Provenance::Unmarked];
    }
    for source in used {
        render::line(format!("{source}: {}", source.meaning()))?;
    }
    render::line(disclaimer(blueprint.owner.as_deref()))?;
    Ok(Exit::Success)
}
