//! Where a reader stands in a text that is longer than the screen.

pub use examroom_app::view::keys::Movement;

/// Which lines of a longer text are on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    pub top: usize,
}

impl Scroll {
    /// Keeps within the text: `lines` of it, `rows` on the screen.
    pub fn clamp(&mut self, lines: usize, rows: usize) {
        self.top = self.top.min(lines.saturating_sub(rows));
    }

    /// Moves by lines; the next [`Self::clamp`] brings it back into the text.
    pub fn by(&mut self, lines: isize) {
        self.top = self.top.saturating_add_signed(lines);
    }

    /// Moves as little as needed so that a range of lines is on the screen, its first line above all.
    pub fn show(&mut self, range: &std::ops::Range<usize>, rows: usize) {
        if range.end > self.top + rows {
            self.top = range.end - rows;
        }
        if range.start < self.top {
            self.top = range.start;
        }
    }

    #[must_use]
    pub fn shows(self, range: &std::ops::Range<usize>, rows: usize) -> bool {
        range.start >= self.top && range.end.min(range.start + rows) <= self.top + rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_shows_a_range_with_the_least_movement() {
        let mut scroll = Scroll { top: 0 };
        scroll.show(&(8..10), 5);
        assert_eq!(scroll.top, 5);
        scroll.show(&(2..20), 5);
        assert_eq!(scroll.top, 2, "the first line counts when not all fits");
        scroll.clamp(4, 5);
        assert_eq!(scroll.top, 0);
    }
}
