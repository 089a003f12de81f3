//! Why a form cannot be assembled.

use crate::id::{DomainId, SectionId};

/// A cell of the blueprint.
type CellId = (SectionId, DomainId);

/// Why a form cannot be assembled. Every variant but [`Self::SearchLimit`] is a proof that the bank is too small.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssemblyError {
    /// Some cells have fewer items than slots: each with the number of items it is short.
    #[error("the bank is too small for this form: {}", listed(.0))]
    TooFewItems(Vec<(SectionId, DomainId, u32)>),
    /// Whichever of each group of enemies is drawn, some cells have fewer items than slots.
    #[error(
        "the bank is too small for this form: with enemies kept apart, {} {} {short_by}",
        together(cells),
        lacks(cells)
    )]
    TooManyEnemies {
        /// The cells that are short, taken together: they share the items in question.
        cells: Vec<CellId>,
        /// How many items the cells are short, all together.
        short_by: u32,
    },
    /// An exhaustive search tried every choice among enemies, and none fills all slots.
    #[error("the bank is too small for this form: no choice among its enemies fills all places")]
    NoCombination,
    /// The search reached its limit before it found a form or a proof. There may be one.
    #[error("no form was found: enemies leave so few choices that the search was given up")]
    SearchLimit,
}

impl AssemblyError {
    /// What the author or the candidate can do about it: a line without its full stop.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::TooFewItems(_) => "add questions, or lower the counts in exam.toml",
            Self::TooManyEnemies { .. } | Self::NoCombination => {
                "enemies cannot stand on one form, and make it tighter than the count of questions: add some"
            }
            Self::SearchLimit => "try another seed (--seed 2), add some questions, or name fewer enemies",
        }
    }
}

fn listed(missing: &[(SectionId, DomainId, u32)]) -> String {
    let cell = |(section, domain, count): &(SectionId, DomainId, u32)| {
        format!("domain `{domain}` in section `{section}` lacks {count}")
    };
    missing.iter().map(cell).collect::<Vec<_>>().join("; ")
}

fn together(cells: &[CellId]) -> String {
    let cells: Vec<String> =
        cells.iter().map(|(section, domain)| format!("domain `{domain}` in section `{section}`")).collect();
    cells.join(" and ")
}

fn lacks(cells: &[CellId]) -> &'static str {
    if cells.len() == 1 { "lacks" } else { "together lack" }
}
