//! Taking the questions of an exam out, for other programs.

use crate::library::Reading;
use examroom_core::bank::{Item, Status};
use examroom_core::id::DomainId;
use examroom_exchange::{Draft, Export, Reason, Target, write};

/// Writes the questions of a bank, or of one domain of it.
#[must_use]
pub fn take_out(reading: &Reading, domain: Option<&DomainId>, target: Target) -> Export {
    let bank = &reading.bank;
    let wanted = || bank.items.iter().filter(|item| domain.is_none_or(|domain| item.domain == *domain));
    let (mut drafts, mut notes): (Vec<Draft>, Vec<(String, Reason)>) = (Vec::new(), Vec::new());
    let mut retired: Vec<(String, Reason)> = Vec::new();
    for item in wanted() {
        if item.status == Status::Retired && !target.keeps_status() {
            retired.push((item.id.to_string(), "it is retired".into()));
            continue;
        }
        let case = item.case.as_ref().and_then(|case| bank.cases.get(case));
        if case.is_some() {
            notes.push((item.id.to_string(), "its case stands before the question".into()));
        }
        drafts.push(named(Draft::of(item, case.map(AsRef::as_ref)), item, reading));
    }
    let title = reading.blueprint.as_ref().map_or("", |blueprint| &blueprint.name);
    let mut export = write(target, &drafts, title);
    export.left_out.splice(0..0, retired);
    export.changed.splice(0..0, notes);
    export
}

/// The question with the names of its domain and topic, which say more to people than ids.
fn named(mut draft: Draft, item: &Item, reading: &Reading) -> Draft {
    let domain = reading.blueprint.as_ref().and_then(|blueprint| blueprint.domain(&item.domain));
    if let Some(domain) = domain {
        let topic = domain.topics.iter().find(|topic| topic.id == item.topic);
        let topic = topic.map_or_else(|| item.topic.to_string(), |topic| topic.name.clone());
        draft.subjects = [domain.name.clone(), topic].map(|name| name.replace('/', " or ")).into();
    }
    draft
}
