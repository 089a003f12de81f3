//! What a candidate did with an exam's questions before, for practice, and which practice is still open.

use super::failure::Failure;
use examroom_core::blueprint::Blueprint;
use examroom_core::form::Exposure;
use examroom_core::id::ExamId;
use examroom_core::session::AttemptKind;
use examroom_core::study::StudyPast;
use examroom_store::{Attempt, Store, Summary};

/// The candidate's answers to the questions of an exam, also in other exams that draw from the same bank.
pub fn past(store: &Store, blueprint: &Blueprint) -> Result<StudyPast, Failure> {
    let cleared_at = store.practice_cleared_at(blueprint.home())?;
    let mut past = StudyPast::default();
    past.add_last(store.last_answers(blueprint.home())?, cleared_at);
    // What is still open is told by its journal: what was practiced so far, and what must not be shown yet.
    let list = store.list()?;
    let open = list.iter().rev().filter(|summary| summary.finished_at.is_none());
    for attempt in open.filter_map(|summary| related(store, summary, blueprint)) {
        past.add(&attempt.session, cleared_at);
    }
    Ok(past)
}

/// The questions that an open practice is still to show. A mock exam that is drawn meanwhile counts them as seen, as they
/// may be by the time that they come.
pub fn promised(store: &Store, blueprint: &Blueprint) -> Result<Exposure, Failure> {
    let mut promised = Exposure::default();
    for summary in store.list()?.iter().filter(|summary| is_open_practice(summary)) {
        if let Some(Attempt { session, .. }) = related(store, summary, blueprint) {
            let unseen = session.form().questions().filter(|(slot, _)| !session.item_state(*slot).is_seen());
            promised.add(Exposure(unseen.map(|(_, question)| (question.item.id.clone(), 1)).collect()));
        }
    }
    Ok(promised)
}

/// The last practice of an exam that is open.
pub fn open_practice(store: &Store, exam: &ExamId) -> Result<Option<Summary>, Failure> {
    Ok(store.list()?.into_iter().find(|summary| summary.exam == *exam && is_open_practice(summary)))
}

fn is_open_practice(summary: &Summary) -> bool {
    summary.kind == Some(AttemptKind::Practice) && summary.began_at.is_some() && summary.finished_at.is_none()
}

/// An attempt, if its questions are at home in the same bank. One that cannot be read says nothing.
fn related(store: &Store, summary: &Summary, blueprint: &Blueprint) -> Option<Attempt> {
    store.load(summary.id).ok().filter(|attempt| attempt.session.form().home() == blueprint.home())
}
