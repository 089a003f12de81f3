//! What a sitting teaches beside its score: where the time went, what was changed, and where the candidate was sure and
//! wrong.

use std::time::Duration;

use super::pacing::PacingView;
use super::{counted, numbers};
use examroom_core::scoring::{ItemScore, Mark, ScoreReport};
use examroom_core::session::{Confidence, ConfidencePolicy, Session};
use examroom_core::time::SpokenDuration;

/// A question that took so many times its share of the time was slow.
const SLOW: u32 = 2;

/// As many slow questions are named.
const NAMED: usize = 5;

/// The lessons of an exam: label and value each.
pub(super) fn lessons(session: &Session, score: &ScoreReport) -> Vec<(String, String)> {
    let mut lessons = Vec::new();
    let sections = PacingView::sections(session, score);
    let is_one = session.form().sections.len() == 1;
    for pacing in &sections {
        let label = |what: &str| if is_one { what.to_owned() } else { format!("{what}, {}", pacing.section) };
        if let [_, _, ..] = pacing.stretches[..] {
            let stretches = pacing
                .stretches
                .iter()
                .map(|stretch| format!("questions {} in {}, {} right", stretch.questions, stretch.time, stretch.right));
            lessons.push((label("Pace"), stretches.collect::<Vec<_>>().join("; ")));
        }
        lessons.extend(slow_and_wrong(pacing).map(|value| (label("Slow and wrong"), value)));
        lessons.extend(left_at_the_end(pacing).map(|value| (label("Left at the end"), value)));
    }
    lessons.extend(changed(session, score).map(|value| ("Answers changed".to_owned(), value)));
    lessons.extend(confidence(session, score));
    lessons
}

/// The questions that took the most time and were not right.
fn slow_and_wrong(pacing: &PacingView) -> Option<String> {
    let limit = pacing.even * SLOW;
    let mut slow: Vec<_> = pacing
        .questions
        .iter()
        .filter(|question| question.mark != Mark::Right && question.time > limit && limit > Duration::ZERO)
        .collect();
    slow.sort_by_key(|question| std::cmp::Reverse(question.time));
    let more = slow.len().saturating_sub(NAMED);
    let named: Vec<String> = slow
        .iter()
        .take(NAMED)
        .map(|question| format!("{} ({})", question.number, SpokenDuration(question.time)))
        .collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!named.is_empty()).then(|| format!("{}{more}; an even pace is {}", named.join(", "), SpokenDuration(pacing.even)))
}

/// The questions at the end of a section that have no answer.
fn left_at_the_end(pacing: &PacingView) -> Option<String> {
    let is_left = |mark: Mark| matches!(mark, Mark::Omitted | Mark::NotReached);
    let left = pacing.questions.iter().rev().take_while(|question| is_left(question.mark)).count();
    let first = pacing.questions.len() - left;
    let left: Vec<usize> = pacing.questions[first..].iter().map(|question| question.number).collect();
    (!left.is_empty()).then(|| format!("{} ({})", numbers(&left), counted(left.len(), "question")))
}

/// How often an answer was changed, and what that did: the first complete answer against the last.
fn changed(session: &Session, score: &ScoreReport) -> Option<String> {
    let changes: usize = score.items.iter().map(|item| item.changes).sum();
    if changes == 0 {
        return None;
    }
    let form = session.form();
    let (mut gained, mut lost, mut vain) = (0, 0, 0);
    for item in score.items.iter().filter(|item| item.changes > 0) {
        let Some(question) = form.question(item.slot) else { continue };
        let mut answers = session.item_state(item.slot).complete_answers(question.item.answer().count());
        let was_right = answers.next().is_some_and(|first| question.item.is_right(first));
        match (was_right, item.mark == Mark::Right) {
            (false, true) => gained += 1,
            (true, false) => lost += 1,
            (false, false) => vain += 1,
            (true, true) => {}
        }
    }
    let told = [(gained, "from wrong to right"), (lost, "from right to wrong"), (vain, "from wrong to wrong")];
    let told: Vec<String> =
        told.iter().filter(|(count, _)| *count > 0).map(|(count, way)| format!("{count} {way}")).collect();
    Some(if told.is_empty() { changes.to_string() } else { told.join(", ") })
}

/// How many were right of those of which the candidate was sure, thought so or guessed, and where sure and wrong.
pub(super) fn confidence(session: &Session, score: &ScoreReport) -> Vec<(String, String)> {
    if session.rules().confidence == ConfidencePolicy::NotAsked {
        return Vec::new();
    }
    let mut lessons = Vec::new();
    for (confidence, label) in
        [(Confidence::Sure, "Sure"), (Confidence::ThinkSo, "Thought so"), (Confidence::Guess, "Guessed")]
    {
        let said = || score.items.iter().filter(move |item| item.confidence == Some(confidence));
        let right = said().filter(|item| item.mark == Mark::Right).count();
        if said().next().is_some() {
            lessons.push((label.to_owned(), format!("{right} of {} right", said().count())));
        }
    }
    let is_sure_and_wrong = |item: &&ItemScore| item.confidence == Some(Confidence::Sure) && item.mark != Mark::Right;
    for section in &session.form().sections {
        let wrong = score.items.iter().filter(|item| item.section == section.id).filter(is_sure_and_wrong);
        let wrong: Vec<usize> = wrong.map(|item| item.number).collect();
        let label = if session.form().sections.len() == 1 {
            "Sure and wrong".to_owned()
        } else {
            format!("Sure and wrong, {}", section.name)
        };
        if !wrong.is_empty() {
            lessons.push((label, format!("{}; look at these first", numbers(&wrong))));
        }
    }
    lessons
}
