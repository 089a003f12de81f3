//! What is drawn as one: a question, or the questions of a case.

/// An index into the bank's items.
pub(super) type Index = u32;

/// Questions of one cell that are drawn together. They stand one after the other in a list of the eligible questions, so that a
/// draw from a large bank moves numbers about and nothing else.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Its number among the eligible units; a part keeps the number of the whole.
    pub number: u32,
    start: u32,
    length: u32,
    /// How often the candidate has seen the member seen most.
    pub exposure: u32,
}

impl Unit {
    pub const fn new(number: u32, start: u32, length: u32) -> Self {
        Self { number, start, length, exposure: 0 }
    }

    /// The same for a candidate who has seen one of its questions so often, and none more often.
    pub const fn seen(self, exposure: u32) -> Self {
        Self { exposure, ..self }
    }

    /// How many questions it has.
    pub const fn len(&self) -> usize {
        self.length as usize
    }

    /// The same, as the search counts.
    pub const fn size(&self) -> u32 {
        self.length
    }

    /// Where its questions stand in the eligible questions' list.
    pub const fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.length) as usize
    }

    pub const fn exposure_sum(&self) -> u32 {
        self.exposure * self.length
    }

    /// A part of it: `length` questions from its `from`th on.
    pub fn part(&self, from: usize, length: usize) -> Self {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { start: self.start + number(from), length: number(length), ..*self }
    }
}
