//! A bank file → items, with the places that the rules need.

use std::sync::Arc;

use super::Bank;
use super::check::{self, Context, Links};
use super::item::{Calculation, Choice, Item, Level, Status, Validity};
use crate::document::{Code, Fields, FileId, Findings, Located, Place, nearest, parse};
use crate::id::{CaseId, ChoiceId, DomainId, ItemId, SectionId, SheetId};

/// Reads one file into `bank`. An item with an error of its own is left out; its findings say why.
pub(super) fn bank(
    text: &str,
    file: FileId,
    context: &Context<'_>,
    bank: &mut Bank,
    links: &mut Links,
    findings: &mut Findings,
) {
    parse(text, file, findings, |mut fields, findings| {
        let header = header(&mut fields, context, findings);
        for case in fields.tables("case", "a case", findings) {
            read_case(case, bank, links, findings);
        }
        let items = fields.tables("item", "a question", findings);
        fields.finish(findings);
        bank.items.reserve(items.len());
        for item in items {
            read_item(item, &header, context, bank, links, findings);
        }
    });
}

/// What the top of a file says for all its questions.
struct Header {
    domain: Option<DomainId>,
    section: Option<SectionId>,
}

fn header(fields: &mut Fields<'_, '_>, context: &Context<'_>, findings: &mut Findings) -> Header {
    let exam = fields.required_text("exam", &format!("exam = \"{}\"", context.blueprint.id), findings);
    if let Some(exam) = exam.filter(|exam| exam.value != context.blueprint.id.as_str()) {
        findings.add(
            Code::UnknownExam,
            exam.place,
            format!("this file is for exam `{}`, but its folder is that of `{}`", exam.value, context.blueprint.id),
            format!("write exam = \"{}\", or move the file to the folder of its exam", context.blueprint.id),
        );
    }
    let domain = fields
        .required_text("domain", "domain = \"legal\"", findings)
        .and_then(|found| check::vocabulary::domain(&found, context, findings));
    let section = match fields.text("section", findings) {
        Some(found) => domain.as_ref().and_then(|id| check::vocabulary::section(&found, id, context, findings)),
        None => domain.as_ref().and_then(|id| only_section(id, context)),
    };
    Header { domain, section }
}

/// The section of a file that names none: the only one in which its domain has questions.
fn only_section(domain: &DomainId, context: &Context<'_>) -> Option<SectionId> {
    let counts = &context.blueprint.domain(domain)?.counts;
    match counts.as_slice() {
        [(section, _)] => Some(section.clone()),
        _ => None,
    }
}

fn read_case(mut fields: Fields<'_, '_>, bank: &mut Bank, links: &mut Links, findings: &mut Findings) {
    let id = fields.required_text("id", "id = \"case-1\"", findings);
    let text = fields.required_text("text", "text = \"\"\"A patient …\"\"\"", findings);
    fields.finish(findings);
    let (Some(id), Some(text)) = (id, text) else { return };
    check::identity::well_formed(&id, findings);
    let case = CaseId::new(id.value);
    links.cases.push((case.clone(), id.place));
    check::wording::hidden(text.place, text.value, findings);
    bank.cases.entry(case).or_insert_with(|| Arc::from(text.value.trim()));
}

#[expect(clippy::too_many_lines, reason = "one line a field, in the order of the format")]
fn read_item(
    mut fields: Fields<'_, '_>,
    header: &Header,
    context: &Context<'_>,
    bank: &mut Bank,
    links: &mut Links,
    findings: &mut Findings,
) {
    let before = findings.errors();
    let opening = fields.place();
    let id = fields.required_text("id", "id = \"legal-001\"", findings);
    if let Some(id) = &id {
        fields.name("", id.value);
        check::identity::well_formed(id, findings);
    }
    let name = id.as_ref().map_or("the question", |id| id.value);

    let section = match fields.text("section", findings) {
        Some(found) => {
            header.domain.as_ref().and_then(|domain| check::vocabulary::section(&found, domain, context, findings))
        }
        None => header.section.clone(),
    };
    if section.is_none() && header.domain.is_some() && findings.errors() == before {
        fields.missing("section", "section = \"closed\" (or one at the top of the file)", findings);
    }
    let topic = fields
        .required_text("topic", "topic = \"consent\"", findings)
        .and_then(|found| check::vocabulary::topic(&found, header.domain.as_ref(), name, context, findings));
    let level = fields
        .required_text("level", "level = \"application\"", findings)
        .and_then(|found| named(&found, "level", &Level::ALL, Code::UnknownLevel, name, findings));
    let status = fields.text("status", findings).map_or(Some(Status::Operational), |found| {
        named(&found, "status", &Status::ALL, Code::UnknownStatus, name, findings)
    });
    let angoff = fields.number("angoff", findings);
    if let Some(angoff) = &angoff {
        check::rating::in_range(angoff, name, findings);
    }
    let stem = fields.required_text("stem", "stem = \"A patient asks …\"", findings);
    let exhibit = fields.text("exhibit", findings);
    let case = fields.text("case", findings);
    let keep_order = fields.flag("keep_order", findings).unwrap_or(false);
    let source = fields.text("source", findings);
    let validity = read_validity(&mut fields, name, findings);
    let enemies = fields.texts("enemies", findings).unwrap_or_default();
    let references = fields.texts("references", findings).unwrap_or_default();

    let keys = fields.texts("key", findings);
    if keys.is_none() && findings.errors() == before {
        fields.missing("key", "key = \"b\"", findings);
    }
    let choices = fields.table("choices", findings).map(|table| table.all_texts(findings));
    if choices.is_none() && findings.errors() == before {
        fields.missing("choices", "[item.choices] with a = \"…\", b = \"…\" below it", findings);
    }
    let why = fields.table("why", findings).map_or_else(Vec::new, |table| table.all_texts(findings));
    let calculation = fields.table("calculation", findings).and_then(|table| read_calculation(table, findings));
    fields.finish(findings);

    let question = check::Question {
        name,
        opening,
        stem: stem.as_ref(),
        exhibit: exhibit.as_ref(),
        keys: keys.as_deref(),
        choices: choices.as_deref(),
        why: &why,
        angoff: angoff.as_ref(),
        source: source.as_ref(),
        references: &references,
        section: section.as_ref(),
        calculation: calculation.as_ref(),
    };
    check::question(&question, context, findings);

    let (Some(id), Some(section), Some(domain)) = (id, section, header.domain.clone()) else { return };
    let item_id = ItemId::new(id.value);
    let case = case.map(|case| case.map(CaseId::new));
    let enemy_ids: Vec<ItemId> = enemies.iter().map(|enemy| ItemId::new(enemy.value)).collect();
    let sheets: Vec<SheetId> = references.iter().map(|sheet| SheetId::new(sheet.value)).collect();
    links.items.push(check::ItemLinks {
        id: id.place,
        case: case.as_ref().map(|case| case.place),
        enemies: enemies.iter().map(|enemy| enemy.place).collect(),
        references: sheets.iter().cloned().zip(references.iter().map(|sheet| sheet.place)).collect(),
        item: item_id.clone(),
        case_id: case.as_ref().map(|case| case.value.clone()),
        enemy_ids: enemy_ids.clone(),
    });
    let (Some(topic), Some(level), Some(status), Some(stem)) = (topic, level, status, stem) else { return };
    let (Some(keys), Some(choices)) = (keys, choices) else { return };
    if findings.errors() != before {
        return;
    }
    let reason = |choice: &str| why.iter().find(|(id, _)| id.value == choice).map(|(_, text)| boxed(text.value));
    let mut key: Vec<ChoiceId> = Vec::with_capacity(keys.len());
    key.extend(
        choices
            .iter()
            .filter(|(id, _)| keys.iter().any(|key| key.value == id.value))
            .map(|(id, _)| ChoiceId::new(id.value)),
    );
    bank.items.push(Arc::new(Item {
        id: item_id,
        section,
        domain,
        topic,
        level,
        status,
        angoff: angoff.map(|angoff| angoff.value),
        stem: boxed(stem.value),
        exhibit: exhibit.map(|exhibit| exhibit.value.trim_end().trim_start_matches('\n').into()),
        case: case.map(|case| case.value),
        key,
        choices: choices
            .iter()
            .map(|(id, text)| Choice { id: ChoiceId::new(id.value), text: boxed(text.value), why: reason(id.value) })
            .collect(),
        keep_order,
        source: source.map(|source| boxed(source.value)),
        validity,
        enemies: enemy_ids,
        references: sheets,
        calculation: calculation.map(|found| Box::new(found.value)),
    }));
}

fn boxed(text: &str) -> Box<str> {
    text.trim().into()
}

fn named<T: Copy>(
    found: &Located<&str>,
    field: &str,
    known: &[(&'static str, T)],
    code: Code,
    name: &str,
    findings: &mut Findings,
) -> Option<T> {
    let hit = known.iter().find(|(word, _)| *word == found.value).map(|(_, value)| *value);
    if hit.is_none() {
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let help = nearest(found.value, words.iter().copied()).map_or_else(
            || format!("use {}", words.join(", ")),
            |near| format!("did you mean \"{near}\"? known: {}", words.join(", ")),
        );
        findings.add(code, found.place, format!("`{name}` has {field} \"{}\"", found.value), help);
    }
    hit
}

fn read_validity(fields: &mut Fields<'_, '_>, name: &str, findings: &mut Findings) -> Validity {
    let Some(mut table) = fields.table("valid", findings) else { return Validity::default() };
    let from = table.date("from", findings);
    let until = table.date("until", findings);
    let place: Place = table.place();
    table.finish(findings);
    let validity = Validity { from: from.map(|date| date.value), until: until.map(|date| date.value) };
    check::dates::in_order(validity, place, name, findings);
    validity
}

fn read_calculation(mut fields: Fields<'_, '_>, findings: &mut Findings) -> Option<Located<Calculation>> {
    let place = fields.place();
    let formula = fields.required_text("formula", "formula = \"100 * deaths / discharges\"", findings);
    let decimals = fields.whole("decimals", findings).map_or(0, |decimals| decimals.value);
    let values = match fields.table("values", findings) {
        Some(table) => table.all_numbers(findings),
        None => Vec::new(),
    };
    fields.finish(findings);
    let formula = formula?;
    Some(Located {
        value: Calculation {
            formula: formula.value.into(),
            decimals,
            values: values.into_iter().map(|(name, number)| (name.value.to_owned(), number.value)).collect(),
        },
        place: Place { start: place.start, ..formula.place },
    })
}
