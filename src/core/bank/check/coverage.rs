//! The bank is large enough: for one form (an error if not), and for every topic.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Links;
use crate::bank::{Bank, Status, supply};
use crate::blueprint::Blueprint;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::text::counted;

/// A question that has an error counts as one that can be scored, in every cell that it may belong to.
pub(super) fn check(blueprint: &Blueprint, bank: &Bank, links: &Links, day: Date, diagnostics: &mut Diagnostics) {
    // What is missing may stand where nothing could be read.
    if links.lost {
        return;
    }
    for mut cell in supply(blueprint, bank, day) {
        let faulty = links.faulty.iter().filter(|faulty| {
            let here = faulty.domain.as_ref().is_none_or(|domain| *domain == cell.domain)
                && faulty.section.as_ref().is_none_or(|section| *section == cell.section);
            here && !faulty.retired
        });
        let faulty = u32::try_from(faulty.count()).unwrap_or(u32::MAX);
        cell.operational = cell.operational.saturating_add(faulty);
        let missing = cell.missing_for(1);
        if missing > 0 {
            diagnostics.push(Diagnostic {
                code: Code::ShortOfBlueprint,
                message: format!(
                    "domain `{}` in section `{}` is {} short of one form: it needs {} scored and {} unscored, and has {} \
                     operational{} and {} pretest",
                    cell.domain,
                    cell.section,
                    counted(missing as usize, "question"),
                    cell.scored_wanted,
                    cell.unscored_wanted,
                    cell.operational,
                    if faulty > 0 { " (those with errors counted)" } else { "" },
                    cell.pretest
                ),
                span: None,
                related: None,
                help: "add questions, or lower the counts in exam.toml".to_owned(),
            });
        }
    }
}

pub(super) fn topics(blueprint: &Blueprint, bank: &Bank, links: &Links, diagnostics: &mut Diagnostics) {
    // What is missing may stand where nothing could be read, or in a question whose domain or topic is the error.
    let may_be_in = |domain| {
        links
            .faulty
            .iter()
            .any(|faulty| faulty.topic.is_none() && faulty.domain.as_ref().is_none_or(|known| known == domain))
    };
    if links.lost {
        return;
    }
    let sound = bank.items.iter().filter(|item| item.status != Status::Retired).map(|item| (&item.domain, &item.topic));
    let faulty = links.faulty.iter().filter(|faulty| !faulty.retired);
    let covered: BTreeSet<_> =
        sound.chain(faulty.filter_map(|faulty| faulty.domain.as_ref().zip(faulty.topic.as_ref()))).collect();
    for domain in blueprint.domains.iter().filter(|domain| !may_be_in(&domain.id)) {
        for (topic, name) in &domain.topics {
            if !covered.contains(&(&domain.id, topic)) {
                diagnostics.push(Diagnostic {
                    code: Code::TopicWithoutQuestion,
                    message: format!("no question of domain `{}` covers the topic `{topic}` ({name})", domain.id),
                    span: None,
                    related: None,
                    help: "write one, or remove the topic from exam.toml".to_owned(),
                });
            }
        }
    }
}
