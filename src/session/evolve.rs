//! An event → the session after it. Deciding is elsewhere: a stored journal is replayed by this alone.

use std::time::Duration;

use super::event::Event;
use super::{Leaving, Meter, Phase, Place, Session};
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
                self.meter = Meter::start(self.time_allowed(section), at);
                if self.is_away() && self.rules.leaving == Leaving::StopsClock {
                    self.meter.stop(at);
                }
            }
            Event::Showed { slot } => {
                self.look_away(at);
                self.place = Place::Question(*slot);
                self.last_slot = *slot;
                if let Some(work) = self.work.get_mut(slot.index()) {
                    work.show();
                }
                self.look(at);
            }
            Event::ReviewOpened => {
                self.look_away(at);
                self.place = Place::Review;
            }
            Event::Selected { slot, choices } => self.change(*slot, |work| work.select(at, choices.clone())),
            Event::Cleared { slot } => self.change(*slot, |work| work.select(at, Vec::new())),
            Event::Struck { slot, choice, on } => self.change(*slot, |work| work.strike(choice, *on)),
            Event::Flagged { slot, on } => self.change(*slot, |work| work.flag(*on)),
            Event::Noted { slot, text } => self.change(*slot, |work| work.write(text)),
            Event::SectionEnded { .. } => {
                self.look_away(at);
                self.place = Place::Review;
                self.meter.stop(at);
            }
            Event::BreakOffered { after } => {
                let after = *after as usize;
                self.phase = Phase::Break { after };
                let rule = self.form.sections.get(after).and_then(|section| section.break_after);
                self.meter = Meter::start(rule.map_or(Duration::ZERO, |rule| rule.time), at);
            }
            Event::BreakEnded { .. } => self.meter.stop(at),
            Event::Left { cause, clock } => {
                self.look_away(at);
                if *clock == Leaving::StopsClock {
                    self.meter.stop(at);
                }
                self.absences.push(super::Absence { from: at, until: None, cause: *cause, clock: *clock });
            }
            Event::Returned => {
                if let Some(absence) = self.absences.last_mut() {
                    absence.until.get_or_insert(at);
                }
                self.meter.go_on(at);
                self.look(at);
            }
            Event::Extended { by_minutes } => self.meter.extend(minutes(*by_minutes)),
            Event::Finished { cause } => {
                self.look_away(at);
                self.meter = Meter::default();
                self.phase = Phase::Finished { how: *cause };
                if let Some(absence) = self.absences.last_mut() {
                    absence.until.get_or_insert(at);
                }
            }
        }
    }

    fn change(&mut self, slot: Slot, change: impl FnOnce(&mut super::Work)) {
        if let Some(work) = self.work.get_mut(slot.index()) {
            change(work);
        }
    }

    /// The candidate's eyes are on the present question from now on.
    fn look(&mut self, at: Timestamp) {
        if self.current().is_some() && !self.is_away() {
            self.looking_since = Some(at);
        }
    }

    fn look_away(&mut self, at: Timestamp) {
        if let (Some(since), Place::Question(slot)) = (self.looking_since.take(), self.place) {
            self.change(slot, |work| work.spend(at.since(since)));
        }
    }
}
