//! The pages that explain findings show a bad and a good example; the check finds the bad one and nothing in the good one.

use std::fmt::Write as _;

use examroom_core::diagnostics::Code;

use crate::folder::Laid;

/// The codes whose pages show questions, each as lines for a bank file.
const SHOWN: &[Code] = &[Code::UNFOCUSED_STEM, Code::NO_QUESTION, Code::VAGUE_SOURCE, Code::UNRELIABLE_SOURCE];

/// The questions that a page shows, in its order.
fn examples(code: Code) -> Vec<String> {
    let shown = code.explanation().split("\n\n").filter(|paragraph| paragraph.starts_with("    stem = "));
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

#[test]
fn the_bad_example_of_a_page_is_found_and_the_good_one_is_sound() {
    for code in SHOWN {
        let examples = examples(*code);
        let found: Vec<Vec<Code>> = examples
            .iter()
            .map(|example| {
                let file = format!("exam = \"small\"\ndomain = \"law\"\nsection = \"closed\"\n\n{}", question(example));
                let reading = Laid::good().write("9.toml", file).read();
                reading.diagnostics.iter().map(|finding| finding.code).collect()
            })
            .collect();
        assert_eq!(found, [vec![*code], vec![]], "{code}: {examples:#?}");
    }
}
