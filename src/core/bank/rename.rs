//! Where files name a topic, so that it can be renamed everywhere and nothing else is touched.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The places of a topic in the questions of a bank file of this domain, each with its quotes; `None` where the file
/// breaks the rules of TOML, and nothing can be said for sure.
#[must_use]
pub fn topic_places(text: &str, domain: &str, topic: &str) -> Option<Vec<Range<usize>>> {
    let document = DeTable::parse(text).ok()?;
    let table = document.get_ref();
    if table.get("domain").and_then(|found| found.get_ref().as_str()) != Some(domain) {
        return Some(Vec::new());
    }
    let Some(DeValue::Array(items)) = table.get("item").map(toml::Spanned::get_ref) else { return Some(Vec::new()) };
    let topics = items.iter().filter_map(|item| match item.get_ref() {
        DeValue::Table(item) => item.get("topic"),
        _ => None,
    });
    Some(topics.filter(|found| found.get_ref().as_str() == Some(topic)).map(toml::Spanned::span).collect())
}

/// The place where a blueprint names a topic of a domain, as a key.
#[must_use]
pub fn topic_key(text: &str, domain: &str, topic: &str) -> Option<Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    let DeValue::Array(domains) = document.get_ref().get("domain")?.get_ref() else { return None };
    let topics = domains.iter().find_map(|found| match found.get_ref() {
        DeValue::Table(found) if found.get("id").and_then(|id| id.get_ref().as_str()) == Some(domain) => {
            found.get("topics")
        }
        _ => None,
    })?;
    let DeValue::Table(topics) = topics.get_ref() else { return None };
    topics.keys().find(|key| key.get_ref().as_ref() == topic).map(toml::Spanned::span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_a_topic_is_found_and_no_other() {
        let bank = "domain = \"law\" # topic = \"x\"\n[[item]]\ntopic = \"x\"\nstem = \"topic = 'x'\"\n[[item]]\ntopic = 'x'\n\
                    [[item]]\ntopic = \"y\"\n";
        let places = topic_places(bank, "law", "x").unwrap();
        assert_eq!(places.iter().map(|place| &bank[place.clone()]).collect::<Vec<_>>(), ["\"x\"", "'x'"]);
        assert_eq!(topic_places(bank, "other", "x"), Some(Vec::new()));
        assert_eq!(topic_places("a = ", "law", "x"), None);
        let exam = "[[domain]]\nid = \"a\"\n[domain.topics]\nx = \"X\"\n[[domain]]\nid = \"b\"\ntopics = { x = \"X\", y = \"x\" }\n";
        let key = topic_key(exam, "b", "x").unwrap();
        assert_eq!((&exam[key.clone()], key.start > 50), ("x", true));
        assert_eq!(topic_key(exam, "b", "z"), None);
    }
}
