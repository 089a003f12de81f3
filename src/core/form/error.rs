//! Why a form cannot be assembled.

use std::fmt;

use super::plan::Cell;
use crate::id::{DomainId, SectionId};

/// Why a form cannot be assembled. Every variant but [`Self::SearchLimit`] is a proof that the bank is too small.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssemblyError {
    /// Some cells have fewer items than slots: each with the number of items it is short.
    #[error("the bank is too small for this form: {}", listed(.0))]
    TooFewItems(Vec<Shortage>),
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

/// A cell of the blueprint: one domain within one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellId {
    /// The section.
    pub section: SectionId,
    /// The domain.
    pub domain: DomainId,
}

impl fmt::Display for CellId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "domain `{}` in section `{}`", self.domain, self.section)
    }
}

impl From<&Cell> for CellId {
    fn from(cell: &Cell) -> Self {
        Self { section: cell.section.clone(), domain: cell.domain.clone() }
    }
}

/// A cell that has fewer items than slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The cell.
    pub cell: CellId,
    /// How many items it is short.
    pub short_by: u32,
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

fn listed(shortages: &[Shortage]) -> String {
    let shortage = |Shortage { cell, short_by }: &Shortage| format!("{cell} lacks {short_by}");
    shortages.iter().map(shortage).collect::<Vec<_>>().join("; ")
}

fn together(cells: &[CellId]) -> String {
    cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

fn lacks(cells: &[CellId]) -> &'static str {
    if cells.len() == 1 { "lacks" } else { "together lack" }
}
