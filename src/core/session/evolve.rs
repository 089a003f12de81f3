//! An event → the session after it. Deciding is elsewhere: a stored journal is replayed by this alone.

use std::time::Duration;

use super::event::Event;
use super::{AwayPolicy, Focus, Phase, SectionTimer, Session};
use crate::form::Slot;
use crate::time::{Timestamp, minutes};

impl Session {
    /// Lets an event act. Total: whatever the journal holds, nothing panics.
    pub(super) fn evolve(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::Began | Event::ClockSet { .. } | Event::BreakTaken => {}
            Event::Entered { section } => {
                let section = *section as usize;
                self.phase = Phase::Section(section);
                self.timer = SectionTimer::start(self.time_allowed(section), at);
                if self.is_away() && self.rules.away_policy == AwayPolicy::StopsClock {
                    self.timer.stop(at);
                }
            }
            Event::Showed { slot } => {
                self.look_away(at);
                self.focus = Focus::Question(*slot);
                self.last_slot = *slot;
                if let Some(item) = self.items.get_mut(slot.index()) {
                    item.show();
                }
                self.look(at);
            }
            Event::ReviewOpened => {
                self.look_away(at);
                self.focus = Focus::Review;
            }
            Event::Selected { slot, choices } => self.change(*slot, |item| item.select(at, choices.clone())),
            Event::Cleared { slot } => self.change(*slot, |item| item.select(at, Vec::new())),
            Event::Struck { slot, choice, on } => self.change(*slot, |item| item.strike(choice, *on)),
            Event::Flagged { slot, on } => self.change(*slot, |item| item.flag(*on)),
            Event::Noted { slot, text } => self.change(*slot, |item| item.write(text)),
            Event::SectionEnded { .. } => {
                self.look_away(at);
                self.focus = Focus::Review;
                self.timer.stop(at);
            }
            Event::BreakOffered { after } => {
                let after = *after as usize;
                self.phase = Phase::Break { after };
                let rule = self.form.sections.get(after).and_then(|section| section.break_after);
                self.timer = SectionTimer::start(rule.map_or(Duration::ZERO, |rule| rule.time), at);
            }
            Event::BreakEnded { .. } => self.timer.stop(at),
            Event::Left { cause, clock } => {
                self.look_away(at);
                if *clock == AwayPolicy::StopsClock {
                    self.timer.stop(at);
                }
                self.absences.push(super::Absence { from: at, until: None, cause: *cause, clock: *clock });
            }
            Event::Returned => {
                if let Some(absence) = self.absences.last_mut() {
                    absence.until.get_or_insert(at);
                }
                self.timer.resume(at);
                self.look(at);
            }
            Event::Extended { by_minutes } => self.timer.extend(minutes(*by_minutes)),
            Event::Finished { cause } => {
                self.look_away(at);
                self.timer = SectionTimer::default();
                self.phase = Phase::Finished { how: *cause };
                if let Some(absence) = self.absences.last_mut() {
                    absence.until.get_or_insert(at);
                }
            }
        }
    }

    fn change(&mut self, slot: Slot, change: impl FnOnce(&mut super::ItemState)) {
        if let Some(item) = self.items.get_mut(slot.index()) {
            change(item);
        }
    }

    /// The candidate's eyes are on the present question from now on.
    fn look(&mut self, at: Timestamp) {
        if self.current_slot().is_some() && !self.is_away() {
            self.looking_since = Some(at);
        }
    }

    fn look_away(&mut self, at: Timestamp) {
        if let (Some(since), Focus::Question(slot)) = (self.looking_since.take(), self.focus) {
            self.change(slot, |item| item.spend(at.since(since)));
        }
    }
}
