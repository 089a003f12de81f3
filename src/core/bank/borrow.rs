//! A blueprint that borrows: an edition of an exam whose domains take the questions of another's by topic.
//!
//! The questions stay in one bank, where they are written, checked and mended once; the borrowing blueprint only says
//! where each of them stands in its own outline. A borrowed question keeps its id, and its topic is named by both its
//! home domain and topic, as `data.statistics`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::check::{ItemLinks, Links};
use super::{Bank, Item};
use crate::blueprint::{Blueprint, Book, Domain};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span, Spanned, nearest};
use crate::id::{CaseId, DomainId, ItemId, SectionId, TopicId};
use crate::text::counted;

/// An exam's bank, to be borrowed from.
pub struct Lender {
    pub(super) blueprint: Arc<Blueprint>,
    pub(super) bank: Bank,
    pub(super) links: Links,
}

/// What a take names in the lender's outline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Taken {
    Domain(DomainId),
    Topic(DomainId, TopicId),
    Question(ItemId),
}

/// Who takes what: the index of the borrowing domain and the place of its take.
type Takes = HashMap<Taken, (usize, Span)>;

/// The blueprint with the topics that its domains take, and with the lender's questions put into `bank` and `links`.
pub(super) fn borrow(
    blueprint: &Blueprint,
    lender: Lender,
    bank: &mut Bank,
    links: &mut Links,
    diagnostics: &mut Diagnostics,
) -> Blueprint {
    let mut extended = blueprint.clone();
    let takes = takes(blueprint, &lender, diagnostics);
    let domains = assigned(&lender, &takes, diagnostics);
    left_over(blueprint, &lender, &domains, diagnostics);
    let cases = lender.links.cases;
    let mut left_out: BTreeMap<(usize, Fault), Vec<&ItemId>> = BTreeMap::new();
    let mut linked: HashMap<usize, ItemLinks> =
        lender.links.items.into_iter().filter_map(|item| Some((item.bank_index?, item))).collect();
    for (index, (item, domain)) in lender.bank.items.iter().zip(domains).enumerate() {
        let Some(at) = domain else { continue };
        let domain = &mut extended.domains[at];
        let section = match section(blueprint, domain, item, book(&lender.blueprint, &item.section)) {
            Ok(section) => section,
            Err(fault) => {
                left_out.entry((at, fault)).or_default().push(&item.id);
                continue;
            }
        };
        let topic = topic(domain, &lender.blueprint, item);
        if let Some(own) = linked.remove(&index) {
            let bank_index = Some(bank.items.len());
            // What it names was checked in its own bank; an enemy that nobody takes is no fault here.
            links.items.push(ItemLinks {
                bank_index,
                enemy_ids: Vec::new(),
                enemies: Vec::new(),
                references: Vec::new(),
                ..own
            });
        }
        if let Some(case) = &item.case
            && let Some(text) = lender.bank.cases.get(case)
            && bank.cases.insert(case.clone(), Arc::clone(text)).is_none()
        {
            links.cases.extend(cases.iter().find(|(known, _)| known == case).cloned());
        }
        let borrowed = Item { section, domain: domain.id.clone(), topic, ..Item::clone(item) };
        bank.items.push(Arc::new(borrowed));
    }
    for ((at, fault), ids) in left_out {
        tell_left_out(&blueprint.domains[at], fault, &ids, diagnostics);
    }
    bank.synonyms = lender.bank.synonyms;
    bank.sheets.extend(lender.bank.sheets);
    links.sheets.extend(lender.links.sheets);
    links.lent_allowances = lender.links.allowances;
    links.lent_openings = lender.links.openings;
    extended
}

/// What each take of the blueprint names; faults are told.
fn takes(blueprint: &Blueprint, lender: &Lender, diagnostics: &mut Diagnostics) -> Takes {
    let ids: HashMap<&str, &ItemId> = lender.bank.items.iter().map(|item| (item.id.as_str(), &item.id)).collect();
    let mut takes = Takes::new();
    for (at, domain) in blueprint.domains.iter().enumerate() {
        for take in &domain.takes {
            let Some(named) = resolved(&take.value, &lender.blueprint, &ids) else {
                // A question that is not sound is not in the bank; its own error was told.
                if !lender.links.incomplete && !lender.links.ids().any(|(id, _)| id == take.value) {
                    unknown(take, lender, diagnostics);
                }
                continue;
            };
            if let Some((_, first)) = takes.get(&named) {
                diagnostics.push(Diagnostic {
                    code: Code::TakenTwice,
                    message: format!("`{}` is taken twice", take.value),
                    span: Some(take.span),
                    related: Some((*first, "first taken here".to_owned())),
                    help: "leave it in one domain".to_owned(),
                });
            } else {
                takes.insert(named, (at, take.span));
            }
        }
    }
    takes
}

fn resolved(name: &str, lender: &Blueprint, ids: &HashMap<&str, &ItemId>) -> Option<Taken> {
    let domain = lender.domains.iter().find(|domain| domain.id.as_str() == name);
    let topic = || {
        lender.domains.iter().find_map(|domain| {
            let rest = name.strip_prefix(domain.id.as_str())?.strip_prefix('.')?;
            let (topic, _) = domain.topics.iter().find(|(topic, _)| topic.as_str() == rest)?;
            Some(Taken::Topic(domain.id.clone(), topic.clone()))
        })
    };
    domain
        .map(|domain| Taken::Domain(domain.id.clone()))
        .or_else(topic)
        .or_else(|| ids.get(name).map(|id| Taken::Question((*id).clone())))
}

fn unknown(take: &Spanned<String>, lender: &Lender, diagnostics: &mut Diagnostics) {
    let topics: Vec<String> = lender.blueprint.domains.iter().flat_map(topic_names).collect();
    let questions = lender.links.ids().map(|(id, _)| id);
    let help = nearest(&take.value, topics.iter().map(String::as_str).chain(questions)).map_or_else(
        || {
            format!(
                "name a topic, as {}, or the id of a question",
                topics.first().map_or("domain.topic", String::as_str)
            )
        },
        |near| format!("did you mean `{near}`?"),
    );
    let message = format!("exam `{}` has no topic and no question `{}`", lender.blueprint.id, take.value);
    diagnostics.add(Code::UnknownTake, take.span, message, help);
}

fn topic_names(domain: &Domain) -> impl Iterator<Item = String> {
    domain.topics.iter().map(|(topic, _)| qualified(&domain.id, topic))
}

fn qualified(domain: &DomainId, topic: &TopicId) -> String {
    format!("{domain}.{topic}")
}

/// The borrowing domain of each of the lender's questions. What names it most closely decides; the questions of a case
/// follow its first.
fn assigned(lender: &Lender, takes: &Takes, diagnostics: &mut Diagnostics) -> Vec<Option<usize>> {
    let of_item = |item: &Item| {
        let closest = [
            Taken::Question(item.id.clone()),
            Taken::Topic(item.domain.clone(), item.topic.clone()),
            Taken::Domain(item.domain.clone()),
        ];
        closest.iter().find_map(|taken| takes.get(taken)).map(|(at, _)| *at)
    };
    let mut domains: Vec<Option<usize>> = lender.bank.items.iter().map(|item| of_item(item)).collect();
    let mut first: HashMap<&CaseId, Option<usize>> = HashMap::new();
    let mut straddling: BTreeMap<&CaseId, usize> = BTreeMap::new();
    for (item, domain) in lender.bank.items.iter().zip(&mut domains) {
        let Some(case) = &item.case else { continue };
        let leading = *first.entry(case).or_insert(*domain);
        if *domain != leading {
            *straddling.entry(case).or_default() += 1;
            *domain = leading;
        }
    }
    for (case, followers) in straddling {
        let span = lender.links.cases.iter().find(|(known, _)| known == case).map(|(_, span)| *span);
        diagnostics.push(Diagnostic {
            code: Code::StraddlingCase,
            message: format!(
                "the case `{case}` straddles domains: {} {} the first",
                counted(followers, "question"),
                if followers == 1 { "follows" } else { "follow" }
            ),
            span,
            related: None,
            help: "give its questions topics that one domain takes, or take them one by one".to_owned(),
        });
    }
    domains
}

/// Tells of the lender's topics that no domain takes.
fn left_over(blueprint: &Blueprint, lender: &Lender, domains: &[Option<usize>], diagnostics: &mut Diagnostics) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (item, _) in lender.bank.items.iter().zip(domains).filter(|(_, domain)| domain.is_none()) {
        *counts.entry(qualified(&item.domain, &item.topic)).or_default() += 1;
    }
    let Some(from) = blueprint.from.as_ref().filter(|_| !counts.is_empty()) else { return };
    let listed: Vec<String> = counts.iter().map(|(topic, count)| format!("{topic} ({count})")).collect();
    let message =
        format!("no domain takes {} of `{}`: {}", questions(counts.values().sum()), from.value, listed.join(", "));
    diagnostics.add(Code::LeftOver, from.span, message, "add the topics to the `takes` of a domain");
}

fn questions(count: usize) -> String {
    counted(count, "question")
}

/// Why a question cannot stand in the domain that takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// It needs the shelf, and the domain has closed-book sections only.
    NeedsShelf,
    /// The domain has open-book sections only, and the question names no sheet.
    NamesNoSheet,
}

/// The section of the domain that a question stands in: a question of an open-book section needs one; one of a
/// closed-book section may stand in an open one if the shelf holds its answer.
fn section(blueprint: &Blueprint, domain: &Domain, item: &Item, from: Book) -> Result<SectionId, Fault> {
    let of = |wanted: Book| {
        let sections = domain.counts.iter().filter(|(_, count)| count.total() > 0).map(|(section, _)| section);
        sections.clone().find(|section| book(blueprint, section) == wanted).cloned()
    };
    match from {
        Book::Open => of(Book::Open).ok_or(Fault::NeedsShelf),
        Book::Closed => of(Book::Closed)
            .or_else(|| of(Book::Open).filter(|_| !item.references.is_empty()))
            .ok_or(Fault::NamesNoSheet),
    }
}

fn book(blueprint: &Blueprint, section: &SectionId) -> Book {
    blueprint.section(section).map_or(Book::Closed, |section| section.book)
}

/// The topic that a borrowed question has, which the domain learns.
fn topic(domain: &mut Domain, lender: &Blueprint, item: &Item) -> TopicId {
    let id = TopicId::new(&qualified(&item.domain, &item.topic));
    if !domain.topics.iter().any(|(known, _)| *known == id) {
        let home = lender.domain(&item.domain);
        let name = home.and_then(|home| home.topics.iter().find(|(topic, _)| *topic == item.topic));
        domain.topics.push((id.clone(), name.map_or_else(String::new, |(_, name)| name.clone())));
    }
    id
}

/// Ids are listed up to so many.
const LISTED: usize = 5;

fn tell_left_out(domain: &Domain, fault: Fault, ids: &[&ItemId], diagnostics: &mut Diagnostics) {
    let count = questions(ids.len());
    let mut listed: Vec<&str> = ids.iter().take(LISTED).map(|id| id.as_str()).collect();
    if ids.len() > LISTED {
        listed.push("…");
    }
    let listed = listed.join(", ");
    let (message, help) = match fault {
        Fault::NeedsShelf => (
            format!(
                "{count} of open-book sections cannot stand in domain `{}`, which has closed ones only: {listed}",
                domain.id
            ),
            "give the domain a count in an open-book section, or let another take them",
        ),
        Fault::NamesNoSheet => (
            format!(
                "{count} cannot stand in domain `{}`, which is open-book, as they name no sheet: {listed}",
                domain.id
            ),
            "add references = [\"sheet\"] to those whose answer stands on the shelf",
        ),
    };
    let span = domain.takes.first().map(|take| take.span);
    diagnostics.push(Diagnostic { code: Code::LeftOver, message, span, related: None, help: help.to_owned() });
}
