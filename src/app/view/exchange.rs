//! What is said of questions that come in.

use std::collections::BTreeMap;

use super::{counted, numbers};
use crate::exchange::{Outcome, Plan, Undecided};
use examroom_exchange::Place;

/// What somebody has to look at: a question that is not taken over as it is, or many that are changed alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// `row 4`, or `rows 4-53`.
    pub place: String,
    /// What becomes of it.
    pub what: &'static str,
    /// How it begins.
    pub question: String,
    /// Why.
    pub why: String,
}

/// From so many questions on that are changed alike, they are told together.
const MANY: usize = 6;

/// What is to be said of the questions of a file, in their order; nothing of those that are taken over as they are. Each
/// that is left out is told by itself.
#[must_use]
pub fn remarks(plan: &Plan, file: usize) -> Vec<Remark> {
    let rows = || plan.rows.iter().filter(|row| row.file == file);
    let mut alike: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for row in rows() {
        if let Some(("changed", why)) = remarkable(&row.outcome) {
            alike.entry(why).or_default().push(row.place);
        }
    }
    let mut told = Vec::new();
    for row in rows() {
        let Some((what, why)) = remarkable(&row.outcome) else { continue };
        let (mut place, mut question) = (row.place.to_string(), row.beginning.clone());
        if let Some(places) = alike.get(&why).filter(|places| places.len() >= MANY && what == "changed") {
            if places[0] != row.place {
                continue;
            }
            place = listed(places);
            question = counted(places.len(), "question");
        }
        told.push(Remark { place, what, question, why });
    }
    told
}

/// What becomes of a question, and why; nothing for one that is taken over as it is, or is there.
fn remarkable(outcome: &Outcome) -> Option<(&'static str, String)> {
    match outcome {
        Outcome::Added { changes, .. } if !changes.is_empty() => Some(("changed", changes.join("; "))),
        Outcome::Added { .. } | Outcome::There { .. } => None,
        Outcome::Updated { id, parts, changes } => {
            let parts = parts.join(", ");
            let told =
                std::iter::once(format!("`{id}` gets its {parts}")).chain(changes.iter().map(ToString::to_string));
            Some(("updated", told.collect::<Vec<_>>().join("; ")))
        }
        Outcome::Differs { id, parts, why: None } => {
            let parts = parts.join(", ");
            Some(("not changed", format!("the bank has `{id}` with other words ({parts}), and keeps them")))
        }
        Outcome::Differs { id, why: Some(why), .. } => {
            Some(("not changed", format!("the bank has `{id}` with other words; {why}")))
        }
        Outcome::LeftOut { why } => Some(("left out", why.to_string())),
    }
}

/// `row 4`, or `rows 2-14, 16`.
fn listed(places: &[Place]) -> String {
    let unit = places.first().map_or("", |place| place.unit());
    let plural = if places.len() == 1 { "" } else { "s" };
    let places: Vec<usize> = places.iter().map(|place| place.number()).collect();
    format!("{unit}{plural} {}", numbers(&places))
}

/// What is said of subjects that are no topics of the exam.
#[must_use]
pub fn other_subjects(plan: &Plan) -> Option<String> {
    const SHOWN: usize = 6;
    let names: Vec<String> =
        plan.other_subjects.iter().take(SHOWN).map(|(name, topic)| format!("\"{name}\" ({topic})")).collect();
    let more = plan.other_subjects.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!names.is_empty()).then(|| {
        format!(
            "These are no topics of the exam, and their questions get another: {}{more}. To keep them, name them under \
             [domain.topics] in exam.toml first.",
            names.join(", ")
        )
    })
}

/// What becomes of the questions of one file: `50 questions: 44 as they are, 4 changed, 2 left out`.
#[must_use]
pub fn summary(plan: &Plan, file: usize) -> String {
    let outcomes = || plan.rows.iter().filter(|row| row.file == file).map(|row| &row.outcome);
    let count = |is: fn(&Outcome) -> bool| outcomes().filter(|outcome| is(outcome)).count();
    let parts = [
        (count(|outcome| matches!(outcome, Outcome::Added { changes, .. } if changes.is_empty())), "kept as they are"),
        (count(|outcome| matches!(outcome, Outcome::Added { changes, .. } if !changes.is_empty())), "changed"),
        (count(|outcome| matches!(outcome, Outcome::Updated { .. })), "updated"),
        (count(|outcome| matches!(outcome, Outcome::LeftOut { .. })), "left out"),
        (count(|outcome| matches!(outcome, Outcome::There { .. })), "in the bank already"),
        (count(|outcome| matches!(outcome, Outcome::Differs { .. })), "in the bank with other words"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let all = counted(outcomes().count(), "question");
    if said.is_empty() { "no questions".to_owned() } else { format!("{all}: {}", said.join(", ")) }
}

/// The lines or rows of the questions of a file that are taken over as they are: `rows 2-14, 16`.
#[must_use]
pub fn kept_places(plan: &Plan, file: usize) -> Option<String> {
    let kept = plan
        .rows
        .iter()
        .filter(|row| row.file == file)
        .filter(|row| matches!(&row.outcome, Outcome::Added { changes, .. } if changes.is_empty()));
    let places: Vec<Place> = kept.map(|row| row.place).collect();
    (!places.is_empty()).then(|| listed(&places))
}

/// What is asked before anything is written.
#[must_use]
pub fn question(plan: &Plan, exam: &str) -> String {
    let (added, updated) = (counted(plan.adds(), "question"), counted(plan.updates(), "question"));
    match (plan.adds(), plan.updates()) {
        (_, 0) => format!("Add {added} to {exam}? (yes or no)"),
        (0, _) => format!("Update {updated} of {exam}? (yes or no)"),
        (_, many) => format!("Add {added} to {exam}, and update {many}? (yes or no)"),
    }
}

/// How questions that the bank has in other words get those of the file.
#[must_use]
pub fn updatable(plan: &Plan) -> Option<String> {
    let is_updatable = |outcome: &Outcome| matches!(outcome, Outcome::Differs { why: None, .. });
    let many = plan.rows.iter().filter(|row| is_updatable(&row.outcome)).count();
    (many > 0).then(|| {
        let it = if many == 1 { "it" } else { "them" };
        format!(
            "The bank has {} in other words; to give {it} those of the file, add --update.",
            counted(many, "question")
        )
    })
}

/// What the instructor has to decide, and how.
#[must_use]
pub fn undecided(undecided: &Undecided) -> String {
    const SHOWN: usize = 8;
    match undecided {
        Undecided::Unknown { what, named, known } => {
            format!("the exam has no {what} `{named}`; its {what}s: {}", known.join(", "))
        }
        Undecided::Missing { what, questions, subjects, known } => {
            let shown =
                subjects.iter().take(SHOWN).map(|subject| format!("\"{subject}\"")).collect::<Vec<_>>().join(", ");
            let more = subjects.len().saturating_sub(SHOWN);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let said = if shown.is_empty() { String::new() } else { format!(" (they say {shown}{more})") };
            format!(
                "{} with no {what} of the exam{said}: add --{what} with one of {}",
                counted(*questions, "question"),
                known.join(", ")
            )
        }
    }
}
