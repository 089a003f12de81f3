//! `exam.toml` → [`Blueprint`], with everything that is wrong in it.

use super::{
    Blueprint, Book, BreakRule, Count, CutRule, Domain, Figure, LevelShares, Population, Provenance, Scale, Section,
};
use crate::diagnostics::{
    Code, Diagnostic, Diagnostics, Fields, FileId, Scope, Shape, Span, Spanned, allowances, nearest, parse, well_formed,
};
use crate::id::{DomainId, ExamId, SectionId, TopicId};
use crate::text::grouped;

/// Reads a blueprint; `folder` is the name of its folder, where that is known. `None` where a part is missing, so that
/// nothing can be checked against it.
pub fn read(text: &str, file: FileId, folder: Option<&ExamId>, diagnostics: &mut Diagnostics) -> Option<Blueprint> {
    let mut blueprint = None;
    parse(text, file, diagnostics, |fields, diagnostics| blueprint = exam(fields, folder, diagnostics));
    blueprint
}

fn exam(mut fields: Fields<'_, '_>, folder: Option<&ExamId>, diagnostics: &mut Diagnostics) -> Option<Blueprint> {
    let before = diagnostics.errors();
    let id = fields.required_text("id", "id = \"rhit\"", diagnostics);
    let name = fields.required_text("name", "name = \"Registered Health Information Technician\"", diagnostics);
    let owner = fields.text("owner", diagnostics).map(|owner| owner.value.to_owned());
    let edition = fields.text("edition", diagnostics).map_or_else(String::new, |edition| edition.value.to_owned());
    let from = fields.text("from", diagnostics);
    let questions = whole_figure(&mut fields, "questions", diagnostics);
    let scale = read_scale(&mut fields, diagnostics);
    let cut = read_cut(&mut fields, diagnostics);
    fields.require("section", "[[section]] with id, name and minutes below it", diagnostics);
    let mut section_ids = Ids::new("section");
    let sections = fields.tables("section", "a section", diagnostics);
    let many_sections = too_many("section", sections.len(), sections.get(MOST).map(Fields::span), diagnostics);
    let sections: Vec<Option<Section>> =
        sections.into_iter().take(MOST).map(|section| read_section(section, &mut section_ids, diagnostics)).collect();
    fields.require("domain", "[[domain]] with id, name, counts and topics below it", diagnostics);
    let mut domain_ids = Ids::new("domain");
    let domains = fields.tables("domain", "a domain", diagnostics);
    let many_domains = too_many("domain", domains.len(), domains.get(MOST).map(Fields::span), diagnostics);
    let domains: Vec<Option<Domain>> = domains
        .into_iter()
        .take(MOST)
        .map(|domain| read_domain(domain, from.as_ref(), &section_ids, &mut domain_ids, diagnostics))
        .collect();
    let population = read_population(&mut fields, diagnostics);
    let levels = read_levels(&mut fields, diagnostics);
    let allow = allowances(&mut fields, Scope::Exam, diagnostics);
    let broken = fields.is_file_broken();
    fields.finish(diagnostics);
    let (id, name) = (id?, name?);
    well_formed(&id, diagnostics);
    if let Some(folder) = folder.filter(|folder| **folder != ExamId::new(id.value)) {
        diagnostics.add(
            Code::UnknownExam,
            id.span,
            format!("this is the blueprint of exam `{}`, but its folder is named `{folder}`", id.value),
            format!("write id = \"{folder}\" (and exam = \"{folder}\" in the bank files), or rename the folder"),
        );
    }
    let (Some(questions), Some(scale), Some(cut)) = (questions, scale, cut) else { return None };
    // With a part missing, whatever names that part would seem to be wrong.
    let sections = sections.into_iter().collect::<Option<Vec<_>>>()?;
    let domains = domains.into_iter().collect::<Option<Vec<_>>>()?;
    if broken || many_sections || many_domains || sections.is_empty() || domains.is_empty() {
        return None;
    }
    let blueprint = Blueprint {
        id: ExamId::new(id.value),
        name: name.value.to_owned(),
        owner,
        edition,
        from: from.map(|from| from.map(ExamId::new)),
        questions: questions.value,
        scale,
        cut,
        sections,
        domains,
        population,
        levels,
        allow,
    };
    if diagnostics.errors() == before {
        check_whole(&blueprint, questions.span, &section_ids, diagnostics);
    }
    Some(blueprint)
}

/// More sections, domains, or topics of one domain than an exam can have: they are looked through for every question.
const MOST: usize = 1000;

/// Whether there are more than [`MOST`], of which `first` is the place of the first that is too many.
fn too_many(what: &str, count: usize, first: Option<Span>, diagnostics: &mut Diagnostics) -> bool {
    let Some(span) = first else { return false };
    let message = format!("there are {} {what}s, and {} is the most", grouped(count), grouped(MOST));
    diagnostics.add(Code::BadBlueprint, span, message, "divide the exam, or make its parts larger");
    true
}

/// What only the whole can show: counts that add up, sections with questions. It is asked once the parts are sound.
fn check_whole(blueprint: &Blueprint, questions: Span, sections: &Ids, diagnostics: &mut Diagnostics) {
    let sum = blueprint.scored() + blueprint.unscored();
    if sum != blueprint.questions.value {
        diagnostics.add(
            Code::BlueprintTotal,
            questions,
            format!("`questions` says {}, but the domains' counts add up to {sum}", blueprint.questions.value),
            "change `questions`, or the scored and unscored counts of the domains",
        );
    } else if blueprint.scored() == 0 {
        let message = "no question of this exam is scored";
        diagnostics.add(Code::BadBlueprint, questions, message, "write how many count: scored = 10");
    }
    for section in &blueprint.sections {
        if blueprint.counts_of(&section.id).all(|(_, count)| count.total() == 0)
            && let Some(span) = sections.span(section.id.as_str())
        {
            diagnostics.add(
                Code::BadBlueprint,
                span,
                format!("no domain has a question in section `{}`", section.id),
                format!(
                    "add counts.{} = {{ scored = …, unscored = … }} to a domain, or remove the section",
                    section.id
                ),
            );
        }
    }
}

/// The ids of one kind so far, also of parts that are unsound.
struct Ids {
    what: &'static str,
    known: Vec<(String, Span)>,
}

impl Ids {
    fn new(what: &'static str) -> Self {
        Self { what, known: Vec::new() }
    }

    fn add(&mut self, id: &Spanned<&str>, diagnostics: &mut Diagnostics) {
        well_formed(id, diagnostics);
        let new = SectionId::new(id.value).as_str().to_owned();
        if let Some(first) = self.span(&new) {
            diagnostics.push(Diagnostic {
                code: Code::DuplicateId,
                message: format!("two {}s have the id `{new}`", self.what),
                span: Some(id.span),
                related: Some((first, "first used here".to_owned())),
                help: "give one of them another id".to_owned(),
            });
        }
        self.known.push((new, id.span));
    }

    fn first(&self) -> Option<&str> {
        self.known.first().map(|(id, _)| id.as_str())
    }

    fn span(&self, id: &str) -> Option<Span> {
        self.known.iter().find(|(known, _)| known == id).map(|(_, span)| *span)
    }
}

fn read_scale(fields: &mut Fields<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Scale> {
    fields.require("scale", "[scale] with lowest = 100, pass = 300 and highest = 400 below it", diagnostics);
    let mut table = fields.table("scale", diagnostics)?;
    let lowest = count_figure(&mut table, "lowest", diagnostics);
    let pass = whole_figure(&mut table, "pass", diagnostics);
    let highest = whole_figure(&mut table, "highest", diagnostics);
    let span = table.span();
    table.finish(diagnostics);
    let scale = Scale { lowest: lowest?, pass: pass?.value, highest: highest?.value };
    if scale.lowest.value >= scale.pass.value || scale.pass.value >= scale.highest.value {
        let message = "the scale does not rise from lowest to pass to highest";
        diagnostics.add(Code::BadBlueprint, span, message, "for example: lowest = 100, pass = 300, highest = 400");
    }
    Some(scale)
}

fn read_cut(fields: &mut Fields<'_, '_>, diagnostics: &mut Diagnostics) -> Option<CutRule> {
    fields.require("cut", "[cut] with without_ratings = 0.70 below it", diagnostics);
    let mut table = fields.table("cut", diagnostics)?;
    let default_rating = share(&mut table, "without_ratings", diagnostics);
    table.require("without_ratings", "without_ratings = 0.70", diagnostics);
    let target = share(&mut table, "target", diagnostics);
    table.finish(diagnostics);
    Some(CutRule { default_rating: default_rating?, target })
}

/// The example stands in messages: the whole table or none is written.
fn read_population(fields: &mut Fields<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Population> {
    let mut table = fields.table("population", diagnostics)?;
    let mut read = |field: &'static str, example: f64, allowed: Allowed| {
        table.require(field, &format!("{field} = {example:.2}"), diagnostics);
        bounded(&mut table, field, example, allowed, diagnostics)
    };
    let pass_rate = read("pass_rate", 0.74, Allowed::Share);
    let spread = read("spread", 0.09, Allowed::Deviation);
    let likeness = read("likeness", 0.95, Allowed::Correlation);
    let shared_error = read("shared_error", 0.03, Allowed::Error);
    let rating_error = read("rating_error", 0.10, Allowed::Error);
    table.finish(diagnostics);
    Some(Population {
        pass_rate: pass_rate?,
        spread: spread?,
        likeness: likeness?,
        shared_error: shared_error?,
        rating_error: rating_error?,
    })
}

/// What a number may be.
#[derive(Clone, Copy)]
enum Allowed {
    /// Between 0 and 1.
    Share,
    /// Above 0, at most 1.
    Correlation,
    /// Above 0, below 0.5: the widest that shares can spread.
    Deviation,
    /// From 0, below 0.5.
    Error,
}

impl Allowed {
    fn holds(self, number: f64) -> bool {
        match self {
            Self::Share => number > 0.0 && number < 1.0,
            Self::Correlation => number > 0.0 && number <= 1.0,
            Self::Deviation => number > 0.0 && number < 0.5,
            Self::Error => (0.0..0.5).contains(&number),
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Share => "a share, which lies between 0 and 1",
            Self::Correlation => "a correlation, which lies above 0 and is at most 1",
            Self::Deviation => "a standard deviation of shares, which lies above 0 and below 0.5",
            Self::Error => "a standard deviation of shares, which is at least 0 and below 0.5",
        }
    }
}

fn read_levels(fields: &mut Fields<'_, '_>, diagnostics: &mut Diagnostics) -> Option<LevelShares> {
    let mut table = fields.table("levels", diagnostics)?;
    let span = table.span();
    let mut read = |field| {
        table.require(field, &format!("{field} = 0.3"), diagnostics);
        share(&mut table, field, diagnostics).map(|share| share.value)
    };
    let (recall, application, analysis) = (read("recall"), read("application"), read("analysis"));
    table.finish(diagnostics);
    let levels = LevelShares { recall: recall?, application: application?, analysis: analysis? };
    let sum = levels.recall + levels.application + levels.analysis;
    if (sum - 1.0).abs() > 0.005 {
        let message = format!("the shares in `levels` add up to {sum:.2}, not to 1");
        let help = "for example: levels = { recall = 0.30, application = 0.50, analysis = 0.20 }";
        diagnostics.add(Code::BadBlueprint, span, message, help);
    }
    Some(levels)
}

fn share(fields: &mut Fields<'_, '_>, field: &'static str, diagnostics: &mut Diagnostics) -> Option<Figure<f64>> {
    bounded(fields, field, 0.70, Allowed::Share, diagnostics)
}

fn bounded(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    example: f64,
    allowed: Allowed,
    diagnostics: &mut Diagnostics,
) -> Option<Figure<f64>> {
    let found = figure(fields, field, diagnostics, Fields::number)?;
    let number = found.value.value;
    if !allowed.holds(number) {
        let message = format!("`{field}` is {number}, but it is {}", allowed.words());
        diagnostics.add(Code::BadBlueprint, found.span, message, format!("for example: {field} = {example:.2}"));
        return None;
    }
    Some(found.value)
}

fn read_section(mut fields: Fields<'_, '_>, ids: &mut Ids, diagnostics: &mut Diagnostics) -> Option<Section> {
    let id = fields.required_text("id", "id = \"main\"", diagnostics);
    if let Some(id) = &id {
        fields.set_name("section", id.value);
        ids.add(id, diagnostics);
    }
    let name = fields.required_text("name", "name = \"Examination\"", diagnostics);
    let minutes = whole_figure(&mut fields, "minutes", diagnostics);
    let book = match fields.text("book", diagnostics) {
        None => Book::Closed,
        Some(found) => match found.value {
            "closed" => Book::Closed,
            "open" => Book::Open,
            other => {
                let message = format!("`book` is \"{other}\", but it can only be closed or open");
                diagnostics.add(Code::BadBlueprint, found.span, message, "write book = \"closed\" or book = \"open\"");
                Book::Closed
            }
        },
    };
    let break_after = fields.table("break_after", diagnostics).and_then(|mut table| {
        let minutes = whole_figure(&mut table, "minutes", diagnostics);
        let optional = table.flag("optional", diagnostics).unwrap_or(true);
        table.finish(diagnostics);
        Some(BreakRule { minutes: minutes?.value, optional })
    });
    fields.finish(diagnostics);
    Some(Section {
        id: SectionId::new(id?.value),
        name: name?.value.to_owned(),
        minutes: minutes?.value,
        book,
        break_after,
    })
}

fn read_domain(
    mut fields: Fields<'_, '_>,
    from: Option<&Spanned<&str>>,
    sections: &Ids,
    ids: &mut Ids,
    diagnostics: &mut Diagnostics,
) -> Option<Domain> {
    let id = fields.required_text("id", "id = \"legal\"", diagnostics);
    if let Some(id) = &id {
        fields.set_name("domain", id.value);
        ids.add(id, diagnostics);
    }
    let name = fields.required_text("name", "name = \"Legal\"", diagnostics);
    let weight = figure(&mut fields, "weight", diagnostics, Fields::text)
        .map(|weight| Figure { value: weight.value.value.to_owned(), source: weight.value.source });
    let mut counts = Vec::new();
    let example = format!("counts.{} = {{ scored = 26, unscored = 4 }}", sections.first().unwrap_or("main"));
    let before = diagnostics.errors();
    match fields.table("counts", diagnostics) {
        None => fields.require("counts", &example, diagnostics),
        Some(table) => {
            let entries = table.all_tables(diagnostics);
            if entries.is_empty() && diagnostics.errors() == before {
                fields.missing("counts", &example, diagnostics);
            }
            for (section, mut table) in entries {
                let scored = count_figure(&mut table, "scored", diagnostics);
                let unscored = match table.table_or_value("unscored") {
                    Shape::Absent => Some(Figure { value: 0, source: Provenance::Unmarked }),
                    _ => count_figure(&mut table, "unscored", diagnostics),
                };
                table.finish(diagnostics);
                let (Some(scored), Some(unscored)) = (scored, unscored) else { continue };
                if let Some(known) = known_section(&section, sections, diagnostics) {
                    counts.push((known, Count { scored, unscored }));
                }
            }
        }
    }
    let takes = fields.texts("takes", diagnostics).unwrap_or_default();
    if let (Some(first), None) = (takes.first(), from) {
        let message = "this domain takes questions, but the blueprint does not say of which exam";
        diagnostics.add(Code::BadBlueprint, first.span, message, "add, at the top of the file, from = \"rhit\"");
    }
    let mut topic_ids = Ids::new("topic");
    let mut many_topics = false;
    let topics: Option<Vec<(TopicId, String)>> = fields.table("topics", diagnostics).map(|mut table| {
        table.take_misplaced(&mut fields, &["id", "name", "weight", "counts", "takes"], "[domain.topics]", diagnostics);
        let entries = table.all_texts(diagnostics);
        many_topics = too_many("topic", entries.len(), entries.get(MOST).map(|(id, _)| id.span), diagnostics);
        if many_topics {
            return Vec::new();
        }
        for (id, _) in &entries {
            topic_ids.add(id, diagnostics);
        }
        entries.into_iter().map(|(id, name)| (TopicId::new(id.value), name.value.to_owned())).collect()
    });
    let example = "[domain.topics] with lines such as consent = \"Consent\" below it";
    if topics.as_ref().is_some_and(Vec::is_empty) && diagnostics.errors() == before {
        fields.missing("topics", example, diagnostics);
    }
    // What it takes brings its topics.
    if takes.is_empty() {
        fields.require("topics", example, diagnostics);
    }
    fields.finish(diagnostics);
    if counts.is_empty() || many_topics {
        return None;
    }
    let topics = if takes.is_empty() { topics? } else { topics.unwrap_or_default() };
    let takes = takes.into_iter().map(|take| take.map(str::to_owned)).collect();
    Some(Domain { id: DomainId::new(id?.value), name: name?.value.to_owned(), weight, counts, topics, takes })
}

fn known_section(named: &Spanned<&str>, sections: &Ids, diagnostics: &mut Diagnostics) -> Option<SectionId> {
    let id = SectionId::new(named.value);
    if sections.span(id.as_str()).is_some() {
        return Some(id);
    }
    let known = || sections.known.iter().map(|(id, _)| id.as_str());
    known().next()?;
    let listed = format!("sections: {}", known().collect::<Vec<_>>().join(", "));
    let help =
        nearest(named.value, known()).map_or_else(|| listed.clone(), |near| format!("did you mean `{near}`? {listed}"));
    diagnostics.add(Code::UnknownSection, named.span, format!("no section has the id `{}`", named.value), help);
    None
}

/// A whole number above zero, with its provenance.
fn whole_figure(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Figure<u32>>> {
    fields.require(field, &format!("{field} = 100"), diagnostics);
    let found = figure(fields, field, diagnostics, Fields::whole)?;
    if found.value.value == 0 || found.value.value > 100_000 {
        let message = format!("`{field}` is {}, but must lie between 1 and 100000", found.value.value);
        diagnostics.add(Code::BadBlueprint, found.span, message, "write the number that the exam has");
        return None;
    }
    Some(found)
}

/// A count, which may be zero.
fn count_figure(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Figure<u32>> {
    fields.require(field, &format!("{field} = 10"), diagnostics);
    let found = figure(fields, field, diagnostics, Fields::whole)?;
    if found.value.value > 100_000 {
        let message = format!("`{field}` is {}, more than any form holds", found.value.value);
        diagnostics.add(Code::BadBlueprint, found.span, message, "write the number that the exam has");
        return None;
    }
    Some(found.value)
}

/// `12`, or `{ value = 12, source = "owner" }`.
fn figure<'a, 'i, T>(
    fields: &mut Fields<'a, 'i>,
    field: &'static str,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(&mut Fields<'a, 'i>, &'static str, &mut Diagnostics) -> Option<Spanned<T>>,
) -> Option<Spanned<Figure<T>>> {
    if fields.table_or_value(field) != Shape::Table {
        let plain = read(fields, field, diagnostics)?;
        return Some(plain.map(|value| Figure { value, source: Provenance::Unmarked }));
    }
    let mut table = fields.table(field, diagnostics)?;
    let value = read(&mut table, "value", diagnostics);
    table.require("value", "value = 100", diagnostics);
    let source = match table.text("source", diagnostics) {
        None => Provenance::Unmarked,
        Some(named) => Provenance::parse(named.value).unwrap_or_else(|| {
            diagnostics.add(
                Code::BadBlueprint,
                named.span,
                format!("\"{}\" is not a source mark", named.value),
                "use given, owner, third-party, recalled or assumed",
            );
            Provenance::Unmarked
        }),
    };
    table.finish(diagnostics);
    value.map(|value| value.map(|value| Figure { value, source }))
}
