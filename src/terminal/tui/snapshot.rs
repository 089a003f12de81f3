//! The session at one moment, as the loop shows it to the screen, which reads no clock itself.

use std::time::Duration;

use examroom_app::view::announcement;
use examroom_core::journal::Saved;
use examroom_core::session::Session;

/// The sitting at one moment.
#[derive(Clone, Copy)]
pub struct Snapshot<'m> {
    /// The session after the last command or tick.
    pub session: &'m Session,
    /// The time left of the section, or of the break.
    pub left: Duration,
    /// Whether all of it is on disk.
    pub saved: &'m Saved,
}

impl Snapshot<'_> {
    /// What is said as long as a write fails.
    #[must_use]
    pub fn alarm(&self) -> Option<String> {
        matches!(self.saved, Saved::No { .. }).then(|| announcement::saved(self.saved))
    }
}
