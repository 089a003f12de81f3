//! A bank file → items, with the places that the rules need.

use std::borrow::Cow;
use std::sync::Arc;

use super::check::texts::Layout;
use super::check::{self, Context, Links};
use super::item::{Calculation, Choice, Item, Level, Status, Validity};
use super::paragraphs::flowing;
use super::replace::{Outcome, Rank, Replaces};
use super::{Bank, Exhibit, Table, foreign};
use crate::diagnostics::{
    Code, Diagnostics, Fields, FileId, Scope, Shape, Span, Spanned, allowances, nearest, parse_lists, well_formed,
};
use crate::id::{CaseId, ChoiceId, DomainId, ExamId, ItemId, SectionId, SheetId};

/// Reads one file into `bank`. An item with an error of its own is left out; its findings say why.
pub(super) fn bank<'t>(
    text: impl Iterator<Item = Cow<'t, str>>,
    file: FileId,
    rank: Rank,
    context: &Context<'_>,
    bank: &mut Bank,
    links: &mut Links,
    diagnostics: &mut Diagnostics,
) {
    let mut known: Option<Header> = None;
    parse_lists(text, file, diagnostics, |fields, diagnostics| {
        links.lost |= fields.is_file_broken();
        links.incomplete |= fields.is_file_broken();
        fields.recognize(|name, value| foreign::file(name, value, FIELDS, TABLES), diagnostics);
        links.lost |= fields.has_other_lists(&["item", "case"]);
        let cases = fields.tables("case", "a case", diagnostics);
        let items = fields.tables("item", "a question", diagnostics);
        links.lost |= items.is_empty() && fields.span_of("item").is_some();
        let need = if items.iter().all(only_retires) && !items.is_empty() { Need::Optional } else { Need::Required };
        let header = known.get_or_insert_with(|| {
            let header = header(fields, need, rank, context, diagnostics);
            links.allowances.extend(allowances(fields, Scope::File(file), diagnostics));
            header
        });
        if header.need == Need::Optional && need == Need::Required {
            header.need = need;
            if header.domain.is_none() {
                let message = "this question needs the file to name its `domain`";
                let span = items.iter().find(|item| !only_retires(item)).map_or(fields.span(), Fields::span);
                diagnostics.add(
                    Code::MissingField,
                    span,
                    message,
                    "add a line at its top, such as: domain = \"legal\"",
                );
            }
        }
        for case in cases {
            read_case(case, bank, links, diagnostics);
        }
        bank.items.reserve(items.len());
        for item in items {
            read_item(item, header, context, bank, links, diagnostics);
        }
    });
}

/// What the top of a file says for all its questions.
struct Header {
    rank: Rank,
    need: Need,
    domain: Option<DomainId>,
    section: Option<SectionId>,
    /// The file names no section, and its domain has questions in more than one.
    several_sections: bool,
}

/// Whether a file must name a domain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    /// Its questions only retire others, which have their domains.
    Optional,
}

/// Whether a question only says that another is retired: it needs nothing but an id.
fn only_retires(item: &Fields<'_, '_>) -> bool {
    item.span_of("replaces").is_some() && item.span_of("status").is_some() && item.span_of("stem").is_none()
}

fn header(
    fields: &mut Fields<'_, '_>,
    need: Need,
    rank: Rank,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Header {
    let known = context.blueprint;
    let exam_line = known.map_or("exam = \"rhit\"".to_owned(), |blueprint| format!("exam = \"{}\"", blueprint.id));
    let exam = fields.required_text("exam", &exam_line, diagnostics);
    if let (Some(exam), Some(blueprint)) = (exam, known)
        && ExamId::new(exam.value) != blueprint.id
    {
        diagnostics.add(
            Code::UnknownExam,
            exam.span,
            format!("this file is for exam `{}`, but its folder is that of `{}`", exam.value, blueprint.id),
            format!("write {exam_line}, or move the file to the folder of its exam"),
        );
    }
    let example = known.and_then(|blueprint| blueprint.domains.first()).map_or("legal", |domain| domain.id.as_str());
    let named = match need {
        Need::Required => fields.required_text("domain", &format!("domain = \"{example}\""), diagnostics),
        Need::Optional => fields.text("domain", diagnostics),
    };
    let domain = named.and_then(|found| check::vocabulary::domain(&found, context, diagnostics));
    let counts = domain.as_ref().and_then(|id| Some(known?.domain(id)?.counts.as_slice())).unwrap_or_default();
    let named = fields.text("section", diagnostics);
    let section = match (&named, &domain, counts) {
        (Some(found), Some(domain), _) => check::vocabulary::section(found, domain, context, diagnostics),
        (None, Some(_), [(section, _)]) => Some(section.clone()),
        _ => None,
    };
    Header { rank, need, domain, section, several_sections: named.is_none() && counts.len() > 1 }
}

fn read_case(mut fields: Fields<'_, '_>, bank: &mut Bank, links: &mut Links, diagnostics: &mut Diagnostics) {
    let file_text = fields.file_text();
    fields.recognize(foreign::case, diagnostics);
    let id = fields.required_text("id", "id = \"case-1\"", diagnostics);
    let text = fields.required_text("text", "text = \"\"\"A patient …\"\"\"", diagnostics);
    fields.finish(diagnostics);
    let (Some(id), Some(text)) = (id, text) else { return };
    well_formed(&id, diagnostics);
    let case = CaseId::new(id.value);
    links.cases.push((case.clone(), id.span));
    check::texts::look_through(&format_args!("case `{case}`"), &text, file_text, Layout::Flowing, diagnostics);
    bank.cases.entry(case).or_insert_with(|| Arc::from(flowing(&text, file_text)));
}

#[expect(clippy::too_many_lines, reason = "one line a field, in the order of the format")]
fn read_item(
    mut fields: Fields<'_, '_>,
    header: &Header,
    context: &Context<'_>,
    bank: &mut Bank,
    links: &mut Links,
    diagnostics: &mut Diagnostics,
) {
    let before = diagnostics.errors();
    let opening = fields.span();
    let broken = fields.is_broken();
    let file_text = fields.file_text();
    links.openings.push(opening);
    links.allowances.extend(allowances(&mut fields, Scope::Item(opening), diagnostics));
    if let Some(id) = fields.peek("id") {
        fields.set_name("", id);
    }
    fields.recognize(|name, value| foreign::question(name, value, FIELDS, TABLES), diagnostics);
    let id = fields.required_text("id", "id = \"legal-001\"", diagnostics);
    if let Some(id) = &id {
        well_formed(id, diagnostics);
    }
    let name = id.as_ref().map_or("a question without id".to_owned(), |id| format!("`{:.100}`", id.value));
    match &id {
        Some(id) => fields.set_name("", id.value),
        None => fields.set_subject("a question without id"),
    }
    let name = name.as_str();
    let replaces_at = fields.span_of("replaces").filter(|_| fields.flag("replaces", diagnostics) == Some(true));
    if let Some(span) = replaces_at
        && only_retires(&fields)
    {
        return read_retirement(fields, id, name, span, header, links, diagnostics);
    }

    let Subtables { choices, why, calculation, exhibit } = read_subtables(&mut fields, diagnostics);

    let section = match fields.text("section", diagnostics) {
        Some(found) => {
            header.domain.as_ref().and_then(|domain| check::vocabulary::section(&found, domain, context, diagnostics))
        }
        None => header.section.clone(),
    };
    if section.is_none() && header.several_sections {
        fields.require("section", "section = \"closed\" (or one at the top of the file)", diagnostics);
    }
    let topic = fields
        .required_text("topic", "topic = \"consent\"", diagnostics)
        .and_then(|found| check::vocabulary::topic(&found, header.domain.as_ref(), name, context, diagnostics));
    let level = fields
        .required_text("level", "level = \"application\"", diagnostics)
        .and_then(|found| named(&found, "level", &Level::ALL, Code::UnknownLevel, name, diagnostics));
    let status = fields.text("status", diagnostics).map_or(Some(Status::Operational), |found| {
        named(&found, "status", &Status::ALL, Code::UnknownStatus, name, diagnostics)
    });
    let ratings = fields.numbers("angoff", diagnostics).unwrap_or_default();
    for rating in &ratings {
        check::rating::in_range(rating, name, diagnostics);
    }
    let stem = fields.required_text("stem", "stem = \"A patient asks …\"", diagnostics);
    let explanation = fields.text("explanation", diagnostics);
    let case = fields.text("case", diagnostics);
    let keep_order = fields.flag("keep_order", diagnostics).unwrap_or(false);
    let source = fields.text("source", diagnostics);
    let validity = read_validity(&mut fields, name, diagnostics);
    let enemies = fields.texts("enemies", diagnostics).unwrap_or_default();
    let references = fields.texts("references", diagnostics).unwrap_or_default();

    let key_span = fields.span_of("key");
    let keys = fields.texts("key", diagnostics);
    fields.require("key", "key = \"b\"", diagnostics);
    fields.require("choices", "[item.choices] with a = \"…\", b = \"…\" below it", diagnostics);
    // Of a field that has a fault of its own it is not worth saying that it is absent.
    let told = |field: &str| broken || fields.is_elsewhere(field) || fields.span_of(field).is_some();
    let advise = check::Advise {
        rating: !told("angoff"),
        source: source.is_some() || !told("source"),
        references: !told("references"),
        rationale: !broken && (!why.is_empty() || !told("why")) && !told("explanation"),
    };
    fields.finish(diagnostics);

    let case_text = case.as_ref().and_then(|case| bank.cases.get(&CaseId::new(case.value)).cloned());
    let question = check::Question {
        name,
        file_text,
        opening,
        stem: stem.as_ref(),
        exhibit: exhibit.as_ref().and_then(ReadExhibit::text),
        explanation: explanation.as_ref(),
        case_text: case_text.as_deref(),
        keep_order,
        keys: keys.as_deref(),
        key_span,
        choices: choices.as_deref(),
        why: &why,
        rated: !ratings.is_empty(),
        source: source.as_ref(),
        references: &references,
        section: section.as_ref(),
        calculation: calculation.as_ref(),
        advise,
        broken,
    };
    check::question(&question, context, diagnostics);

    links.incomplete |= id.is_none();
    let id = id.map(|id| (ItemId::new(id.value), id.span));
    let case = case.map(|case| case.map(CaseId::new));
    let enemy_ids: Vec<ItemId> = enemies.iter().map(|enemy| ItemId::new(enemy.value)).collect();
    let sheets: Vec<SheetId> = references.iter().map(|sheet| SheetId::new(sheet.value)).collect();
    links.items.push(check::ItemLinks {
        name: name.to_owned(),
        case: case.as_ref().map(|case| case.span),
        enemies: enemies.iter().map(|enemy| enemy.span).collect(),
        references: sheets.iter().cloned().zip(references.iter().map(|sheet| sheet.span)).collect(),
        item: id.clone(),
        case_id: case.as_ref().map(|case| case.value.clone()),
        enemy_ids: enemy_ids.clone(),
        rank: header.rank,
        replaces: replaces_at.map(|span| Replaces {
            span,
            outcome: if status == Some(Status::Retired) { Outcome::Retired } else { Outcome::Replaced },
        }),
        bank_index: None,
    });
    links.faulty.push(check::Faulty {
        section: section.clone(),
        domain: header.domain.clone(),
        topic: topic.clone(),
        level,
        retired: status == Some(Status::Retired),
    });
    let (Some((id, _)), Some(section), Some(domain)) = (id, section, header.domain.clone()) else { return };
    let (Some(topic), Some(level), Some(status), Some(stem)) = (topic, level, status, stem) else { return };
    let (Some(keys), Some(choices)) = (keys, choices) else { return };
    if diagnostics.errors() != before {
        return;
    }
    let flow = |text: &Spanned<&str>| flowing(text, file_text).into_boxed_str();
    let reason =
        |choice: &ChoiceId| why.iter().find(|(id, _)| ChoiceId::new(id.value) == *choice).map(|(_, text)| flow(text));
    let choices: Vec<Choice> = choices
        .iter()
        .map(|(id, text)| (ChoiceId::new(id.value), flow(text)))
        .map(|(id, text)| Choice { why: reason(&id), id, text })
        .collect();
    let keys: Vec<ChoiceId> = keys.iter().map(|key| ChoiceId::new(key.value)).collect();
    links.faulty.pop();
    if let Some(linked) = links.items.last_mut() {
        linked.bank_index = Some(bank.items.len());
    }
    bank.items.push(Arc::new(Item {
        id,
        section,
        domain,
        topic,
        level,
        status,
        angoff: super::mean(ratings.iter().map(|rating| rating.value)),
        ratings: if ratings.len() > 1 { ratings.iter().map(|rating| rating.value).collect() } else { Box::default() },
        stem: flow(&stem),
        exhibit: exhibit.map(ReadExhibit::into_exhibit),
        case: case.map(|case| case.value),
        key: choices.iter().map(|choice| &choice.id).filter(|id| keys.contains(id)).cloned().collect(),
        choices,
        keep_order,
        explanation: explanation.filter(|text| !text.value.trim().is_empty()).map(|text| flow(&text)),
        source: source.map(|source| source.value.trim().into()),
        validity,
        enemies: enemy_ids,
        references: sheets,
        calculation: calculation.map(|found| Box::new(found.value)),
    }));
}

/// A question that only retires another: `replaces = true` and `status = "retired"`.
fn read_retirement(
    mut fields: Fields<'_, '_>,
    id: Option<Spanned<&str>>,
    name: &str,
    span: Span,
    header: &Header,
    links: &mut Links,
    diagnostics: &mut Diagnostics,
) {
    if let Some(status) = fields.text("status", diagnostics)
        && status.value != "retired"
    {
        let message = format!("{name} replaces a question without a stem, so its status can only be \"retired\"");
        let help = "write status = \"retired\", or the whole question that is to stand in its place";
        diagnostics.add(Code::UnknownStatus, status.span, message, help);
    }
    fields.finish(diagnostics);
    links.incomplete |= id.is_none();
    links.items.push(check::ItemLinks {
        name: name.to_owned(),
        item: id.map(|id| (ItemId::new(id.value), id.span)),
        case_id: None,
        case: None,
        enemy_ids: Vec::new(),
        enemies: Vec::new(),
        references: Vec::new(),
        rank: header.rank,
        replaces: Some(Replaces { span, outcome: Outcome::Retired }),
        bank_index: None,
    });
}

/// The tables of a question.
const TABLES: &[&str] = &["choices", "why", "calculation"];

/// The fields of a question; none of them can be the id of a choice.
const FIELDS: &[&str] = &[
    "id",
    "section",
    "topic",
    "level",
    "status",
    "angoff",
    "stem",
    "allow",
    "replaces",
    "exhibit",
    "explanation",
    "case",
    "keep_order",
    "source",
    "valid",
    "enemies",
    "references",
    "key",
];

/// The tables within a question, which swallow every line that was meant for the question and written too late.
struct Subtables<'q> {
    choices: Option<Vec<check::Entry<'q>>>,
    why: Vec<check::Entry<'q>>,
    calculation: Option<Spanned<Calculation>>,
    exhibit: Option<ReadExhibit<'q>>,
}

/// An exhibit as it was written.
pub(super) enum ReadExhibit<'q> {
    Text(Spanned<&'q str>),
    Table(Table),
}

impl ReadExhibit<'_> {
    fn into_exhibit(self) -> Exhibit {
        match self {
            Self::Text(text) => Exhibit::Text(text.value.trim_end().trim_start_matches('\n').into()),
            Self::Table(table) => Exhibit::Table(table),
        }
    }

    /// The text to look for faults of wording in; a table's cells were looked at when it was read.
    pub(super) fn text(&self) -> Option<&Spanned<&str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Table(_) => None,
        }
    }
}

fn read_subtables<'a>(fields: &mut Fields<'a, '_>, diagnostics: &mut Diagnostics) -> Subtables<'a> {
    let choices = fields.table("choices", diagnostics).map(|mut table| {
        table.take_misplaced(fields, FIELDS, "[item.choices]", diagnostics);
        let entries = table.all_texts(diagnostics);
        for (id, _) in &entries {
            well_formed(id, diagnostics);
        }
        entries
    });
    let why = fields.table("why", diagnostics).map_or_else(Vec::new, |mut table| {
        table.take_misplaced(fields, FIELDS, "[item.why]", diagnostics);
        table.all_texts(diagnostics)
    });
    let calculation = fields.table("calculation", diagnostics).and_then(|mut table| {
        table.take_misplaced(fields, FIELDS, "[item.calculation]", diagnostics);
        read_calculation(table, diagnostics)
    });
    Subtables { choices, why, calculation, exhibit: read_exhibit(fields, diagnostics) }
}

/// `exhibit = "…"`, or `[item.exhibit]` with `columns` and `rows`.
fn read_exhibit<'a>(fields: &mut Fields<'a, '_>, diagnostics: &mut Diagnostics) -> Option<ReadExhibit<'a>> {
    if fields.table_or_value("exhibit") != Shape::Table {
        return fields.text("exhibit", diagnostics).map(ReadExhibit::Text);
    }
    let mut table = fields.table("exhibit", diagnostics)?;
    table.take_misplaced(fields, FIELDS, "[item.exhibit]", diagnostics);
    table.require("columns", "columns = [\"Day\", \"Event\"]", diagnostics);
    table.require("rows", "rows = [[\"1\", \"Admission\"], [\"2\", \"Surgery\"]]", diagnostics);
    let read = super::table::read(&mut table, diagnostics);
    table.finish(diagnostics);
    (!read.is_empty()).then_some(ReadExhibit::Table(read))
}

fn named<T: Copy>(
    found: &Spanned<&str>,
    field: &str,
    known: &[(&'static str, T)],
    code: Code,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let hit = known.iter().find(|(word, _)| *word == found.value).map(|(_, value)| *value);
    if hit.is_none() {
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let help = nearest(found.value, words.iter().copied()).map_or_else(
            || format!("use {}", words.join(", ")),
            |near| format!("did you mean \"{near}\"? known: {}", words.join(", ")),
        );
        diagnostics.add(code, found.span, format!("{name} has {field} \"{}\", which there is not", found.value), help);
    }
    hit
}

fn read_validity(fields: &mut Fields<'_, '_>, name: &str, diagnostics: &mut Diagnostics) -> Validity {
    let Some(mut table) = fields.table("valid", diagnostics) else { return Validity::default() };
    table.recognize(foreign::validity, diagnostics);
    let from = table.date("from", diagnostics);
    let until = table.date("until", diagnostics);
    let span: Span = table.span();
    table.finish(diagnostics);
    let validity = Validity { from: from.map(|date| date.value), until: until.map(|date| date.value) };
    check::dates::in_order(validity, span, name, diagnostics);
    validity
}

fn read_calculation(mut fields: Fields<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Spanned<Calculation>> {
    fields.recognize(foreign::calculation, diagnostics);
    let formula = fields.required_text("formula", "formula = \"100 * deaths / discharges\"", diagnostics);
    let decimals = fields.whole("decimals", diagnostics).map_or(0, |decimals| decimals.value);
    let values = match fields.table("values", diagnostics) {
        Some(table) => table.all_numbers(diagnostics),
        None => Vec::new(),
    };
    // Without what was written elsewhere there is nothing to compute.
    let complete = !fields.is_elsewhere("values") && !fields.is_elsewhere("decimals");
    fields.finish(diagnostics);
    let values = values.into_iter().map(|(name, number)| (name.value.to_owned(), number.value)).collect();
    Some(formula.filter(|_| complete)?.map(|formula| Calculation { formula: formula.into(), decimals, values }))
}
