//! What a question is told about its wording, shown by questions that have it and questions that only look like it.

use examroom::document::Code;

use crate::folder::Laid;

/// A question without a fault.
const QUESTION: &str = r#"exam = "small"
domain = "law"
section = "closed"

[[item]]
id = "one"
topic = "consent"
level = "recall"
angoff = 0.7
stem = "Who signs the form?"
key = "a"
source = "The manual"
[item.choices]
a = "The patient"
b = "The clerk"
c = "The physician"
d = "The insurer"
[item.why]
a = "It is the patient's record."
b = "The clerk only files it."
c = "The physician only writes in it."
d = "The insurer only pays for it."
"#;

/// The small exam with this question changed: parts of its text, and what stands there instead.
fn laid(changes: &[(&str, &str)]) -> Laid {
    let mut text = QUESTION.to_owned();
    for (part, instead) in changes {
        assert!(text.contains(part), "{part}");
        text = text.replacen(part, instead, 1);
    }
    let laid = Laid::good();
    laid.write("9.toml", text);
    laid
}

/// The codes of what is found then, in the order of the file.
fn codes(changes: &[(&str, &str)]) -> Vec<Code> {
    let reading = laid(changes).read();
    reading.findings.sorted(&reading.files).iter().map(|finding| finding.code).collect()
}

#[test]
fn choices_that_look_the_same_are_an_error_and_capitals_are_only_advice() {
    let choices = |one: &str, other: &str| {
        codes(&[("\"The patient\"", &format!("\"{one}\"")), ("\"The clerk\"", &format!("\"{other}\""))])
    };
    for same in ["caf\u{e9} au lait", " cafe\u{301} au lait ", "caf\u{e9}\u{a0} au  lait", "caf\\u00e9 au\\tlait"] {
        assert_eq!(choices("caf\u{e9} au lait", same), [Code::DuplicateChoice], "{same}");
    }
    for hidden in ["\u{200b}", "\u{2063}", "\u{34f}", "\u{fe0f}", "\\u00ad"] {
        let found = choices("The mother", &format!("The m{hidden}other"));
        assert!(found.contains(&Code::DuplicateChoice), "{hidden:?}: {found:?}");
    }
    for (one, other) in [("true", "TRUE"), ("Yes", "yes."), ("\u{c9}tat", "\u{e9}tat")] {
        assert_eq!(choices(one, other), [Code::ChoicesAlike], "{one}");
    }
    for (one, other) in [("CO2", "CO\u{b2}"), ("5 mg", "5 g"), ("10.5", "105"), ("A-B", "AB")] {
        assert_eq!(choices(one, other), [], "{one}");
    }
}

#[test]
fn a_text_of_characters_that_cannot_be_seen_is_empty() {
    for nothing in ["", " ", "\u{200b}", "\\u3164\\t", "\u{2063} \u{a0}"] {
        assert!(codes(&[("\"The clerk\"", &format!("\"{nothing}\""))]).contains(&Code::EmptyText), "{nothing:?}");
        assert!(codes(&[("\"Who signs the form?\"", &format!("\"{nothing}\""))]).contains(&Code::EmptyText));
    }
}
