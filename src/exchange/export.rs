//! Questions on their way out: the bytes, and what of them the format cannot hold.

use crate::draft::{Draft, Name, Reason};

/// By this a file is known as our own when it comes back: then a text between “these quotes” that is that of a choice names
/// that choice, and ids are the bank's.
pub(crate) const OWN_MARK: &str = "exported by examroom";

/// What an export made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    pub bytes: Vec<u8>,
    /// Questions that are not in it, and those of which something is not: id and reason.
    pub left_out: Vec<(String, Reason)>,
    pub changed: Vec<(String, Reason)>,
}

impl Export {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn changed(&mut self, draft: &Draft, why: impl Into<Reason>) {
        self.changed.push((name(draft), why.into()));
    }

    pub(crate) fn left_out(&mut self, draft: &Draft, why: impl Into<Reason>) {
        self.left_out.push((name(draft), why.into()));
    }
}

fn name(draft: &Draft) -> String {
    match &draft.name {
        Name::Id(name) | Name::Title(name) => name.clone(),
        Name::None => crate::reading::beginning(&draft.stem),
    }
}
