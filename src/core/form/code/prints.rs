//! Hashes of what can change a form or its score, by part, so that a difference can be told.
//!
//! Names, reasons, sources and the sheets of the shelf change neither, and are left out: a reason that was mended leaves
//! a code valid.

use std::fmt;

use super::Field;
use crate::bank::{Bank, Exhibit, Item};
use crate::blueprint::{Blueprint, Figure, Population};
use crate::checksum::Checksum;
use crate::id::{ChoiceId, ItemId};

/// A part of an exam that a code has a hash of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Its id.
    Exam,
    /// Its edition.
    Edition,
    /// Counts, minutes, scale, cut and what is assumed of candidates.
    Blueprint,
    /// The questions in their order: ids, stems, exhibits, choices and keys; and their cases.
    Questions,
    /// The Angoff ratings.
    Ratings,
    /// Section, domain, topic and level, and which questions are calculations.
    Places,
    /// Dates, status and enemies.
    Availability,
    /// One of the parts, whose short hashes agree by chance.
    Unknown,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exam => "the exam",
            Self::Edition => "the edition",
            Self::Blueprint => "the blueprint (exam.toml)",
            Self::Questions => "the questions (texts, choices, keys, cases, or which there are)",
            Self::Ratings => "the ratings",
            Self::Places => "the levels, topics or domains of questions",
            Self::Availability => "the dates, status or enemies of questions",
            Self::Unknown => "something in the bank",
        })
    }
}

/// The hashes of an exam's parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prints {
    exam: Checksum,
    edition: Checksum,
    blueprint: Checksum,
    questions: Checksum,
    ratings: Checksum,
    places: Checksum,
    availability: Checksum,
}

impl Prints {
    /// Of an exam as it stands.
    #[must_use]
    pub fn of(blueprint: &Blueprint, bank: &Bank) -> Self {
        let all = |content: fn(&Item) -> Content| {
            bank.items.iter().fold(Checksum::START, |sum, item| sum.then(&content(item).0))
        };
        let cases = bank.cases.iter();
        let questions = cases.fold(all(question), |sum, (id, text)| sum.then(&case(id.as_str(), text).0));
        Self {
            exam: Checksum::of(blueprint.id.as_str().as_bytes()),
            edition: Checksum::of(blueprint.edition.as_bytes()),
            blueprint: figures(blueprint).sum(),
            questions,
            ratings: all(rating),
            places: all(place),
            availability: all(availability),
        }
    }

    fn parts(&self) -> [Checksum; 7] {
        let Self { exam, edition, blueprint, questions, ratings, places, availability } = self;
        [*exam, *edition, *blueprint, *questions, *ratings, *places, *availability]
    }

    pub(super) fn short(&self) -> Short {
        let parts = self.parts();
        let whole = parts.iter().fold(Checksum::START, |sum, part| sum.then(part.as_bytes()));
        let mut short = Short([0; 8]);
        for ((short, (_, field)), sum) in short.0.iter_mut().zip(FIELDS).zip(parts.iter().chain([&whole])) {
            *short = first_bits(sum.as_bytes(), field);
        }
        short
    }
}

/// Of each part as many bits as tell a difference where it is, and of the whole enough to find any.
const FIELDS: [(Part, Field); 8] = [
    (Part::Exam, Field { bits: 6 }),
    (Part::Edition, Field { bits: 2 }),
    (Part::Blueprint, Field { bits: 7 }),
    (Part::Questions, Field { bits: 7 }),
    (Part::Ratings, Field { bits: 7 }),
    (Part::Places, Field { bits: 7 }),
    (Part::Availability, Field { bits: 7 }),
    (Part::Unknown, Field { bits: 10 }),
];

/// The first bits of the hash of each part and of the whole, as a code holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Short([u32; 8]);

impl Short {
    pub fn put(&self, payload: &mut u128) {
        for ((_, field), value) in FIELDS.iter().zip(self.0) {
            field.put(payload, value);
        }
    }

    pub fn take(payload: &mut u128) -> Self {
        let mut short = Self([0; 8]);
        for ((_, field), value) in FIELDS.iter().zip(&mut short.0).rev() {
            *value = field.take(payload);
        }
        short
    }

    pub fn differences(&self, other: &Self) -> Vec<Part> {
        if self == other {
            return Vec::new();
        }
        let differs = |at: &usize| self.0[*at] != other.0[*at];
        let mut parts: Vec<Part> = (0..FIELDS.len()).filter(differs).map(|at| FIELDS[at].0).collect();
        // The hash of the whole says nothing more where a part is known.
        if parts.len() > 1 {
            parts.retain(|part| *part != Part::Unknown);
        }
        parts
    }

    #[cfg(test)]
    pub fn sample(bytes: [u8; 32]) -> Self {
        let mut at = 0;
        Self(FIELDS.map(|(_, field)| {
            at += 4;
            first_bits(&bytes[at - 4..], field)
        }))
    }
}

fn first_bits(bytes: &[u8], field: Field) -> u32 {
    let first = bytes.first_chunk().copied().unwrap_or_default();
    u32::from_be_bytes(first) >> (u32::BITS - field.bits)
}

/// What is hashed: each text with its length before it, so that no two lists of texts are the same bytes.
#[derive(Default)]
pub(super) struct Content(Vec<u8>);

impl Content {
    fn number(&mut self, number: impl Into<u64>) {
        self.0.extend(number.into().to_le_bytes());
    }

    fn real(&mut self, number: f64) {
        self.number(number.to_bits());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    fn texts<'t>(&mut self, texts: impl ExactSizeIterator<Item = &'t str>) {
        self.number(texts.len() as u64);
        texts.for_each(|text| self.text(text));
    }

    /// Zero or one, and what is there.
    fn option<T>(&mut self, value: Option<T>, add: impl FnOnce(&mut Self, T)) {
        self.number(u64::from(value.is_some()));
        if let Some(value) = value {
            add(self, value);
        }
    }

    pub fn sum(&self) -> Checksum {
        Checksum::of(&self.0)
    }
}

pub(super) fn case(id: &str, text: &str) -> Content {
    let mut content = Content::default();
    content.text(id);
    content.text(text);
    content
}

/// What a candidate reads of a question and answers.
pub(super) fn question(item: &Item) -> Content {
    let mut content = Content::default();
    content.text(item.id.as_str());
    content.text(&item.stem);
    content.option(item.exhibit.as_ref(), |content, exhibit| match exhibit {
        Exhibit::Text(text) => content.text(text),
        Exhibit::Table(table) => {
            content.texts(table.columns.iter().map(String::as_str));
            table.rows.iter().for_each(|row| content.texts(row.iter().map(String::as_str)));
        }
    });
    content.option(item.case.as_ref(), |content, case| content.text(case.as_str()));
    content.texts(item.choices.iter().map(|choice| choice.id.as_str()));
    content.texts(item.choices.iter().map(|choice| choice.text.as_ref()));
    content.texts(item.key.iter().map(ChoiceId::as_str));
    content.number(u64::from(item.keep_order));
    content
}

pub(super) fn rating(item: &Item) -> Content {
    let mut content = Content::default();
    content.option(item.angoff, Content::real);
    item.ratings.iter().for_each(|rating| content.real(*rating));
    content
}

/// Where a question belongs.
pub(super) fn place(item: &Item) -> Content {
    let mut content = Content::default();
    content.texts([item.section.as_str(), item.domain.as_str(), item.topic.as_str(), item.level.word()].into_iter());
    content.number(u64::from(item.calculation.is_some()));
    content
}

/// When and beside what a question may be drawn.
pub(super) fn availability(item: &Item) -> Content {
    let mut content = Content::default();
    content.text(item.status.word());
    for day in [item.validity.from, item.validity.until] {
        content.option(day, |content, day| content.text(&day.to_string()));
    }
    content.texts(item.enemies.iter().map(ItemId::as_str));
    content
}

/// The numbers of a blueprint, without the marks that say where they come from.
pub(super) fn figures(blueprint: &Blueprint) -> Content {
    let mut content = Content::default();
    let scale = &blueprint.scale;
    for points in [&scale.lowest, &scale.pass, &scale.highest] {
        content.number(points.value);
    }
    content.real(blueprint.cut.default_rating.value);
    let share = |content: &mut Content, figure: &Figure<f64>| content.real(figure.value);
    content.option(blueprint.cut.target.as_ref(), share);
    content.option(blueprint.population.as_ref(), |content, population| {
        let Population { pass_rate, spread, likeness, shared_error, rating_error, .. } = population;
        for figure in [pass_rate, spread, likeness, shared_error, rating_error] {
            content.real(figure.value);
        }
        content.option(population.rater_independence.as_ref(), share);
        content.option(population.domain_correlation.as_ref(), share);
    });
    content.option(blueprint.levels, |content, levels| {
        for share in [levels.recall, levels.application, levels.analysis] {
            content.real(share);
        }
    });
    for section in &blueprint.sections {
        content.text(section.id.as_str());
        content.number(section.minutes.value);
        content.text(section.book.word());
        content.option(section.break_after.as_ref(), |content, rule| {
            content.number(rule.minutes.value);
            content.number(u64::from(rule.optional));
        });
        for (domain, count) in blueprint.counts_of(&section.id) {
            content.text(domain.id.as_str());
            content.number(count.scored.value);
            content.number(count.unscored.value);
        }
    }
    content
}
