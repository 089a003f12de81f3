//! What events come to for a whole bank, gathered over a transaction and written once at its end: a thousand attempts that
//! are taken in together write each question once, not a thousand times.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use examroom_core::form::{Form, Slot};
use examroom_core::id::{ExamId, ItemId};
use examroom_core::journal::AttemptId;
use examroom_core::session::{Response, Session};
use examroom_core::time::Timestamp;

/// A question of a home bank.
type Key = (ExamId, ItemId);

/// What is to be written at the end of a transaction.
#[derive(Debug, Default)]
pub(super) struct Tally {
    shown: HashMap<Key, Shown>,
    answered: HashMap<Key, Answered>,
}

#[derive(Debug)]
struct Shown {
    /// One of the attempts, which says whose it is.
    attempt: AttemptId,
    times: u32,
}

#[derive(Clone, Copy, Debug)]
struct Answered {
    attempt: AttemptId,
    at: Timestamp,
    is_right: bool,
    is_flagged: bool,
}

impl Tally {
    /// Notes that an attempt has shown a question; each counts once in an attempt.
    pub fn show(&mut self, db: &Connection, attempt: AttemptId, form: &Form, slot: Slot) -> rusqlite::Result<()> {
        let Some(question) = form.question(slot) else { return Ok(()) };
        let insert = db.prepare_cached(include_str!("sql/seen-insert.sql"))?.execute(params![attempt.0, slot.0])?;
        if insert > 0 {
            let key = (form.home().clone(), question.item.id.clone());
            self.shown.entry(key).or_insert(Shown { attempt, times: 0 }).times += 1;
        }
        Ok(())
    }

    /// Notes how the questions of a finished attempt went, those that were on the screen.
    pub fn finish(&mut self, attempt: AttemptId, session: &Session) {
        let Some(at) = session.finished_at() else { return };
        let form = session.form();
        for (slot, question) in form.questions() {
            let state = session.item_state(slot);
            if !state.is_seen() {
                continue;
            }
            let is_right = matches!(state.response(), Response::Selected(choices) if question.item.is_right(choices));
            let new = Answered { attempt, at, is_right, is_flagged: state.is_flagged() };
            let known = self.answered.entry((form.home().clone(), question.item.id.clone())).or_insert(new);
            if new.at >= known.at {
                *known = new;
            }
        }
    }

    /// Writes what was gathered.
    pub fn write(self, db: &Connection) -> rusqlite::Result<()> {
        let mut set = db.prepare_cached(include_str!("sql/answered-set.sql"))?;
        for ((_, item), Answered { attempt, at, is_right, is_flagged }) in &self.answered {
            set.execute(params![attempt.0, item.as_str(), at.0, is_right, is_flagged])?;
        }
        self.write_shown(db)
    }

    /// Writes only what was shown.
    pub fn write_shown(self, db: &Connection) -> rusqlite::Result<()> {
        let mut add = db.prepare_cached(include_str!("sql/exposure-add.sql"))?;
        for ((_, item), Shown { attempt, times }) in &self.shown {
            add.execute(params![attempt.0, item.as_str(), times])?;
        }
        Ok(())
    }
}
