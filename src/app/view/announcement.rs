//! What a candidate is told about a live session: what has happened, whether it is saved, what was refused.
//!
//! Each of these sentences stands here once, so that the full screen, the prompt and the command line say the same. A
//! front end decides only which events need words at all: one that shows a flag need not announce it.

use std::time::Duration;

use super::{SafeText, counted, sentence};
use examroom_core::journal::Saved;
use examroom_core::session::{
    AwayPolicy, Confidence, EndReason, Event, JournalEntry, Phase, Refusal, Rules, Session, TimeAllowance,
};
use examroom_core::time::{SpokenDuration, Timestamp};

/// A section or the exam was ended by its clock.
pub const TIME_IS_UP: &str = "Time is up. Your answers were submitted.";

/// As [`TIME_IS_UP`], for somebody who comes back to an exam that has ended meanwhile.
pub const TIME_RAN_OUT_WHILE_AWAY: &str = "Time ran out while you were away. Your answers were submitted.";

/// As [`TIME_IS_UP`], in a report: a clause after `Ended:`.
pub const ENDED_BY_TIME: &str = "when time was up; your answers were submitted";

/// Another process writes this attempt now.
pub const TAKEN_OVER: &str = "Another examroom has taken over this attempt; it continues there.";

/// Words the events of a session as they come.
#[derive(Clone, Copy, Debug)]
pub struct Announcer {
    /// The time that the session has.
    allowance: TimeAllowance,
    /// Since when nobody was there, and what the clock did.
    away: Option<(Timestamp, AwayPolicy)>,
}

impl Announcer {
    /// Words the events of a session of these rules.
    #[must_use]
    pub const fn new(rules: Rules) -> Self {
        Self { allowance: rules.time_allowance, away: None }
    }

    /// What an event says to the candidate; `None` for events that only change what is shown next.
    pub fn announce(&mut self, entry: &JournalEntry) -> Option<String> {
        let text = match &entry.event {
            Event::Cleared { .. } => "Answer cleared.".to_owned(),
            Event::Struck { on: true, .. } => "Struck out.".to_owned(),
            Event::Struck { on: false, .. } => "Strikeout removed.".to_owned(),
            Event::Flagged { on: true, .. } => "Flagged.".to_owned(),
            Event::Flagged { on: false, .. } => "Flag removed.".to_owned(),
            Event::Noted { text, .. } if text.is_empty() => "Note removed.".to_owned(),
            Event::Noted { .. } => "Noted.".to_owned(),
            Event::ProblemNoted { text, .. } if text.is_empty() => "Problem note removed.".to_owned(),
            Event::ProblemNoted { .. } => PROBLEM_NOTED.to_owned(),
            Event::ConfidenceSet { confidence: Some(confidence), .. } => confidence_said(*confidence).to_owned(),
            Event::ConfidenceSet { confidence: None, .. } => "Confidence removed.".to_owned(),
            Event::Highlighted { on: true, .. } => "Highlighted.".to_owned(),
            Event::Highlighted { on: false, .. } => "Highlight removed.".to_owned(),
            Event::SectionEnded { cause: EndReason::TimeOut, .. } => TIME_IS_UP.to_owned(),
            Event::SectionEnded { cause: EndReason::Candidate, .. } => "This section has ended.".to_owned(),
            Event::BreakTaken => "You are taking the break.".to_owned(),
            Event::BreakEnded { cause: EndReason::TimeOut } => {
                "The break is over, and the next section has started.".to_owned()
            }
            Event::Extended { by_minutes } => format!("{} added.", counted(*by_minutes as usize, "minute")),
            Event::ClockSet { by_seconds } => sentence(&clock_set(*by_seconds)),
            Event::Left { clock, .. } => {
                self.away = Some((entry.at, *clock));
                return None;
            }
            Event::Returned => {
                let (since, clock) = self.away.take()?;
                was_away(entry.at.since(since), clock, self.allowance)
            }
            Event::Began
            | Event::Entered { .. }
            | Event::Showed { .. }
            | Event::ReviewOpened
            | Event::Selected { .. }
            | Event::Revealed { .. }
            | Event::ShelfOpened
            | Event::SheetShown { .. }
            | Event::ShelfClosed
            | Event::BreakOffered { .. }
            | Event::BreakEnded { cause: EndReason::Candidate }
            | Event::Finished { .. } => return None,
        };
        Some(text)
    }
}

/// Said when what is wrong with a question was noted.
pub const PROBLEM_NOTED: &str = "Problem noted.";

/// Says back how sure the candidate is.
#[must_use]
pub const fn confidence_said(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "Marked as sure.",
        Confidence::ThinkSo => "Marked as think so.",
        Confidence::Guess => "Marked as a guess.",
    }
}

/// Whether a screen shows an event by itself, without a word: the mark on a choice, the flag, the note, what follows.
#[must_use]
pub const fn is_seen(event: &Event) -> bool {
    matches!(
        event,
        Event::Cleared { .. }
            | Event::Struck { .. }
            | Event::Flagged { .. }
            | Event::Noted { .. }
            | Event::Highlighted { .. }
            | Event::BreakTaken
            | Event::SectionEnded { cause: EndReason::Candidate, .. }
    )
}

/// What is said first to somebody who is back in an exam that is under way; `None` for who has not been away.
#[must_use]
pub fn welcome_back(session: &Session) -> Option<String> {
    let (Some(absence), Phase::Section(_) | Phase::Break { .. }) = (session.absences().last(), session.phase()) else {
        return None;
    };
    let until = absence.until?;
    let allowance = session.rules().time_allowance;
    (session.last_event_at() == Some(until)).then(|| was_away(until.since(absence.from), absence.clock, allowance))
}

fn was_away(time: Duration, clock: AwayPolicy, allowance: TimeAllowance) -> String {
    sentence(&interruption("you were away", time, clock, allowance))
}

/// What kept the candidate from the session, for how long, and what the clock did meanwhile, if there is one; a clause.
#[must_use]
pub fn interruption(what: &str, time: Duration, clock: AwayPolicy, allowance: TimeAllowance) -> String {
    let clock = match clock {
        _ if !allowance.is_limited() => "",
        AwayPolicy::StopsClock => "; the clock was paused",
        AwayPolicy::ClockRuns => "; the clock kept running",
    };
    format!("{what} for {}{clock}", SpokenDuration(time))
}

/// What leaving does to the clock, for somebody who is about to leave.
#[must_use]
pub const fn away_policy(clock: AwayPolicy) -> &'static str {
    match clock {
        AwayPolicy::StopsClock => "The clock is paused while you are away, and the report says for how long you were.",
        AwayPolicy::ClockRuns => {
            "The clock keeps running while you are away. When time is up, the exam is submitted as it is."
        }
    }
}

/// Says that the computer's clock was set during the exam, as a clause.
#[must_use]
pub fn clock_set(by_seconds: i64) -> String {
    let way = if by_seconds < 0 { "back" } else { "forward" };
    let by = SpokenDuration(Duration::from_secs(by_seconds.unsigned_abs()));
    format!("the computer's clock was set {way} by {by}; the exam's time did not follow it")
}

/// `30 minutes left.`
#[must_use]
pub fn time_left(left: Duration) -> String {
    format!("{} left.", SpokenDuration(left))
}

/// `14 minutes left of the break`, as a clause.
#[must_use]
pub fn break_left(left: Duration) -> String {
    format!("{} left of the break", SpokenDuration(left))
}

/// A refusal as a sentence.
#[must_use]
pub fn refusal(refusal: Refusal) -> String {
    sentence(&refusal.to_string())
}

/// Whether what has just happened is saved, as a sentence: `Saved.` only when it is on disk.
#[must_use]
pub fn saved(saved: &Saved) -> String {
    match saved {
        Saved::Yes => "Saved.".to_owned(),
        Saved::No { why } => format!("NOT SAVED: {}. Saving will be retried.", SafeText::new(why)),
        Saved::NotYet => "NOT SAVED yet: the disk is slow. Saving will be retried.".to_owned(),
        Saved::TakenOver => format!("NOT SAVED. {TAKEN_OVER}"),
    }
}

/// Whether everything is saved, in a word or two that always stand on the screen.
#[must_use]
pub const fn saved_mark(saved: &Saved) -> &'static str {
    match saved {
        Saved::Yes => "saved",
        Saved::NotYet => "saving…",
        Saved::No { .. } => "NOT SAVED",
        Saved::TakenOver => "TAKEN OVER",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::session::AbsenceReason;

    fn announced(rules: Rules, events: impl IntoIterator<Item = (i64, Event)>) -> Vec<String> {
        let mut announcer = Announcer::new(rules);
        events
            .into_iter()
            .filter_map(|(seconds, event)| announcer.announce(&JournalEntry { at: Timestamp(seconds * 1000), event }))
            .collect()
    }

    fn left(clock: AwayPolicy) -> Event {
        Event::Left { cause: AbsenceReason::Asleep, clock }
    }

    #[test]
    fn an_absence_is_announced_when_it_is_over_with_what_the_clock_did() {
        assert_eq!(
            announced(Rules::ORDINARY, [(60, left(AwayPolicy::StopsClock)), (180, Event::Returned)]),
            ["You were away for 2 minutes; the clock was paused."]
        );
        let time_out = Event::SectionEnded { section: 0, cause: EndReason::TimeOut };
        assert_eq!(
            announced(Rules::ORDINARY, [(60, left(AwayPolicy::ClockRuns)), (90, time_out), (180, Event::Returned)]),
            [TIME_IS_UP, "You were away for 2 minutes; the clock kept running."]
        );
    }

    #[test]
    fn nothing_is_said_of_the_clock_where_there_is_none() {
        assert_eq!(
            announced(
                Rules::practice(TimeAllowance::Unlimited),
                [(60, left(AwayPolicy::StopsClock)), (180, Event::Returned)]
            ),
            ["You were away for 2 minutes."]
        );
    }

    #[test]
    fn what_is_not_saved_is_never_called_saved() {
        let full = Saved::No { why: "the disk is full\u{1b}".to_owned() };
        assert_eq!(saved(&full), "NOT SAVED: the disk is full<U+001B>. Saving will be retried.");
    }
}
