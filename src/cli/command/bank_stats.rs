//! `examroom bank stats [PATH]`: what a bank has, and what the next form lacks.

use jiff::civil::Date;

use crate::cli::args::Banks;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::library::Found;
use examroom_app::view::{SafeText, counted};
use examroom_core::bank::{Bank, Depth, Level, Status, rater_spread, supply};
use examroom_core::blueprint::Blueprint;
use examroom_core::form::disjoint_forms;
use examroom_terminal::pages::Rows;

pub(super) fn run(context: &Context, wanted: &Banks) -> Outcome {
    let Banks { path, as_of } = wanted;
    let day = as_of.day();
    for Found { name, files } in context.library.resolve(path.as_deref())? {
        let reading = files.read(Depth::Errors, day, &mut |_, _| {});
        let Some(blueprint) = &reading.blueprint else {
            render::line(format!("{name}: its exam.toml has errors; see examroom bank check {name}"))?;
            continue;
        };
        show(context, &format!("{name}{}", as_of.note()), blueprint, &reading.bank, day)?;
        if reading.diagnostics.has_errors() {
            render::line(format!("Questions with errors are not counted; see examroom bank check {name}"))?;
        }
    }
    Ok(Exit::Success)
}

fn show(context: &Context, name: &str, blueprint: &Blueprint, bank: &Bank, day: Date) -> Result<(), Failure> {
    let forms = disjoint_forms(blueprint, bank, day, &mut |_, _| {});
    render::line(format!(
        "{name}: {} questions, {} without a common question can be drawn\n",
        bank.items.len(),
        counted(forms as usize, "form")
    ))?;
    let mut cells = Rows::new(
        context.presentation.layout,
        ["Domain", "Section", "On a form", "Operational", "Pretest", "Missing for the next form"],
    );
    for cell in supply(blueprint, bank, day) {
        let domain = blueprint.domain(&cell.domain).map_or("", |domain| &domain.name);
        let row = [
            domain.to_owned(),
            SafeText::new(cell.section.as_str()).into_string(),
            format!("{} + {}", cell.scored_wanted, cell.unscored_wanted),
            cell.operational.to_string(),
            cell.pretest.to_string(),
            cell.missing_for(forms + 1).to_string(),
        ];
        cells.add(row, |[domain, section, _, operational, pretest, missing]| {
            format!(
                "{domain}, {section}: on a form {} scored and {} unscored; {operational} operational, {pretest} pretest; \
                 {missing} missing for the next form.",
                cell.scored_wanted, cell.unscored_wanted
            )
        });
    }
    render::line(format!("{cells}\n"))?;
    let mut topics =
        Rows::new(context.presentation.layout, ["Domain", "Topic", "Questions", "Recall", "Application", "Analysis"]);
    for domain in &blueprint.domains {
        for topic in &domain.topics {
            let items = || {
                bank.items
                    .iter()
                    .filter(|item| item.domain == domain.id && item.topic == topic.id && item.status != Status::Retired)
            };
            let at = |level: Level| items().filter(|item| item.level == level).count().to_string();
            let all = items().count();
            let row = [
                domain.name.clone(),
                topic.name.clone(),
                all.to_string(),
                at(Level::Recall),
                at(Level::Application),
                at(Level::Analysis),
            ];
            topics.add(row, |[domain, title, _, recall, application, analysis]| {
                let all = counted(all, "question");
                format!("{domain}, {title}: {all}; {recall} recall, {application} application, {analysis} analysis.")
            });
        }
    }
    render::line(topics.to_string())?;
    if let Some((questions, spread)) = rater_spread(bank) {
        let questions = counted(questions, "question");
        let line = format!("{questions} rated by several raters, whose ratings of one question spread by {spread:.2}.");
        render::line(format!("\n{line}"))?;
    }
    Ok(())
}
