//! Where things stand in a bank file, for those who change it and leave everything else as its author wrote it.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Which questions a bank file is for, as its top says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Top {
    /// The domain of its questions.
    pub domain: String,
    /// Their section, where it is named.
    pub section: Option<String>,
}

/// What the top of a bank file says; `None` where it names no domain, or the file breaks the rules of TOML.
#[must_use]
pub fn top(text: &str) -> Option<Top> {
    let document = DeTable::parse(text).ok()?;
    let named = |field: &str| document.get_ref().get(field)?.get_ref().as_str().map(str::to_owned);
    // Behind a list between brackets, as in `item = [{ … }]`, no further question can be written.
    let is_closed = document.get_ref().get("item").is_some_and(|items| {
        let begins = text.get(items.span()).unwrap_or_default();
        !matches!(items.get_ref(), DeValue::Array(_)) || !begins.starts_with("[[")
    });
    Some(Top { domain: named("domain")?, section: named("section") }).filter(|_| !is_closed)
}

/// Where a field stands: its name, and what is behind the equals sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub key: Range<usize>,
    /// Its value, with the quotes.
    pub value: Range<usize>,
}

/// Where the parts of a question stand in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionPlaces {
    /// The fields that are no tables.
    pub fields: BTreeMap<String, Place>,
    /// The choices by id.
    pub choices: BTreeMap<String, Place>,
    /// The reasons by the id of their choice.
    pub why: BTreeMap<String, Place>,
    /// What a table of the exhibit is made of.
    pub exhibit: BTreeMap<String, Place>,
    /// Behind the last line of the question: where a table can be added to it.
    pub end: usize,
}

/// The questions of a bank file by id; `None` where the file breaks the rules of TOML.
#[must_use]
pub fn question_places(text: &str) -> Option<BTreeMap<String, QuestionPlaces>> {
    let document = DeTable::parse(text).ok()?;
    let Some(DeValue::Array(items)) = document.get_ref().get("item").map(Spanned::get_ref) else {
        return Some(BTreeMap::new());
    };
    let questions = items.iter().filter_map(|item| match item.get_ref() {
        DeValue::Table(item) => Some((item.get("id")?.get_ref().as_str()?.to_owned(), question(item, text))),
        _ => None,
    });
    Some(questions.collect())
}

fn question(item: &DeTable<'_>, text: &str) -> QuestionPlaces {
    let table = |name: &str| match item.get(name).map(Spanned::get_ref) {
        Some(DeValue::Table(table)) => fields(table),
        _ => BTreeMap::new(),
    };
    let last = end(item);
    QuestionPlaces {
        fields: fields(item),
        choices: table("choices"),
        why: table("why"),
        exhibit: table("exhibit"),
        end: text[last..].find('\n').map_or(text.len(), |at| last + at + 1),
    }
}

/// The fields of a table that are no tables themselves.
fn fields(table: &DeTable<'_>) -> BTreeMap<String, Place> {
    let plain = table.iter().filter(|(_, value)| !matches!(value.get_ref(), DeValue::Table(_)));
    plain.map(|(key, value)| (key.get_ref().to_string(), Place { key: key.span(), value: value.span() })).collect()
}

/// Where the last value of a table ends, also within the tables in it.
fn end(table: &DeTable<'_>) -> usize {
    let ends = table.values().map(|value| match value.get_ref() {
        // A table between braces ends behind its last value.
        DeValue::Table(inner) => end(inner).max(value.span().end),
        _ => value.span().end,
    });
    ends.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_says_which_questions_belong_into_a_file() {
        let law = Top { domain: "law".to_owned(), section: None };
        assert_eq!(top("domain = 'law'\n"), Some(law.clone()));
        assert_eq!(top("domain = 'law'\n[[item]]\nid = 'a'\n[item.choices]\na = 'x'\n[[item]]\nid = 'b'\n"), Some(law));
        assert_eq!(top("section = 's'\ndomain = 'law'\n").and_then(|top| top.section), Some("s".to_owned()));
        for other in ["exam = 'x'\n", "domain = \n", "domain = 'law'\nitem = [{ id = 'a' }]\n"] {
            assert_eq!(top(other), None, "{other}");
        }
    }

    #[test]
    fn the_parts_of_a_question_are_found_and_its_end_lies_behind_its_tables() {
        let text = "[[item]]\nid = \"a\" # first\nstem = \"\"\"\nWhy?\"\"\"\nvalid = { from = 2026-01-01 }\n[item.choices]\n\
                    x = 'one'\n[item.why]\nx = 'so' # it is\n# next\n[[item]]\nid = 'b'\nchoices = { x = \"1\", y = \"2\" }\n";
        let questions = question_places(text).unwrap();
        let a = &questions["a"];
        let shown = |place: &Place| (&text[place.key.clone()], &text[place.value.clone()]);
        assert_eq!(shown(&a.fields["stem"]), ("stem", "\"\"\"\nWhy?\"\"\""));
        assert_eq!((shown(&a.choices["x"]), shown(&a.why["x"])), (("x", "'one'"), ("x", "'so'")));
        assert!(text[a.end..].starts_with("# next\n"), "{}", &text[a.end..]);
        let b = &questions["b"];
        assert_eq!(shown(&b.choices["y"]), ("y", "\"2\""));
        assert_eq!(b.end, text.len());
        assert_eq!(question_places("a ="), None);
    }
}
