//! Names of things. One type a kind, so that a domain's id cannot stand where a question's belongs.
//!
//! Ids are compared after Unicode normalization (NFC): two ids that look alike on the screen and differ only in
//! how an accent is stored would otherwise both be accepted, and each half of a class would practice one of them.

use std::borrow::Borrow;
use std::fmt;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id in its normalized form (NFC).
            #[must_use]
            pub fn new(text: &str) -> Self {
                Self(normalized(text))
            }

            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(/// An exam: the name of its folder and of its blueprint.
    ExamId);
id!(/// A separately timed part of an exam.
    SectionId);
id!(/// A content area that the blueprint gives a share of the form.
    DomainId);
id!(/// A subject within a domain; questions are tagged with it, the blueprint does not count it.
    TopicId);
id!(/// A question, unique within its exam.
    ItemId);
id!(/// A choice of one question. It stays with the choice; the letter beside it belongs to the sitting.
    ChoiceId);
id!(/// The text that the questions of one scenario set share.
    CaseId);
id!(/// A sheet of the reference shelf.
    SheetId);

/// The ids of one ASCII character, as most choices have: all questions share them.
static LETTERS: LazyLock<Vec<Arc<str>>> =
    LazyLock::new(|| (0_u8..128).map(|byte| Arc::from(char::from(byte).to_string())).collect());

fn normalized(text: &str) -> Arc<str> {
    if let [byte] = text.as_bytes()
        && let Some(letter) = LETTERS.get(usize::from(*byte))
    {
        return Arc::clone(letter);
    }
    if text.is_ascii() || is_nfc(text) { Arc::from(text) } else { text.nfc().collect::<String>().into() }
}

#[cfg(test)]
mod tests {
    use super::ItemId;

    #[test]
    fn ids_that_differ_only_in_the_storage_of_an_accent_are_equal() {
        assert_eq!(ItemId::new("caf\u{e9}"), ItemId::new("cafe\u{301}"));
    }
}
