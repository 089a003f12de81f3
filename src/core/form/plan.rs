//! How many questions each cell of a form has, and how much time each section has.
//!
//! A mock exam takes both from the blueprint. A rehearsal scales them down, so that a short practice session keeps the
//! proportions and the pace of the exam.

use std::time::Duration;

use super::Kind;
use crate::blueprint::Blueprint;
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
        Self { kind: Kind::Mock, cells, times: times.collect() }
    }

    /// The plan of a rehearsal with this many questions in the blueprint's proportions.
    ///
    /// The questions are apportioned by largest remainder (Hamilton's method) among the scored and unscored counts of
    /// all cells. Each section's time shrinks with its number of questions. Zero questions, or as many as the exam has
    /// or more, give the plan of the whole exam.
    #[must_use]
    pub fn rehearsal(blueprint: &Blueprint, questions: u32) -> Self {
        let mut plan = Self::mock(blueprint);
        let whole: u32 = plan.cells.iter().map(Cell::total).sum();
        if questions >= whole || questions == 0 {
            return plan;
        }
        plan.kind = Kind::Rehearsal;
        let full: Vec<u32> = plan.cells.iter().flat_map(|cell| [cell.scored, cell.unscored]).collect();
        let shares = apportion(&full, questions);
        let before: Vec<Cell> = plan.cells.clone();
        for (cell, share) in plan.cells.iter_mut().zip(shares.chunks(2)) {
            (cell.scored, cell.unscored) = (share[0], share[1]);
        }
        let total_of = |cells: &[Cell], section: &SectionId| -> u32 {
            cells.iter().filter(|cell| cell.section == *section).map(Cell::total).sum()
        };
        for SectionTime { section, time } in &mut plan.times {
            *time = *time * total_of(&plan.cells, section) / total_of(&before, section).max(1);
        }
        plan.times.retain(|limit| !limit.time.is_zero());
        plan.cells.retain(|cell| cell.total() > 0);
        plan
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
