//! What is said of questions that come in.

use super::{counted, numbers};
use crate::exchange::{Outcome, Plan, Undecided};
use examroom_exchange::Place;

/// The rows of a plan that somebody has to look at, as what becomes of the question, and why; nothing for one that is
/// taken over as it is.
#[must_use]
pub fn remarkable(outcome: &Outcome) -> Option<(&'static str, String)> {
    match outcome {
        Outcome::Added { changes, .. } if changes.is_empty() => None,
        Outcome::Added { changes, .. } => Some(("changed", changes.join("; "))),
        Outcome::There { .. } => None,
        Outcome::Differs { id } => {
            Some(("not changed", format!("the bank has `{id}` with other words, and keeps them")))
        }
        Outcome::LeftOut { why } => Some(("left out", why.to_string())),
    }
}

/// What becomes of the questions of one file: `50 questions: 44 as they are, 4 changed, 2 left out`.
#[must_use]
pub fn summary(plan: &Plan, file: usize) -> String {
    let outcomes = || plan.rows.iter().filter(|row| row.file == file).map(|row| &row.outcome);
    let count = |is: fn(&Outcome) -> bool| outcomes().filter(|outcome| is(outcome)).count();
    let parts = [
        (count(|outcome| matches!(outcome, Outcome::Added { changes, .. } if changes.is_empty())), "kept as they are"),
        (count(|outcome| matches!(outcome, Outcome::Added { changes, .. } if !changes.is_empty())), "changed"),
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
    let places: Vec<_> = kept.map(|row| row.place).collect();
    let unit = places.first()?.unit();
    let places: Vec<usize> = places.into_iter().map(Place::number).collect();
    let plural = if places.len() == 1 { "" } else { "s" };
    Some(format!("{unit}{plural} {}", numbers(&places)))
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
