//! `exam.toml` → [`Blueprint`], with everything that is wrong in it.

use super::{
    Blueprint, Book, BreakRule, Count, CutRule, Domain, Figure, LevelShares, Population, Provenance, Scale, Section,
};
use crate::document::{
    Code, Diagnostic, Fields, FileId, Findings, Scope, Shape, Span, Spanned, allowances, nearest, parse, well_formed,
};
use crate::id::{DomainId, ExamId, SectionId, TopicId};
use crate::text::grouped;

/// Reads a blueprint; `folder` is the name of its folder, where that is known. `None` where a part is missing, so that
/// nothing can be checked against it.
pub fn read(text: &str, file: FileId, folder: Option<&ExamId>, findings: &mut Findings) -> Option<Blueprint> {
    let mut blueprint = None;
    parse(text, file, findings, |fields, findings| blueprint = exam(fields, folder, findings));
    blueprint
}

fn exam(mut fields: Fields<'_, '_>, folder: Option<&ExamId>, findings: &mut Findings) -> Option<Blueprint> {
    let before = findings.errors();
    let id = fields.required_text("id", "id = \"rhit\"", findings);
    let name = fields.required_text("name", "name = \"Registered Health Information Technician\"", findings);
    let owner = fields.text("owner", findings).map(|owner| owner.value.to_owned());
    let edition = fields.text("edition", findings).map_or_else(String::new, |edition| edition.value.to_owned());
    let from = fields.text("from", findings);
    let questions = whole_figure(&mut fields, "questions", findings);
    let scale = read_scale(&mut fields, findings);
    let cut = read_cut(&mut fields, findings);
    fields.require("section", "[[section]] with id, name and minutes below it", findings);
    let mut section_ids = Ids::new("section");
    let sections = fields.tables("section", "a section", findings);
    let many_sections = too_many("section", sections.len(), sections.get(MOST).map(Fields::span), findings);
    let sections: Vec<Option<Section>> =
        sections.into_iter().take(MOST).map(|section| read_section(section, &mut section_ids, findings)).collect();
    fields.require("domain", "[[domain]] with id, name, counts and topics below it", findings);
    let mut domain_ids = Ids::new("domain");
    let domains = fields.tables("domain", "a domain", findings);
    let many_domains = too_many("domain", domains.len(), domains.get(MOST).map(Fields::span), findings);
    let domains: Vec<Option<Domain>> = domains
        .into_iter()
        .take(MOST)
        .map(|domain| read_domain(domain, from.as_ref(), &section_ids, &mut domain_ids, findings))
        .collect();
    let population = read_population(&mut fields, findings);
    let levels = read_levels(&mut fields, findings);
    let allow = allowances(&mut fields, Scope::Exam, findings);
    let broken = fields.is_file_broken();
    fields.finish(findings);
    let (id, name) = (id?, name?);
    well_formed(&id, findings);
    if let Some(folder) = folder.filter(|folder| **folder != ExamId::new(id.value)) {
        findings.add(
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
    if findings.errors() == before {
        check_whole(&blueprint, questions.span, &section_ids, findings);
    }
    Some(blueprint)
}

/// More sections, domains, or topics of one domain than an exam can have: they are looked through for every question.
const MOST: usize = 1000;

/// Whether there are more than [`MOST`], of which `first` is the place of the first that is too many.
fn too_many(what: &str, count: usize, first: Option<Span>, findings: &mut Findings) -> bool {
    let Some(span) = first else { return false };
    let message = format!("there are {} {what}s, and {} is the most", grouped(count), grouped(MOST));
    findings.add(Code::BadBlueprint, span, message, "divide the exam, or make its parts larger");
    true
}

/// What only the whole can show: counts that add up, sections with questions. It is asked once the parts are sound.
fn check_whole(blueprint: &Blueprint, questions: Span, sections: &Ids, findings: &mut Findings) {
    let sum = blueprint.scored() + blueprint.unscored();
    if sum != blueprint.questions.value {
        findings.add(
            Code::BlueprintTotal,
            questions,
            format!("`questions` says {}, but the domains' counts add up to {sum}", blueprint.questions.value),
            "change `questions`, or the scored and unscored counts of the domains",
        );
    } else if blueprint.scored() == 0 {
        let message = "no question of this exam is scored";
        findings.add(Code::BadBlueprint, questions, message, "write how many count: scored = 10");
    }
    for section in &blueprint.sections {
        if blueprint.counts_of(&section.id).all(|(_, count)| count.total() == 0)
            && let Some(span) = sections.span(section.id.as_str())
        {
            findings.add(
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

    fn add(&mut self, id: &Spanned<&str>, findings: &mut Findings) {
        well_formed(id, findings);
        let new = SectionId::new(id.value).as_str().to_owned();
        if let Some(first) = self.span(&new) {
            findings.push(Diagnostic {
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

fn read_scale(fields: &mut Fields<'_, '_>, findings: &mut Findings) -> Option<Scale> {
    fields.require("scale", "[scale] with lowest = 100, pass = 300 and highest = 400 below it", findings);
    let mut table = fields.table("scale", findings)?;
    let lowest = count_figure(&mut table, "lowest", findings);
    let pass = whole_figure(&mut table, "pass", findings);
    let highest = whole_figure(&mut table, "highest", findings);
    let span = table.span();
    table.finish(findings);
    let scale = Scale { lowest: lowest?, pass: pass?.value, highest: highest?.value };
    if scale.lowest.value >= scale.pass.value || scale.pass.value >= scale.highest.value {
        let message = "the scale does not rise from lowest to pass to highest";
        findings.add(Code::BadBlueprint, span, message, "for example: lowest = 100, pass = 300, highest = 400");
    }
    Some(scale)
}

fn read_cut(fields: &mut Fields<'_, '_>, findings: &mut Findings) -> Option<CutRule> {
    fields.require("cut", "[cut] with without_ratings = 0.70 below it", findings);
    let mut table = fields.table("cut", findings)?;
    let without_ratings = share(&mut table, "without_ratings", findings);
    table.require("without_ratings", "without_ratings = 0.70", findings);
    let target = share(&mut table, "target", findings);
    table.finish(findings);
    Some(CutRule { without_ratings: without_ratings?, target })
}

/// The example stands in messages: the whole table or none is written.
fn read_population(fields: &mut Fields<'_, '_>, findings: &mut Findings) -> Option<Population> {
    let mut table = fields.table("population", findings)?;
    let mut read = |field: &'static str, example: f64, allowed: Allowed| {
        table.require(field, &format!("{field} = {example:.2}"), findings);
        bounded(&mut table, field, example, allowed, findings)
    };
    let pass_rate = read("pass_rate", 0.74, Allowed::Share);
    let spread = read("spread", 0.09, Allowed::Deviation);
    let likeness = read("likeness", 0.95, Allowed::Correlation);
    let shared_error = read("shared_error", 0.03, Allowed::Error);
    let rating_error = read("rating_error", 0.10, Allowed::Error);
    table.finish(findings);
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

fn read_levels(fields: &mut Fields<'_, '_>, findings: &mut Findings) -> Option<LevelShares> {
    let mut table = fields.table("levels", findings)?;
    let span = table.span();
    let mut read = |field| {
        table.require(field, &format!("{field} = 0.3"), findings);
        share(&mut table, field, findings).map(|share| share.value)
    };
    let (recall, application, analysis) = (read("recall"), read("application"), read("analysis"));
    table.finish(findings);
    let levels = LevelShares { recall: recall?, application: application?, analysis: analysis? };
    let sum = levels.recall + levels.application + levels.analysis;
    if (sum - 1.0).abs() > 0.005 {
        let message = format!("the shares in `levels` add up to {sum:.2}, not to 1");
        let help = "for example: levels = { recall = 0.30, application = 0.50, analysis = 0.20 }";
        findings.add(Code::BadBlueprint, span, message, help);
    }
    Some(levels)
}

fn share(fields: &mut Fields<'_, '_>, field: &'static str, findings: &mut Findings) -> Option<Figure<f64>> {
    bounded(fields, field, 0.70, Allowed::Share, findings)
}

fn bounded(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    example: f64,
    allowed: Allowed,
    findings: &mut Findings,
) -> Option<Figure<f64>> {
    let found = figure(fields, field, findings, Fields::number)?;
    let number = found.value.value;
    if !allowed.holds(number) {
        let message = format!("`{field}` is {number}, but it is {}", allowed.words());
        findings.add(Code::BadBlueprint, found.span, message, format!("for example: {field} = {example:.2}"));
        return None;
    }
    Some(found.value)
}

fn read_section(mut fields: Fields<'_, '_>, ids: &mut Ids, findings: &mut Findings) -> Option<Section> {
    let id = fields.required_text("id", "id = \"main\"", findings);
    if let Some(id) = &id {
        fields.name("section", id.value);
        ids.add(id, findings);
    }
    let name = fields.required_text("name", "name = \"Examination\"", findings);
    let minutes = whole_figure(&mut fields, "minutes", findings);
    let book = match fields.text("book", findings) {
        None => Book::Closed,
        Some(found) => match found.value {
            "closed" => Book::Closed,
            "open" => Book::Open,
            other => {
                let message = format!("`book` is \"{other}\", but it can only be closed or open");
                findings.add(Code::BadBlueprint, found.span, message, "write book = \"closed\" or book = \"open\"");
                Book::Closed
            }
        },
    };
    let break_after = fields.table("break_after", findings).and_then(|mut table| {
        let minutes = whole_figure(&mut table, "minutes", findings);
        let optional = table.flag("optional", findings).unwrap_or(true);
        table.finish(findings);
        Some(BreakRule { minutes: minutes?.value, optional })
    });
    fields.finish(findings);
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
    findings: &mut Findings,
) -> Option<Domain> {
    let id = fields.required_text("id", "id = \"legal\"", findings);
    if let Some(id) = &id {
        fields.name("domain", id.value);
        ids.add(id, findings);
    }
    let name = fields.required_text("name", "name = \"Legal\"", findings);
    let weight = figure(&mut fields, "weight", findings, Fields::text)
        .map(|weight| Figure { value: weight.value.value.to_owned(), source: weight.value.source });
    let mut counts = Vec::new();
    let example = format!("counts.{} = {{ scored = 26, unscored = 4 }}", sections.first().unwrap_or("main"));
    let before = findings.errors();
    match fields.table("counts", findings) {
        None => fields.require("counts", &example, findings),
        Some(table) => {
            let entries = table.all_tables(findings);
            if entries.is_empty() && findings.errors() == before {
                fields.missing("counts", &example, findings);
            }
            for (section, mut table) in entries {
                let scored = count_figure(&mut table, "scored", findings);
                let unscored = match table.table_or_value("unscored") {
                    Shape::Absent => Some(Figure { value: 0, source: Provenance::Unmarked }),
                    _ => count_figure(&mut table, "unscored", findings),
                };
                table.finish(findings);
                let (Some(scored), Some(unscored)) = (scored, unscored) else { continue };
                if let Some(known) = known_section(&section, sections, findings) {
                    counts.push((known, Count { scored, unscored }));
                }
            }
        }
    }
    let takes = fields.texts("takes", findings).unwrap_or_default();
    if let (Some(first), None) = (takes.first(), from) {
        let message = "this domain takes questions, but the blueprint does not say of which exam";
        findings.add(Code::BadBlueprint, first.span, message, "add, at the top of the file, from = \"rhit\"");
    }
    let mut topic_ids = Ids::new("topic");
    let mut many_topics = false;
    let topics: Option<Vec<(TopicId, String)>> = fields.table("topics", findings).map(|mut table| {
        table.take_misplaced(&mut fields, &["id", "name", "weight", "counts", "takes"], "[domain.topics]", findings);
        let entries = table.all_texts(findings);
        many_topics = too_many("topic", entries.len(), entries.get(MOST).map(|(id, _)| id.span), findings);
        if many_topics {
            return Vec::new();
        }
        for (id, _) in &entries {
            topic_ids.add(id, findings);
        }
        entries.into_iter().map(|(id, name)| (TopicId::new(id.value), name.value.to_owned())).collect()
    });
    let example = "[domain.topics] with lines such as consent = \"Consent\" below it";
    if topics.as_ref().is_some_and(Vec::is_empty) && findings.errors() == before {
        fields.missing("topics", example, findings);
    }
    // What it takes brings its topics.
    if takes.is_empty() {
        fields.require("topics", example, findings);
    }
    fields.finish(findings);
    if counts.is_empty() || many_topics {
        return None;
    }
    let topics = if takes.is_empty() { topics? } else { topics.unwrap_or_default() };
    let takes = takes.into_iter().map(|take| take.map(str::to_owned)).collect();
    Some(Domain { id: DomainId::new(id?.value), name: name?.value.to_owned(), weight, counts, topics, takes })
}

fn known_section(named: &Spanned<&str>, sections: &Ids, findings: &mut Findings) -> Option<SectionId> {
    let id = SectionId::new(named.value);
    if sections.span(id.as_str()).is_some() {
        return Some(id);
    }
    let known = || sections.known.iter().map(|(id, _)| id.as_str());
    known().next()?;
    let listed = format!("sections: {}", known().collect::<Vec<_>>().join(", "));
    let help =
        nearest(named.value, known()).map_or_else(|| listed.clone(), |near| format!("did you mean `{near}`? {listed}"));
    findings.add(Code::UnknownSection, named.span, format!("no section has the id `{}`", named.value), help);
    None
}

/// A whole number above zero, with its provenance.
fn whole_figure(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    findings: &mut Findings,
) -> Option<Spanned<Figure<u32>>> {
    fields.require(field, &format!("{field} = 100"), findings);
    let found = figure(fields, field, findings, Fields::whole)?;
    if found.value.value == 0 || found.value.value > 100_000 {
        let message = format!("`{field}` is {}, but must lie between 1 and 100000", found.value.value);
        findings.add(Code::BadBlueprint, found.span, message, "write the number that the exam has");
        return None;
    }
    Some(found)
}

/// A count, which may be zero.
fn count_figure(fields: &mut Fields<'_, '_>, field: &'static str, findings: &mut Findings) -> Option<Figure<u32>> {
    fields.require(field, &format!("{field} = 10"), findings);
    let found = figure(fields, field, findings, Fields::whole)?;
    if found.value.value > 100_000 {
        let message = format!("`{field}` is {}, more than any form holds", found.value.value);
        findings.add(Code::BadBlueprint, found.span, message, "write the number that the exam has");
        return None;
    }
    Some(found.value)
}

/// `12`, or `{ value = 12, source = "owner" }`.
fn figure<'a, 'i, T>(
    fields: &mut Fields<'a, 'i>,
    field: &'static str,
    findings: &mut Findings,
    read: impl FnOnce(&mut Fields<'a, 'i>, &'static str, &mut Findings) -> Option<Spanned<T>>,
) -> Option<Spanned<Figure<T>>> {
    if fields.table_or_value(field) != Shape::Table {
        let plain = read(fields, field, findings)?;
        return Some(plain.map(|value| Figure { value, source: Provenance::Unmarked }));
    }
    let mut table = fields.table(field, findings)?;
    let value = read(&mut table, "value", findings);
    table.require("value", "value = 100", findings);
    let source = match table.text("source", findings) {
        None => Provenance::Unmarked,
        Some(named) => Provenance::parse(named.value).unwrap_or_else(|| {
            findings.add(
                Code::BadBlueprint,
                named.span,
                format!("\"{}\" is not a source mark", named.value),
                "use given, owner, third-party, recalled or assumed",
            );
            Provenance::Unmarked
        }),
    };
    table.finish(findings);
    value.map(|value| value.map(|value| Figure { value, source }))
}
