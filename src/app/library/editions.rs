//! Which outline of an exam is in force, and which came before it.
//!
//! An older edition names the one that came after it (`succeeded_by`), since only its blueprint needs to change then. So
//! the blueprints of all exams have to be read to know what an edition came after.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Library, ListError};
use examroom_core::blueprint::Blueprint;
use examroom_core::diagnostics::{Code, Diagnostic, Spanned};
use examroom_core::id::ExamId;

/// All exams, by the order in which their outlines came.
#[derive(Clone, Debug)]
pub struct Editions {
    /// None where its blueprint has errors.
    exams: BTreeMap<ExamId, Option<Arc<Blueprint>>>,
}

impl Library {
    /// Reads the blueprints of all exams.
    ///
    /// # Errors
    /// When a folder exists but cannot be listed.
    pub fn editions(&self) -> Result<Editions, ListError> {
        let mut exams = BTreeMap::new();
        for id in self.exams()? {
            let blueprint = self.exam(&id)?.and_then(|files| files.blueprint().blueprint);
            exams.insert(id, blueprint);
        }
        Ok(Editions { exams })
    }

    /// What is wrong with the exam that a blueprint says came after it.
    pub(super) fn bad_successor(&self, blueprint: &Blueprint) -> Option<Diagnostic> {
        let named = blueprint.succeeded_by.as_ref()?;
        let found = |message: String, help: String| {
            Some(Diagnostic::new(Code::BAD_SUCCESSOR, message).at(named.span).help(help))
        };
        let mut before = vec![blueprint.id.clone()];
        let mut next = Some(named.value.clone());
        while let Some(id) = next {
            if before.contains(&id) {
                let circle = before.iter().chain([&id]).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                let message = format!("the exams come after each other in a circle: {circle}");
                return found(message, "remove `succeeded_by` from the one that is in force".to_owned());
            }
            // What a later one names is that one's fault.
            let Some(files) = self.exam(&id).ok().flatten() else {
                let is_first = before.len() == 1;
                let message = format!("there is no exam `{id}` that could come after this one");
                return is_first.then(|| found(message, self.suggestion(&id, |known| *known != blueprint.id)))?;
            };
            next = files.blueprint().blueprint.as_deref().and_then(successor).cloned();
            before.push(id);
        }
        None
    }
}

fn successor(blueprint: &Blueprint) -> Option<&ExamId> {
    blueprint.succeeded_by.as_ref().map(|Spanned { value, .. }| value)
}

impl Editions {
    /// The exams in the order in which they are listed: by id, and each older outline after the one in force.
    #[must_use]
    pub fn in_order(&self) -> Vec<(&ExamId, Option<&Arc<Blueprint>>)> {
        let mut ordered: Vec<&ExamId> = Vec::new();
        for id in self.exams.keys().filter(|id| self.in_force(id).is_none()) {
            for id in std::iter::once(id).chain(self.older(id)) {
                if !ordered.contains(&id) {
                    ordered.push(id);
                }
            }
        }
        ordered.into_iter().map(|id| (id, self.exams.get(id).and_then(Option::as_ref))).collect()
    }

    /// The exam of the outline that is in force, where this one is older; the last that is known.
    #[must_use]
    pub fn in_force(&self, id: &ExamId) -> Option<&ExamId> {
        let mut after: Vec<&ExamId> = Vec::new();
        while let Some(next) = self.next(after.last().copied().unwrap_or(id)) {
            if next == id || after.contains(&next) {
                // In a circle none is older than the others.
                return None;
            }
            after.push(next);
        }
        after.pop()
    }

    /// The exams that an outline came after, the latest first; none in a circle.
    #[must_use]
    pub fn older(&self, id: &ExamId) -> Vec<&ExamId> {
        let mut older: Vec<&ExamId> = Vec::new();
        if self.next(id).is_some() && self.in_force(id).is_none() {
            return older;
        }
        let mut looked_at = 0;
        let mut later = Some(id);
        while let Some(next) = later {
            let came_before = self.exams.keys().filter(|other| self.next(other) == Some(next));
            let new: Vec<&ExamId> = came_before.filter(|other| *other != id && !older.contains(other)).collect();
            older.extend(new);
            later = older.get(looked_at).copied();
            looked_at += 1;
        }
        older
    }

    fn next(&self, id: &ExamId) -> Option<&ExamId> {
        let named = self.exams.get(id)?.as_deref().and_then(successor)?;
        self.exams.get_key_value(named).map(|(id, _)| id)
    }
}
