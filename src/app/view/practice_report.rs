//! The report of practice: what was right, what to practice again, and no score.

use std::time::Duration;

use super::lessons::confidence;
use super::{SafeText, counted, numbers};
use examroom_core::scoring::{ItemScore, Mark, RawScore, ScoreReport, is_answered};
use examroom_core::session::Session;
use examroom_core::time::SpokenDuration;

/// What the report of a practice has of its own.
pub(super) struct PracticeReport {
    pub verdict: String,
    pub meaning: Vec<SafeText>,
    pub facts: Vec<(String, SafeText)>,
}

/// What a practice came to.
pub(super) fn practice_report(session: &Session, score: &ScoreReport) -> PracticeReport {
    let verdict = match score.answered {
        RawScore { of: 0, .. } => "Practice: no question was answered".to_owned(),
        RawScore { right, of } => format!("Practice: {right} of {} right", counted(of as usize, "question")),
    };
    let meaning = meaning(session, score).iter().map(|line| SafeText::new(line)).collect();
    PracticeReport { verdict, meaning, facts: facts(session, score) }
}

/// What there is to practice again. Questions are named by section where there are several.
fn meaning(session: &Session, score: &ScoreReport) -> Vec<String> {
    let sections = &session.form().sections;
    let lists = |title: &str, wanted: &dyn Fn(&ItemScore) -> bool| -> Option<String> {
        let parts: Vec<String> = sections
            .iter()
            .filter_map(|section| {
                let found: Vec<usize> = score
                    .items
                    .iter()
                    .filter(|item| item.section == section.id && wanted(item))
                    .map(|item| item.number)
                    .collect();
                let name = if sections.len() > 1 { format!("{}, ", section.name) } else { String::new() };
                (!found.is_empty()).then(|| format!("{name}{}", numbers(&found)))
            })
            .collect();
        (!parts.is_empty()).then(|| format!("{title}: {}.", parts.join("; ")))
    };
    let is_missed = |item: &ItemScore| is_answered(session, item) && item.mark != Mark::Right;
    let is_left = |item: &ItemScore| !is_answered(session, item);
    [lists("Missed", &is_missed), lists("Flagged", &|item| item.flagged), lists("Left out", &is_left)]
        .into_iter()
        .flatten()
        .collect()
}

fn facts(session: &Session, score: &ScoreReport) -> Vec<(String, SafeText)> {
    let mut facts = Vec::new();
    for domain in &score.domains {
        let items = || score.items.iter().filter(|item| item.domain == domain.id);
        let answered = items().filter(|item| is_answered(session, item)).count();
        let right = items().filter(|item| item.mark == Mark::Right).count();
        if answered > 0 {
            facts.push((format!("{right} of {answered} right"), SafeText::new(&domain.name)));
        }
    }
    let spent: Duration = session.form().questions().map(|(slot, _)| session.item_state(slot).time()).sum();
    let confidence = confidence(session, score).into_iter();
    facts.extend(confidence.map(|(label, value)| (label, SafeText::new(&value))));
    facts.push(("Time on questions".to_owned(), SafeText::new(&SpokenDuration(spent).to_string())));
    facts
}
