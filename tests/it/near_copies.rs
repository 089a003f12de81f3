//! Questions that are nearly the same: however many there are, the author is told once, and a form has no two of them
//! while another question can take the place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use examroom_app::library::{ExamFiles, Reading};
use examroom_app::view::rules::RulesView;
use examroom_core::bank::Depth;
use examroom_core::diagnostics::Code;
use examroom_core::form::{Exposure, Form, Plan};
use examroom_core::session::Rules;

use crate::bank_text::{self, BARE, SOUND, small_file};
use crate::folder::Laid;
use crate::support::{day, draw, examroom, run};

/// A file of the small exam with these questions: an id, a stem, and lines of its own.
fn file<'q>(questions: impl IntoIterator<Item = (&'q str, &'q str, &'q str)>) -> String {
    let choices = &["An authorization", "A stamp"];
    let question = |(id, stem, lines)| bank_text::Question { id, stem, lines, choices, ..SOUND }.to_string();
    small_file(&questions.into_iter().map(question).collect::<String>())
}

fn copies(of: &str, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{of}-{number}")).collect()
}

/// The messages about near-copies in the small exam with these files.
fn told<'f>(sources: impl IntoIterator<Item = &'f String>) -> Vec<String> {
    let laid = Laid::good();
    for (number, text) in sources.into_iter().enumerate() {
        laid.write(&format!("more-{number:02}.toml"), text);
    }
    let diagnostics = laid.read().diagnostics;
    diagnostics.iter().filter(|found| found.code == Code::NEAR_DUPLICATE).map(|found| found.message.clone()).collect()
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
    let sources: Vec<String> = (0..20)
        .map(|number| {
            let ids: Vec<String> = stems.iter().map(|(id, _)| format!("{id}-{number}")).collect();
            file(ids.iter().zip(&stems).map(|(id, (_, stem))| (id.as_str(), stem.as_str(), "")))
        })
        .collect();
    let said = told(&sources);
    assert_eq!(said.len(), 20, "{said:?}");
    assert!(said.iter().all(|said| said.starts_with("20 questions")), "{said:?}");
}

#[test]
fn what_is_told_of_a_group_shows_two_of_its_places() {
    let stems = [STEM.to_owned(), STEM.replace("lawyer", "court"), STEM.replace("lawyer", "payer")];
    let questions = ["lawyer", "court", "payer"].into_iter().zip(&stems).map(|(id, stem)| (id, stem.as_str(), ""));
    insta::assert_snapshot!(Laid::good().write("broken.toml", file(questions)).diagnostics());
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

/// A question: its domain, its id, the number of its text, and lines of its own. Texts of one number are nearly the same.
type Question = (usize, String, usize, &'static str);

fn question(domain: usize, id: &str, text: usize) -> Question {
    (domain, id.to_owned(), text, "")
}

/// Writes an exam that wants so many scored questions of each domain.
fn write(folder: &Path, counts: &[u32], questions: &[Question]) {
    let all: u32 = counts.iter().sum();
    let mut exam = format!(
        "id = \"x\"\nname = \"X\"\nedition = \"1\"\nquestions = {all}\n[scale]\nlowest = 100\npass = 300\nhighest = 400\n\
         [cut]\nwithout_ratings = 0.7\n[[section]]\nid = \"main\"\nname = \"Main\"\nminutes = 60\n"
    );
    std::fs::create_dir_all(folder).unwrap();
    for (domain, count) in counts.iter().enumerate() {
        let _ = write!(
            exam,
            "[[domain]]\nid = \"d{domain}\"\nname = \"D\"\ncounts.main = {{ scored = {count}, unscored = 0 }}\n\
             [domain.topics]\nt = \"T\"\n"
        );
        let mut bank = format!("[[case]]\nid = \"c{domain}\"\ntext = \"A case.\"\n");
        for (_, id, text, lines) in questions.iter().filter(|(of, ..)| *of == domain) {
            let words: Vec<String> = (0..15).map(|word| format!("w{text}x{word}")).collect();
            let stem = format!("Set {id}: {}?", words.join(" "));
            bank.push_str(&bank_text::Question { id, stem: &stem, lines, ..BARE }.to_string());
        }
        let bank = bank_text::file("x", &format!("d{domain}"), &bank);
        std::fs::write(folder.join(format!("{domain}.toml")), bank).unwrap();
    }
    std::fs::write(folder.join("exam.toml"), exam).unwrap();
}

/// An exam that is drawn from again and again.
struct Exam {
    reading: Reading,
    /// The number of the text of each question.
    texts: BTreeMap<String, usize>,
}

impl Exam {
    fn new(counts: &[u32], questions: &[Question]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), counts, questions);
        let reading = ExamFiles::folder(folder.path()).unwrap().read(Depth::Errors, day(), &mut |_, _| {});
        assert_eq!(reading.diagnostics.errors(), 0, "{:?}", reading.diagnostics);
        Self { reading, texts: questions.iter().map(|(_, id, text, _)| (id.clone(), *text)).collect() }
    }

    fn draw(&self, seed: u64, before: &[&str]) -> Form {
        let blueprint = self.reading.blueprint.as_ref().unwrap();
        let exposure = Exposure(before.iter().map(|id| (examroom_core::id::ItemId::new(id), 1)).collect());
        draw(blueprint, &self.reading.bank, &Plan::mock(blueprint), seed, &exposure)
    }

    /// Draws with many seeds, and asserts that no two questions of a form are alike.
    fn keeps_apart(&self, seen: &[&str]) -> Vec<Form> {
        let forms: Vec<Form> = (0..60).map(|seed| self.draw(seed, seen)).collect();
        for (seed, form) in forms.iter().enumerate() {
            let texts: BTreeSet<usize> = form.item_ids().map(|id| self.texts[id.as_str()]).collect();
            assert_eq!(texts.len(), form.len(), "seed {seed}: {:?}", form.item_ids().collect::<Vec<_>>());
            assert_eq!(form.near_duplicates, 0);
        }
        forms
    }
}

/// Several questions of each text.
fn many(texts: usize, copies: impl Fn(usize) -> usize) -> Vec<Question> {
    (0..texts)
        .flat_map(|text| (0..copies(text)).map(move |copy| question(0, &format!("q{text}-{copy}"), text)))
        .collect()
}

#[test]
fn no_two_stand_on_one_form_while_another_question_can_take_the_place() {
    for (places, texts) in [(30, 30), (29, 30), (20, 60)] {
        Exam::new(&[places], &many(texts, |text| 1 + text % 4)).keeps_apart(&[]);
    }
}

#[test]
fn the_same_seed_gives_the_same_form() {
    let exam = Exam::new(&[20], &many(25, |text| 1 + text % 4));
    for seed in 0..20 {
        assert_eq!(exam.draw(seed, &[]), exam.draw(seed, &[]));
    }
}

#[test]
fn enemies_are_still_kept_apart() {
    // Only one form has neither: a copy, the other question of its domain, and of the other domain the one without enemy.
    let mut questions = vec![question(0, "a1", 1), question(0, "a2", 1), question(0, "b", 2)];
    questions.extend([(1, "c".to_owned(), 3, "enemies = [\"b\"]\n"), question(1, "d", 4)]);
    for form in Exam::new(&[2, 1], &questions).keeps_apart(&[]) {
        let ids: BTreeSet<&str> = form.item_ids().map(examroom_core::id::ItemId::as_str).collect();
        assert!(ids.contains("b") && ids.contains("d"), "{ids:?}");
    }
}

#[test]
fn a_case_comes_and_goes_as_a_whole() {
    let case = |id: &str, text| (0, id.to_owned(), text, "case = \"c0\"\n");
    let questions = [case("c-1", 1), case("c-2", 2), question(0, "a", 1), question(0, "b", 3), question(0, "c", 4)];
    for form in Exam::new(&[3], &questions).keeps_apart(&[]) {
        let of_case = form.item_ids().filter(|id| id.as_str().starts_with("c-")).count();
        assert!([0, 2].contains(&of_case), "{:?}", form.item_ids().collect::<Vec<_>>());
    }
}

#[test]
fn a_question_seen_before_takes_the_place_of_a_copy() {
    let questions = [question(0, "a1", 1), question(0, "a2", 1), question(0, "b", 2)];
    Exam::new(&[2], &questions).keeps_apart(&["b"]);
}

/// What the start page says.
fn start_page(form: &Form) -> Vec<String> {
    let rules = RulesView::new(form, Rules::ORDINARY);
    rules.rules.into_iter().map(|line| line.as_str().to_owned()).collect()
}

#[test]
fn where_they_cannot_be_kept_apart_the_start_page_says_so() {
    let said = |count: usize| {
        format!("{count} of these questions are nearly the same as another: the bank is too small to keep them apart.")
    };
    for (places, copies) in [(3, 0), (4, 2), (5, 4), (6, 6)] {
        let exam = Exam::new(&[places], &many(3, |_| 2));
        for seed in 0..20 {
            let form = exam.draw(seed, &[]);
            assert_eq!(form.near_duplicates, copies, "{places} places");
            assert_eq!(start_page(&form).contains(&said(copies)), copies > 0);
        }
    }
}

/// Looking for others to take their places must end: tried one by one, that would take minutes.
#[test]
fn a_form_of_a_thousand_copies_is_drawn_all_the_same() {
    let form = Exam::new(&[1_000], &many(1, |_| 2_000)).draw(1, &[]);
    assert_eq!((form.len(), form.near_duplicates), (1_000, 1_000));
}

#[test]
fn the_program_says_so_before_the_exam_begins() {
    let (banks, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(&banks.path().join("x"), &[2], &[question(0, "s1", 1), question(0, "s2", 1)]);
    let mut command = examroom(data.path());
    command.args(["take", "x", "--seed", "1", "--banks"]).arg(banks.path());
    let said = run(command, "leave\n");
    let line = "2 of these questions are nearly the same as another: the bank is too small to keep them apart.";
    let words: Vec<&str> = said.out.split_whitespace().collect();
    assert!(words.join(" ").contains(line), "{}{}", said.out, said.err);
}
