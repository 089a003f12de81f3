//! Whose attempts a store holds.

/// The data folder's own candidate, who has a random identity from the store's beginning.
pub(super) const OWN: i64 = 1;
