//! What must be said of an edition wherever it is sat or reported.
//!
//! A candidate must not take a figure that had to be assumed for the owner's, sit an outline that is no longer in force
//! without knowing it, or believe that a part of an exam is the whole.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::blueprint::{Blueprint, Count, Provenance};
use crate::id::ExamId;

/// What must be said of an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Caveats {
    /// The figures that nobody publishes and the blueprint's author had to assume.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub assumed: BTreeSet<Assumed>,
    /// The exam of the outline that is in force, where this is an older one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force: Option<ExamId>,
    /// The exams of the outlines that this one came after, the latest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub older: Vec<ExamId>,
    /// What an unfinished edition lacks for a whole form, by domain in the blueprint's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacking: Vec<Lacking>,
}

/// A figure of an exam that may have to be assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assumed {
    /// The scaled score that passes.
    PassMark,
    /// The ends of the scale.
    Scale,
    /// The time limits of the sections.
    Minutes,
    /// The length of the breaks.
    Breaks,
    /// That every question counts.
    NoneUnscored,
}

/// What a domain lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// The domain's name, as candidates read it.
    pub domain: String,
    /// How many questions there are.
    pub has: u32,
    /// How many the exam has.
    pub of: u32,
}

impl Caveats {
    /// Those that the blueprint itself tells.
    pub(super) fn of(blueprint: &Blueprint) -> Self {
        Self { assumed: assumed(blueprint), ..Self::default() }
    }

    /// Whether a figure had to be assumed.
    #[must_use]
    pub fn assumes(&self, figure: Assumed) -> bool {
        self.assumed.contains(&figure)
    }

    /// Whether the form holds only what there is of an unfinished edition.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        !self.lacking.is_empty()
    }
}

fn assumed(blueprint: &Blueprint) -> BTreeSet<Assumed> {
    let is = |source: Provenance| source == Provenance::Assumed;
    let scale = &blueprint.scale;
    let counts = || blueprint.domains.iter().flat_map(|domain| &domain.counts);
    let is_assumed_zero = |count: &Count| count.unscored.value == 0 && is(count.unscored.source);
    let breaks = blueprint.sections.iter().filter_map(|section| section.break_after.as_ref());
    let found = [
        (Assumed::PassMark, is(scale.pass.source)),
        (Assumed::Scale, is(scale.lowest.source) && is(scale.highest.source)),
        (Assumed::Minutes, blueprint.sections.iter().any(|section| is(section.minutes.source))),
        (Assumed::Breaks, breaks.into_iter().any(|rule| is(rule.minutes.source))),
        (Assumed::NoneUnscored, counts().all(is_assumed_zero)),
    ];
    found.into_iter().filter(|(_, is_assumed)| *is_assumed).map(|(figure, _)| figure).collect()
}
