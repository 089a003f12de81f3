//! Domains, sections and topics are the blueprint's.

use super::Context;
use crate::diagnostics::{Code, Diagnostics, Spanned, nearest};
use crate::id::{DomainId, SectionId, TopicId};

pub(in crate::bank) fn domain(
    found: &Spanned<&str>,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<DomainId> {
    let id = DomainId::new(found.value);
    let blueprint = context.blueprint?;
    if let Some(domain) = blueprint.domain(&id) {
        return Some(domain.id.clone());
    }
    let known: Vec<&str> = blueprint.domains.iter().map(|domain| domain.id.as_str()).collect();
    let message = format!("exam `{}` has no domain `{}`", blueprint.id, found.value);
    diagnostics.add(Code::UnknownDomain, found.span, message, suggestion(found.value, &known, "domains"));
    None
}

pub(in crate::bank) fn section(
    found: &Spanned<&str>,
    domain: &DomainId,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<SectionId> {
    let id = SectionId::new(found.value);
    let counts = &context.blueprint?.domain(domain)?.counts;
    if let Some((known, _)) = counts.iter().find(|(known, _)| *known == id) {
        return Some(known.clone());
    }
    let known: Vec<&str> = counts.iter().map(|(known, _)| known.as_str()).collect();
    let message = format!("domain `{domain}` has no questions in a section `{}`", found.value);
    diagnostics.add(Code::UnknownSection, found.span, message, suggestion(found.value, &known, "its sections"));
    None
}

pub(in crate::bank) fn topic(
    found: &Spanned<&str>,
    domain: Option<&DomainId>,
    name: &str,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<TopicId> {
    let domain = context.blueprint?.domain(domain?)?;
    // The blueprint's own id, which all questions of the topic then share.
    let known = |id: &str| domain.topics.iter().find(|(known, _)| known.as_str() == id).map(|(known, _)| known.clone());
    if let Some(id) = known(found.value).or_else(|| known(TopicId::new(found.value).as_str())) {
        return Some(id);
    }
    let known: Vec<&str> = domain.topics.iter().map(|(known, _)| known.as_str()).collect();
    let message = format!("{name} has topic \"{}\", which domain `{}` does not have", found.value, domain.id);
    diagnostics.add(Code::UnknownTopic, found.span, message, suggestion(found.value, &known, "its topics"));
    None
}

/// So many of the known ids are listed.
const LISTED: usize = 50;

fn suggestion(typed: &str, known: &[&str], what: &str) -> String {
    let more = if known.len() > LISTED { ", …" } else { "" };
    let listed = format!("{what}: {}{more}", known[..known.len().min(LISTED)].join(", "));
    nearest(typed, known.iter().copied())
        .map_or_else(|| listed.clone(), |near| format!("did you mean `{near}`? {listed}"))
}
