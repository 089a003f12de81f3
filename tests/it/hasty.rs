//! An exam whose time runs out while a test waits.

use std::path::Path;

/// Sixty questions in a minute: a rehearsal of two has two seconds.
pub fn hasty_exam(banks: &Path) {
    let exam = banks.join("hasty");
    std::fs::create_dir(&exam).unwrap();
    let blueprint = include_str!("../fixtures/stable/exam.toml")
        .replace("\"stable\"", "\"hasty\"")
        .replace("questions = 12", "questions = 60")
        .replace("minutes = 20", "minutes = 1")
        .replace("scored = 10, unscored = 2", "scored = 60, unscored = 0");
    std::fs::write(exam.join("exam.toml"), blueprint).unwrap();
    let questions: Vec<String> = (1..=60)
        .map(|number| {
            format!(
                "[[item]]\nid = \"q{number}\"\ntopic = \"t\"\nlevel = \"recall\"\nstem = \"Question {number}?\"\n\
                 key = \"a\"\nchoices = {{ a = \"A\", b = \"B\" }}\n"
            )
        })
        .collect();
    std::fs::write(exam.join("bank.toml"), format!("exam = \"hasty\"\ndomain = \"one\"\n{}", questions.concat()))
        .unwrap();
}
