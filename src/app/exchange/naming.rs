//! Ids of questions that come in: the same question has the same id whenever its file is imported again, also when others
//! were put before it.

use std::collections::{BTreeMap, BTreeSet};

use examroom_core::checksum::Checksum;
use examroom_core::text::visible;
use examroom_exchange::{Draft, Name};

/// The longest id that an import makes, in characters.
const LONGEST: usize = 60;
/// So many words of a stem make an id that can be told from others.
pub(super) const WORDS: usize = 4;

/// The ids of questions, in their order. `origin` is the name of the file that each comes from.
pub(super) fn ids(questions: &[(&Draft, &str, &str)]) -> Vec<String> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    let by_name = |(draft, origin, _): &(&Draft, &str, &str)| match &draft.name {
        Name::Id(id) if is_id(id) => Some(id.clone()),
        Name::Id(title) | Name::Title(title) => {
            Some(slug(&format!("{origin} {title}"), LONGEST)).filter(|id| !id.is_empty())
        }
        Name::None => None,
    };
    let names: Vec<Option<String>> = questions.iter().map(by_name).collect();
    for name in names.iter().flatten() {
        *uses.entry(name.clone()).or_default() += 1;
    }
    let by_stem: Vec<String> =
        questions.iter().map(|(draft, _, domain)| by_text(domain, &draft.stem, &visible(&draft.stem))).collect();
    let mut stems: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for ((draft, ..), id) in questions.iter().zip(&by_stem) {
        stems.entry(id).or_default().insert(content(draft));
    }
    let mut ids = Vec::with_capacity(questions.len());
    for ((question, name), by_stem) in questions.iter().zip(names).zip(&by_stem) {
        let (draft, _, domain) = question;
        ids.push(match name {
            // A title that stands over several questions tells none of them from the others.
            Some(name) if uses[&name] == 1 => name,
            _ if stems[by_stem.as_str()].len() == 1 => by_stem.clone(),
            // Questions that are worded alike and differ in their choices.
            _ => by_text(domain, &draft.stem, &content(draft)),
        });
    }
    ids
}

/// What makes two questions the same.
pub(super) fn content(draft: &Draft) -> String {
    let mut choices: Vec<String> = draft.choices.iter().map(|choice| visible(&choice.text)).collect();
    choices.sort_unstable();
    format!("{}\n{}", visible(&draft.stem), choices.join("\n"))
}

/// `legal-patient-asks-in-writing-3fa9c1`
fn by_text(domain: &str, stem: &str, told_apart_by: &str) -> String {
    const DIGITS: usize = 6;
    let words: Vec<&str> = stem.split_whitespace().filter(|word| word.chars().count() > 2).take(WORDS).collect();
    let readable = slug(&format!("{domain} {}", words.join(" ")), LONGEST - DIGITS - 1);
    format!("{readable}-{}", &Checksum::of(told_apart_by.as_bytes()).short()[..DIGITS])
}

/// A text as an id can hold it: small letters and digits, with hyphens between words.
pub(super) fn slug(text: &str, longest: usize) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(longest).collect();
    slug.trim_end_matches('-').to_owned()
}

/// Whether a bank takes a text as an id.
fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    (1..=80).contains(&text.chars().count()) && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_exchange::Choice;

    fn draft(name: Name, stem: &str, choices: [&str; 2]) -> Draft {
        let choices = choices.map(|text| Choice { text: text.to_owned(), ..Choice::default() }).into();
        Draft { name, stem: stem.to_owned(), choices, ..Draft::default() }
    }

    fn named(drafts: &[Draft]) -> Vec<String> {
        ids(&drafts.iter().map(|draft| (draft, "Week 3.csv", "legal")).collect::<Vec<_>>())
    }

    #[test]
    fn an_id_is_the_authors_or_follows_from_the_text() {
        let title = |title: &str| Name::Title(title.to_owned());
        let drafts = [
            draft(Name::Id("legal-001".to_owned()), "One?", ["a", "b"]),
            draft(title("Q 7"), "Two?", ["a", "b"]),
            draft(title("Question"), "Who owns the record of a patient?", ["a", "b"]),
            draft(title("Question"), "Which is true?", ["a", "b"]),
            draft(Name::None, "Which is true?", ["c", "d"]),
        ];
        let ids = named(&drafts);
        assert_eq!(ids[..2], ["legal-001", "week-3-csv-q-7"]);
        assert!(ids[2].starts_with("legal-who-owns-the-record-"), "{ids:?}");
        assert_ne!(ids[3], ids[4]);
        let mut turned: Vec<Draft> = drafts.into();
        turned.reverse();
        let mut again = named(&turned);
        again.reverse();
        assert_eq!(again, ids, "the order makes no difference");
    }
}
