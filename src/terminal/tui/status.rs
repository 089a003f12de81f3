//! What the candidate is told: what has happened in the sitting, how the time goes, what was refused, and whether
//! everything is saved.

use std::time::Duration;

use ratatui::style::Style;
use ratatui::text::Line;

use super::text_lines::wrap;
use super::theme::Theme;
use examroom_app::view::announcement::{self, Announcer, is_seen};
use examroom_app::view::notice::Notices;
use examroom_core::session::{Event, JournalEntry, Refusal, Rules};

/// How long a notice stays if no key takes it away.
const STAYS: Duration = Duration::from_secs(20);

/// A message to the candidate, until the next key or a time left.
#[derive(Clone, Debug, PartialEq, Eq)]
struct StatusMessage {
    text: String,
    until: Option<Duration>,
}

/// The one message that stands, and the notices of time left that will take its place.
#[derive(Clone, Debug, Default)]
pub struct Status {
    message: Option<StatusMessage>,
    notices: Notices,
}

impl Status {
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(StatusMessage { text: text.into(), until: None });
    }

    pub fn clear(&mut self) {
        self.message = None;
    }

    /// The message that stands.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_ref().map(|message| message.text.as_str())
    }

    /// Says why something was not done.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.say(announcement::refusal(refusal));
    }

    /// Says what has happened in the sitting.
    pub fn announce(&mut self, events: &[JournalEntry], rules: Rules) {
        let mut announcer = Announcer::new(rules);
        for entry in events {
            if let Some(text) = announcer.announce(entry).filter(|_| !is_seen(&entry.event)) {
                self.say(text);
            }
            if let Event::Entered { .. } | Event::Extended { .. } = entry.event {
                self.notices.reset();
            }
        }
    }

    /// Time has passed in a section, of which so much is left.
    pub fn tick(&mut self, left: Duration) {
        if self.message.as_ref().is_some_and(|message| message.until.is_some_and(|until| left < until)) {
            self.message = None;
        }
        if let Some(text) = self.notices.due(left) {
            self.message = Some(StatusMessage { text, until: Some(left.saturating_sub(STAYS)) });
        }
    }

    /// No section runs.
    pub fn rest(&mut self) {
        self.notices.reset();
    }

    /// The message as lines of a width; an alarm about saving goes before.
    #[must_use]
    pub fn lines(&self, alarm: Option<&str>, width: usize, theme: Theme) -> Vec<Line<'static>> {
        let alarm = alarm.into_iter().flat_map(|text| banner(text, width, theme.alarm()));
        let message = self.message().into_iter().flat_map(|text| banner(text, width, theme.notice()));
        alarm.chain(message).collect()
    }
}

/// A text on a ground of its own.
fn banner(text: &str, width: usize, style: Style) -> impl Iterator<Item = Line<'static>> {
    let inner = width.saturating_sub(2).max(1);
    wrap(text, inner).into_iter().map(move |line| Line::styled(format!(" {line} "), style))
}
