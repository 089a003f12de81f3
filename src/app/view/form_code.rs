//! Why a form code does not fit a bank, in words.

use examroom_core::form::code::{Changes, Part};
use examroom_core::id::ItemId;

/// The most ids that are named of one kind.
const MOST_NAMED: usize = 20;

/// In which parts the exam differs from the one that a code was made of.
#[must_use]
pub fn differing(exam: &str, parts: &[Part]) -> String {
    if parts.contains(&Part::Exam) {
        return format!("the form code is of another exam than {exam}");
    }
    let named = parts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    format!("the form code is of another state of {exam}; what differs: {named}")
}

/// What differs by question, each kind of change as a line without its full stop.
#[must_use]
pub fn changed_questions(changes: &Changes) -> Vec<String> {
    let mut lines = Vec::new();
    if changes.blueprint {
        lines.push("the blueprint (exam.toml) has other figures".to_owned());
    }
    let of = |part: Part| -> Vec<&ItemId> {
        let has_changed = |(_, parts): &&(ItemId, Vec<Part>)| parts.contains(&part);
        changes.changed.iter().filter(has_changed).map(|(id, _)| id).collect()
    };
    let mut add = |what: &str, ids: Vec<String>| {
        if !ids.is_empty() {
            lines.push(format!("{what}: {}", named(&ids)));
        }
    };
    let texts = |ids: Vec<&ItemId>| ids.into_iter().map(ToString::to_string).collect();
    add("text, choices or key changed", texts(of(Part::Questions)));
    add("rating changed", texts(of(Part::Ratings)));
    add("domain, topic or level changed", texts(of(Part::Places)));
    add("dates, status or enemies changed", texts(of(Part::Availability)));
    add("no longer there", changes.missing.iter().map(ToString::to_string).collect());
    add("not there before", changes.added.iter().map(ToString::to_string).collect());
    add("case changed", changes.cases.iter().map(ToString::to_string).collect());
    if changes.reordered {
        lines.push("the same questions stand in another order".to_owned());
    }
    if lines.is_empty() {
        lines.push("no question has changed".to_owned());
    }
    lines
}

fn named(ids: &[String]) -> String {
    let shown = ids.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match ids.len().saturating_sub(MOST_NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_another_exam_is_called_that_whatever_else_differs() {
        assert_eq!(
            differing("rhit", &[Part::Exam, Part::Questions, Part::Ratings]),
            "the form code is of another exam than rhit"
        );
        assert_eq!(
            differing("rhit", &[Part::Ratings]),
            "the form code is of another state of rhit; what differs: the ratings"
        );
    }

    #[test]
    fn of_many_questions_the_first_are_named() {
        let ids: Vec<String> = (1..=22).map(|number| format!("q{number}")).collect();
        assert!(named(&ids).ends_with("q19, q20 and 2 more"), "{}", named(&ids));
    }
}
