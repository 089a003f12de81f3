//! Checksums: of a text, by which equal texts are found, and of a chain of texts, by which a changed, lost or moved link
//! is found.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checksum([u8; 32]);

impl Checksum {
    /// Of nothing: where a chain begins.
    pub const START: Self = Self([0; 32]);

    /// Of a text.
    #[must_use]
    pub fn of(text: &[u8]) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// Of everything before, and then this text.
    #[must_use]
    pub fn then(self, text: &[u8]) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(text).finalize().into())
    }

    /// Its 32 bytes, as they are stored.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 16 hexadecimal digits, for people and for lines.
    #[must_use]
    pub fn short(&self) -> String {
        let first = self.0.first_chunk().copied().unwrap_or_default();
        format!("{:016x}", u64::from_be_bytes(first))
    }
}

/// A link in a chain of pieces that are stored one by one, each with its link: 64 bits, enough to find damage.
///
/// It covers every piece before it, so that a piece that was changed, lost or moved is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link(i64);

impl Link {
    /// Before the first piece.
    pub const START: Self = Self(0);

    /// The link after one more piece, which consists of these parts.
    #[must_use]
    pub fn then(self, parts: &[&str]) -> Self {
        let mut hasher = Sha256::new().chain_update(self.0.to_be_bytes());
        for part in parts {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        let sum = Checksum(hasher.finalize().into());
        Self(i64::from_be_bytes(sum.0.first_chunk().copied().unwrap_or_default()))
    }

    /// As a store keeps it.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl From<i64> for Link {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

impl From<[u8; 32]> for Checksum {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_sha_256() {
        assert_eq!(Checksum::of(b"abc").short(), "ba7816bf8f01cfea");
    }

    #[test]
    fn links_cover_what_came_before_and_where_a_part_ends() {
        let link = Link::START.then(&["a", "b"]).then(&["c"]);
        for other in [Link::START.then(&["ab"]), Link::START.then(&["a"]).then(&["b", "c"]), Link::START.then(&["c"])] {
            assert_ne!(other, link);
        }
    }

    #[test]
    fn a_chain_notices_a_change_an_exchange_and_a_loss() {
        let chain = |links: &[&str]| links.iter().fold(Checksum::START, |sum, link| sum.then(link.as_bytes()));
        let whole = chain(&["a", "b", "c"]);
        for other in [&["a", "c", "b"][..], &["a", "b"], &["a", "b", "d"], &["b", "c"]] {
            assert_ne!(chain(other), whole);
        }
    }
}
