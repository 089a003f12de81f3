//! The shipped files as a program without diagnostics would read them: plain structs, and what serde makes of them.
//! Nothing is left out and nothing is checked.

#![allow(dead_code, reason = "the fields are there to be deserialised")]

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::value::Datetime;

/// One file of an exam.
pub enum File {
    Exam(Box<Exam>),
    Bank(Bank),
    Sheet(Sheet),
    Synonyms(Synonyms),
}

impl File {
    pub fn read(name: &str, text: &str) -> Self {
        if name.ends_with("exam.toml") {
            Self::Exam(Box::new(toml::from_str(text).unwrap()))
        } else if name.ends_with("synonyms.toml") {
            Self::Synonyms(toml::from_str(text).unwrap())
        } else if name.contains("references") {
            Self::Sheet(toml::from_str(text).unwrap())
        } else {
            Self::Bank(toml::from_str(text).unwrap())
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    exam: String,
    domain: String,
    section: Option<String>,
    allow: Option<BTreeMap<String, Allowed>>,
    #[serde(default)]
    case: Vec<Case>,
    #[serde(default)]
    item: Vec<Item>,
}

/// Why a finding is let pass: everywhere, or with single questions.
#[derive(Deserialize)]
#[serde(untagged)]
enum Allowed {
    Everywhere(String),
    With(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: String,
    section: Option<String>,
    topic: String,
    level: String,
    status: Option<String>,
    angoff: Option<Angoff>,
    stem: String,
    explanation: Option<String>,
    exhibit: Option<Exhibit>,
    case: Option<String>,
    keep_order: Option<bool>,
    source: Option<String>,
    valid: Option<Valid>,
    #[serde(default)]
    enemies: Vec<String>,
    #[serde(default)]
    references: Vec<String>,
    key: Key,
    choices: BTreeMap<String, String>,
    #[serde(default)]
    why: BTreeMap<String, String>,
    calculation: Option<Calculation>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Angoff {
    One(f64),
    Several(Vec<f64>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Exhibit {
    Text(String),
    Table { columns: Vec<String>, rows: Vec<Vec<String>> },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Key {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Valid {
    from: Option<Datetime>,
    until: Option<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calculation {
    formula: String,
    decimals: u32,
    values: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    title: String,
    source: String,
    #[serde(default)]
    holds: String,
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synonyms {
    synonyms: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    heading: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    rows: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exam {
    id: String,
    name: String,
    owner: Option<String>,
    edition: String,
    succeeded_by: Option<String>,
    questions: Figure<u32>,
    levels: Option<BTreeMap<String, f64>>,
    allow: Option<BTreeMap<String, Allowed>>,
    not_sources: Option<Vec<String>>,
    scale: Scale,
    cut: Cut,
    population: Population,
    section: Vec<Section>,
    domain: Vec<Domain>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figure<T> {
    value: T,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scale {
    lowest: Figure<u32>,
    pass: Figure<u32>,
    highest: Figure<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cut {
    without_ratings: Figure<f64>,
    target: Option<Figure<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Population {
    pass_rate: Figure<f64>,
    spread: Figure<f64>,
    likeness: Figure<f64>,
    shared_error: Figure<f64>,
    rating_error: Figure<f64>,
    rater_independence: Figure<f64>,
    domain_correlation: Figure<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    id: String,
    name: String,
    minutes: Figure<u32>,
    book: String,
    break_after: Option<Break>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Break {
    minutes: Figure<u32>,
    optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Domain {
    id: String,
    name: String,
    weight: Option<Figure<String>>,
    counts: BTreeMap<String, Count>,
    topics: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    scored: Figure<u32>,
    unscored: Figure<u32>,
}
