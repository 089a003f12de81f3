//! Values that a file, a command line or a page names by one word each.

use thiserror::Error;

/// A word that names none of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("there is no such word")]
pub struct UnknownWord;

/// Gives an enum its words: `ALL` lists its values, `Display` writes one, and `FromStr` reads it.
macro_rules! words {
    ($type:ident { $($value:ident: $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word that names it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::word::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.word() == word).ok_or($crate::word::UnknownWord)
            }
        }
    };
}
pub(crate) use words;
