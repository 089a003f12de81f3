//! Domains, sections and topics are the blueprint's, and levels and statuses have their words.
//!
//! What is found is the blueprint's own id, which all questions of a domain, section or topic then share.

use std::fmt;

use crate::bank::{Level, Status};
use crate::blueprint::{Blueprint, Domain};
use crate::diagnostics::{Code, Diagnostic, Spanned, codes};
use crate::id::{DomainId, SectionId, TopicId};
use crate::text::nearest;

codes! {
    Error UNKNOWN_DOMAIN "unknown-domain"
    Error UNKNOWN_TOPIC "unknown-topic"
    Error UNKNOWN_LEVEL "unknown-level"
    Error UNKNOWN_STATUS "unknown-status"
}

pub(in crate::bank) fn domain<'b>(named: &Spanned<&str>, blueprint: &'b Blueprint) -> Result<&'b Domain, Diagnostic> {
    let id = DomainId::new(named.value);
    blueprint.domain(&id).ok_or_else(|| {
        let message = format!("exam `{}` has no domain `{}`", blueprint.id, named.value);
        let known = blueprint.domains.iter().map(|domain| domain.id.as_str());
        let help = suggestion(named.value, known.collect(), "domains");
        Diagnostic::new(Code::UNKNOWN_DOMAIN, message).at(named.span).help(help)
    })
}

pub(in crate::bank) fn section(named: &Spanned<&str>, domain: &Domain) -> Result<SectionId, Diagnostic> {
    let id = SectionId::new(named.value);
    domain.counts.iter().map(|count| &count.section).find(|known| **known == id).cloned().ok_or_else(|| {
        let message = format!("domain `{}` has no questions in a section `{}`", domain.id, named.value);
        let known = domain.counts.iter().map(|count| count.section.as_str());
        let help = suggestion(named.value, known.collect(), "its sections");
        Diagnostic::new(Code::UNKNOWN_SECTION, message).at(named.span).help(help)
    })
}

/// The topic of the question that messages call `name`.
pub(in crate::bank) fn topic(named: &Spanned<&str>, domain: &Domain, name: &str) -> Result<TopicId, Diagnostic> {
    let known = |id: &str| domain.topics.iter().map(|topic| &topic.id).find(|known| known.as_str() == id).cloned();
    known(named.value).or_else(|| known(TopicId::new(named.value).as_str())).ok_or_else(|| {
        let message = format!("{name} has topic \"{}\", which domain `{}` does not have", named.value, domain.id);
        let known = domain.topics.iter().map(|topic| topic.id.as_str());
        let help = suggestion(named.value, known.collect(), "its topics");
        Diagnostic::new(Code::UNKNOWN_TOPIC, message).at(named.span).help(help)
    })
}

/// The level of the question that messages call `name`.
pub(in crate::bank) fn level(named: &Spanned<&str>, name: &str) -> Result<Level, Diagnostic> {
    named.value.parse().map_err(|_| unknown_word(Code::UNKNOWN_LEVEL, named, "level", Level::ALL, name))
}

/// The status of the question that messages call `name`.
pub(in crate::bank) fn status(named: &Spanned<&str>, name: &str) -> Result<Status, Diagnostic> {
    named.value.parse().map_err(|_| unknown_word(Code::UNKNOWN_STATUS, named, "status", Status::ALL, name))
}

fn unknown_word(code: Code, named: &Spanned<&str>, field: &str, known: &[impl fmt::Display], name: &str) -> Diagnostic {
    let known: Vec<String> = known.iter().map(ToString::to_string).collect();
    let listed = known.join(", ");
    let help = nearest(named.value, known.iter().map(String::as_str))
        .map_or_else(|| format!("use {listed}"), |near| format!("did you mean \"{near}\"? known: {listed}"));
    let message = format!("{name} has {field} \"{}\", which there is not", named.value);
    Diagnostic::new(code, message).at(named.span).help(help)
}

/// So many of the known ids are listed.
const LISTED: usize = 50;

fn suggestion(typed: &str, known: Vec<&str>, what: &str) -> String {
    let more = if known.len() > LISTED { ", …" } else { "" };
    let listed = format!("{what}: {}{more}", known[..known.len().min(LISTED)].join(", "));
    nearest(typed, known.into_iter()).map_or_else(|| listed.clone(), |near| format!("did you mean `{near}`? {listed}"))
}
