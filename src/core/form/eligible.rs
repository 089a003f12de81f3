//! What of a bank is the same for every form of one day: who may be drawn for what, and who must not meet whom. Forms
//! that are drawn one after the other share it.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::unit::{Index, Unit};
use crate::bank::{Bank, Item, Status};
use crate::id::{CaseId, DomainId, ItemId, SectionId};

pub(super) struct Eligible<'b> {
    pub bank: &'b Bank,
    cells: Vec<(&'b SectionId, &'b DomainId)>,
    /// By cell.
    rated: Vec<Rated>,
    /// In the order of their first questions.
    units: Vec<Placed>,
    /// The questions of the units, one unit's after another's; in the order of the bank within each.
    members: Vec<Index>,
    /// By index; empty where no question has an enemy.
    enemies: Vec<Vec<Index>>,
    /// The units that have enemies among the other units, with these; both in their order.
    rivals: BTreeMap<u32, Vec<u32>>,
}

/// The ratings of the questions of a cell that can be scored.
#[derive(Clone, Copy, Default)]
struct Rated {
    count: u32,
    sum: f64,
}

/// A unit and where it may stand.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub unit: Unit,
    /// Of [`Eligible::cells`].
    pub cell: usize,
    pub status: Status,
    /// Whether a form may have it.
    pub open: bool,
}

impl<'b> Eligible<'b> {
    pub fn new(bank: &'b Bank, day: Date) -> Self {
        let mut eligible = Self {
            bank,
            cells: Vec::new(),
            rated: Vec::new(),
            units: Vec::new(),
            members: Vec::new(),
            enemies: enemies(bank),
            rivals: BTreeMap::new(),
        };
        eligible.bundle(day);
        eligible.rivals = eligible.find_rivals();
        eligible
    }

    /// Sorts the questions of the day into units.
    fn bundle(&mut self, day: Date) {
        let mut cases: HashMap<(&CaseId, Status, usize), usize> = HashMap::new();
        let mut numbers: Vec<(Index, usize)> = Vec::with_capacity(self.bank.items.len());
        let mut cell = 0;
        for (index, item) in (0..).zip(&self.bank.items) {
            if item.status == Status::Retired || !item.validity.holds_on(day) {
                continue;
            }
            cell = self.cell_of(item, cell);
            if let Some(rating) = item.angoff.filter(|_| item.status == Status::Operational) {
                self.rated[cell].count += 1;
                self.rated[cell].sum += rating;
            }
            let new = self.units.len();
            let number = item.case.as_ref().map_or(new, |case| *cases.entry((case, item.status, cell)).or_insert(new));
            if number == new {
                let unit = Unit::new(count(new), 0, 0);
                self.units.push(Placed { unit, cell, status: item.status, open: true });
            }
            numbers.push((index, number));
        }
        let mut lengths = vec![0; self.units.len()];
        for (_, number) in &numbers {
            lengths[*number] += 1;
        }
        let mut start = 0;
        for (placed, length) in self.units.iter_mut().zip(&mut lengths) {
            placed.unit = Unit::new(placed.unit.number, start, *length);
            start += *length;
            // From here on: where the next of its questions goes.
            *length = start - *length;
        }
        self.members = vec![0; numbers.len()];
        for (index, number) in numbers {
            self.members[lengths[number] as usize] = index;
            lengths[number] += 1;
        }
    }

    /// The number of an item's cell; neighbors mostly share one.
    fn cell_of(&mut self, item: &'b Item, before: usize) -> usize {
        let here = (&item.section, &item.domain);
        if self.cells.get(before) == Some(&here) {
            return before;
        }
        self.cells.iter().position(|known| *known == here).unwrap_or_else(|| {
            self.cells.push(here);
            self.rated.push(Rated::default());
            self.cells.len() - 1
        })
    }

    fn find_rivals(&self) -> BTreeMap<u32, Vec<u32>> {
        if self.enemies.is_empty() {
            return BTreeMap::new();
        }
        let mut home: Vec<Option<u32>> = vec![None; self.bank.items.len()];
        for placed in &self.units {
            for index in self.members(&placed.unit) {
                home[*index as usize] = Some(placed.unit.number);
            }
        }
        let mut rivals = BTreeMap::new();
        for placed in &self.units {
            let here = placed.unit.number;
            let enemies = self.members(&placed.unit).iter().flat_map(|index| self.enemies_of(*index));
            let mut others: Vec<u32> =
                enemies.filter_map(|enemy| home[*enemy as usize]).filter(|there| *there != here).collect();
            others.sort_unstable();
            others.dedup();
            if !others.is_empty() {
                rivals.insert(here, others);
            }
        }
        rivals
    }

    /// The number of a cell of the blueprint, if any question is there for it.
    pub fn cell(&self, section: &SectionId, domain: &DomainId) -> Option<usize> {
        self.cells.iter().position(|known| *known == (section, domain))
    }

    pub fn units(&self) -> &[Placed] {
        &self.units
    }

    /// The unit of which this is the whole or a part.
    pub fn whole(&self, unit: &Unit) -> Unit {
        self.units[unit.number as usize].unit
    }

    pub fn status(&self, unit: &Unit) -> Status {
        self.units[unit.number as usize].status
    }

    /// Leaves these out of all further forms.
    pub fn close<'u>(&mut self, units: impl IntoIterator<Item = &'u Unit>) {
        for unit in units {
            self.units[unit.number as usize].open = false;
        }
    }

    pub fn members(&self, unit: &Unit) -> &[Index] {
        &self.members[unit.range()]
    }

    /// The items of a unit.
    pub fn items(&self, unit: &Unit) -> impl Iterator<Item = &'b Item> {
        self.members(unit).iter().map(|index| self.bank.items[*index as usize].as_ref())
    }

    pub fn enemies_of(&self, index: Index) -> &[Index] {
        self.enemies.get(index as usize).map_or(&[], Vec::as_slice)
    }

    pub fn has_enemies(&self, unit: &Unit) -> bool {
        self.members(unit).iter().any(|index| !self.enemies_of(*index).is_empty())
    }

    /// Whether a unit has questions that must not meet each other.
    pub fn is_at_war_within(&self, unit: &Unit) -> bool {
        let members = self.members(unit);
        members.len() > 1 && members.iter().any(|one| self.enemies_of(*one).iter().any(|other| members.contains(other)))
    }

    /// The units that have enemies among the other units, with these; both in their order.
    pub fn rivals(&self) -> &BTreeMap<u32, Vec<u32>> {
        &self.rivals
    }

    /// The mean rating of the questions of a cell that can be scored; none if none is rated.
    pub fn mean_rating(&self, cell: usize) -> Option<f64> {
        let Rated { count, sum } = self.rated[cell];
        (count > 0).then(|| sum / f64::from(count))
    }
}

/// Enmity goes both ways, whichever side says so.
fn enemies(bank: &Bank) -> Vec<Vec<Index>> {
    if bank.items.iter().all(|item| item.enemies.is_empty()) {
        return Vec::new();
    }
    let mut enemies = vec![Vec::new(); bank.items.len()];
    let named: HashSet<&ItemId> = bank.items.iter().flat_map(|item| &item.enemies).collect();
    let sieve = IdFilter::of(&named);
    let by_id: HashMap<&ItemId, Index> = bank
        .items
        .iter()
        .map(|item| &item.id)
        .zip(0..)
        .filter(|(id, _)| sieve.may_hold(id) && named.contains(id))
        .collect();
    for (index, item) in (0_u32..).zip(&bank.items) {
        for other in item.enemies.iter().filter_map(|enemy| by_id.get(enemy)) {
            enemies[index as usize].push(*other);
            enemies[*other as usize].push(index);
        }
    }
    enemies
}

/// Tells quickly of most ids that they are not among some: every start asks it of every question.
struct IdFilter {
    marks: Vec<bool>,
}

impl IdFilter {
    fn of(ids: &HashSet<&ItemId>) -> Self {
        let mut sieve = Self { marks: vec![false; (ids.len() * 16).next_power_of_two()] };
        for id in ids {
            let place = sieve.place(id);
            sieve.marks[place] = true;
        }
        sieve
    }

    fn may_hold(&self, id: &ItemId) -> bool {
        self.marks[self.place(id)]
    }

    fn place(&self, id: &ItemId) -> usize {
        let mixed =
            id.as_str().bytes().fold(0_usize, |mixed, byte| mixed.wrapping_mul(31).wrapping_add(usize::from(byte)));
        (mixed ^ (mixed >> 16)) & (self.marks.len() - 1)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
