//! The bank is large enough: for one form (an error if not), and for every topic.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::bank::{Bank, Status, supply};
use crate::blueprint::Blueprint;
use crate::document::{Code, Diagnostic, Findings};

pub(super) fn check(blueprint: &Blueprint, bank: &Bank, day: Date, findings: &mut Findings) {
    for cell in supply(blueprint, bank, day) {
        let missing = cell.missing_for(1);
        if missing > 0 {
            findings.push(Diagnostic {
                code: Code::ShortOfBlueprint,
                message: format!(
                    "domain `{}` in section `{}` is {missing} question{} short of one form: it needs {} scored and {} \
                     unscored, and has {} operational and {} pretest",
                    cell.domain,
                    cell.section,
                    if missing == 1 { "" } else { "s" },
                    cell.scored_wanted,
                    cell.unscored_wanted,
                    cell.operational,
                    cell.pretest
                ),
                place: None,
                related: None,
                help: "add questions, or lower the counts in exam.toml".to_owned(),
            });
        }
    }
}

pub(super) fn topics(blueprint: &Blueprint, bank: &Bank, findings: &mut Findings) {
    let covered: BTreeSet<_> = bank
        .items
        .iter()
        .filter(|item| item.status != Status::Retired)
        .map(|item| (&item.domain, &item.topic))
        .collect();
    for domain in &blueprint.domains {
        for (topic, name) in &domain.topics {
            if !covered.contains(&(&domain.id, topic)) {
                findings.push(Diagnostic {
                    code: Code::TopicWithoutQuestion,
                    message: format!("no question of domain `{}` covers the topic `{topic}` ({name})", domain.id),
                    place: None,
                    related: None,
                    help: "write one, or remove the topic from exam.toml".to_owned(),
                });
            }
        }
    }
}
