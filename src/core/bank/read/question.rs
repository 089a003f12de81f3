//! The fields of a question, one after the other.

use super::Header;
use crate::bank::check::{dates, rating, vocabulary};
use crate::bank::item::{Calculation, Status, Validity};
use crate::bank::question::{Advise, Entry, Question, RawExhibit};
use crate::bank::{foreign, table};
use crate::diagnostics::{Fields, Span, Spanned, malformed};
use crate::id::SectionId;

/// The tables of a question.
pub(super) const TABLES: &[&str] = &["choices", "why", "calculation"];

/// The fields of a question; none of them can be the id of a choice.
pub(super) const FIELDS: &[&str] = &[
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

/// Which question it is.
pub(super) struct Identity<'q> {
    pub id: Option<Spanned<&'q str>>,
    /// What messages call it.
    pub name: String,
    /// Where `replaces = true` stands.
    pub replaces: Option<Span>,
    /// It says nothing but that the question of its id is retired.
    pub only_retires: bool,
}

impl<'q> Identity<'q> {
    pub(super) fn read(fields: &mut Fields<'_, 'q>) -> Self {
        if let Some(id) = fields.peek("id") {
            fields.set_name("", id);
        }
        fields.recognize(|name, value| foreign::question(name, value, FIELDS, TABLES));
        let id = fields.required_text("id", "id = \"legal-001\"");
        fields.report_all(id.as_ref().and_then(malformed));
        let name = if let Some(id) = &id {
            fields.set_name("", id.value);
            format!("`{:.100}`", id.value)
        } else {
            fields.set_subject("a question without id");
            "a question without id".to_owned()
        };
        let replaces = fields.span_of("replaces").filter(|_| fields.flag("replaces") == Some(true));
        let only_retires = replaces.is_some() && fields.has("status") && !fields.has("stem");
        Self { id, name, replaces, only_retires }
    }
}

impl<'q> Question<'q> {
    pub(super) fn read(fields: &mut Fields<'_, 'q>, identity: Identity<'q>, header: &Header<'_>) -> Self {
        let name = identity.name;
        // These swallow every line that was meant for the question and written too late.
        let choices = choices(fields);
        let why = fields.table_without("why", FIELDS).map_or_else(Vec::new, Fields::all_texts);
        let calculation = fields.table_without("calculation", FIELDS).and_then(calculation);
        let exhibit = exhibit(fields);

        let section = section(fields, header);
        let topic = fields.required_text("topic", "topic = \"consent\"").zip(header.domain);
        let topic = topic.and_then(|(named, domain)| fields.accept(vocabulary::topic(&named, domain, &name)));
        let level = fields.required_text("level", "level = \"application\"");
        let level = level.and_then(|found| fields.accept(vocabulary::level(&found, &name)));
        let status = match fields.text("status") {
            Some(found) => fields.accept(vocabulary::status(&found, &name)),
            None => Some(Status::Operational),
        };
        let ratings = fields.numbers("angoff").unwrap_or_default();
        fields.report_all(ratings.iter().filter_map(|rating| rating::out_of_range(rating, &name)));
        let stem = fields.required_text("stem", "stem = \"A patient asks …\"");
        let explanation = fields.text("explanation");
        let case = fields.text("case");
        let keep_order = fields.flag("keep_order").unwrap_or(false);
        let source = fields.text("source");
        let validity = validity(fields, &name);
        let enemies = fields.texts("enemies").unwrap_or_default();
        let references = fields.texts("references").unwrap_or_default();
        let keys = fields.texts("key");
        fields.require("key", "key = \"b\"");
        fields.require("choices", "[item.choices] with a = \"…\", b = \"…\" below it");
        Self {
            name,
            file_text: fields.file_text(),
            opening: fields.span(),
            id: identity.id,
            domain: header.domain.map(|domain| domain.id.clone()),
            section,
            topic,
            level,
            status,
            ratings,
            stem,
            exhibit,
            explanation,
            case,
            case_text: None,
            keep_order,
            validity,
            enemies,
            references,
            keys,
            key_span: fields.span_of("key"),
            choices,
            calculation,
            replaces: identity.replaces,
            advise: Advise::on(fields, source.is_some(), !why.is_empty()),
            broken: fields.is_broken(),
            source,
            why,
        }
    }
}

impl Advise {
    /// A field that has a fault of its own is not also called absent.
    fn on(fields: &Fields<'_, '_>, has_source: bool, has_rationales: bool) -> Self {
        let is_broken = fields.is_broken();
        let is_absent = |field: &str| !is_broken && !fields.is_elsewhere(field) && !fields.has(field);
        Self {
            rating: is_absent("angoff"),
            source: has_source || is_absent("source"),
            references: is_absent("references"),
            rationale: !is_broken && (has_rationales || is_absent("why")) && is_absent("explanation"),
        }
    }
}

fn choices<'q>(fields: &mut Fields<'_, 'q>) -> Option<Vec<Entry<'q>>> {
    let entries = fields.table_without("choices", FIELDS)?.all_texts();
    fields.report_all(entries.iter().filter_map(|(id, _)| malformed(id)));
    Some(entries)
}

/// `exhibit = "…"`, or `[item.exhibit]` with `columns` and `rows`.
fn exhibit<'q>(fields: &mut Fields<'_, 'q>) -> Option<RawExhibit<'q>> {
    if let Some(mut fields) = fields.table_if_one("exhibit", FIELDS) {
        fields.require("columns", "columns = [\"Day\", \"Event\"]");
        fields.require("rows", "rows = [[\"1\", \"Admission\"], [\"2\", \"Surgery\"]]");
        let table = table::read(&mut fields);
        fields.finish();
        return (!table.is_empty()).then_some(RawExhibit::Table(table));
    }
    fields.text("exhibit").map(RawExhibit::Text)
}

fn section(fields: &mut Fields<'_, '_>, header: &Header<'_>) -> Option<SectionId> {
    let section = match fields.text("section") {
        Some(named) => header.domain.and_then(|domain| fields.accept(vocabulary::section(&named, domain))),
        None => header.section.clone(),
    };
    if section.is_none() && header.several_sections {
        fields.require("section", "section = \"closed\" (or one at the top of the file)");
    }
    section
}

fn validity(fields: &mut Fields<'_, '_>, name: &str) -> Validity {
    let Some(mut table) = fields.table("valid") else { return Validity::default() };
    table.recognize(foreign::validity);
    let (from, until) = (table.date("from"), table.date("until"));
    let validity = Validity { from: from.map(|date| date.value), until: until.map(|date| date.value) };
    table.report_all(dates::reversed(&Spanned { value: validity, span: table.span() }, name));
    table.finish();
    validity
}

fn calculation(mut fields: Fields<'_, '_>) -> Option<Spanned<Calculation>> {
    fields.recognize(foreign::calculation);
    let formula = fields.required_text("formula", "formula = \"100 * deaths / discharges\"");
    let decimals = fields.whole("decimals").map_or(0, |decimals| decimals.value);
    let values = fields.table("values").map_or_else(Vec::new, Fields::all_numbers);
    // Without what was written elsewhere there is nothing to compute.
    let complete = !fields.is_elsewhere("values") && !fields.is_elsewhere("decimals");
    fields.finish();
    let values = values.into_iter().map(|(name, number)| (name.value.to_owned(), number.value)).collect();
    Some(formula.filter(|_| complete)?.map(|formula| Calculation { formula: formula.into(), decimals, values }))
}
