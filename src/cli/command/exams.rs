//! `examroom exams [EXAM]`

use std::sync::Arc;

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::view::disclaimer;
use examroom_core::blueprint::{Blueprint, Figure, Provenance};
use examroom_core::time::{SpokenDuration, minutes};
use examroom_terminal::pages::Rows;

pub(super) fn list(context: &Context) -> Outcome {
    let mut exams = Rows::new(context.presentation.layout, ["Exam", "Name", "Questions", "Time", "Pass mark"]);
    let mut broken = Vec::new();
    for id in context.library.exams()? {
        let Some(blueprint) = context.library.find(id.as_str())?.blueprint().blueprint else {
            broken.push(format!("{id}: its exam.toml has errors; see: examroom bank check {id}"));
            continue;
        };
        let name = blueprint.name.clone();
        let questions = blueprint.scored() + blueprint.unscored();
        let time = SpokenDuration(minutes(blueprint.minutes()));
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

fn blueprint(context: &Context, exam: &str) -> Result<Arc<Blueprint>, Failure> {
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
    let edition = if blueprint.edition.is_empty() { String::new() } else { format!(", {}", blueprint.edition) };
    render::line(format!("{} ({}){edition}", blueprint.name, blueprint.id))?;
    let mut facts = Rows::new(context.presentation.layout, ["Figure", "Value", "Where it comes from"]);
    let mut used = Vec::new();
    let mut add = |what: &str, value: String, source: Provenance| {
        used.push(source);
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
    let unrated = &blueprint.cut.default_rating;
    add("Cut share of a question without a rating", share(unrated), unrated.source);
    if let Some(target) = &blueprint.cut.target {
        add("Cut share that forms are balanced toward", share(target), target.source);
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
        for (what, figure) in [
            ("Part of that error that each rater has alone", &population.rater_independence),
            ("Correlation of two domains", &population.domain_correlation),
        ] {
            if let Some(figure) = figure {
                add(what, share(figure), figure.source);
            }
        }
    }
    for section in &blueprint.sections {
        add(&format!("{}, minutes", section.name), section.minutes.value.to_string(), section.minutes.source);
        if let Some(rule) = &section.break_after {
            add(&format!("Break after {}, minutes", section.name), rule.minutes.value.to_string(), rule.minutes.source);
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
    for source in Provenance::ALL.iter().filter(|source| used.contains(source)) {
        render::line(format!("{source}: {}", source.meaning()))?;
    }
    render::line(disclaimer(blueprint.owner.as_deref()))?;
    Ok(Exit::Success)
}
