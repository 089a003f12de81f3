//! The bank is large enough: for one form (an error if not), and for every topic.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Checker, Faulty, Links};
use crate::bank::{Bank, Status, Supply, supply};
use crate::blueprint::{Blueprint, Progress};
use crate::diagnostics::{Code, Diagnostic, codes};
use crate::text::counted;

codes! {
    Error SHORT_OF_BLUEPRINT "short-of-blueprint"
    Warning UNFINISHED "unfinished"
    Warning TOPIC_WITHOUT_QUESTION "topic-without-question"
}

/// A question that has an error counts as one that can be scored, in every cell that it may belong to.
pub(super) fn check(blueprint: &Blueprint, bank: &Bank, links: &Links, day: Date, checker: &mut Checker<'_>) {
    // What is missing may stand where nothing could be read.
    if links.lost {
        return;
    }
    let mut lacks = false;
    for mut cell in supply(blueprint, bank, day) {
        let may_be_here = |faulty: &&Faulty| {
            faulty.domain.as_ref().is_none_or(|domain| *domain == cell.domain)
                && faulty.section.as_ref().is_none_or(|section| *section == cell.section)
        };
        let faulty = links.faulty.iter().filter(|faulty| !faulty.retired).filter(may_be_here).count();
        let faulty = u32::try_from(faulty).unwrap_or(u32::MAX);
        cell.operational = cell.operational.saturating_add(faulty);
        if cell.missing_for(1) > 0 {
            lacks = true;
            let code = match blueprint.progress {
                Progress::Finished => Code::SHORT_OF_BLUEPRINT,
                Progress::Unfinished(_) => Code::UNFINISHED,
            };
            checker.report_at_depth(short(code, &cell, faulty));
        }
    }
    if let Progress::Unfinished(span) = blueprint.progress
        && !lacks
    {
        let message = "the exam is marked as unfinished, but every domain has its questions";
        checker.report_at_depth(Diagnostic::new(Code::UNFINISHED, message).at(span).help("remove the line"));
    }
}

fn short(code: Code, cell: &Supply, faulty: u32) -> Diagnostic {
    let message = format!(
        "domain `{}` in section `{}` is {} short of one form: it needs {} scored and {} unscored, and has {} \
         operational{} and {} pretest",
        cell.domain,
        cell.section,
        counted(cell.missing_for(1) as usize, "question"),
        cell.scored_wanted,
        cell.unscored_wanted,
        cell.operational,
        if faulty > 0 { " (those with errors counted)" } else { "" },
        cell.pretest
    );
    Diagnostic::new(code, message).help("add questions, or lower the counts in exam.toml")
}

/// Advice: a question for each topic.
pub(super) fn topics(blueprint: &Blueprint, bank: &Bank, links: &Links, checker: &mut Checker<'_>) {
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
        for topic in domain.topics.iter().filter(|topic| !covered.contains(&(&domain.id, &topic.id))) {
            let message =
                format!("no question of domain `{}` covers the topic `{}` ({})", domain.id, topic.id, topic.name);
            let help = "write one, or remove the topic from exam.toml";
            checker.report(Diagnostic::new(Code::TOPIC_WITHOUT_QUESTION, message).help(help));
        }
    }
}
