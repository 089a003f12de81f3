//! `exam.toml` → [`Blueprint`], with everything that is wrong in it.

use super::{Blueprint, Book, BreakRule, Count, CutRule, Domain, Figure, LevelShares, Provenance, Scale, Section};
use crate::document::{Code, Fields, FileId, Findings, Located, Place, Shape, nearest, parse};
use crate::id::{DomainId, ExamId, SectionId, TopicId};

/// Reads a blueprint. `None` where so much is missing that nothing can be checked against it.
pub fn read(text: &str, file: FileId, findings: &mut Findings) -> Option<Blueprint> {
    let mut blueprint = None;
    parse(text, file, findings, |fields, findings| blueprint = exam(fields, findings));
    blueprint
}

fn exam(mut fields: Fields<'_, '_>, findings: &mut Findings) -> Option<Blueprint> {
    let before = findings.errors();
    let id = fields.required_text("id", "id = \"rhit\"", findings);
    let name = fields.required_text("name", "name = \"Registered Health Information Technician\"", findings);
    let owner = fields.text("owner", findings).map(|owner| owner.value.to_owned());
    let edition = fields.text("edition", findings).map_or_else(String::new, |edition| edition.value.to_owned());
    let questions = whole_figure(&mut fields, "questions", findings);
    let scale = read_scale(&mut fields, findings);
    let cut = read_cut(&mut fields, findings);
    let sections: Vec<Section> = fields
        .tables("section", "a section", findings)
        .into_iter()
        .filter_map(|section| read_section(section, findings))
        .collect();
    if sections.is_empty() && findings.errors() == before {
        fields.missing("section", "[[section]] with id, name and minutes below it", findings);
    }
    let domains: Vec<Domain> = fields
        .tables("domain", "a domain", findings)
        .into_iter()
        .filter_map(|domain| read_domain(domain, &sections, findings))
        .collect();
    if domains.is_empty() && findings.errors() == before {
        fields.missing("domain", "[[domain]] with id, name, counts and topics below it", findings);
    }
    let levels = read_levels(&mut fields, findings);
    let top = fields.place();
    fields.finish(findings);
    let (id, name) = (id?, name?);
    let (Some(questions), Some(scale), Some(cut)) = (questions, scale, cut) else { return None };
    let blueprint = Blueprint {
        id: ExamId::new(id.value),
        name: name.value.to_owned(),
        owner,
        edition,
        questions: questions.value,
        scale,
        cut,
        sections,
        domains,
        levels,
    };
    check_whole(&blueprint, questions.place, top, findings);
    Some(blueprint)
}

/// What only the whole can show: ids used once, counts that add up, sections with questions.
fn check_whole(blueprint: &Blueprint, questions: Place, top: Place, findings: &mut Findings) {
    let sum = blueprint.scored() + blueprint.unscored();
    if sum != blueprint.questions.value && !blueprint.domains.is_empty() {
        findings.add(
            Code::BlueprintTotal,
            questions,
            format!("`questions` says {}, but the domains' counts add up to {sum}", blueprint.questions.value),
            "change `questions`, or the scored and unscored counts of the domains",
        );
    }
    for section in &blueprint.sections {
        if blueprint.counts_of(&section.id).all(|(_, count)| count.total() == 0) {
            findings.add(
                Code::BadBlueprint,
                top,
                format!("no domain has a question in section `{}`", section.id),
                format!(
                    "add counts.{} = {{ scored = …, unscored = … }} to a domain, or remove the section",
                    section.id
                ),
            );
        }
    }
    let ids = blueprint.sections.iter().map(|s| s.id.as_str());
    report_twice("section", ids, top, findings);
    report_twice("domain", blueprint.domains.iter().map(|d| d.id.as_str()), top, findings);
}

fn report_twice<'i>(what: &str, ids: impl Iterator<Item = &'i str>, place: Place, findings: &mut Findings) {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            let message = format!("two {what}s have the id `{id}`");
            findings.add(Code::DuplicateId, place, message, "give one of them another id");
        }
    }
}

fn read_scale(fields: &mut Fields<'_, '_>, findings: &mut Findings) -> Option<Scale> {
    let Some(mut table) = fields.table("scale", findings) else {
        fields.missing("scale", "[scale] with lowest = 100, pass = 300 and highest = 400 below it", findings);
        return None;
    };
    let lowest = whole_figure(&mut table, "lowest", findings);
    let pass = whole_figure(&mut table, "pass", findings);
    let highest = whole_figure(&mut table, "highest", findings);
    let place = table.place();
    table.finish(findings);
    let scale = Scale { lowest: lowest?.value, pass: pass?.value, highest: highest?.value };
    if scale.lowest.value >= scale.pass.value || scale.pass.value >= scale.highest.value {
        let message = "the scale does not rise from lowest to pass to highest";
        findings.add(Code::BadBlueprint, place, message, "for example: lowest = 100, pass = 300, highest = 400");
    }
    Some(scale)
}

fn read_cut(fields: &mut Fields<'_, '_>, findings: &mut Findings) -> Option<CutRule> {
    let Some(mut table) = fields.table("cut", findings) else {
        fields.missing("cut", "[cut] with without_ratings = 0.70 below it", findings);
        return None;
    };
    let without_ratings = share(&mut table, "without_ratings", findings);
    if without_ratings.is_none() && table.table_or_value("without_ratings") == Shape::Absent {
        table.missing("without_ratings", "without_ratings = 0.70", findings);
    }
    let target = share(&mut table, "target", findings);
    table.finish(findings);
    Some(CutRule { without_ratings: without_ratings?, target })
}

fn read_levels(fields: &mut Fields<'_, '_>, findings: &mut Findings) -> Option<LevelShares> {
    let mut table = fields.table("levels", findings)?;
    let mut read = |field| match share(&mut table, field, findings) {
        None if table.table_or_value(field) == Shape::Absent => {
            table.missing(field, &format!("{field} = 0.3"), findings);
            None
        }
        found => found.map(|share| share.value),
    };
    let (recall, application, analysis) = (read("recall"), read("application"), read("analysis"));
    table.finish(findings);
    Some(LevelShares { recall: recall?, application: application?, analysis: analysis? })
}

fn share(fields: &mut Fields<'_, '_>, field: &'static str, findings: &mut Findings) -> Option<Figure<f64>> {
    let found = figure(fields, field, findings, Fields::number)?;
    if found.value.value <= 0.0 || found.value.value >= 1.0 {
        let message = format!("`{field}` is a share, and {} does not lie between 0 and 1", found.value.value);
        findings.add(Code::BadBlueprint, found.place, message, format!("for example: {field} = 0.70"));
        return None;
    }
    Some(found.value)
}

fn read_section(mut fields: Fields<'_, '_>, findings: &mut Findings) -> Option<Section> {
    let id = fields.required_text("id", "id = \"main\"", findings);
    if let Some(id) = &id {
        fields.name("section", id.value);
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
                findings.add(Code::BadBlueprint, found.place, message, "write book = \"closed\" or book = \"open\"");
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

fn read_domain(mut fields: Fields<'_, '_>, sections: &[Section], findings: &mut Findings) -> Option<Domain> {
    let id = fields.required_text("id", "id = \"legal\"", findings);
    if let Some(id) = &id {
        fields.name("domain", id.value);
    }
    let name = fields.required_text("name", "name = \"Legal\"", findings);
    let weight = figure(&mut fields, "weight", findings, Fields::text)
        .map(|weight| Figure { value: weight.value.value.to_owned(), source: weight.value.source });
    let mut counts = Vec::new();
    match fields.table("counts", findings) {
        None => fields.missing("counts", "counts.main = { scored = 26, unscored = 4 }", findings),
        Some(table) => {
            for (section, mut table) in table.all_tables(findings) {
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
    let topics = fields.table("topics", findings).map_or_else(Vec::new, |table| {
        let entries = table.all_texts(findings);
        entries.into_iter().map(|(id, name)| (TopicId::new(id.value), name.value.to_owned())).collect()
    });
    if topics.is_empty() {
        fields.missing("topics", "[domain.topics] with lines such as consent = \"Consent\" below it", findings);
    }
    fields.finish(findings);
    Some(Domain { id: DomainId::new(id?.value), name: name?.value.to_owned(), weight, counts, topics })
}

fn known_section(named: &Located<&str>, sections: &[Section], findings: &mut Findings) -> Option<SectionId> {
    let id = SectionId::new(named.value);
    if sections.iter().any(|section| section.id == id) {
        return Some(id);
    }
    let known: Vec<&str> = sections.iter().map(|section| section.id.as_str()).collect();
    let help = nearest(named.value, known.iter().copied())
        .map_or_else(|| format!("sections: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
    findings.add(Code::UnknownSection, named.place, format!("no section has the id `{}`", named.value), help);
    None
}

/// A whole number above zero, with its provenance.
fn whole_figure(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    findings: &mut Findings,
) -> Option<Located<Figure<u32>>> {
    if fields.table_or_value(field) == Shape::Absent {
        fields.missing(field, &format!("{field} = 100"), findings);
    }
    let found = figure(fields, field, findings, Fields::whole)?;
    if found.value.value == 0 || found.value.value > 100_000 {
        let message = format!("`{field}` is {}, but must lie between 1 and 100000", found.value.value);
        findings.add(Code::BadBlueprint, found.place, message, "write the number that the exam has");
        return None;
    }
    Some(found)
}

/// A count, which may be zero.
fn count_figure(fields: &mut Fields<'_, '_>, field: &'static str, findings: &mut Findings) -> Option<Figure<u32>> {
    if fields.table_or_value(field) == Shape::Absent {
        fields.missing(field, &format!("{field} = 10"), findings);
    }
    let found = figure(fields, field, findings, Fields::whole)?;
    if found.value.value > 100_000 {
        let message = format!("`{field}` is {}, more than any form holds", found.value.value);
        findings.add(Code::BadBlueprint, found.place, message, "write the number that the exam has");
        return None;
    }
    Some(found.value)
}

/// `12`, or `{ value = 12, source = "owner" }`.
fn figure<'a, 'i, T>(
    fields: &mut Fields<'a, 'i>,
    field: &'static str,
    findings: &mut Findings,
    read: impl FnOnce(&mut Fields<'a, 'i>, &'static str, &mut Findings) -> Option<Located<T>>,
) -> Option<Located<Figure<T>>> {
    if fields.table_or_value(field) != Shape::Table {
        let plain = read(fields, field, findings)?;
        return Some(plain.map(|value| Figure { value, source: Provenance::Unmarked }));
    }
    let mut table = fields.table(field, findings)?;
    let value = read(&mut table, "value", findings);
    if value.is_none() && table.table_or_value("value") == Shape::Absent {
        table.missing("value", "value = 100", findings);
    }
    let source = match table.text("source", findings) {
        None => Provenance::Unmarked,
        Some(named) => Provenance::parse(named.value).unwrap_or_else(|| {
            findings.add(
                Code::BadBlueprint,
                named.place,
                format!("\"{}\" is not a source mark", named.value),
                "use given, owner, third-party, recalled or assumed",
            );
            Provenance::Unmarked
        }),
    };
    table.finish(findings);
    value.map(|value| value.map(|value| Figure { value, source }))
}
