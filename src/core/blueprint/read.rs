//! `exam.toml` → [`Blueprint`], with everything that is wrong in it.

use super::figure::{self, Allowed};
use super::ids::Ids;
use super::{
    Blueprint, Book, BreakRule, Count, CutRule, Domain, Figure, LevelShares, Population, Progress, Provenance, Scale,
    Section, Topic,
};
use crate::diagnostics::{
    Code, Diagnostic, Diagnostics, Fields, FileId, RawTable, Scope, Span, Spanned, allowances, codes, malformed, parse,
};
use crate::id::{DomainId, ExamId, SectionId, TopicId};
use crate::text::{grouped, nearest};

codes! {
    Error UNKNOWN_EXAM "unknown-exam"
    Error UNKNOWN_SECTION "unknown-section"
    Error BAD_BLUEPRINT "bad-blueprint"
    Error BLUEPRINT_TOTAL "blueprint-total"
}

/// Reads a blueprint; `folder` is the name of its folder, where that is known. `None` where a part is missing, so that
/// nothing can be checked against it.
pub fn read(text: &str, file: FileId, folder: Option<&ExamId>, diagnostics: &mut Diagnostics) -> Option<Blueprint> {
    let mut blueprint = None;
    parse(text, file, diagnostics, |fields| blueprint = exam(fields, folder));
    blueprint
}

fn exam(mut fields: Fields<'_, '_>, folder: Option<&ExamId>) -> Option<Blueprint> {
    let before = fields.errors();
    let id = fields.required_text("id", "id = \"rhit\"");
    let name = fields.required_text("name", "name = \"Registered Health Information Technician\"");
    let owner = fields.text("owner").map(|owner| owner.value.to_owned());
    let edition = fields.text("edition").map_or_else(String::new, |edition| edition.value.to_owned());
    let from = fields.text("from");
    let succeeded_by = fields.text("succeeded_by");
    let progress = progress(&mut fields);
    let questions = figure::whole(&mut fields, "questions");
    let scale = scale(&mut fields);
    let cut = cut(&mut fields);
    let mut section_ids = Ids::new("section");
    let sections = sections(&mut fields, &mut section_ids);
    let domains = domains(&mut fields, from.as_ref(), &section_ids);
    let population = population(&mut fields);
    let levels = levels(&mut fields);
    let allow = allowances(&mut fields, Scope::Exam);
    let not_sources = fields.texts("not_sources").unwrap_or_default();
    let broken = fields.is_file_broken();
    let diagnostics = fields.finish();
    let (id, name) = (id?, name?);
    diagnostics.extend(malformed(&id));
    let id = id.map(ExamId::new);
    diagnostics.extend(folder.and_then(|folder| other_exam(&id, folder)));
    let (questions, scale, cut) = (questions?, scale?, cut?);
    // With a part missing, whatever names that part would seem to be wrong.
    let (sections, domains) = (sections?, domains?);
    if broken || sections.is_empty() || domains.is_empty() {
        return None;
    }
    let blueprint = Blueprint {
        id: id.value,
        name: name.value.to_owned(),
        owner,
        edition,
        from: from.map(|from| from.map(ExamId::new)),
        succeeded_by: succeeded_by.map(|successor| successor.map(ExamId::new)),
        progress,
        questions: questions.value,
        scale,
        cut,
        sections,
        domains,
        population,
        levels,
        allow,
        not_sources: not_sources.into_iter().map(|place| place.value.to_owned()).collect(),
    };
    if diagnostics.errors() == before {
        diagnostics.extend(total(&blueprint, questions.span));
        diagnostics.extend(empty_sections(&blueprint, &section_ids));
    }
    Some(blueprint)
}

fn progress(fields: &mut Fields<'_, '_>) -> Progress {
    let span = fields.span_of("unfinished");
    match (fields.flag("unfinished"), span) {
        (Some(true), Some(span)) => Progress::Unfinished(span),
        _ => Progress::Finished,
    }
}

/// The blueprint of another exam than that of its folder.
fn other_exam(id: &Spanned<ExamId>, folder: &ExamId) -> Option<Diagnostic> {
    if id.value == *folder {
        return None;
    }
    let message = format!("this is the blueprint of exam `{}`, but its folder is named `{folder}`", id.value);
    let help = format!("write id = \"{folder}\" (and exam = \"{folder}\" in the bank files), or rename the folder");
    Some(Diagnostic::new(Code::UNKNOWN_EXAM, message).at(id.span).help(help))
}

/// The counts add up, and something counts. This is asked once the parts are sound.
fn total(blueprint: &Blueprint, questions: Span) -> Option<Diagnostic> {
    let sum = blueprint.scored() + blueprint.unscored();
    let wanted = blueprint.questions.value;
    let found = if sum != wanted {
        let message = format!("`questions` says {wanted}, but the domains' counts add up to {sum}");
        Diagnostic::new(Code::BLUEPRINT_TOTAL, message)
            .help("change `questions`, or the scored and unscored counts of the domains")
    } else if blueprint.scored() == 0 {
        Diagnostic::new(Code::BAD_BLUEPRINT, "no question of this exam is scored")
            .help("write how many count: scored = 10")
    } else {
        return None;
    };
    Some(found.at(questions))
}

/// Sections without a question.
fn empty_sections(blueprint: &Blueprint, ids: &Ids<SectionId>) -> impl Iterator<Item = Diagnostic> {
    let is_empty = |section: &&Section| blueprint.counts_of(&section.id).all(|(_, count)| count.total() == 0);
    let empty = blueprint.sections.iter().filter(is_empty);
    empty.filter_map(|Section { id, .. }| {
        let message = format!("no domain has a question in section `{id}`");
        let help = format!("add counts.{id} = {{ scored = …, unscored = … }} to a domain, or remove the section");
        Some(Diagnostic::new(Code::BAD_BLUEPRINT, message).at(ids.span(id)?).help(help))
    })
}

/// More sections, domains, or topics of one domain than an exam can have: they are looked through for every question.
const MOST: usize = 1000;

/// There are more than [`MOST`] parts of a kind; `spans` are those of all.
fn too_many(what: &str, mut spans: impl ExactSizeIterator<Item = Span>) -> Option<Diagnostic> {
    let count = spans.len();
    let first = spans.nth(MOST)?;
    let message = format!("there are {} {what}s, and {} is the most", grouped(count), grouped(MOST));
    Some(Diagnostic::new(Code::BAD_BLUEPRINT, message).at(first).help("divide the exam, or make its parts larger"))
}

/// The tables of a list, and whether all of them are there: not more than [`MOST`] are.
fn parts<'a>(
    fields: &mut Fields<'_, 'a>,
    field: &'static str,
    subject: &'static str,
) -> (impl Iterator<Item = RawTable<'a>> + use<'a>, bool) {
    let tables = fields.tables(field, subject);
    let too_many = too_many(field, tables.iter().map(RawTable::span));
    let complete = too_many.is_none();
    fields.report_all(too_many);
    (tables.into_iter().take(MOST), complete)
}

/// None where one of them is missing.
fn sections(fields: &mut Fields<'_, '_>, ids: &mut Ids<SectionId>) -> Option<Vec<Section>> {
    fields.require("section", "[[section]] with id, name and minutes below it");
    let (tables, complete) = parts(fields, "section", "a section");
    let sections: Vec<Option<Section>> = tables.map(|table| section(fields.open(table), ids)).collect();
    sections.into_iter().collect::<Option<_>>().filter(|_| complete)
}

/// None where one of them is missing.
fn domains(
    fields: &mut Fields<'_, '_>,
    from: Option<&Spanned<&str>>,
    sections: &Ids<SectionId>,
) -> Option<Vec<Domain>> {
    fields.require("domain", "[[domain]] with id, name, counts and topics below it");
    let mut ids = Ids::new("domain");
    let (tables, complete) = parts(fields, "domain", "a domain");
    let domains: Vec<Option<Domain>> =
        tables.map(|table| domain(fields.open(table), from, sections, &mut ids)).collect();
    domains.into_iter().collect::<Option<_>>().filter(|_| complete)
}

fn scale(fields: &mut Fields<'_, '_>) -> Option<Scale> {
    fields.require("scale", "[scale] with lowest = 100, pass = 300 and highest = 400 below it");
    let mut table = fields.table("scale")?;
    let lowest = figure::count(&mut table, "lowest");
    let pass = figure::whole(&mut table, "pass");
    let highest = figure::whole(&mut table, "highest");
    let span = table.span();
    let diagnostics = table.finish();
    let scale = Scale { lowest: lowest?, pass: pass?.value, highest: highest?.value };
    if scale.lowest.value >= scale.pass.value || scale.pass.value >= scale.highest.value {
        let message = "the scale does not rise from lowest to pass to highest";
        let help = "for example: lowest = 100, pass = 300, highest = 400";
        diagnostics.push(Diagnostic::new(Code::BAD_BLUEPRINT, message).at(span).help(help));
    }
    Some(scale)
}

fn cut(fields: &mut Fields<'_, '_>) -> Option<CutRule> {
    fields.require("cut", "[cut] with without_ratings = 0.70 below it");
    let mut table = fields.table("cut")?;
    let default_rating = figure::share(&mut table, "without_ratings");
    table.require("without_ratings", "without_ratings = 0.70");
    let target = figure::share(&mut table, "target");
    table.finish();
    Some(CutRule { default_rating: default_rating?, target })
}

/// The whole table or none is written, but for what several raters and several domains are assumed to have in common.
fn population(fields: &mut Fields<'_, '_>) -> Option<Population> {
    let mut table = fields.table("population")?;
    let mut read = |field: &'static str, example: f64, allowed: Allowed| {
        table.require(field, &format!("{field} = {example:.2}"));
        figure::bounded(&mut table, field, example, allowed)
    };
    let pass_rate = read("pass_rate", 0.74, Allowed::Share);
    let spread = read("spread", 0.09, Allowed::Deviation);
    let likeness = read("likeness", 0.95, Allowed::Correlation);
    let shared_error = read("shared_error", 0.03, Allowed::Error);
    let rating_error = read("rating_error", 0.10, Allowed::Error);
    let rater_independence = figure::bounded(&mut table, "rater_independence", 0.16, Allowed::Part);
    let domain_correlation = figure::bounded(&mut table, "domain_correlation", 0.90, Allowed::Correlation);
    table.finish();
    Some(Population {
        pass_rate: pass_rate?,
        spread: spread?,
        likeness: likeness?,
        shared_error: shared_error?,
        rating_error: rating_error?,
        rater_independence,
        domain_correlation,
    })
}

fn levels(fields: &mut Fields<'_, '_>) -> Option<LevelShares> {
    let mut table = fields.table("levels")?;
    let span = table.span();
    let mut read = |field| {
        table.require(field, &format!("{field} = 0.3"));
        figure::share(&mut table, field).map(|share| share.value)
    };
    let (recall, application, analysis) = (read("recall"), read("application"), read("analysis"));
    let diagnostics = table.finish();
    let levels = LevelShares { recall: recall?, application: application?, analysis: analysis? };
    let sum = levels.recall + levels.application + levels.analysis;
    if (sum - 1.0).abs() > 0.005 {
        let message = format!("the shares in `levels` add up to {sum:.2}, not to 1");
        let help = "for example: levels = { recall = 0.30, application = 0.50, analysis = 0.20 }";
        diagnostics.push(Diagnostic::new(Code::BAD_BLUEPRINT, message).at(span).help(help));
    }
    Some(levels)
}

fn section(mut fields: Fields<'_, '_>, ids: &mut Ids<SectionId>) -> Option<Section> {
    let id = fields.required_text("id", "id = \"main\"");
    if let Some(id) = &id {
        fields.set_name("section", id.value);
        ids.add(id, &mut fields);
    }
    let name = fields.required_text("name", "name = \"Examination\"");
    let minutes = figure::whole(&mut fields, "minutes");
    let book = fields.text("book").and_then(|named| fields.accept(book(&named))).unwrap_or(Book::Closed);
    let break_after = fields.table("break_after").and_then(break_rule);
    fields.finish();
    Some(Section {
        id: SectionId::new(id?.value),
        name: name?.value.to_owned(),
        minutes: minutes?.value,
        book,
        break_after,
    })
}

fn book(named: &Spanned<&str>) -> Result<Book, Diagnostic> {
    named.value.parse().map_err(|_| {
        let message = format!("`book` is \"{}\", but it can only be closed or open", named.value);
        let help = "write book = \"closed\" or book = \"open\"";
        Diagnostic::new(Code::BAD_BLUEPRINT, message).at(named.span).help(help)
    })
}

fn break_rule(mut fields: Fields<'_, '_>) -> Option<BreakRule> {
    let minutes = figure::whole(&mut fields, "minutes");
    let optional = fields.flag("optional").unwrap_or(true);
    fields.finish();
    Some(BreakRule { minutes: minutes?.value, optional })
}

fn domain(
    mut fields: Fields<'_, '_>,
    from: Option<&Spanned<&str>>,
    sections: &Ids<SectionId>,
    ids: &mut Ids<DomainId>,
) -> Option<Domain> {
    let id = fields.required_text("id", "id = \"legal\"");
    if let Some(id) = &id {
        fields.set_name("domain", id.value);
        ids.add(id, &mut fields);
    }
    let name = fields.required_text("name", "name = \"Legal\"");
    let weight = figure::text(&mut fields, "weight");
    let counts = counts(&mut fields, sections);
    let takes = fields.texts("takes").unwrap_or_default();
    if let (Some(first), None) = (takes.first(), from) {
        let message = "this domain takes questions, but the blueprint does not say of which exam";
        let help = "add, at the top of the file, from = \"rhit\"";
        fields.report(Diagnostic::new(Code::BAD_BLUEPRINT, message).at(first.span).help(help));
    }
    let topics = topics(&mut fields, takes.is_empty());
    fields.finish();
    if counts.is_empty() {
        return None;
    }
    let takes = takes.into_iter().map(|take| take.map(str::to_owned)).collect();
    Some(Domain { id: DomainId::new(id?.value), name: name?.value.to_owned(), weight, counts, topics: topics?, takes })
}

fn counts(fields: &mut Fields<'_, '_>, sections: &Ids<SectionId>) -> Vec<Count> {
    let example = format!("counts.{} = {{ scored = 26, unscored = 4 }}", sections.names().next().unwrap_or("main"));
    let before = fields.errors();
    let Some(table) = fields.table("counts") else {
        fields.require("counts", &example);
        return Vec::new();
    };
    let entries = table.all_tables();
    if entries.is_empty() && fields.errors() == before {
        fields.missing("counts", &example);
    }
    entries.into_iter().filter_map(|(section, table)| count(&section, fields.open(table), sections)).collect()
}

fn count(named: &Spanned<&str>, mut fields: Fields<'_, '_>, sections: &Ids<SectionId>) -> Option<Count> {
    let scored = figure::count(&mut fields, "scored");
    let unscored = if fields.has("unscored") {
        figure::count(&mut fields, "unscored")
    } else {
        Some(Figure { value: 0, source: Provenance::Unmarked })
    };
    let diagnostics = fields.finish();
    let (scored, unscored) = (scored?, unscored?);
    let section = SectionId::new(named.value);
    if sections.span(&section).is_none() {
        diagnostics.extend(unknown_section(named, sections));
        return None;
    }
    Some(Count { section, scored, unscored })
}

/// No section has this id; where no section has any, that was reported.
fn unknown_section(named: &Spanned<&str>, sections: &Ids<SectionId>) -> Option<Diagnostic> {
    sections.names().next()?;
    let listed = format!("sections: {}", sections.names().collect::<Vec<_>>().join(", "));
    let help = nearest(named.value, sections.names())
        .map_or_else(|| listed.clone(), |near| format!("did you mean `{near}`? {listed}"));
    let message = format!("no section has the id `{}`", named.value);
    Some(Diagnostic::new(Code::UNKNOWN_SECTION, message).at(named.span).help(help))
}

/// None where they are missing, or too many to be used. A domain that takes questions need have none of its own: what it
/// takes brings its topics.
fn topics(fields: &mut Fields<'_, '_>, are_required: bool) -> Option<Vec<Topic>> {
    let example = "[domain.topics] with lines such as consent = \"Consent\" below it";
    let before = fields.errors();
    let Some(table) = fields.table_without("topics", &["id", "name", "weight", "counts", "takes"]) else {
        if are_required {
            fields.require("topics", example);
        }
        return (!are_required).then(Vec::new);
    };
    let entries = table.all_texts();
    if let Some(too_many) = too_many("topic", entries.iter().map(|(id, _)| id.span)) {
        fields.report(too_many);
        return None;
    }
    if entries.is_empty() && fields.errors() == before {
        fields.missing("topics", example);
    }
    let mut ids = Ids::<TopicId>::new("topic");
    for (id, _) in &entries {
        ids.add(id, fields);
    }
    let topic =
        |(id, name): (Spanned<&str>, Spanned<&str>)| Topic { id: TopicId::new(id.value), name: name.value.to_owned() };
    Some(entries.into_iter().map(topic).collect())
}
