//! A question as it was written: the fields of an `[[item]]` with their places, before it is known whether they fit.

use std::sync::Arc;

use super::item::{Calculation, Choice, Exhibit, Item, Level, Status, Validity};
use super::links::{Faulty, ItemLinks};
use super::links::{Outcome, Rank, Replaces};
use super::paragraphs::flowing;
use super::{Table, mean};
use crate::diagnostics::{SourceText, Span, Spanned};
use crate::id::{CaseId, ChoiceId, DomainId, ItemId, SectionId, SheetId, TopicId};

/// One question as it was written.
pub(super) struct Question<'q> {
    /// What messages call it.
    pub name: String,
    /// The text of its file.
    pub file_text: SourceText<'q>,
    pub opening: Span,
    pub id: Option<Spanned<&'q str>>,
    pub domain: Option<DomainId>,
    pub section: Option<SectionId>,
    pub topic: Option<TopicId>,
    pub level: Option<Level>,
    /// None where it names one that there is not.
    pub status: Option<Status>,
    pub ratings: Vec<Spanned<f64>>,
    pub stem: Option<Spanned<&'q str>>,
    pub exhibit: Option<RawExhibit<'q>>,
    pub explanation: Option<Spanned<&'q str>>,
    pub case: Option<Spanned<&'q str>>,
    /// The case that it belongs to, where that has been read.
    pub case_text: Option<Arc<str>>,
    /// Whether its choices are not shuffled.
    pub keep_order: bool,
    pub source: Option<Spanned<&'q str>>,
    pub validity: Validity,
    pub enemies: Vec<Spanned<&'q str>>,
    pub references: Vec<Spanned<&'q str>>,
    pub keys: Option<Vec<Spanned<&'q str>>>,
    /// The whole value of the field `key`.
    pub key_span: Option<Span>,
    pub choices: Option<Vec<Entry<'q>>>,
    pub why: Vec<Entry<'q>>,
    pub calculation: Option<Spanned<Calculation>>,
    /// Where `replaces = true` stands.
    pub replaces: Option<Span>,
    pub advise: Advise,
    /// The file breaks TOML's rules: what seems to be absent may have been lost.
    pub broken: bool,
}

/// A choice or a rationale: its id and its text.
pub(super) type Entry<'q> = (Spanned<&'q str>, Spanned<&'q str>);

/// What is worth advising to add: not a field that was reported in a wrong place.
#[expect(clippy::struct_excessive_bools, reason = "one for each field, each asked for by its own rule")]
#[derive(Clone, Copy)]
pub(super) struct Advise {
    pub rating: bool,
    pub source: bool,
    pub references: bool,
    pub rationale: bool,
}

/// An exhibit as it was written.
pub(super) enum RawExhibit<'q> {
    Text(Spanned<&'q str>),
    Table(Table),
}

impl<'q> RawExhibit<'q> {
    /// The text to look for faults of wording in; a table's cells were looked at when it was read.
    pub(super) fn text(&self) -> Option<&Spanned<&'q str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Table(_) => None,
        }
    }

    fn exhibit(&self) -> Exhibit {
        match self {
            Self::Text(text) => Exhibit::Text(text.value.trim_end().trim_start_matches('\n').into()),
            Self::Table(table) => Exhibit::Table(table.clone()),
        }
    }
}

impl Question<'_> {
    /// What it says about others; `rank` is that of its file.
    pub(super) fn links(&self, rank: Rank) -> ItemLinks {
        let is_retired = self.status == Some(Status::Retired);
        let outcome = if is_retired { Outcome::Retired } else { Outcome::Replaced };
        ItemLinks {
            name: self.name.clone(),
            id: self.id.map(|id| id.map(ItemId::new)),
            case: self.case.map(|case| case.map(CaseId::new)),
            enemies: self.enemies.iter().map(|enemy| enemy.map(ItemId::new)).collect(),
            references: self.references.iter().map(|sheet| sheet.map(SheetId::new)).collect(),
            rank,
            replaces: self.replaces.map(|span| Replaces { span, outcome }),
            bank_index: None,
        }
    }

    /// What is known of it where it has an error.
    pub(super) fn into_faulty(self) -> Faulty {
        Faulty {
            retired: self.status == Some(Status::Retired),
            section: self.section,
            domain: self.domain,
            topic: self.topic,
            level: self.level,
        }
    }

    /// The question as it can be drawn; `links` are its own. None where a part is missing.
    pub(super) fn item(&self, links: &ItemLinks) -> Option<Item> {
        let flow = |text: &Spanned<&str>| flowing(text, self.file_text).into_boxed_str();
        let keys: Vec<ChoiceId> = self.keys.as_ref()?.iter().map(|key| ChoiceId::new(key.value)).collect();
        let choices: Vec<Choice> = self
            .choices
            .as_ref()?
            .iter()
            .map(|(id, text)| (ChoiceId::new(id.value), flow(text)))
            .map(|(id, text)| Choice { why: self.rationale(&id).map(flow), id, text })
            .collect();
        let ratings: Vec<f64> = self.ratings.iter().map(|rating| rating.value).collect();
        Some(Item {
            id: links.id.as_ref()?.value.clone(),
            section: self.section.clone()?,
            domain: self.domain.clone()?,
            topic: self.topic.clone()?,
            level: self.level?,
            status: self.status?,
            angoff: mean(ratings.iter().copied()),
            ratings: if ratings.len() > 1 { ratings.into() } else { Box::default() },
            stem: flow(self.stem.as_ref()?),
            exhibit: self.exhibit.as_ref().map(RawExhibit::exhibit),
            case: links.case.as_ref().map(|case| case.value.clone()),
            key: choices.iter().map(|choice| &choice.id).filter(|id| keys.contains(id)).cloned().collect(),
            choices,
            keep_order: self.keep_order,
            explanation: self.explanation.as_ref().filter(|text| !text.value.trim().is_empty()).map(flow),
            source: self.source.as_ref().map(|source| source.value.trim().into()),
            validity: self.validity,
            enemies: links.enemies.iter().map(|enemy| enemy.value.clone()).collect(),
            references: links.references.iter().map(|sheet| sheet.value.clone()).collect(),
            calculation: self.calculation.as_ref().map(|found| Box::new(found.value.clone())),
        })
    }

    /// The rationale of a choice.
    fn rationale(&self, choice: &ChoiceId) -> Option<&Spanned<&str>> {
        self.why.iter().find(|(id, _)| ChoiceId::new(id.value) == *choice).map(|(_, text)| text)
    }
}
