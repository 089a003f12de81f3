//! What the candidate is told: what has happened in the sitting, how the time goes, what was refused, and whether
//! everything is saved.

use std::time::Duration;

use super::app::{App, Listing, Moment, Shown, Word};
use super::overlay::{Effect, Overlay};
use super::screen::frame::{LAST_MINUTES, Tone};
use crate::journal::Saved;
use crate::session::{AwayPolicy, EndReason, Event, JournalEntry, Phase, Refusal};
use crate::time::InWords;
use crate::view::{SafeText, sentence};

/// How long a notice stays if no key takes it away.
const STAYS: Duration = Duration::from_secs(20);

impl App {
    /// Time has passed: notices, the clock's return, a note that is kept as it is.
    pub fn tick(&mut self, moment: Moment<'_>) -> Vec<Effect> {
        let Phase::Section(_) = moment.session.phase() else {
            self.notices.reset();
            return Vec::new();
        };
        if self.word.as_ref().is_some_and(|word| word.until.is_some_and(|until| moment.left < until)) {
            self.word = None;
        }
        if let Some(text) = self.notices.due(moment.left) {
            self.word = Some(Word { text, until: Some(moment.left.saturating_sub(STAYS)) });
        }
        if moment.left <= LAST_MINUTES && !self.returned {
            self.returned = true;
            self.clock = Shown::Yes;
        }
        if let Some(Overlay::Note { keep_at, .. }) =
            self.stack.iter_mut().find(|overlay| matches!(overlay, Overlay::Note { .. }))
            && keep_at.is_some_and(|at| moment.left <= at)
        {
            *keep_at = None;
            return self.draft(moment.session);
        }
        Vec::new()
    }

    /// What has happened in the sitting.
    pub fn told(&mut self, events: &[JournalEntry]) {
        let mut absent_since = None;
        for stamped in events {
            match &stamped.event {
                Event::Entered { .. } => {
                    self.close_all();
                    self.notices.reset();
                    self.returned = false;
                    self.listing = Listing::default();
                    self.shelf = None;
                    self.on_shelf = false;
                }
                Event::BreakOffered { .. } | Event::Finished { .. } => self.close_all(),
                Event::SectionEnded { cause: EndReason::TimeOut, .. } => {
                    self.say("The time of that section is over. What you had answered is handed in.");
                }
                Event::BreakEnded { cause: EndReason::TimeOut } => {
                    self.say("The break is over, and the next section has started.");
                }
                Event::Left { clock, .. } => absent_since = Some((stamped.at, *clock)),
                Event::Returned => {
                    if let Some((since, clock)) = absent_since.take() {
                        self.was_away(stamped.at.since(since), clock);
                    }
                }
                Event::Extended { by_minutes } => {
                    self.notices.reset();
                    self.say(format!("{by_minutes} minutes were added."));
                }
                Event::ClockSet { .. } => {
                    self.say("The computer's clock was set; the exam's time did not follow it.");
                }
                Event::Showed { .. } | Event::ReviewOpened => {
                    self.stack.retain(|overlay| !matches!(overlay, Overlay::Note { .. }));
                }
                _ => {}
            }
        }
    }

    /// Says that the candidate was away, and what the clock did.
    pub fn was_away(&mut self, time: Duration, clock: AwayPolicy) {
        let clock = match clock {
            AwayPolicy::StopsClock => "the clock stood still",
            AwayPolicy::ClockRuns => "the clock ran on",
        };
        self.say(format!("You were away for {}; {clock}.", InWords(time)));
    }

    pub fn refused(&mut self, refusal: Refusal) {
        self.say(sentence(&refusal.to_string()));
    }
}

/// The word that stands, as the frame takes it; an alarm about saving goes before.
pub(super) fn words(app: &App, saved: &Saved) -> Vec<(Tone, String)> {
    let mut words = Vec::new();
    if let Saved::No { why } = saved {
        words.push((Tone::Alarm, format!("NOT SAVED: {}. It is tried again.", SafeText::new(why))));
    }
    words.extend(app.word.iter().map(|word| (Tone::Word, word.text.clone())));
    words
}
