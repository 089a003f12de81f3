//! The unit of a draw: one item, or the items of one case.
//!
//! The items of a case (an item set) share a text and are answered together, so the draw takes all of them or none
//! where it can. Treating a single item as a unit of one lets the rest of the draw forget the difference.

/// An index into the bank's items.
pub(super) type Index = u32;

/// Items of one cell that are drawn together.
///
/// A unit names a range of the list that holds all eligible items, so a draw from a large bank copies a few numbers and
/// allocates nothing per unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Its index among the eligible units. Part of a unit keeps the number of the whole.
    pub number: u32,
    start: u32,
    length: u32,
    /// The exposure of its most-exposed item.
    pub exposure: u32,
}

impl Unit {
    pub const fn new(number: u32, start: u32, length: u32) -> Self {
        Self { number, start, length, exposure: 0 }
    }

    pub const fn with_exposure(self, exposure: u32) -> Self {
        Self { exposure, ..self }
    }

    /// The number of items.
    pub const fn len(&self) -> usize {
        self.length as usize
    }

    /// The number of items, in the type that the exact search counts in.
    pub const fn size(&self) -> u32 {
        self.length
    }

    /// Where its items are in the list of eligible items.
    pub const fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.length) as usize
    }

    /// What the unit adds to the exposure of a form. Each item counts as much as the most-exposed one.
    pub const fn total_exposure(&self) -> u32 {
        self.exposure * self.length
    }

    /// Part of the unit: `length` items, starting with the one at `from`.
    pub fn part(&self, from: usize, length: usize) -> Self {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { start: self.start + number(from), length: number(length), ..*self }
    }
}
