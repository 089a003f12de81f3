//! `examroom bank stats [PATH]`: what a bank has, and what the next form lacks.

use std::path::Path;

use super::Outcome;
use crate::bank::{Bank, Depth, Level, Status, supply};
use crate::blueprint::Blueprint;
use crate::cli::context::Context;
use crate::cli::failure::Exit;
use crate::cli::render;
use crate::form::disjoint_forms;
use crate::plain::table;
use crate::sitting::today;
use crate::view::{SafeText, counted};

pub(super) fn run(context: &Context, path: Option<&Path>) -> Outcome {
    for (name, files) in super::bank_check::banks(context, path)? {
        let reading = files.read(Depth::Errors, today(), &mut |_, _| {});
        let Some(blueprint) = &reading.blueprint else {
            render::line(&format!("{name}: its exam.toml has errors; see examroom bank check {name}"))?;
            continue;
        };
        show(context, &name, blueprint, &reading.bank)?;
        if reading.findings.has_errors() {
            render::line(&format!("Questions with errors are not counted; see examroom bank check {name}"))?;
        }
    }
    Ok(Exit::Success)
}

fn show(context: &Context, name: &str, blueprint: &Blueprint, bank: &Bank) -> Result<(), crate::cli::failure::Failure> {
    let forms = disjoint_forms(blueprint, bank, today(), &mut |_, _| {});
    render::line(&format!(
        "{name}: {} questions, {} without a common question can be drawn\n",
        bank.items.len(),
        counted(forms as usize, "form")
    ))?;
    let mut cells = table(["Domain", "Section", "On a form", "Operational", "Pretest", "Missing for the next form"]);
    for cell in supply(blueprint, bank, today()) {
        let domain = SafeText::new(blueprint.domain(&cell.domain).map_or("", |domain| &domain.name)).into_string();
        let section = SafeText::new(cell.section.as_str()).into_string();
        let missing = cell.missing_for(forms + 1);
        if context.plain {
            render::line(&format!(
                "{domain}, {section}: on a form {} scored and {} unscored; {} operational, {} pretest; {missing} missing \
                 for the next form.",
                cell.scored_wanted, cell.unscored_wanted, cell.operational, cell.pretest
            ))?;
        } else {
            cells.add_row([
                domain,
                section,
                format!("{} + {}", cell.scored_wanted, cell.unscored_wanted),
                cell.operational.to_string(),
                cell.pretest.to_string(),
                missing.to_string(),
            ]);
        }
    }
    render::line(&if context.plain { String::new() } else { format!("{cells}\n") })?;
    let mut topics = table(["Domain", "Topic", "Questions", "Recall", "Application", "Analysis"]);
    for domain in &blueprint.domains {
        for (topic, title) in &domain.topics {
            let items = || {
                bank.items
                    .iter()
                    .filter(|item| item.domain == domain.id && item.topic == *topic && item.status != Status::Retired)
            };
            let at = |level: Level| items().filter(|item| item.level == level).count();
            let (domain, title) = (SafeText::new(&domain.name).into_string(), SafeText::new(title).into_string());
            let (all, recall, application, analysis) =
                (items().count(), at(Level::Recall), at(Level::Application), at(Level::Analysis));
            if context.plain {
                render::line(&format!(
                    "{domain}, {title}: {}; {recall} recall, {application} application, {analysis} analysis.",
                    counted(all, "question")
                ))?;
            } else {
                let numbers = [all, recall, application, analysis].map(|number| number.to_string());
                topics.add_row([domain, title].into_iter().chain(numbers));
            }
        }
    }
    if !context.plain {
        render::line(&topics.to_string())?;
    }
    Ok(())
}
