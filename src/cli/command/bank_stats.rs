//! `examroom bank stats [PATH]`: what a bank has, and what the next form lacks.

use std::sync::Arc;

use jiff::civil::Date;

use crate::cli::args::Banks;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::library::Found;
use examroom_app::view::{SafeText, counted};
use examroom_core::bank::{Bank, Depth, Item, Level, Status, supply};
use examroom_core::blueprint::{Blueprint, Domain};
use examroom_core::form::disjoint_forms;
use examroom_core::statistics::Agreement;
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
    if let Some(ratings) = ratings(context, blueprint, bank) {
        render::line(format!("\n{ratings}"))?;
    }
    Ok(())
}

/// The scored questions of a domain on a full form.
fn scored(domain: &Domain) -> u32 {
    domain.counts.iter().map(|count| count.scored.value).sum()
}

/// What the raters of the questions say, where several judged them: by domain, and of all.
fn ratings(context: &Context, blueprint: &Blueprint, bank: &Bank) -> Option<String> {
    let all = Ratings::of(&bank.items, |_| true)?;
    let headings =
        ["Domain", "Rated", "Mean", "Recall", "Application", "Analysis", "One question", "Correlation", "Cut"];
    let mut rows = Rows::new(context.presentation.layout, headings);
    let by_domain = blueprint.domains.iter().filter_map(|domain| {
        let ratings = Ratings::of(&bank.items, |item| item.domain == domain.id)?;
        Some((domain.name.as_str(), ratings, scored(domain)))
    });
    for (name, ratings, scored) in by_domain.chain([("All", all, blueprint.scored())]) {
        rows.add(ratings.row(name, scored), |[domain, rated, mean, _, _, _, spread, correlation, cut]| {
            format!(
                "{domain}: {rated} rated, mean {mean}; ratings of one question spread by {spread}, correlation \
                 {correlation}, error of the cut {cut}."
            )
        });
    }
    Some(format!(
        "{rows}\nMean: of the ratings, and by level.\nOne question: the standard deviation of its raters' figures.\n\
         Correlation: intraclass, of one rater's figures.\nCut: its standard error on a form, in questions, had other raters \
         of the same kind judged.\nAn error that all raters share shows nowhere here."
    ))
}

/// The ratings of some questions.
struct Ratings {
    mean: f64,
    by_level: [Option<f64>; 3],
    agreement: Agreement,
}

impl Ratings {
    fn of(items: &[Arc<Item>], is_wanted: impl Fn(&Item) -> bool) -> Option<Self> {
        let rated: Vec<&Item> =
            items.iter().map(AsRef::as_ref).filter(|item| is_wanted(item) && item.ratings.len() > 1).collect();
        let mean = |is_wanted: &dyn Fn(&Item) -> bool| {
            let ratings = || rated.iter().filter(|item| is_wanted(item)).filter_map(|item| item.angoff);
            let count = u32::try_from(ratings().count()).ok().filter(|count| *count > 0)?;
            Some(ratings().sum::<f64>() / f64::from(count))
        };
        Some(Self {
            mean: mean(&|_| true)?,
            by_level: [Level::Recall, Level::Application, Level::Analysis]
                .map(|level| mean(&|item| item.level == level)),
            agreement: Agreement::of(rated.iter().map(|item| &*item.ratings))?,
        })
    }

    fn row(&self, name: &str, scored: u32) -> [String; 9] {
        let share = |share: Option<f64>| share.map_or_else(String::new, |share| format!("{share:.2}"));
        let [recall, application, analysis] = self.by_level.map(share);
        [
            name.to_owned(),
            self.agreement.questions.to_string(),
            share(Some(self.mean)),
            recall,
            application,
            analysis,
            share(Some(self.agreement.spread())),
            share(self.agreement.correlation()),
            format!("{:.1} of {scored}", self.agreement.cut_error(scored)),
        ]
    }
}
