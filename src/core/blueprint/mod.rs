//! What an exam is made of: its parts, counts, minutes, scale and cut rule, as its `exam.toml` says.
//!
//! A blueprint is data, so that a new exam, or a new edition of an old one, is a folder and no code. Each number
//! carries its provenance, because this program repeats figures that are the owner's, figures that somebody
//! remembered and figures that had to be assumed, and a candidate must be able to tell them apart.

#![warn(unreachable_pub)]

mod figure;
mod ids;
mod read;

use serde::{Deserialize, Serialize};

use crate::diagnostics::{Allowance, Span, Spanned, codes};
use crate::id::{DomainId, ExamId, SectionId, TopicId};
use crate::word::words;

pub use read::read;

codes! {
    Error UNKNOWN_LENDER "unknown-lender"
    Warning BAD_SUCCESSOR "bad-successor"
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// Set for this program, from outside the exam's own sources.
    Given,
    /// Published by the exam's owner.
    Owner,
    /// Published by somebody else.
    ThirdParty,
    /// Remembered, not found in a source.
    Recalled,
    /// Chosen so that the rest adds up.
    Assumed,
    /// The blueprint does not say.
    Unmarked,
}

words! {
    Provenance {
        // The firmest first.
        Owner: "owner",
        Given: "given",
        ThirdParty: "third-party",
        Recalled: "recalled",
        Assumed: "assumed",
        Unmarked: "unmarked",
    }
}

impl Provenance {
    /// What the mark means to a reader.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Given => "set for this program",
            Self::Owner => "published by the exam's owner",
            Self::ThirdParty => "published by somebody else",
            Self::Recalled => "remembered, not found in a source",
            Self::Assumed => "assumed by the blueprint's author",
            Self::Unmarked => "the blueprint does not say",
        }
    }
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure<T> {
    /// The value itself.
    pub value: T,
    /// Where it comes from.
    pub source: Provenance,
}

/// Everything that `exam.toml` says.
#[derive(Clone, Debug, PartialEq)]
pub struct Blueprint {
    /// The name that commands take, which is also that of its folder.
    pub id: ExamId,
    /// Its name in full, as candidates know it.
    pub name: String,
    /// Who holds the real exam; none for an instructor's own.
    pub owner: Option<String>,
    /// The edition of the owner's outline that it follows, in the words of the blueprint.
    pub edition: String,
    /// The exam whose questions its domains take ([`Domain::takes`]); none where it has all its own.
    pub from: Option<Spanned<ExamId>>,
    /// The exam of the outline that came after this one; none while it is in force.
    pub succeeded_by: Option<Spanned<ExamId>>,
    /// Whether its bank reaches for a whole form.
    pub progress: Progress,
    /// The number of questions that candidates are told; the counts must add up to it.
    pub questions: Figure<u32>,
    /// The scale that scores are reported on.
    pub scale: Scale,
    /// How many right answers pass.
    pub cut: CutRule,
    /// In the order they are taken.
    pub sections: Vec<Section>,
    /// In the order of the owner's outline.
    pub domains: Vec<Domain>,
    /// What the report's chance of passing rests on; without it the report gives no chance.
    pub population: Option<Population>,
    /// The share that each cognitive level should have among the bank's questions; none asked for where absent.
    pub levels: Option<LevelShares>,
    /// The advice on its bank that the author keeps.
    pub allow: Vec<Allowance>,
    /// Names by which sources are known in which no rule is to be looked up, beside those that every check knows.
    pub not_sources: Vec<String>,
}

/// How far the writing of an edition has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A bank that gives no whole form is an error.
    Finished,
    /// The questions are still being written: what there is of them is sat as a rehearsal, without a scaled score. The
    /// place is that of the mark.
    Unfinished(Span),
}

/// The shares, 0 to 1, that the cognitive levels should have in a bank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelShares {
    /// Of questions that ask for one remembered fact.
    pub recall: f64,
    /// Of questions that apply a rule to facts.
    pub application: f64,
    /// Of questions that weigh several facts.
    pub analysis: f64,
}

impl Blueprint {
    /// The exam in whose bank the questions are at home; see [`Form::home`](crate::form::Form::home).
    #[must_use]
    pub fn home(&self) -> &ExamId {
        self.from.as_ref().map_or(&self.id, |from| &from.value)
    }

    /// The domain of this id.
    #[must_use]
    pub fn domain(&self, id: &DomainId) -> Option<&Domain> {
        self.domains.iter().find(|domain| domain.id == *id)
    }

    /// The section of this id.
    #[must_use]
    pub fn section(&self, id: &SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == *id)
    }

    /// The domains and counts of one section, in the blueprint's order.
    pub fn counts_of<'b>(&'b self, section: &'b SectionId) -> impl Iterator<Item = (&'b Domain, &'b Count)> {
        self.domains.iter().filter_map(move |domain| Some((domain, domain.count(section)?)))
    }

    /// The number of scored questions of a full form.
    #[must_use]
    pub fn scored(&self) -> u32 {
        let counts = self.domains.iter().flat_map(|domain| &domain.counts);
        counts.map(|count| count.scored.value).fold(0, u32::saturating_add)
    }

    /// The number of unscored questions of a full form.
    #[must_use]
    pub fn unscored(&self) -> u32 {
        let counts = self.domains.iter().flat_map(|domain| &domain.counts);
        counts.map(|count| count.unscored.value).fold(0, u32::saturating_add)
    }

    /// The minutes of all sections together, without breaks.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.sections.iter().map(|section| section.minutes.value).fold(0, u32::saturating_add)
    }
}

/// The reported scale: three points, joined by two straight lines (see [`crate::scoring::scale`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// The scaled score of no right answer.
    pub lowest: Figure<u32>,
    /// The scaled score of exactly the raw cut.
    pub pass: Figure<u32>,
    /// The scaled score of every answer right.
    pub highest: Figure<u32>,
}

/// How the raw cut of a form is found: the sum of its scored questions' Angoff ratings.
#[derive(Clone, Debug, PartialEq)]
pub struct CutRule {
    /// The share that stands in for a question without a rating, from 0 to 1.
    pub default_rating: Figure<f64>,
    /// The share of scored questions that forms are balanced toward; where it is absent, the bank's own mean.
    pub target: Option<Figure<f64>>,
}

/// Who sits the real exam, and how far this program's questions can be off: the constants of the chance that a mock's
/// score passes the real exam. They are figures about people and not about a form, so each says where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Population {
    /// The share of candidates who pass, between 0 and 1.
    pub pass_rate: Figure<f64>,
    /// The standard deviation of the candidates' true shares right, above 0 and below 0.5.
    pub spread: Figure<f64>,
    /// The correlation of true scores on this exam and on the real one, above 0, at most 1.
    pub likeness: Figure<f64>,
    /// The standard deviation of the error that all ratings share, 0 to below 0.5.
    pub shared_error: Figure<f64>,
    /// The standard deviation of a single rating's own error, 0 to below 0.5.
    pub rating_error: Figure<f64>,
    /// The share of that error's variance, 0 to 1, that several raters of a question do not have in common; without it
    /// several ratings count as one.
    pub rater_independence: Option<Figure<f64>>,
    /// The correlation of true shares in two domains, above 0, at most 1; without it each domain is judged by its own
    /// answers alone.
    pub domain_correlation: Option<Figure<f64>>,
}

/// A separately timed part.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The name that files and commands take.
    pub id: SectionId,
    /// What the screens call it.
    pub name: String,
    /// The time allowed, in minutes, before any extra time.
    pub minutes: Figure<u32>,
    /// Whether the reference shelf may be consulted.
    pub book: Book,
    /// The break between this section and the next; none where the next begins at once.
    pub break_after: Option<BreakRule>,
}

/// Whether the reference shelf may be consulted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Book {
    /// No reference may be consulted.
    Closed,
    /// The reference shelf stands beside the questions.
    Open,
}

words! { Book { Closed: "closed", Open: "open" } }

/// A scheduled break after a section, during which the exam's clock stands.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakRule {
    /// How long it lasts at most, in minutes.
    pub minutes: Figure<u32>,
    /// Whether the candidate may go on at once.
    pub optional: bool,
}

/// A content area.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    /// The name that files and commands take.
    pub id: DomainId,
    /// What the screens call it.
    pub name: String,
    /// The share that the owner's outline gives it, as a reader would quote it.
    pub weight: Option<Figure<String>>,
    /// How many of its questions stand in each section.
    pub counts: Vec<Count>,
    /// The subjects that its questions name, in the order in which they are listed.
    pub topics: Vec<Topic>,
    /// What it takes of the exam named by [`Blueprint::from`]: a domain, `domain.topic`, or the id of a question.
    pub takes: Vec<Spanned<String>>,
}

impl Domain {
    /// Its number of questions in a section; none where it has no part there.
    #[must_use]
    pub fn count(&self, section: &SectionId) -> Option<&Count> {
        self.counts.iter().find(|count| count.section == *section)
    }
}

/// A subject within a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The name that files and commands take.
    pub id: TopicId,
    /// What it is called where topics are listed.
    pub name: String,
}

/// How many questions a domain has in a section.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// The section they stand in.
    pub section: SectionId,
    /// The questions that count.
    pub scored: Figure<u32>,
    /// Pretest questions: shown like the others, never marked.
    pub unscored: Figure<u32>,
}

impl Count {
    /// Scored and unscored questions together.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.scored.value + self.unscored.value
    }
}
