//! A blueprint that borrows: an edition of an exam whose domains take the questions of another's by topic.
//!
//! The questions stay in one bank, where they are written, checked and mended once; the borrowing blueprint only says
//! where each of them stands in its own outline. A borrowed question keeps its id, and its topic is named by both its
//! home domain and topic, as `data.statistics`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::links::{ItemLinks, Links};
use super::{Bank, Item};
use crate::blueprint::{Blueprint, Book, Domain, Topic};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span, Spanned, codes};
use crate::id::{CaseId, DomainId, ItemId, SectionId, TopicId};
use crate::text::{counted, nearest};

codes! {
    Error UNKNOWN_TAKE "unknown-take"
    Error TAKEN_TWICE "taken-twice"
    Warning LEFT_OVER "left-over"
    Warning STRADDLING_CASE "straddling-case"
}

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
    let mut outline = Outline { blueprint, lender: &lender, diagnostics };
    let takes = outline.takes();
    let domains = outline.assigned(&takes);
    outline.report_left_over(&domains);
    let placed = outline.placed(domains);

    let mut extended = blueprint.clone();
    let cases = lender.links.cases;
    let mut linked: HashMap<usize, ItemLinks> =
        lender.links.items.into_iter().filter_map(|item| Some((item.bank_index?, item))).collect();
    for Placed { index, at, section } in placed {
        let (item, domain) = (&lender.bank.items[index], &mut extended.domains[at]);
        let topic = topic(domain, &lender.blueprint, item);
        if let Some(own) = linked.remove(&index) {
            let bank_index = Some(bank.items.len());
            // What it names was checked in its own bank; an enemy that nobody takes is no fault here.
            links.items.push(ItemLinks { bank_index, enemies: Vec::new(), references: Vec::new(), ..own });
        }
        if let Some(case) = &item.case
            && let Some(text) = lender.bank.cases.get(case)
            && bank.cases.insert(case.clone(), Arc::clone(text)).is_none()
        {
            links.cases.extend(cases.iter().find(|known| known.value == *case).cloned());
        }
        let borrowed = Item { section, domain: domain.id.clone(), topic, ..Item::clone(item) };
        bank.items.push(Arc::new(borrowed));
    }
    bank.synonyms = lender.bank.synonyms;
    bank.sheets.extend(lender.bank.sheets);
    links.sheets.extend(lender.links.sheets);
    links.lent_allowances = lender.links.allowances;
    links.lent_openings = lender.links.openings;
    extended
}

/// A question that can stand in the domain that takes it.
struct Placed {
    /// Its index in the lender's bank.
    index: usize,
    /// The index of the domain.
    at: usize,
    section: SectionId,
}

/// The borrowing blueprint, as it is laid over the lender's bank: what is wrong with its takes is reported.
struct Outline<'b> {
    blueprint: &'b Blueprint,
    lender: &'b Lender,
    diagnostics: &'b mut Diagnostics,
}

impl Outline<'_> {
    /// What each take of the blueprint names; faults are reported.
    fn takes(&mut self) -> Takes {
        let items = &self.lender.bank.items;
        let ids: HashMap<&str, &ItemId> = items.iter().map(|item| (item.id.as_str(), &item.id)).collect();
        let mut takes = Takes::new();
        for (at, domain) in self.blueprint.domains.iter().enumerate() {
            for take in &domain.takes {
                let Some(named) = resolved(&take.value, &self.lender.blueprint, &ids) else {
                    self.report_unknown(take);
                    continue;
                };
                if let Some((_, first)) = takes.get(&named) {
                    let message = format!("`{}` is taken twice", take.value);
                    self.diagnostics.push(
                        Diagnostic::new(Code::TAKEN_TWICE, message)
                            .at(take.span)
                            .related(*first, "first taken here")
                            .help("leave it in one domain"),
                    );
                } else {
                    takes.insert(named, (at, take.span));
                }
            }
        }
        takes
    }

    fn report_unknown(&mut self, take: &Spanned<String>) {
        let Lender { blueprint, links, .. } = self.lender;
        // A question that is not sound is not in the bank; its own error was reported.
        if links.incomplete || links.ids().any(|(id, _)| id == take.value) {
            return;
        }
        let topics: Vec<String> = blueprint.domains.iter().flat_map(topic_names).collect();
        let questions = links.ids().map(|(id, _)| id);
        let help = nearest(&take.value, topics.iter().map(String::as_str).chain(questions)).map_or_else(
            || {
                let example = topics.first().map_or("domain.topic", String::as_str);
                format!("name a topic, as {example}, or the id of a question")
            },
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("exam `{}` has no topic and no question `{}`", blueprint.id, take.value);
        self.diagnostics.push(Diagnostic::new(Code::UNKNOWN_TAKE, message).at(take.span).help(help));
    }

    /// The borrowing domain of each of the lender's questions. What names it most closely decides; the questions of a
    /// case follow its first.
    fn assigned(&mut self, takes: &Takes) -> Vec<Option<usize>> {
        let items = &self.lender.bank.items;
        let mut domains: Vec<Option<usize>> = items.iter().map(|item| taking(item, takes)).collect();
        let mut first: HashMap<&CaseId, Option<usize>> = HashMap::new();
        let mut straddling: BTreeMap<&CaseId, usize> = BTreeMap::new();
        for (item, domain) in items.iter().zip(&mut domains) {
            let Some(case) = &item.case else { continue };
            let leading = *first.entry(case).or_insert(*domain);
            if *domain != leading {
                *straddling.entry(case).or_default() += 1;
                *domain = leading;
            }
        }
        for (case, followers) in straddling {
            let verb = if followers == 1 { "follows" } else { "follow" };
            let followers = counted(followers, "question");
            let message = format!("the case `{case}` straddles domains: {followers} {verb} the first");
            let help = "give its questions topics that one domain takes, or take them one by one";
            let span = self.lender.links.cases.iter().find(|known| known.value == *case).map(|known| known.span);
            self.diagnostics.push(Diagnostic { span, ..Diagnostic::new(Code::STRADDLING_CASE, message).help(help) });
        }
        domains
    }

    /// Reports the lender's topics that no domain takes.
    fn report_left_over(&mut self, domains: &[Option<usize>]) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (item, _) in self.lender.bank.items.iter().zip(domains).filter(|(_, domain)| domain.is_none()) {
            *counts.entry(qualified(&item.domain, &item.topic)).or_default() += 1;
        }
        let Some(from) = self.blueprint.from.as_ref().filter(|_| !counts.is_empty()) else { return };
        let listed: Vec<String> = counts.iter().map(|(topic, count)| format!("{topic} ({count})")).collect();
        let (questions, listed) = (counted(counts.values().sum(), "question"), listed.join(", "));
        let message = format!("no domain takes {questions} of `{}`: {listed}", from.value);
        let help = "add the topics to the `takes` of a domain";
        self.diagnostics.push(Diagnostic::new(Code::LEFT_OVER, message).at(from.span).help(help));
    }

    /// The questions that can stand in the domains that take them; the others are reported.
    fn placed(&mut self, domains: Vec<Option<usize>>) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut left_out: BTreeMap<(usize, Misfit), Vec<&ItemId>> = BTreeMap::new();
        for (index, at) in domains.into_iter().enumerate().filter_map(|(index, at)| Some((index, at?))) {
            let item = &self.lender.bank.items[index];
            let from = book(&self.lender.blueprint, &item.section);
            match section(self.blueprint, &self.blueprint.domains[at], item, from) {
                Ok(section) => placed.push(Placed { index, at, section }),
                Err(misfit) => left_out.entry((at, misfit)).or_default().push(&item.id),
            }
        }
        for ((at, misfit), ids) in left_out {
            self.diagnostics.push(misfit.finding(&self.blueprint.domains[at], &ids));
        }
        placed
    }
}

/// The domain that takes a question.
fn taking(item: &Item, takes: &Takes) -> Option<usize> {
    let closest = [
        Taken::Question(item.id.clone()),
        Taken::Topic(item.domain.clone(), item.topic.clone()),
        Taken::Domain(item.domain.clone()),
    ];
    closest.iter().find_map(|taken| takes.get(taken)).map(|(at, _)| *at)
}

fn resolved(name: &str, lender: &Blueprint, ids: &HashMap<&str, &ItemId>) -> Option<Taken> {
    let domain = lender.domains.iter().find(|domain| domain.id.as_str() == name);
    let topic = || {
        lender.domains.iter().find_map(|domain| {
            let rest = name.strip_prefix(domain.id.as_str())?.strip_prefix('.')?;
            let topic = domain.topics.iter().find(|topic| topic.id.as_str() == rest)?;
            Some(Taken::Topic(domain.id.clone(), topic.id.clone()))
        })
    };
    domain
        .map(|domain| Taken::Domain(domain.id.clone()))
        .or_else(topic)
        .or_else(|| ids.get(name).map(|id| Taken::Question((*id).clone())))
}

fn topic_names(domain: &Domain) -> impl Iterator<Item = String> {
    domain.topics.iter().map(|topic| qualified(&domain.id, &topic.id))
}

fn qualified(domain: &DomainId, topic: &TopicId) -> String {
    format!("{domain}.{topic}")
}

/// The section of the domain that a question stands in: a question of an open-book section needs one; one of a
/// closed-book section may stand in an open one if the shelf holds its answer.
fn section(blueprint: &Blueprint, domain: &Domain, item: &Item, from: Book) -> Result<SectionId, Misfit> {
    let of = |wanted: Book| {
        let mut sections = domain.counts.iter().filter(|count| count.total() > 0).map(|count| &count.section);
        sections.find(|section| book(blueprint, section) == wanted).cloned()
    };
    match from {
        Book::Open => of(Book::Open).ok_or(Misfit::NeedsShelf),
        Book::Closed => of(Book::Closed)
            .or_else(|| of(Book::Open).filter(|_| !item.references.is_empty()))
            .ok_or(Misfit::NamesNoSheet),
    }
}

fn book(blueprint: &Blueprint, section: &SectionId) -> Book {
    blueprint.section(section).map_or(Book::Closed, |section| section.book)
}

/// The topic that a borrowed question has, which the domain learns.
fn topic(domain: &mut Domain, lender: &Blueprint, item: &Item) -> TopicId {
    let id = TopicId::new(&qualified(&item.domain, &item.topic));
    if !domain.topics.iter().any(|known| known.id == id) {
        let home = lender.domain(&item.domain);
        let topic = home.and_then(|home| home.topics.iter().find(|topic| topic.id == item.topic));
        let name = topic.map_or_else(String::new, |topic| topic.name.clone());
        domain.topics.push(Topic { id: id.clone(), name });
    }
    id
}

/// Why a question cannot stand in the domain that takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Misfit {
    /// It needs the shelf, and the domain has closed-book sections only.
    NeedsShelf,
    /// The domain has open-book sections only, and the question names no sheet.
    NamesNoSheet,
}

/// So many ids are listed at most.
const LISTED: usize = 5;

impl Misfit {
    fn finding(self, domain: &Domain, ids: &[&ItemId]) -> Diagnostic {
        let count = counted(ids.len(), "question");
        let mut listed: Vec<&str> = ids.iter().take(LISTED).map(|id| id.as_str()).collect();
        if ids.len() > LISTED {
            listed.push("…");
        }
        let (id, listed) = (&domain.id, listed.join(", "));
        let (message, help) = match self {
            Self::NeedsShelf => (
                format!(
                    "{count} of open-book sections cannot stand in domain `{id}`, which has closed ones only: {listed}"
                ),
                "give the domain a count in an open-book section, or let another take them",
            ),
            Self::NamesNoSheet => (
                format!("{count} cannot stand in domain `{id}`, which is open-book, as they name no sheet: {listed}"),
                "add references = [\"sheet\"] to those whose answer stands on the shelf",
            ),
        };
        let span = domain.takes.first().map(|take| take.span);
        Diagnostic { span, ..Diagnostic::new(Code::LEFT_OVER, message).help(help) }
    }
}
