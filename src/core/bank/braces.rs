//! Braces in rationales. A choice has another letter in every sitting, so a rationale calls it by its id: `{b}` stands
//! for the letter that choice b has. `{{b}}` is for a text that is to show `{b}` itself. All other braces are text.

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// Shown as it stands.
    Text(&'t str),
    /// What stands between single braces, if it is one word: the id of a choice, or else text with its braces.
    Word(&'t str),
}

/// The stretches of a text, in its order.
#[must_use]
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|offset| at + offset) {
        let double = text[open + 1..].starts_with('{');
        let inner = open + 1 + usize::from(double);
        let word = word(&text[inner..]);
        let closed = inner + word.len() + 1;
        if word.is_empty() || !text[closed - 1..].starts_with(if double { "}}" } else { "}" }) {
            at = open + 1;
            continue;
        }
        parts.push(Part::Text(&text[from..open]));
        // Of double braces the inner pair is shown.
        parts.push(if double { Part::Text(&text[open + 1..closed]) } else { Part::Word(word) });
        from = closed + usize::from(double);
        at = from;
    }
    parts.push(Part::Text(&text[from..]));
    parts.retain(|part| *part != Part::Text(""));
    parts
}

/// The characters of an id that a text begins with.
fn word(text: &str) -> &str {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\u{300}'..='\u{36f}');
    &text[..text.find(|c| !fits(c)).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    /// The text as it is shown where the id `a` has the letter Z.
    fn shown(text: &str) -> String {
        let part = |part: &Part<'_>| match part {
            Part::Text(text) => (*text).to_owned(),
            Part::Word("a") => "Z".to_owned(),
            Part::Word(word) => format!("{{{word}}}"),
        };
        parts(text).iter().map(part).collect()
    }

    #[test]
    fn a_word_in_braces_is_an_id_and_double_braces_are_single_ones() {
        for (text, wanted) in [
            ("unlike {a} and {b}", "unlike Z and {b}"),
            ("{a}{a}", "ZZ"),
            ("{{a}}", "{a}"),
            ("{{{a}}}", "{{a}}"),
            ("{{name}} and {dob}", "{name} and {dob}"),
            ("{{a} {a}}", "{Z Z}"),
            ("a {set of things}, { }, {}, { a }, {a", "a {set of things}, { }, {}, { a }, {a"),
            ("{\"a\": {\"b\": 1}}", "{\"a\": {\"b\": 1}}"),
            ("}} {{ é {é}", "}} {{ é {é}"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
