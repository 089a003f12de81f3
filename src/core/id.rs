//! Ids. Each kind has a type of its own, so that the id of a domain cannot be used as that of an item.
//!
//! Ids are normalized (Unicode NFC). Otherwise a bank could hold two ids that look the same and differ only in how an
//! accent is stored, and half of a class would practice one item while the other half practices the other.

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
            /// An id, normalized to NFC. Any text is accepted; the checks of a bank restrict it further.
            #[must_use]
            pub fn new(text: &str) -> Self {
                Self(normalized(text))
            }

            /// The id as text, normalized.
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

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(/// The id of an exam, which is also the name of its folder.
    ExamId);
id!(/// The identity of an attempt, the same wherever it is kept.
    AttemptUid);
id!(/// The identity of a candidate: random, made once for each data folder. It says nothing about the person.
    CandidateId);
id!(/// The id of a section: a separately timed part of an exam.
    SectionId);
id!(/// The id of a domain: a content area to which the blueprint assigns a number of questions.
    DomainId);
id!(/// The id of a topic: a subject within a domain. Items are tagged with it; the blueprint does not count it.
    TopicId);
id!(/// The id of an item, unique within its exam.
    ItemId);
id!(/// The id of a choice, unique within its item. The letter beside it differs from form to form.
    ChoiceId);
id!(/// The id of a case: the text that the items of an item set share.
    CaseId);
id!(/// The id of a sheet of the reference shelf.
    SheetId);

/// The ids of one ASCII character, shared by all items: most choices have one.
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
    fn ids_that_differ_only_in_how_an_accent_is_stored_are_equal() {
        assert_eq!(ItemId::new("caf\u{e9}"), ItemId::new("cafe\u{301}"));
    }
}
