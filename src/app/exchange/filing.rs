//! Where a question belongs: the domain and topic of the blueprint that its file means, or that its instructor named.

use std::collections::BTreeMap;

use examroom_core::bank::Item;
use examroom_core::blueprint::{Blueprint, Domain};
use examroom_core::id::{DomainId, SectionId, TopicId};

/// What is true of every question that does not say so itself.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// The id of a domain.
    pub domain: Option<DomainId>,
    /// The id of a topic of that domain.
    pub topic: Option<TopicId>,
    /// The id of a section, where the domain has several.
    pub section: Option<SectionId>,
}

/// The place of a question in the exam.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Filed {
    pub domain: DomainId,
    pub topic: TopicId,
    /// Named where the domain has several.
    pub section: Option<SectionId>,
}

impl Filed {
    /// The place that a question of the bank has.
    pub(super) fn of(item: &Item) -> Self {
        Self { domain: item.domain.clone(), topic: item.topic.clone(), section: Some(item.section.clone()) }
    }
}

/// What the instructor has to say before anything can be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// The exam has no such domain, topic or section.
    Unknown {
        /// `domain`, `topic` or `section`.
        what: &'static str,
        /// As it was named.
        named: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Questions that name none, or none that the exam has.
    Missing {
        /// `domain`, `topic` or `section`.
        what: &'static str,
        /// How many questions.
        questions: usize,
        /// What they are said to be about, most often first.
        subjects: Vec<String>,
        /// Those that there are.
        known: Vec<String>,
    },
}

/// Files questions by the blueprint.
pub(super) struct Filer<'b> {
    blueprint: &'b Blueprint,
    domain: Option<&'b Domain>,
    defaults: &'b Defaults,
    /// What is missing: how many questions lack it, and their subjects.
    missing: BTreeMap<(&'static str, Option<DomainId>), BTreeMap<String, usize>>,
    /// What questions are said to be about that is no topic of the exam, and the topic that they have instead.
    renamed: BTreeMap<String, TopicId>,
}

impl<'b> Filer<'b> {
    /// Fails where a default is none of the exam's.
    pub(super) fn new(blueprint: &'b Blueprint, defaults: &'b Defaults) -> Result<Self, Undecided> {
        let unknown =
            |what, named: &str, known: Vec<String>| Undecided::Unknown { what, named: named.to_owned(), known };
        let domains = || blueprint.domains.iter().map(|domain| domain.id.to_string()).collect();
        let domain = match &defaults.domain {
            Some(id) => Some(blueprint.domain(id).ok_or_else(|| unknown("domain", id.as_str(), domains()))?),
            None => match &blueprint.domains[..] {
                [only] => Some(only),
                _ => None,
            },
        };
        if let Some(topic) = &defaults.topic {
            let of = |domain: &Domain| domain.topics.iter().map(|topic| topic.id.clone()).collect::<Vec<_>>();
            let known: Vec<TopicId> = domain.map_or_else(|| blueprint.domains.iter().flat_map(of).collect(), of);
            if !known.contains(topic) {
                return Err(unknown("topic", topic.as_str(), known.iter().map(TopicId::to_string).collect()));
            }
        }
        if let Some(section) = &defaults.section
            && blueprint.section(section).is_none()
        {
            let known = blueprint.sections.iter().map(|section| section.id.to_string()).collect();
            return Err(unknown("section", section.as_str(), known));
        }
        Ok(Self { blueprint, domain, defaults, missing: BTreeMap::new(), renamed: BTreeMap::new() })
    }

    /// The place of a question with these subjects; where it cannot be found, that is remembered.
    pub(super) fn file(&mut self, subjects: &[String]) -> Option<Filed> {
        let parts: Vec<&str> =
            subjects.iter().flat_map(|subject| subject.split(['/', '>', ':'])).map(str::trim).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let Some(domain) = self.domain.or_else(|| self.domain_of(&parts)) else {
            self.lacks("domain", None, subjects);
            return None;
        };
        let topic = self.topic_of(domain, &parts);
        let is_named = parts.iter().any(|part| topic_named(domain, part).is_some());
        if let (Some(topic), Some(last)) = (&topic, parts.last().filter(|_| !is_named))
            && !alike(last, domain.id.as_str())
            && !alike(last, &domain.name)
        {
            self.renamed.insert((*last).to_owned(), topic.clone());
        }
        if topic.is_none() {
            self.lacks("topic", Some(domain.id.clone()), subjects);
        }
        let section = match &domain.counts[..] {
            [_] => None,
            several => {
                let named = self.defaults.section.clone();
                let known = named.filter(|named| several.iter().any(|count| count.section == *named));
                if known.is_none() {
                    self.lacks("section", Some(domain.id.clone()), &[]);
                    return None;
                }
                known
            }
        };
        Some(Filed { domain: domain.id.clone(), topic: topic?, section })
    }

    fn domain_of(&self, parts: &[&str]) -> Option<&'b Domain> {
        let named = parts.iter().find_map(|part| {
            self.blueprint.domains.iter().find(|domain| alike(part, domain.id.as_str()) || alike(part, &domain.name))
        });
        let with_topic = |part: &&str| {
            let mut domains = self.blueprint.domains.iter().filter(|domain| topic_named(domain, part).is_some());
            domains.next().filter(|_| domains.next().is_none())
        };
        let by_default = || {
            let topic = self.defaults.topic.as_ref()?;
            let mut domains =
                self.blueprint.domains.iter().filter(|domain| domain.topics.iter().any(|other| other.id == *topic));
            domains.next().filter(|_| domains.next().is_none())
        };
        named.or_else(|| parts.iter().rev().find_map(with_topic)).or_else(by_default)
    }

    fn topic_of(&self, domain: &Domain, parts: &[&str]) -> Option<TopicId> {
        let named = parts.iter().rev().find_map(|part| topic_named(domain, part));
        let by_default = || self.defaults.topic.clone().filter(|id| domain.topics.iter().any(|topic| topic.id == *id));
        let only = || match &domain.topics[..] {
            [only] => Some(only.id.clone()),
            _ => None,
        };
        named.or_else(by_default).or_else(only)
    }

    fn lacks(&mut self, what: &'static str, domain: Option<DomainId>, subjects: &[String]) {
        let subject = subjects.iter().filter(|subject| !subject.is_empty()).cloned().collect::<Vec<_>>().join(" / ");
        *self.missing.entry((what, domain)).or_default().entry(subject).or_default() += 1;
    }

    /// What could not be filed, or else the subjects that are no topics, each with the topic of its questions.
    pub(super) fn finish(self) -> Result<BTreeMap<String, TopicId>, Vec<Undecided>> {
        let blueprint = self.blueprint;
        let known = |what: &str, domain: Option<&DomainId>| -> Vec<String> {
            let domain = domain.and_then(|id| blueprint.domain(id));
            match (what, domain) {
                ("topic", Some(domain)) => domain.topics.iter().map(|topic| topic.id.to_string()).collect(),
                ("section", Some(domain)) => domain.counts.iter().map(|count| count.section.to_string()).collect(),
                _ => blueprint.domains.iter().map(|domain| domain.id.to_string()).collect(),
            }
        };
        let undecided = |((what, domain), subjects): ((&'static str, Option<DomainId>), BTreeMap<String, usize>)| {
            let questions = subjects.values().sum();
            let mut subjects: Vec<(String, usize)> =
                subjects.into_iter().filter(|(name, _)| !name.is_empty()).collect();
            subjects.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let subjects = subjects.into_iter().map(|(name, _)| name).collect();
            Undecided::Missing { what, questions, subjects, known: known(what, domain.as_ref()) }
        };
        if self.missing.is_empty() {
            return Ok(self.renamed);
        }
        Err(self.missing.into_iter().map(undecided).collect())
    }
}

fn topic_named(domain: &Domain, part: &str) -> Option<TopicId> {
    let found = domain.topics.iter().find(|topic| alike(part, topic.id.as_str()) || alike(part, &topic.name));
    found.map(|topic| topic.id.clone())
}

/// Whether two names differ in no more than capitals, blanks and marks.
fn alike(one: &str, other: &str) -> bool {
    let bare =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    !one.is_empty() && bare(one) == bare(other)
}
