//! Attempts on their way to another computer, and whose they are.

use std::sync::Arc;

use rusqlite::params;

use super::attempt::StoredAttempt;
use super::candidate::OWN;
use super::form::{restore, text};
use super::{Error, Store};
use examroom_core::form::Texts;
use examroom_core::id::CandidateId;
use examroom_core::journal::{AttemptId, AttemptOrigin, Candidate, Record};

impl Store {
    /// The records of these attempts, in their order; each is read when it is asked for.
    pub fn records<'s>(&'s self, ids: &'s [AttemptId]) -> impl Iterator<Item = Result<Record, Error>> + 's {
        let mut texts = Texts::new(|hash| text(&self.db, hash));
        ids.iter().map(move |id| {
            let stored = StoredAttempt::load(&self.db, *id)?;
            let form = restore(&stored.form.outline(*id)?, *id, &mut texts)?;
            let (rules, entries) = (stored.rules()?, stored.entries(&self.db)?);
            let origin = AttemptOrigin { uid: stored.description.uid, created_at: stored.description.created_at };
            Ok(Record { attempt: *id, origin: Some(origin), form: Arc::new(form), rules, entries, whole: true })
        })
    }

    /// The identity of the data folder's own candidate.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn candidate(&self) -> Result<CandidateId, Error> {
        let id: String = self.db.query_row(include_str!("sql/candidate-load.sql"), [OWN], |row| row.get(0))?;
        Ok(CandidateId::new(&id))
    }

    /// Whether a candidate is the data folder's own, also under the identity of another folder.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_own(&self, candidate: &CandidateId) -> Result<bool, Error> {
        let mut statement = self.db.prepare_cached(include_str!("sql/candidate-is-own.sql"))?;
        Ok(statement.exists(params![candidate.as_str(), OWN])?)
    }

    /// Notes that a candidate of another folder is the same person as this folder's own.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn recognize(&self, candidate: &Candidate) -> Result<(), Error> {
        let known = params![candidate.id.as_str(), candidate.name, OWN];
        self.db.execute(include_str!("sql/candidate-recognize.sql"), known)?;
        Ok(())
    }

    /// Discards an attempt that never began. The texts of its form stay, since others may have them.
    ///
    /// # Errors
    /// [`Error::Begun`] if it has begun, [`Error::Held`] if a living process has it.
    pub fn discard(&self, id: AttemptId) -> Result<(), Error> {
        let _lock = self.lock(id)?;
        let discard = self.db.unchecked_transaction()?;
        discard.execute(include_str!("sql/form-discard.sql"), [id.0])?;
        if discard.execute(include_str!("sql/attempt-discard.sql"), [id.0])? == 0 {
            return Err(Error::Begun(id));
        }
        Ok(discard.commit()?)
    }
}
