//! Why no form can be drawn.

use crate::id::{DomainId, SectionId};

/// A cell of the blueprint.
type Place = (SectionId, DomainId);

/// Why no form can be drawn. A bank is called too small only where that is proved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoForm {
    /// By the count of questions: the cells and how many each lacks.
    #[error("the bank is too small for this form: {}", listed(.0))]
    TooFew(Vec<(SectionId, DomainId, u32)>),
    /// Whatever is chosen among enemies, these cells together lack so many questions.
    #[error(
        "the bank is too small for this form: with enemies kept apart, {} {} {lacking}",
        together(cells),
        lacks(cells)
    )]
    TooManyEnemies { cells: Vec<Place>, lacking: u32 },
    /// Every way to choose among enemies was tried.
    #[error("the bank is too small for this form: no choice among its enemies fills all places")]
    NoChoice,
    /// Not every way was tried: there are too many.
    #[error("no form was found: enemies leave so few choices that the search was given up")]
    NotFound,
}

impl NoForm {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::TooFew(_) => "add questions, or lower the counts in exam.toml",
            Self::TooManyEnemies { .. } | Self::NoChoice => {
                "enemies cannot stand on one form, and make it tighter than the count of questions: add some"
            }
            Self::NotFound => "try another seed (--seed 2), add some questions, or name fewer enemies",
        }
    }
}

fn listed(missing: &[(SectionId, DomainId, u32)]) -> String {
    let cell = |(section, domain, count): &(SectionId, DomainId, u32)| {
        format!("domain `{domain}` in section `{section}` lacks {count}")
    };
    missing.iter().map(cell).collect::<Vec<_>>().join("; ")
}

fn together(cells: &[Place]) -> String {
    let cells: Vec<String> =
        cells.iter().map(|(section, domain)| format!("domain `{domain}` in section `{section}`")).collect();
    cells.join(" and ")
}

fn lacks(cells: &[Place]) -> &'static str {
    if cells.len() == 1 { "lacks" } else { "together lack" }
}
