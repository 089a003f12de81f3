//! A session that was left, whose journal is still being written.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::clock::system_now;
use super::second_place::write_record;
use crate::view::ending::Durability;
use examroom_core::form::Slot;
use examroom_core::journal::{AttemptId, Journal, Record, Saved, Unsaved};
use examroom_core::session::{Command, Refusal, Session};

/// How long somebody who leaves waits for the disk before they are asked.
pub const GRACE: Duration = Duration::from_secs(5);

/// A session to which nothing more happens, but that a problem may be noted when it is looked back on. Until it is closed, what is not durable is tried again.
pub struct LeftSession {
    id: AttemptId,
    session: Session,
    journal: Box<dyn Journal>,
}

impl LeftSession {
    pub(super) fn new(id: AttemptId, session: Session, journal: Box<dyn Journal>) -> Self {
        Self { id, session, journal }
    }

    /// The number of its attempt.
    #[must_use]
    pub fn id(&self) -> AttemptId {
        self.journal.resettled().unwrap_or(self.id)
    }

    /// Whether the store was taken away meanwhile, and the attempt is in another that took its place.
    #[must_use]
    pub fn is_resettled(&self) -> bool {
        self.journal.resettled().is_some()
    }

    /// The session as it was left.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Whether everything that happened is durable.
    #[must_use]
    pub fn saved(&self) -> Saved {
        self.journal.saved()
    }

    /// How much is durable.
    #[must_use]
    pub fn durability(&self) -> Durability {
        let saved = self.journal.saved();
        let rest = self.session.journal().get(self.journal.durable()..).unwrap_or_default();
        Durability { unsaved: if saved == Saved::Yes { Unsaved::default() } else { Unsaved::of(rest) }, saved }
    }

    /// Waits until everything is durable, at most so long, whatever fails meanwhile.
    #[must_use]
    pub fn flush(&self, at_most: Duration) -> Saved {
        self.journal.flush(at_most)
    }

    /// The whole attempt as a record.
    #[must_use]
    pub fn record(&self) -> Record {
        Record::of(self.id(), &self.session)
    }

    /// Writes the whole attempt into a new file.
    ///
    /// # Errors
    /// When the file exists, or cannot be written.
    pub fn write_to(&self, path: &Path) -> io::Result<()> {
        write_record(path, &self.record())
    }

    /// Notes what seems wrong with a question of a finished attempt, for its author.
    ///
    /// # Errors
    /// When the session refuses it.
    pub fn note_problem(&mut self, slot: Slot, text: &str) -> Result<(), Refusal> {
        let events = self.session.apply(Command::ProblemOf(slot, text.to_owned()), system_now())?;
        self.journal.append(events);
        Ok(())
    }

    /// Lets go of the attempt.
    pub fn close(self) {
        self.journal.close();
    }
}
