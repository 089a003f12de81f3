//! What the candidate is told: what has happened in the sitting, how the time goes, what was refused, and whether
//! everything is saved.

use std::time::Duration;

use super::app::{App, ReviewState, Snapshot, StatusMessage, Visibility};
use super::overlay::{Effect, Overlay};
use super::screen::frame::{LAST_MINUTES, Tone};
use examroom_app::view::announcement::{self, Announcer};
use examroom_core::journal::Saved;
use examroom_core::session::{AwayPolicy, EndReason, Event, JournalEntry, Phase, Refusal};

/// How long a notice stays if no key takes it away.
const STAYS: Duration = Duration::from_secs(20);

impl App {
    /// Time has passed: notices, the clock's return, a note that is kept as it is.
    pub fn tick(&mut self, snapshot: Snapshot<'_>) -> Vec<Effect> {
        let Phase::Section(_) = snapshot.session.phase() else {
            self.notices.reset();
            return Vec::new();
        };
        if self.status.as_ref().is_some_and(|status| status.until.is_some_and(|until| snapshot.left < until)) {
            self.status = None;
        }
        if let Some(text) = self.notices.due(snapshot.left) {
            self.status = Some(StatusMessage { text, until: Some(snapshot.left.saturating_sub(STAYS)) });
        }
        if snapshot.left <= LAST_MINUTES && !self.returned {
            self.returned = true;
            self.clock = Visibility::Yes;
        }
        if let Some(Overlay::Note { keep_at, .. }) =
            self.stack.iter_mut().find(|overlay| matches!(overlay, Overlay::Note { .. }))
            && keep_at.is_some_and(|at| snapshot.left <= at)
        {
            *keep_at = None;
            return self.draft(snapshot.session);
        }
        Vec::new()
    }

    /// What has happened in the sitting.
    pub fn on_events(&mut self, events: &[JournalEntry]) {
        let mut announcer = Announcer::default();
        for entry in events {
            if let Some(text) = announcer.announce(entry).filter(|_| !is_seen(&entry.event)) {
                self.set_status(text);
            }
            match &entry.event {
                Event::Entered { .. } => {
                    self.close_all();
                    self.notices.reset();
                    self.returned = false;
                    self.review = ReviewState::default();
                    self.shelf = None;
                    self.on_shelf = false;
                }
                Event::BreakOffered { .. } | Event::Finished { .. } => self.close_all(),
                Event::Extended { .. } => self.notices.reset(),
                Event::Showed { .. } | Event::ReviewOpened => {
                    self.stack.retain(|overlay| !matches!(overlay, Overlay::Note { .. }));
                }
                _ => {}
            }
        }
    }

    /// Says that the candidate was away, and what the clock did.
    pub fn was_away(&mut self, time: Duration, clock: AwayPolicy) {
        self.set_status(announcement::was_away(time, clock));
    }

    pub fn refused(&mut self, refusal: Refusal) {
        self.set_status(announcement::refusal(refusal));
    }
}

/// Events that the screen shows by itself: the mark on a choice, the flag, the note, the page that follows.
const fn is_seen(event: &Event) -> bool {
    matches!(
        event,
        Event::Cleared { .. }
            | Event::Struck { .. }
            | Event::Flagged { .. }
            | Event::Noted { .. }
            | Event::BreakTaken
            | Event::SectionEnded { cause: EndReason::Candidate, .. }
    )
}

/// The word that stands, as the frame takes it; an alarm about saving goes before.
pub(super) fn words(app: &App, saved: &Saved) -> Vec<(Tone, String)> {
    let mut words = Vec::new();
    if let Saved::No { .. } = saved {
        words.push((Tone::Alarm, announcement::saved(saved)));
    }
    words.extend(app.status.iter().map(|status| (Tone::StatusMessage, status.text.clone())));
    words
}
