//! The items of a bank that may be drawn on a given day, grouped into units, and their enemies.
//!
//! None of this depends on the candidate or the seed, so that forms drawn one after another compute it once.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::unit::{Index, Unit};
use crate::bank::{Bank, Item, Status};
use crate::id::{CaseId, DomainId, ItemId, SectionId};

/// What a bank offers on one day.
pub(super) struct Eligible<'b> {
    pub bank: &'b Bank,
    cells: Vec<(&'b SectionId, &'b DomainId)>,
    /// The ratings of each cell.
    ratings: Vec<RatingSum>,
    /// In the order of their first items.
    units: Vec<EligibleUnit>,
    /// The items of all units, unit by unit, and in the bank's order within each.
    members: Vec<Index>,
    /// The enemies of each item, by index; empty if the bank declares none.
    enemies: Vec<Vec<Index>>,
    /// For each unit that has enemies in other units, the numbers of those units, in ascending order.
    enemy_units: BTreeMap<u32, Vec<u32>>,
}

/// The sum of the ratings of the operational items of a cell.
#[derive(Clone, Copy, Default)]
struct RatingSum {
    count: u32,
    sum: f64,
}

/// A unit and the slots that it may fill.
#[derive(Clone, Copy)]
pub(super) struct EligibleUnit {
    pub unit: Unit,
    /// An index into [`Eligible::cells`].
    pub cell: usize,
    pub status: Status,
    /// Whether a further form may use it.
    pub available: bool,
}

impl<'b> Eligible<'b> {
    pub fn new(bank: &'b Bank, day: Date) -> Self {
        let mut eligible = Self {
            bank,
            cells: Vec::new(),
            ratings: Vec::new(),
            units: Vec::new(),
            members: Vec::new(),
            enemies: enemies(bank),
            enemy_units: BTreeMap::new(),
        };
        eligible.group_into_units(day);
        eligible.enemy_units = eligible.find_enemy_units();
        eligible
    }

    /// Groups the items that are valid on `day` into units. The items of a case form one unit for each cell and status.
    fn group_into_units(&mut self, day: Date) {
        let mut cases: HashMap<(&CaseId, Status, usize), usize> = HashMap::new();
        let mut numbers: Vec<(Index, usize)> = Vec::with_capacity(self.bank.items.len());
        let mut cell = 0;
        for (index, item) in (0..).zip(&self.bank.items) {
            if item.status == Status::Retired || !item.validity.holds_on(day) {
                continue;
            }
            cell = self.cell_of(item, cell);
            if let Some(rating) = item.angoff.filter(|_| item.status == Status::Operational) {
                self.ratings[cell].count += 1;
                self.ratings[cell].sum += rating;
            }
            let new = self.units.len();
            let number = item.case.as_ref().map_or(new, |case| *cases.entry((case, item.status, cell)).or_insert(new));
            if number == new {
                let unit = Unit::new(count(new), 0, 0);
                self.units.push(EligibleUnit { unit, cell, status: item.status, available: true });
            }
            numbers.push((index, number));
        }
        let mut lengths = vec![0; self.units.len()];
        for (_, number) in &numbers {
            lengths[*number] += 1;
        }
        let mut start = 0;
        let mut ends = Vec::with_capacity(lengths.len());
        for (eligible, length) in self.units.iter_mut().zip(lengths) {
            eligible.unit = Unit::new(eligible.unit.number, start, length);
            ends.push(start as usize);
            start += length;
        }
        self.members = vec![0; numbers.len()];
        for (index, number) in numbers {
            self.members[ends[number]] = index;
            ends[number] += 1;
        }
    }

    /// The number of an item's cell. `previous` is that of the item before it, which is usually the same.
    fn cell_of(&mut self, item: &'b Item, previous: usize) -> usize {
        let here = (&item.section, &item.domain);
        if self.cells.get(previous) == Some(&here) {
            return previous;
        }
        self.cells.iter().position(|known| *known == here).unwrap_or_else(|| {
            self.cells.push(here);
            self.ratings.push(RatingSum::default());
            self.cells.len() - 1
        })
    }

    fn find_enemy_units(&self) -> BTreeMap<u32, Vec<u32>> {
        if self.enemies.is_empty() {
            return BTreeMap::new();
        }
        let mut unit_of: Vec<Option<u32>> = vec![None; self.bank.items.len()];
        for eligible in &self.units {
            for index in self.members(&eligible.unit) {
                unit_of[*index as usize] = Some(eligible.unit.number);
            }
        }
        let mut enemy_units = BTreeMap::new();
        for eligible in &self.units {
            let here = eligible.unit.number;
            let enemies = self.members(&eligible.unit).iter().flat_map(|index| self.enemies_of(*index));
            let mut others: Vec<u32> =
                enemies.filter_map(|enemy| unit_of[*enemy as usize]).filter(|there| *there != here).collect();
            others.sort_unstable();
            others.dedup();
            if !others.is_empty() {
                enemy_units.insert(here, others);
            }
        }
        enemy_units
    }

    /// The number of a cell of the blueprint; `None` if no eligible item belongs to it.
    pub fn cell(&self, section: &SectionId, domain: &DomainId) -> Option<usize> {
        self.cells.iter().position(|known| *known == (section, domain))
    }

    /// All units, by number.
    pub fn units(&self) -> &[EligibleUnit] {
        &self.units
    }

    /// The whole unit that `unit` is, or is part of.
    pub fn whole(&self, unit: &Unit) -> Unit {
        self.units[unit.number as usize].unit
    }

    pub fn is_whole(&self, unit: &Unit) -> bool {
        unit.len() == self.whole(unit).len()
    }

    pub fn status(&self, unit: &Unit) -> Status {
        self.units[unit.number as usize].status
    }

    /// Excludes these units from all further forms.
    pub fn exclude<'u>(&mut self, units: impl IntoIterator<Item = &'u Unit>) {
        for unit in units {
            self.units[unit.number as usize].available = false;
        }
    }

    /// The indices of a unit's items.
    pub fn members(&self, unit: &Unit) -> &[Index] {
        &self.members[unit.range()]
    }

    /// A unit's items.
    pub fn items(&self, unit: &Unit) -> impl Iterator<Item = &'b Item> {
        self.members(unit).iter().map(|index| self.bank.items[*index as usize].as_ref())
    }

    pub fn enemies_of(&self, index: Index) -> &[Index] {
        self.enemies.get(index as usize).map_or(&[], Vec::as_slice)
    }

    pub fn has_enemies(&self, unit: &Unit) -> bool {
        self.members(unit).iter().any(|index| !self.enemies_of(*index).is_empty())
    }

    /// Whether two items of the unit are enemies of each other, so that the unit can never be drawn whole.
    pub fn has_internal_enemies(&self, unit: &Unit) -> bool {
        let members = self.members(unit);
        members.len() > 1 && members.iter().any(|one| self.enemies_of(*one).iter().any(|other| members.contains(other)))
    }

    /// For each unit that has enemies in other units, the numbers of those units, in ascending order.
    pub fn enemy_units(&self) -> &BTreeMap<u32, Vec<u32>> {
        &self.enemy_units
    }

    /// The mean rating of the operational items of a cell; `None` if none is rated.
    pub fn mean_rating(&self, cell: usize) -> Option<f64> {
        let RatingSum { count, sum } = self.ratings[cell];
        (count > 0).then(|| sum / f64::from(count))
    }
}

/// The enemies of each item. The relation is symmetric, although a bank may declare it on one side only.
fn enemies(bank: &Bank) -> Vec<Vec<Index>> {
    if bank.items.iter().all(|item| item.enemies.is_empty()) {
        return Vec::new();
    }
    let mut enemies = vec![Vec::new(); bank.items.len()];
    let named: HashSet<&ItemId> = bank.items.iter().flat_map(|item| &item.enemies).collect();
    let filter = IdFilter::of(&named);
    let by_id: HashMap<&ItemId, Index> = bank
        .items
        .iter()
        .map(|item| &item.id)
        .zip(0..)
        .filter(|(id, _)| filter.may_contain(id) && named.contains(id))
        .collect();
    for (index, item) in (0_u32..).zip(&bank.items) {
        for other in item.enemies.iter().filter_map(|enemy| by_id.get(enemy)) {
            enemies[index as usize].push(*other);
            enemies[*other as usize].push(index);
        }
    }
    enemies
}

/// A Bloom filter with one hash function. It rules out most ids without a lookup, and every start of the program looks
/// up every item of the bank.
struct IdFilter {
    buckets: Vec<bool>,
}

impl IdFilter {
    fn of(ids: &HashSet<&ItemId>) -> Self {
        let mut filter = Self { buckets: vec![false; (ids.len() * 16).next_power_of_two()] };
        for id in ids {
            let bucket = filter.bucket(id);
            filter.buckets[bucket] = true;
        }
        filter
    }

    fn may_contain(&self, id: &ItemId) -> bool {
        self.buckets[self.bucket(id)]
    }

    fn bucket(&self, id: &ItemId) -> usize {
        let mixed =
            id.as_str().bytes().fold(0_usize, |mixed, byte| mixed.wrapping_mul(31).wrapping_add(usize::from(byte)));
        (mixed ^ (mixed >> 16)) & (self.buckets.len() - 1)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
