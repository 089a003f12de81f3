//! Questions that are nearly the same: however many there are, the author is told once.

use std::fmt::Write as _;

use examroom::document::Code;

use crate::folder::Laid;

/// A file of the small exam with these questions: an id, a stem, and lines of its own.
fn file<'q>(questions: impl IntoIterator<Item = (&'q str, &'q str, &'q str)>) -> String {
    let mut text = "exam = \"small\"\ndomain = \"law\"\nsection = \"closed\"\n".to_owned();
    for (id, stem, lines) in questions {
        let _ = write!(
            text,
            "\n[[item]]\nid = \"{id}\"\ntopic = \"consent\"\nlevel = \"recall\"\nangoff = 0.7\nstem = \"{stem}\"\n\
             key = \"a\"\nsource = \"The manual\"\n{lines}[item.choices]\na = \"An authorization\"\nb = \"A stamp\"\n\
             [item.why]\na = \"It is the patient's record.\"\nb = \"The clerk only files it.\"\n"
        );
    }
    text
}

fn copies(of: &str, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{of}-{number}")).collect()
}

/// The messages about near-copies in the small exam with these files.
fn told<'f>(files: impl IntoIterator<Item = &'f String>) -> Vec<String> {
    let laid = Laid::good();
    for (number, text) in files.into_iter().enumerate() {
        laid.write(&format!("more-{number:02}.toml"), text);
    }
    let findings = laid.read().findings;
    findings.iter().filter(|found| found.code == Code::NearDuplicate).map(|found| found.message.clone()).collect()
}

const STEM: &str = "Which form must be signed before a record is sent to a lawyer?";

#[test]
fn a_question_that_stands_in_the_bank_many_times_is_one_finding() {
    for count in [3, 9, 40, 41, 60, 400] {
        let ids = copies("q", count);
        let said = told([&file(ids.iter().map(|id| (id.as_str(), STEM, "")))]);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(
            said[0].starts_with(&format!("{count} questions are nearly the same: `q-1`, `q-2`, `q-3`")),
            "{said:?}"
        );
        assert_eq!(said[0].contains(" more"), count > 8, "{said:?}");
    }
}

#[test]
fn copies_in_many_files_are_one_finding_for_each_question() {
    let stems: Vec<(String, String)> = (0..20)
        .map(|number| {
            let words: Vec<String> = (0..12).map(|word| format!("word{}", number * 100 + word)).collect();
            (format!("q{number}"), words.join(" "))
        })
        .collect();
    let files: Vec<String> = (0..20)
        .map(|number| {
            let ids: Vec<String> = stems.iter().map(|(id, _)| format!("{id}-{number}")).collect();
            file(ids.iter().zip(&stems).map(|(id, (_, stem))| (id.as_str(), stem.as_str(), "")))
        })
        .collect();
    let said = told(&files);
    assert_eq!(said.len(), 20, "{said:?}");
    assert!(said.iter().all(|said| said.starts_with("20 questions")), "{said:?}");
}

#[test]
fn what_is_told_of_a_group_shows_two_of_its_places() {
    let stems = [STEM.to_owned(), STEM.replace("lawyer", "court"), STEM.replace("lawyer", "payer")];
    let questions = ["lawyer", "court", "payer"].into_iter().zip(&stems).map(|(id, stem)| (id, stem.as_str(), ""));
    insta::assert_snapshot!(Laid::good().write("broken.toml", file(questions)).findings());
}

#[test]
fn enemies_are_no_near_copies_of_each_other_but_of_the_third() {
    let enemies = "enemies = [\"one\"]\n";
    assert_eq!(told([&file([("one", STEM, ""), ("two", STEM, enemies)])]), Vec::<String>::new());
    let three = [("one", STEM, ""), ("two", STEM, enemies), ("three", STEM, "")];
    assert_eq!(told([&file(three)]), ["3 questions are nearly the same: `one`, `two`, `three`"]);
}

#[test]
fn a_retired_question_is_nobodys_copy() {
    assert_eq!(told([&file([("old", STEM, "status = \"retired\"\n"), ("new", STEM, "")])]), Vec::<String>::new());
}

#[test]
fn thousands_of_stems_that_differ_in_a_number_are_one_group() {
    let questions: Vec<(String, String)> = (0..5_000)
        .map(|number| (format!("q{number}"), STEM.replace("a record", &format!("record {number}"))))
        .collect();
    let said = told([&file(questions.iter().map(|(id, stem)| (id.as_str(), stem.as_str(), "")))]);
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("5000 questions are nearly the same"), "{said:?}");
}
