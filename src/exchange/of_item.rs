//! From a bank's question to what other programs can have of it.

use std::collections::HashMap;
use std::fmt;

use examroom_core::bank::Item;
use examroom_core::bank::braces::{Part, parts};

use crate::draft::{Choice, Draft, Name, choice_id};

impl Draft {
    /// A bank's question. The text of the case that it belongs to stands before its stem.
    #[must_use]
    pub fn of(item: &Item, case: Option<&str>) -> Self {
        let ids: HashMap<&str, char> =
            item.choices.iter().enumerate().map(|(at, choice)| (choice.id.as_str(), choice_id(at))).collect();
        let explained = |text: &str| relabeled(text, &ids);
        let choice = |choice: &examroom_core::bank::Choice| Choice {
            text: choice.text.to_string(),
            why: choice.why.as_deref().map(explained),
            is_key: item.is_key(&choice.id),
        };
        let ratings = if item.ratings.is_empty() { item.angoff.into_iter().collect() } else { item.ratings.to_vec() };
        Self {
            name: Name::Id(item.id.to_string()),
            subjects: vec![item.domain.to_string(), item.topic.to_string()],
            level: Some(item.level),
            ratings,
            status: item.status,
            stem: case.map_or_else(|| item.stem.to_string(), |case| format!("{case}\n\n{}", item.stem)),
            exhibit: item.exhibit.clone(),
            choices: item.choices.iter().map(choice).collect(),
            explanation: item.explanation.as_deref().map(explained),
            source: item.source.as_deref().filter(|source| !source.is_empty()).map(str::to_owned),
            keep_order: item.keep_order,
        }
    }
}

/// A text whose braces name choices by other ids; braces around other words are doubled.
pub(crate) fn relabeled<I: fmt::Display>(text: &str, ids: &HashMap<&str, I>) -> String {
    let part = |part: &Part<'_>| match part {
        // What shows a brace around a word was written with two.
        Part::Text(shown) if is_braced(shown) => format!("{{{shown}}}"),
        Part::Text(text) => (*text).to_owned(),
        Part::Word(word) => match ids.get(word) {
            Some(id) => format!("{{{id}}}"),
            None => format!("{{{{{word}}}}}"),
        },
    };
    parts(text).iter().map(part).collect()
}

/// Whether a text is one word in braces.
fn is_braced(text: &str) -> bool {
    text.starts_with('{') && matches!(parts(text)[..], [Part::Word(_)])
}
