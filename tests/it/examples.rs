//! The pages that explain findings show a bad and a good example; the check finds the bad one and nothing in the good one.

use std::fmt::Write as _;

use examroom_core::diagnostics::Code;

use crate::bank_text::small_file;
use crate::folder::Laid;

/// The codes whose pages show questions, each as lines for a bank file.
const SHOWN: &[Code] = &[
    Code::UNFOCUSED_STEM,
    Code::NO_QUESTION,
    Code::VAGUE_SOURCE,
    Code::UNRELIABLE_SOURCE,
    Code::OVERLAPPING_RANGES,
    Code::GRAMMATICAL_CUE,
    Code::CLANG_ASSOCIATION,
];

/// The questions that a page shows, in its order.
fn examples(code: Code) -> Vec<String> {
    let is_shown = |paragraph: &&str| ["    stem = ", "    angoff = "].iter().any(|field| paragraph.starts_with(field));
    let shown = code.explanation().split("\n\n").filter(is_shown);
    shown.map(|block| block.lines().map(str::trim_start).collect::<Vec<_>>().join("\n") + "\n").collect()
}

/// The question of an example, with what it leaves out.
fn question(example: &str) -> String {
    let (fields, choices) = example.split_once("[item.choices]\n").unwrap();
    let mut text = "[[item]]\nid = \"one\"\ntopic = \"consent\"\nlevel = \"recall\"\n".to_owned();
    for (field, line) in [("angoff", "angoff = 0.7\n"), ("source", "source = \"The manual\"\n")] {
        text.push_str(if fields.contains(&format!("{field} = ")) { "" } else { line });
    }
    let _ = write!(text, "{fields}[item.choices]\n{choices}[item.why]\n");
    for choice in choices.lines() {
        let _ = writeln!(text, "{} = \"It says so.\"", choice.split(' ').next().unwrap());
    }
    text
}

/// What is found in questions of the small exam.
fn found(questions: &str) -> Vec<Code> {
    Laid::good().write("9.toml", small_file(questions)).read().diagnostics.iter().map(|finding| finding.code).collect()
}

#[test]
fn the_bad_example_of_a_page_is_found_and_the_good_one_is_sound() {
    for code in SHOWN {
        let examples = examples(*code);
        let found: Vec<Vec<Code>> = examples.iter().map(|example| found(&question(example))).collect();
        assert_eq!(found, [vec![*code], vec![]], "{code}: {examples:#?}");
    }
}

#[test]
fn the_ratings_that_a_page_shows_as_copied_are_found_and_the_others_are_sound() {
    let stems = ["Who signs the form?", "Where is the stamp set?", "How long is a ledger lent?"];
    let rated = |(line, stem): (&str, &str)| {
        let choices = "[item.choices]\na = \"It is in the manual\"\nb = \"Nobody knows\"\n";
        question(&format!("{line}\nstem = \"{stem}\"\nkey = \"a\"\n{choices}"))
            .replace("\"one\"", &format!("\"{}\"", &stem[..3]))
    };
    let file = |example: &String| found(&example.lines().zip(stems).map(rated).collect::<String>());
    let found: Vec<Vec<Code>> = examples(Code::COPIED_RATINGS).iter().map(file).collect();
    assert_eq!(found, [vec![Code::COPIED_RATINGS], vec![]]);
}
