//! Where things stand in a bank file, for those who change it and leave everything else as its author wrote it.

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
}
