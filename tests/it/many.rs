//! What is shown of a bank's findings, from one to thousands: standard output, in full while they are few, and as a digest
//! that can be read in a minute where they are many.

use crate::bank_text::{Question, SOUND, small_file, sound};
use crate::folder::Laid;
use crate::support::{Said, examroom, run};

/// A question without rating and source, as a converter leaves it.
fn bare(id: &str) -> String {
    let (stem, patient, clerk) =
        (format!("Who signs form {id}?"), format!("The patient {id}"), format!("The clerk of {id}"));
    Question { id, stem: &stem, angoff: "", source: "", choices: &[&patient, &clerk], ..SOUND }.to_string()
}

fn key_b(question: &str) -> String {
    question.replace("key = \"a\"", "key = \"b\"")
}

fn file(questions: impl Iterator<Item = String>) -> String {
    small_file(&questions.collect::<String>())
}

/// A bank of five files more, with `questions` bare questions each.
fn converted(questions: usize) -> Laid {
    let laid = Laid::good();
    for part in ["3-first", "4-second", "5-third", "6-fourth", "7-fifth"] {
        let question = |at: usize| {
            let question = bare(&format!("{part}-{at}"));
            if at.is_multiple_of(2) { question } else { key_b(&question) }
        };
        laid.write(&format!("{part}.toml"), file((0..questions).map(question)));
    }
    laid
}

fn said(laid: &Laid, command: &[&str]) -> Said {
    let data = tempfile::tempdir().unwrap();
    let parent = laid.folder.parent().unwrap();
    let mut examroom = examroom(data.path());
    examroom.current_dir(parent).args(["--banks", "."]).args(command);
    run(examroom, "")
}

#[test]
fn a_few_findings_are_each_shown_whole_in_the_order_of_file_and_line() {
    let laid = Laid::good();
    laid.write("3-bare.toml", file(["one", "two"].into_iter().map(bare)));
    laid.write("2-more.toml", file(std::iter::once(sound("three").replace("key = \"a\"", "key = \"e\""))));
    let said = said(&laid, &["bank", "check", "small"]);
    insta::assert_snapshot!("a_few_findings", said.out);
    assert_eq!((said.err.as_str(), said.code), ("", Some(3)), "what is found is the answer, and no remark");
}

#[test]
fn many_findings_are_told_by_code_with_the_first_of_each_and_where_others_stand() {
    let laid = converted(60);
    let said = said(&laid, &["bank", "check", "small"]);
    insta::assert_snapshot!("many_findings", said.out);
    assert_eq!((said.err.as_str(), said.code), ("", Some(0)));
    assert!(said.out.lines().count() < 100);
}

#[test]
fn errors_come_before_advice_and_many_kinds_have_one_example_each() {
    let laid = converted(4);
    let faulty = (0..30).map(|at| {
        let question = sound(&format!("faulty-{at}"));
        match at % 10 {
            0 => question.replace("consent", "consnt"),
            1 => question.replace("\"recall\"", "\"recal\""),
            2 => question.replace("key = \"a\"", "key = \"e\""),
            3 => question.replace("0.7", "70"),
            4 => question.replace("key =", "stauts = \"retired\"\nkey ="),
            5 => question.replace("key = \"a\"", "key = [\"a\", \"b\"]"),
            6 => question.replace("key = \"a\"\n", ""),
            7 => question.replace("\"The manual\"", "7"),
            8 => question.replace("b = \"The clerk only files it.\"\n", ""),
            _ => question.replace("key =", "enemies = [\"nobody\"]\nkey ="),
        }
    });
    laid.write("8-faulty.toml", file(faulty));
    let said = said(&laid, &["bank", "check", "small"]);
    insta::assert_snapshot!("many_kinds", said.out);
    assert_eq!(said.code, Some(3));
}

#[test]
fn all_shows_each_finding_and_plain_has_no_table() {
    let laid = converted(60);
    let all = said(&laid, &["bank", "check", "small", "--all"]).out;
    assert_eq!(all.matches("warning[no-rating]").count(), 300);
    assert!(!all.contains(" more of "), "nothing is left to be counted");
    assert!(all.contains("small: 600 warnings; explained by: examroom bank explain CODE\n"), "{all}");
    let plain = said(&laid, &["bank", "check", "small", "--plain"]).out;
    assert!(plain.contains("\n300 warnings no-rating: a question has no Angoff rating.\n"), "{plain}");
}

#[test]
fn twenty_findings_are_shown_whole_and_one_more_only_by_all() {
    let laid = Laid::good();
    let with = |count: usize| {
        let question = |at: usize| sound(&format!("form-{at:02}")).replace("source = \"The manual\"\n", "");
        let questions = (0..count).map(|at| if at.is_multiple_of(2) { question(at) } else { key_b(&question(at)) });
        laid.write("3-bare.toml", file(questions));
        ["", "--all"].map(|extent| {
            let command: Vec<&str> =
                ["bank", "check", "small", extent].into_iter().filter(|word| !word.is_empty()).collect();
            said(&laid, &command).out
        })
    };
    let shown = |said: &str| {
        let heads = said.lines().filter_map(|line| line.strip_prefix("warning[no-source]: `form-"));
        heads.map(|rest| rest[..2].parse().unwrap()).collect::<Vec<usize>>()
    };
    let [some, all] = with(20);
    assert_eq!(shown(&some), (0..20).collect::<Vec<_>>());
    assert_eq!(some, all);
    let [some, all] = with(21);
    assert_eq!(shown(&some), [0, 1, 2], "a digest");
    assert!(some.contains("each of them: --all\n"), "{some}");
    assert_eq!(shown(&all), (0..21).collect::<Vec<_>>(), "in the order of the lines");
    assert_eq!(all.matches("= help: add, for example, source").count(), 21, "each with what to do");
    assert!(all.contains("small: 21 warnings; explained by: examroom bank explain CODE\n"), "{all}");
    assert!(!all.contains("--all"), "{all}");
}

#[test]
fn an_exam_that_cannot_start_tells_what_is_wrong_as_briefly() {
    let laid = Laid::good();
    laid.write(
        "3-keys.toml",
        file((0..500).map(|at| sound(&format!("key-{at}")).replace("key = \"a\"", "key = \"e\""))),
    );
    let said = said(&laid, &["take", "small"]);
    insta::assert_snapshot!("a_broken_bank_is_not_sat", said.err);
    assert_eq!((said.out.as_str(), said.code), ("", Some(3)));
}
