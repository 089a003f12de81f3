//! Domains, sections and topics are the blueprint's.
//!
//! What is found is the blueprint's own id, which all questions of a domain, section or topic then share.

use crate::blueprint::{Blueprint, Domain};
use crate::diagnostics::{Code, Diagnostic, Spanned};
use crate::id::{DomainId, SectionId, TopicId};
use crate::text::nearest;

pub(in crate::bank) fn domain<'b>(named: &Spanned<&str>, blueprint: &'b Blueprint) -> Result<&'b Domain, Diagnostic> {
    let id = DomainId::new(named.value);
    blueprint.domain(&id).ok_or_else(|| {
        let message = format!("exam `{}` has no domain `{}`", blueprint.id, named.value);
        let known = blueprint.domains.iter().map(|domain| domain.id.as_str());
        let help = suggestion(named.value, known.collect(), "domains");
        Diagnostic::new(Code::UnknownDomain, message).at(named.span).help(help)
    })
}

pub(in crate::bank) fn section(named: &Spanned<&str>, domain: &Domain) -> Result<SectionId, Diagnostic> {
    let id = SectionId::new(named.value);
    domain.counts.iter().map(|count| &count.section).find(|known| **known == id).cloned().ok_or_else(|| {
        let message = format!("domain `{}` has no questions in a section `{}`", domain.id, named.value);
        let known = domain.counts.iter().map(|count| count.section.as_str());
        let help = suggestion(named.value, known.collect(), "its sections");
        Diagnostic::new(Code::UnknownSection, message).at(named.span).help(help)
    })
}

/// The topic of the question that messages call `name`.
pub(in crate::bank) fn topic(named: &Spanned<&str>, domain: &Domain, name: &str) -> Result<TopicId, Diagnostic> {
    let known = |id: &str| domain.topics.iter().map(|topic| &topic.id).find(|known| known.as_str() == id).cloned();
    known(named.value).or_else(|| known(TopicId::new(named.value).as_str())).ok_or_else(|| {
        let message = format!("{name} has topic \"{}\", which domain `{}` does not have", named.value, domain.id);
        let known = domain.topics.iter().map(|topic| topic.id.as_str());
        let help = suggestion(named.value, known.collect(), "its topics");
        Diagnostic::new(Code::UnknownTopic, message).at(named.span).help(help)
    })
}

/// So many of the known ids are listed.
const LISTED: usize = 50;

fn suggestion(typed: &str, known: Vec<&str>, what: &str) -> String {
    let more = if known.len() > LISTED { ", …" } else { "" };
    let listed = format!("{what}: {}{more}", known[..known.len().min(LISTED)].join(", "));
    nearest(typed, known.into_iter()).map_or_else(|| listed.clone(), |near| format!("did you mean `{near}`? {listed}"))
}
