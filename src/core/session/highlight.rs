//! The passages of a stem that a candidate has highlighted.

use serde::{Deserialize, Serialize};

/// A passage of a stem as it is displayed ([`SafeText`](crate::text::SafeText)), in characters (Unicode scalar values) from
/// its beginning. Bytes would differ between a page and a terminal, which do not store text alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Passage {
    /// The first character of the passage.
    pub from: u32,
    /// The first character after the passage.
    pub to: u32,
}

impl Passage {
    /// The first passage of a text that reads so, without regard to capitals and line breaks. One of whole words goes
    /// before one that begins or ends within a word.
    #[must_use]
    pub fn find(text: &str, words: &str) -> Option<Self> {
        let lower = |text: &str| -> Vec<char> {
            // A character that has several small ones stays one, so that places are those of the text.
            let letter = |c: char| c.to_lowercase().next().unwrap_or(c);
            text.chars().map(|c| if c.is_whitespace() { ' ' } else { letter(c) }).collect()
        };
        let (text, words) = (lower(text), lower(words.trim()));
        let mut found = text.windows(words.len().max(1)).enumerate().filter(|(_, window)| *window == words.as_slice());
        let first = found.clone().next()?;
        let is_within_word =
            |at: usize| at > 0 && text[at - 1..].iter().take(2).filter(|c| c.is_alphanumeric()).count() == 2;
        let is_whole = |at: usize| !is_within_word(at) && !is_within_word(at + words.len());
        let (at, _) = found.find(|(at, _)| is_whole(*at)).unwrap_or(first);
        Some(Self { from: u32::try_from(at).ok()?, to: u32::try_from(at + words.len()).ok()? })
    }

    /// The passage's part of a text.
    #[must_use]
    pub fn of(self, text: &str) -> String {
        text.chars().skip(self.from as usize).take(self.to.saturating_sub(self.from) as usize).collect()
    }

    /// Whether the passage has a character, and the text has all of them.
    #[must_use]
    pub fn is_within(self, text: &str) -> bool {
        self.from < self.to && self.to as usize <= text.chars().count()
    }
}

/// Passages in ascending order; no two of them touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Highlights(Vec<Passage>);

impl Highlights {
    pub fn passages(&self) -> &[Passage] {
        &self.0
    }

    /// Whether all of a passage is highlighted.
    pub fn cover(&self, passage: Passage) -> bool {
        self.0.iter().any(|known| known.from <= passage.from && passage.to <= known.to)
    }

    pub fn set(&mut self, passage: Passage, on: bool) {
        if on {
            self.add(passage);
        } else {
            self.remove(passage);
        }
    }

    /// Adds a passage, as one with those that it overlaps or touches.
    fn add(&mut self, passage: Passage) {
        let (apart, joined): (Vec<Passage>, Vec<Passage>) =
            self.0.iter().partition(|known| known.to < passage.from || passage.to < known.from);
        let whole = joined
            .iter()
            .fold(passage, |whole, part| Passage { from: whole.from.min(part.from), to: whole.to.max(part.to) });
        self.0 = apart;
        self.0.push(whole);
        self.0.sort_unstable();
    }

    /// Removes a passage; what of others reaches beyond it stays.
    fn remove(&mut self, passage: Passage) {
        let rest = |known: &Passage| {
            [
                Passage { from: known.from, to: known.to.min(passage.from) },
                Passage { from: known.from.max(passage.to), to: known.to },
            ]
        };
        self.0 = self.0.iter().flat_map(rest).filter(|part| part.from < part.to).collect();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever is highlighted and removed in whatever order, each character is as the last change left it, and the
        /// passages are in order and apart.
        #[test]
        fn highlights_are_the_set_of_their_characters(
            changes in proptest::collection::vec((0_u32..40, 1_u32..15, any::<bool>()), 0..30)
        ) {
            let mut highlights = Highlights::default();
            let mut characters = [false; 60];
            for (from, length, on) in changes {
                highlights.set(Passage { from, to: from + length }, on);
                characters[from as usize..(from + length) as usize].fill(on);
            }
            for (at, on) in (0..).zip(characters) {
                prop_assert_eq!(highlights.cover(Passage { from: at, to: at + 1 }), on, "character {}", at);
            }
            prop_assert!(highlights.passages().windows(2).all(|pair| pair[0].to < pair[1].from));
        }
    }

    #[test]
    fn a_passage_is_found_by_its_words() {
        assert_eq!(Passage::find("A naïve Patient asks", "patient"), Some(Passage { from: 8, to: 15 }));
        assert_eq!(Passage::find("most\nlikely", "MOST likely"), Some(Passage { from: 0, to: 11 }));
        assert_eq!(Passage::find("Other the", "the"), Some(Passage { from: 6, to: 9 }));
        assert_eq!(Passage::find("Other them", "the"), Some(Passage { from: 1, to: 4 }));
        assert_eq!(Passage::find("A patient", "doctor"), None);
        assert_eq!(Passage::find("A patient", " "), None);
        assert_eq!(Passage::find("", "a"), None);
    }

    #[test]
    fn a_passage_is_counted_in_characters() {
        assert!(Passage { from: 0, to: 4 }.is_within("naïf"));
        assert!(!Passage { from: 0, to: 5 }.is_within("naïf"));
        assert!(!Passage { from: 2, to: 2 }.is_within("naïf"));
    }
}
