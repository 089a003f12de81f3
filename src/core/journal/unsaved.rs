//! What would be lost if the program ended now, counted as a candidate counts it.

use std::collections::BTreeSet;

use crate::session::{Event, JournalEntry};

/// The part of a session that is not durable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unsaved {
    /// Questions whose answer was given, changed, removed or made final.
    pub answers: usize,
    /// Questions that were marked: flagged, struck or highlighted in, noted on, or given a confidence.
    pub marks: usize,
    /// Whether the end of the exam is among it.
    pub end: bool,
    /// All events, those that only say where the candidate was included.
    pub events: usize,
}

impl Unsaved {
    /// Counts events that are not durable.
    #[must_use]
    pub fn of(events: &[JournalEntry]) -> Self {
        let mut unsaved = Self { events: events.len(), ..Self::default() };
        let (mut answers, mut marks) = (BTreeSet::new(), BTreeSet::new());
        for entry in events {
            match &entry.event {
                Event::Selected { slot, .. } | Event::Cleared { slot } | Event::Revealed { slot } => {
                    answers.insert(*slot);
                }
                Event::Struck { slot, .. }
                | Event::Flagged { slot, .. }
                | Event::Noted { slot, .. }
                | Event::ProblemNoted { slot, .. }
                | Event::ConfidenceSet { slot, .. }
                | Event::Highlighted { slot, .. } => {
                    marks.insert(*slot);
                }
                Event::Finished { .. } => unsaved.end = true,
                _ => {}
            }
        }
        (unsaved.answers, unsaved.marks) = (answers.len(), marks.len());
        unsaved
    }

    /// Whether anything is missing that the candidate did, not only where they were.
    #[must_use]
    pub fn matters(&self) -> bool {
        self.answers > 0 || self.marks > 0 || self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Slot;
    use crate::session::EndReason;
    use crate::time::Timestamp;

    #[test]
    fn an_answer_that_was_changed_counts_once_and_a_page_that_was_turned_not_at_all() {
        let slot = Slot(3);
        let events = [
            Event::Showed { slot },
            Event::Selected { slot, choices: Vec::new() },
            Event::Cleared { slot },
            Event::Flagged { slot, on: true },
        ];
        let journal: Vec<JournalEntry> =
            events.into_iter().map(|event| JournalEntry { at: Timestamp(0), event }).collect();
        assert_eq!(Unsaved::of(&journal), Unsaved { answers: 1, marks: 1, end: false, events: 4 });
        assert!(!Unsaved::of(&journal[..1]).matters());
        let end = JournalEntry { at: Timestamp(0), event: Event::Finished { cause: EndReason::Candidate } };
        assert!(Unsaved::of(&[end]).matters());
    }
}
