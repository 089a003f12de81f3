//! Applies an event to a session. The decisions are in `decide`, so that replaying a stored journal needs only this.

use std::time::Duration;

use super::event::Event;
use super::{AwayPolicy, Focus, LookUp, Phase, SectionTimer, Session, Shelf};
use crate::form::Slot;
use crate::time::{Timestamp, minutes};

impl Session {
    /// Applies an event. No event panics, whatever a damaged journal holds.
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
                self.stop_viewing(at);
                self.end_look_up(at);
                self.focus = Focus::Question(*slot);
                self.last_slot = *slot;
                if let Some(item) = self.items.get_mut(slot.index()) {
                    item.mark_seen();
                }
                self.start_viewing(at);
            }
            Event::ReviewOpened => {
                self.stop_viewing(at);
                self.end_look_up(at);
                self.focus = Focus::Review;
            }
            Event::Selected { slot, choices } => self.update(*slot, |item| item.answer(at, choices.clone())),
            Event::Cleared { slot } => self.update(*slot, |item| item.answer(at, Vec::new())),
            Event::Struck { slot, choice, on } => self.update(*slot, |item| item.set_struck(choice, *on)),
            Event::Flagged { slot, on } => self.update(*slot, |item| item.set_flag(*on)),
            Event::Noted { slot, text } => self.update(*slot, |item| item.set_note(text)),
            Event::ProblemNoted { slot, text } => self.update(*slot, |item| item.set_problem(text)),
            Event::ConfidenceSet { slot, confidence } => self.update(*slot, |item| item.set_confidence(*confidence)),
            Event::Highlighted { slot, passage, on } => self.update(*slot, |item| item.highlight(*passage, *on)),
            Event::Revealed { slot } => {
                // Reading the reasons is not time on the question.
                self.stop_viewing(at);
                self.update(*slot, super::ItemState::reveal);
            }
            Event::ShelfOpened => {
                self.begin_look_up(at);
                self.shelf = Shelf::Open(None);
            }
            Event::SheetShown { sheet } => {
                if self.look_ups.last().is_none_or(|look_up| look_up.until.is_some()) {
                    self.begin_look_up(at);
                }
                if let Some(look_up) = self.look_ups.last_mut().filter(|look_up| !look_up.sheets.contains(sheet)) {
                    look_up.sheets.push(sheet.clone());
                }
                self.shelf = Shelf::Open(Some(sheet.clone()));
            }
            Event::ShelfClosed => self.close_shelf(at),
            Event::SectionEnded { .. } => {
                self.stop_viewing(at);
                self.close_shelf(at);
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
                self.stop_viewing(at);
                self.close_shelf(at);
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
                self.start_viewing(at);
            }
            Event::Extended { by_minutes } => self.timer.extend(minutes(*by_minutes)),
            Event::Finished { cause } => {
                self.stop_viewing(at);
                self.close_shelf(at);
                self.timer = SectionTimer::default();
                self.phase = Phase::Finished { how: *cause };
                if let Some(absence) = self.absences.last_mut() {
                    absence.until.get_or_insert(at);
                }
            }
        }
    }

    fn close_shelf(&mut self, at: Timestamp) {
        self.end_look_up(at);
        self.shelf = Shelf::Closed;
    }

    fn begin_look_up(&mut self, at: Timestamp) {
        self.end_look_up(at);
        self.look_ups.push(LookUp { slot: self.current_slot(), from: at, until: None, sheets: Vec::new() });
    }

    fn end_look_up(&mut self, at: Timestamp) {
        if let Some(look_up) = self.look_ups.last_mut() {
            look_up.until.get_or_insert(at);
        }
    }

    fn update(&mut self, slot: Slot, update: impl FnOnce(&mut super::ItemState)) {
        if let Some(item) = self.items.get_mut(slot.index()) {
            update(item);
        }
    }

    /// Starts counting the time of the question on the screen, unless the candidate is away or it is answered for good.
    fn start_viewing(&mut self, at: Timestamp) {
        let is_open = self.current_slot().is_some_and(|slot| !self.item_state(slot).is_revealed());
        if is_open && !self.is_away() {
            self.viewing_since = Some(at);
        }
    }

    /// Adds the time since [`Self::start_viewing`] to the question on the screen.
    fn stop_viewing(&mut self, at: Timestamp) {
        if let (Some(since), Focus::Question(slot)) = (self.viewing_since.take(), self.focus) {
            self.update(slot, |item| item.add_time(at.since(since)));
        }
    }
}
