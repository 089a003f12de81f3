//! A live session: the session, the clock it runs by, and the journal that keeps its events.
//!
//! Every front end sends its commands through here, and so cannot forget to save, to notice that the machine slept,
//! or to let the time run out.

mod clock;
mod left;
mod second_place;
mod zone;

use std::time::Duration;

use examroom_core::journal::{AttemptId, Journal, Saved};
use examroom_core::session::{AbsenceReason, Command, JournalEntry, Observation, Refusal, Session};
use examroom_core::time::Timestamp;

use clock::Clock;
pub use clock::{system_now, today};
pub use left::{GRACE, LeftSession};
pub use second_place::{ReadError, SecondPlace, read_record, write_record};
pub use zone::zone;

/// A session with its clock and its journal.
pub struct LiveSession {
    session: Session,
    journal: Box<dyn Journal>,
    clock: Clock,
    id: AttemptId,
}

impl LiveSession {
    /// Resumes an attempt: a new one, or one that was left, or one whose program was killed. `last_seen` is when its
    /// program last said that it was running.
    #[must_use]
    pub fn resume(id: AttemptId, session: Session, last_seen: Timestamp, journal: Box<dyn Journal>) -> Self {
        // The later of both: no time comes back that the candidate saw pass.
        let (clock, set_by) = Clock::start(session.last_event_at().map(|last| last.max(last_seen)));
        let mut live = Self { session, journal, clock, id };
        let now = live.clock.now();
        let back = if live.session.is_away() {
            Observation::Returned
        } else {
            Observation::Absent { since: last_seen, cause: AbsenceReason::Crash }
        };
        live.observe(back, now);
        if let Some(by_seconds) = set_by {
            live.observe(Observation::ClockSet { by_seconds }, now);
        }
        live
    }

    /// The number of its attempt.
    #[must_use]
    pub fn id(&self) -> AttemptId {
        self.id
    }

    /// The session as it stands after the last command or tick.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The time left in the section or break that is on.
    #[must_use]
    pub fn time_left(&self) -> Duration {
        self.session.time_left(self.clock.time())
    }

    /// Sends a command.
    ///
    /// # Errors
    /// When the session refuses it.
    pub fn apply(&mut self, command: Command) -> Result<Vec<JournalEntry>, Refusal> {
        let mut events = self.tick();
        if !events.is_empty() {
            // The time ran out, or the machine slept, between the candidate's look and the key.
            return Ok(events);
        }
        let now = self.clock.now();
        events.extend(self.send(command, now)?);
        Ok(events)
    }

    /// Looks at the clock: call it at least once a second.
    pub fn tick(&mut self) -> Vec<JournalEntry> {
        let before = self.clock.last_reading();
        let reading = self.clock.poll();
        let now = self.clock.last_reading();
        let mut events = Vec::new();
        if let Some(cause) = reading.gap {
            events.extend(self.observe(Observation::Absent { since: before, cause }, now));
        }
        if let Some(by_seconds) = reading.set_by {
            events.extend(self.observe(Observation::ClockSet { by_seconds }, now));
        }
        events.extend(self.observe(Observation::Tick, now));
        self.journal.heartbeat(now);
        events
    }

    fn observe(&mut self, observation: Observation, now: Timestamp) -> Vec<JournalEntry> {
        let events = self.session.observe(observation, now);
        self.journal.append(events.clone());
        events
    }

    fn send(&mut self, command: Command, now: Timestamp) -> Result<Vec<JournalEntry>, Refusal> {
        let events = self.session.apply(command, now)?;
        self.journal.append(events.clone());
        Ok(events)
    }

    /// Whether everything that happened is on disk.
    #[must_use]
    pub fn saved(&self) -> Saved {
        self.journal.saved()
    }

    /// Waits for the disk, at most this long.
    #[must_use]
    pub fn wait_saved(&self, at_most: Duration) -> Saved {
        self.journal.wait(at_most)
    }

    /// Leaves: notes it if the exam is under way. What is not yet durable is still being written.
    #[must_use]
    pub fn leave(mut self) -> LeftSession {
        self.tick();
        let now = self.clock.now();
        // Refused only where there is nothing to leave.
        let _ = self.send(Command::Leave, now);
        LeftSession::new(self.id, self.session, self.journal)
    }
}
