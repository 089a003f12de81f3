//! How many questions each cell of a form has, and how much time each section has.
//!
//! A mock exam takes both from the blueprint. A rehearsal scales them down, so that a short practice session keeps the
//! proportions and the pace of the exam.

use std::time::Duration;

use super::Kind;
use crate::blueprint::{Blueprint, BreakRule};
use crate::id::{DomainId, SectionId};
use crate::time::minutes;

/// The counts and times of one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whether the form is the whole exam.
    pub kind: Kind,
    /// The cells, by section and then by domain, in the blueprint's order.
    pub cells: Vec<Cell>,
    /// The time limit of each section that has questions, without accommodations.
    pub times: Vec<SectionTime>,
    /// The number of questions of the whole exam.
    pub(super) whole: u32,
}

/// The time limit of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionTime {
    /// The section.
    pub section: SectionId,
    /// Its time limit, without accommodations.
    pub time: Duration,
}

/// A cell of the blueprint: one domain within one section, and the number of slots that a form gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The section.
    pub section: SectionId,
    /// The domain.
    pub domain: DomainId,
    /// The number of questions that count toward the score; only operational items fill these slots.
    pub scored: u32,
    /// The number of questions that do not count; pretest or operational items fill these slots.
    pub unscored: u32,
}

impl Plan {
    /// The plan of the whole exam: the blueprint's counts and minutes.
    #[must_use]
    pub fn mock(blueprint: &Blueprint) -> Self {
        let cells = cells(blueprint);
        let sections = blueprint.sections.iter();
        let times =
            sections.map(|section| SectionTime { section: section.id.clone(), time: minutes(section.minutes.value) });
        let whole = cells.iter().map(Cell::total).sum();
        Self { kind: Kind::Mock, cells, times: times.collect(), whole }
    }

    /// The plan of a rehearsal with this many questions in the blueprint's proportions.
    #[must_use]
    pub fn rehearsal(blueprint: &Blueprint, questions: u32) -> Self {
        Self::mock(blueprint).shortened(questions)
    }

    /// The plan with this many questions in the same proportions.
    ///
    /// The questions are apportioned by largest remainder (Hamilton's method) among the scored and unscored counts of
    /// all cells. Each section's time shrinks with its number of questions. Zero questions, or as many as the plan has
    /// or more, leave it as it is.
    #[must_use]
    pub fn shortened(self, questions: u32) -> Self {
        if questions >= self.questions() || questions == 0 {
            return self;
        }
        let full: Vec<u32> = self.cells.iter().flat_map(|cell| [cell.scored, cell.unscored]).collect();
        let shares = apportion(&full, questions);
        let cells = self.cells.iter().zip(shares.chunks(2));
        let cells = cells.map(|(cell, share)| Cell { scored: share[0], unscored: share[1], ..cell.clone() }).collect();
        self.with_cells(cells)
    }

    /// The plan with these cells, which are at most as large, and with times in proportion.
    pub(super) fn with_cells(mut self, cells: Vec<Cell>) -> Self {
        let total_of = |cells: &[Cell], section: &SectionId| -> u32 {
            cells.iter().filter(|cell| cell.section == *section).map(Cell::total).sum()
        };
        for SectionTime { section, time } in &mut self.times {
            *time = *time * total_of(&cells, section) / total_of(&self.cells, section).max(1);
        }
        self.times.retain(|limit| !limit.time.is_zero());
        self.cells = cells;
        self.cells.retain(|cell| cell.total() > 0);
        if self.questions() < self.whole {
            self.kind = Kind::Rehearsal;
        }
        self
    }

    /// The number of questions.
    #[must_use]
    pub fn questions(&self) -> u32 {
        self.cells.iter().map(Cell::total).sum()
    }

    /// How long a break of the exam is here. One that has to be taken is shortened like the sections: a quarter of an hour
    /// between six questions and six more would be no rehearsal. One that may be skipped is left as it is.
    pub(super) fn break_time(&self, rule: &BreakRule) -> Duration {
        let time = minutes(rule.minutes.value);
        if rule.optional { time } else { time * self.questions() / self.whole.max(1) }
    }
}

impl Cell {
    /// The number of scored and unscored questions together.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.scored + self.unscored
    }
}

fn cells(blueprint: &Blueprint) -> Vec<Cell> {
    let mut cells = Vec::new();
    for section in &blueprint.sections {
        for (domain, count) in blueprint.counts_of(&section.id) {
            cells.push(Cell {
                section: section.id.clone(),
                domain: domain.id.clone(),
                scored: count.scored.value,
                unscored: count.unscored.value,
            });
        }
    }
    cells
}

/// Divides `total` in proportion to `weights` by largest remainder; ties go to the earlier weight.
fn apportion(weights: &[u32], total: u32) -> Vec<u32> {
    let whole: u64 = weights.iter().map(|weight| u64::from(*weight)).sum::<u64>().max(1);
    let product = |weight: u32| u64::from(weight) * u64::from(total);
    let mut shares: Vec<u32> =
        weights.iter().map(|weight| u32::try_from(product(*weight) / whole).unwrap_or(u32::MAX)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(product(weights[*index]) % whole));
    let left = total.saturating_sub(shares.iter().sum());
    for index in order.into_iter().take(left as usize) {
        shares[index] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::apportion;

    #[test]
    fn the_whole_total_is_shared_out_and_the_largest_remainders_come_first() {
        assert_eq!(apportion(&[26, 23, 21, 16, 16, 14, 14], 10), [2, 2, 2, 1, 1, 1, 1]);
        assert_eq!(apportion(&[130, 20], 150), [130, 20]);
        assert_eq!(apportion(&[1, 1, 1], 1), [1, 0, 0]);
    }
}
