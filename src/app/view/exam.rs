//! What an exam is made of: each figure of its blueprint with where it comes from.

use super::{SafeText, disclaimer};
use examroom_core::blueprint::{Blueprint, Domain, Figure, Provenance, Scale, Section};
use examroom_core::time::{SpokenDuration, minutes};

/// An exam among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamSummary {
    /// Its name.
    pub name: SafeText,
    /// How many questions it asks.
    pub questions: u32,
    /// The time of all its sections.
    pub time: String,
    /// `300 of 400`
    pub pass_mark: String,
}

impl ExamSummary {
    /// The exam of a blueprint.
    #[must_use]
    pub fn new(blueprint: &Blueprint) -> Self {
        Self {
            name: SafeText::new(&blueprint.name),
            questions: blueprint.scored() + blueprint.unscored(),
            time: SpokenDuration(minutes(blueprint.minutes())).to_string(),
            pass_mark: pass_mark(&blueprint.scale),
        }
    }
}

fn pass_mark(Scale { pass, highest, .. }: &Scale) -> String {
    let assumed = if pass.source == Provenance::Assumed { ", assumed" } else { "" };
    format!("{} of {}{assumed}", pass.value, highest.value)
}

/// The figures of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamView {
    /// The exam's name and id, and the edition of its outline.
    pub title: SafeText,
    /// The figures, in the order of the blueprint.
    pub figures: Vec<FigureRow>,
    /// The words for where figures come from that are used, each with what it means.
    pub sources: Vec<(String, &'static str)>,
    /// Whose exam it is.
    pub disclaimer: SafeText,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRow {
    /// What it is of.
    pub what: SafeText,
    /// What it comes to.
    pub value: SafeText,
    /// Where it comes from, in a word.
    pub source: String,
}

impl ExamView {
    /// The figures of a blueprint.
    #[must_use]
    pub fn new(blueprint: &Blueprint) -> Self {
        let edition = if blueprint.edition.is_empty() { String::new() } else { format!(", {}", blueprint.edition) };
        let figures = figures(blueprint);
        let is_used = |source: &&Provenance| figures.iter().any(|(_, _, used)| used == *source);
        let sources = Provenance::ALL.iter().filter(is_used).map(|source| (source.to_string(), source.meaning()));
        Self {
            title: SafeText::new(&format!("{} ({}){edition}", blueprint.name, blueprint.id)),
            sources: sources.collect(),
            figures: figures
                .iter()
                .map(|(what, value, source)| FigureRow {
                    what: SafeText::new(what),
                    value: SafeText::new(value),
                    source: source.to_string(),
                })
                .collect(),
            disclaimer: disclaimer(blueprint.owner.as_deref()),
        }
    }
}

type Named = (String, String, Provenance);

fn figures(blueprint: &Blueprint) -> Vec<Named> {
    [form_and_scale(blueprint), assumptions(blueprint), sections(blueprint), counts(blueprint), weights(blueprint)]
        .concat()
}

fn named<T: ToString>(what: &str, figure: &Figure<T>) -> Named {
    (what.to_owned(), figure.value.to_string(), figure.source)
}

fn share(what: &str, figure: &Figure<f64>) -> Named {
    let text = format!("{:.3}", figure.value);
    (what.to_owned(), text.strip_suffix('0').unwrap_or(&text).to_owned(), figure.source)
}

fn form_and_scale(blueprint: &Blueprint) -> Vec<Named> {
    let scale = &blueprint.scale;
    let cut = &blueprint.cut;
    let fixed = [
        named("Questions", &blueprint.questions),
        named("Lowest score", &scale.lowest),
        named("Pass mark", &scale.pass),
        named("Highest score", &scale.highest),
        share("Cut share of a question without a rating", &cut.default_rating),
    ];
    let target = cut.target.as_ref().map(|target| share("Cut share that forms are balanced toward", target));
    fixed.into_iter().chain(target).collect()
}

fn assumptions(blueprint: &Blueprint) -> Vec<Named> {
    let Some(population) = &blueprint.population else { return Vec::new() };
    let always = [
        ("Share of candidates who pass the real exam", &population.pass_rate),
        ("Spread of the candidates' true shares right", &population.spread),
        ("Likeness of this exam to the real one", &population.likeness),
        ("Error that all ratings share", &population.shared_error),
        ("Error of a single rating", &population.rating_error),
    ]
    .map(|(what, figure)| share(what, figure));
    let where_given = [
        ("Part of that error that each rater has alone", &population.rater_independence),
        ("Correlation of two domains", &population.domain_correlation),
    ];
    let where_given = where_given.into_iter().filter_map(|(what, figure)| Some(share(what, figure.as_ref()?)));
    always.into_iter().chain(where_given).collect()
}

fn sections(blueprint: &Blueprint) -> Vec<Named> {
    let of_section = |section: &Section| {
        let rule = section.break_after.as_ref();
        let pause = rule.map(|rule| named(&format!("Break after {}, minutes", section.name), &rule.minutes));
        [Some(named(&format!("{}, minutes", section.name), &section.minutes)), pause]
    };
    blueprint.sections.iter().flat_map(of_section).flatten().collect()
}

fn counts(blueprint: &Blueprint) -> Vec<Named> {
    let mut found = Vec::new();
    for section in &blueprint.sections {
        for (domain, count) in blueprint.counts_of(&section.id) {
            let what = if blueprint.sections.len() == 1 {
                domain.name.clone()
            } else {
                format!("{}, {}", domain.name, section.name)
            };
            found.push(named(&format!("{what}, scored"), &count.scored));
            if count.unscored.value > 0 {
                found.push(named(&format!("{what}, unscored"), &count.unscored));
            }
        }
    }
    found
}

fn weights(blueprint: &Blueprint) -> Vec<Named> {
    let weight = |domain: &Domain| {
        let weight = domain.weight.as_ref()?;
        Some((format!("{}, weight in the outline", domain.name), weight.value.clone(), weight.source))
    };
    blueprint.domains.iter().filter_map(weight).collect()
}
