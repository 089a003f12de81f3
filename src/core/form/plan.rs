//! How many questions of each kind a form has, and how much time: the blueprint's counts, or fewer in proportion.

use std::time::Duration;

use super::Kind;
use crate::blueprint::Blueprint;
use crate::id::{DomainId, SectionId};
use crate::time::minutes;

/// The counts and times of one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub kind: Kind,
    /// In the order of sections, then domains.
    pub cells: Vec<Cell>,
    /// The time of each section that has questions, at the ordinary pace.
    pub times: Vec<(SectionId, Duration)>,
}

/// A domain in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub section: SectionId,
    pub domain: DomainId,
    pub scored: u32,
    pub unscored: u32,
}

impl Plan {
    /// The whole exam.
    #[must_use]
    pub fn mock(blueprint: &Blueprint) -> Self {
        let cells = cells(blueprint);
        let times = blueprint.sections.iter().map(|s| (s.id.clone(), minutes(s.minutes.value))).collect();
        Self { kind: Kind::Mock, cells, times }
    }

    /// `questions` questions in the blueprint's proportions (largest remainders over section, domain, and scored or
    /// unscored), each section with its share of the minutes. As many as the exam has, or more, is the whole exam.
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
        let of = |cells: &[Cell], section: &SectionId| -> u32 {
            cells.iter().filter(|cell| cell.section == *section).map(Cell::total).sum()
        };
        for (section, time) in &mut plan.times {
            *time = *time * of(&plan.cells, section) / of(&before, section).max(1);
        }
        plan.times.retain(|(_, time)| !time.is_zero());
        plan.cells.retain(|cell| cell.total() > 0);
        plan
    }
}

impl Cell {
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

/// Divides `seats` in proportion to `weights` by the largest remainders; ties go to the earlier.
fn apportion(weights: &[u32], seats: u32) -> Vec<u32> {
    let whole: u64 = weights.iter().map(|weight| u64::from(*weight)).sum::<u64>().max(1);
    let product = |weight: u32| u64::from(weight) * u64::from(seats);
    let mut shares: Vec<u32> =
        weights.iter().map(|weight| u32::try_from(product(*weight) / whole).unwrap_or(u32::MAX)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(product(weights[*index]) % whole));
    let left = seats.saturating_sub(shares.iter().sum());
    for index in order.into_iter().take(left as usize) {
        shares[index] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::apportion;

    #[test]
    fn the_seats_are_all_given_and_the_largest_remainders_come_first() {
        assert_eq!(apportion(&[26, 23, 21, 16, 16, 14, 14], 10), [2, 2, 2, 1, 1, 1, 1]);
        assert_eq!(apportion(&[130, 20], 150), [130, 20]);
        assert_eq!(apportion(&[1, 1, 1], 1), [1, 0, 0]);
    }
}
