//! What a candidate did before: which questions were seen, and what the answers to new ones say.

use std::collections::HashMap;
use std::sync::Arc;

use super::context::Context;
use super::failure::Failure;
use examroom_core::blueprint::Blueprint;
use examroom_core::form::{Background, Exposure, Form, Origin, assumptions};
use examroom_core::id::ExamId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{ScoreReport, score};
use examroom_core::session::AttemptKind;
use examroom_core::statistics::Evidence;
use examroom_store::{Attempt, Error, Store, Summary};

/// How often the questions of an exam have been seen, also in other exams that draw from the same bank.
pub fn exposure(context: &Context, store: &Store, blueprint: &Blueprint) -> Result<Exposure, Failure> {
    let mut others: Vec<ExamId> = store.list()?.into_iter().map(|attempt| attempt.exam).collect();
    others.sort();
    others.dedup();
    let mut exposure = store.exposure(&blueprint.id)?;
    for other in others.iter().filter(|other| **other != blueprint.id) {
        let is_related = blueprint_of(context, other).is_some_and(|other| lender(&other) == lender(blueprint));
        if is_related {
            exposure.add(store.exposure(other)?);
        }
    }
    Ok(exposure)
}

/// Whose bank an exam draws from.
fn lender(blueprint: &Blueprint) -> &ExamId {
    blueprint.from.as_ref().map_or(&blueprint.id, |from| &from.value)
}

fn blueprint_of(context: &Context, exam: &ExamId) -> Option<Arc<Blueprint>> {
    context.library.find(exam.as_str()).ok()?.blueprint().blueprint
}

/// What the new questions of the finished attempts at an exam say.
pub fn evidence(context: &Context, store: &Store, exam: &ExamId) -> Result<Evidence, Failure> {
    let mut past = Past::default();
    for summary in store.list()?.iter().rev().filter(|summary| summary.exam == *exam) {
        // An attempt that cannot be read says nothing.
        if let Ok(attempt) = store.load(summary.id) {
            past.complete(context, attempt);
        }
    }
    Ok(past.of(exam).1)
}

/// An attempt with its background, which a form of an earlier version lacks.
pub fn load(context: &Context, store: &Store, id: AttemptId) -> Result<Attempt, Failure> {
    let attempt = store.load(id)?;
    let form = attempt.session.form();
    if form.background.is_some() {
        return Ok(attempt);
    }
    let mut past = Past::default();
    let earlier = |summary: &&Summary| summary.exam == form.exam && summary.id < id;
    for summary in store.list()?.iter().rev().filter(earlier) {
        if let Ok(attempt) = store.load(summary.id) {
            past.complete(context, attempt);
        }
    }
    Ok(past.complete(context, attempt).0)
}

/// An attempt with its score, if it is finished.
pub type Scored = (Attempt, Option<ScoreReport>);

/// What `tell` makes of each attempt with its background, or of why it cannot be read; the newest first.
///
/// Each attempt is discarded before the next is read: a form is large, and a long history has many.
pub fn each<T>(
    context: &Context,
    store: &Store,
    mut tell: impl FnMut(Summary, Result<Scored, Error>) -> T,
) -> Result<Vec<T>, Failure> {
    let mut past = Past::default();
    let oldest_first = store.list()?.into_iter().rev();
    let mut told: Vec<T> = oldest_first
        .map(|summary| {
            let attempt = store.load(summary.id).map(|attempt| past.complete(context, attempt));
            tell(summary, attempt)
        })
        .collect();
    told.reverse();
    Ok(told)
}

/// What earlier attempts showed, and what their new questions said, by exam.
#[derive(Default)]
struct Past(HashMap<ExamId, (Exposure, Evidence)>);

impl Past {
    fn of(&self, exam: &ExamId) -> (Exposure, Evidence) {
        self.0.get(exam).cloned().unwrap_or_default()
    }

    /// Gives the next attempt the background that its form lacks, and takes note of what it shows.
    fn complete(&mut self, context: &Context, attempt: Attempt) -> Scored {
        let form = attempt.session.form();
        let (exposure, earlier) = self.0.entry(form.exam.clone()).or_default();
        let attempt = if form.background.is_some() {
            attempt
        } else {
            let background = Background { earlier: *earlier, ..Background::new(Origin::Reconstructed, form, exposure) };
            let blueprint = blueprint_of(context, &form.exam);
            let form = Form {
                background: Some(background),
                assumptions: form.assumptions.or_else(|| assumptions(blueprint.as_deref()?)),
                ..Form::clone(form)
            };
            Attempt { session: attempt.session.with_form(Arc::new(form)), ..attempt }
        };
        let session = &attempt.session;
        let report = session.is_finished().then(|| score(session));
        if let Some(report) = report.as_ref().filter(|_| session.kind() != AttemptKind::Practice) {
            *earlier = earlier.and(report.contribution());
        }
        for (slot, question) in session.form().questions() {
            if session.item_state(slot).is_seen() {
                *exposure.0.entry(question.item.id.clone()).or_default() += 1;
            }
        }
        (attempt, report)
    }
}
