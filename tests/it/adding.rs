//! A question is asked for piece by piece, checked as it is answered, and added where it belongs; what the file holds stays.

use std::path::{Path, PathBuf};

use crate::support::{Said, examroom, run};
#[cfg(unix)]
use crate::tui_terminal::Window;

/// A folder of data with the exam that the guide's examples make, and the path of its second bank file.
fn desk() -> (tempfile::TempDir, PathBuf) {
    let data = tempfile::tempdir().unwrap();
    let mut new = examroom(data.path());
    new.args(["bank", "new", "demo"]);
    assert_eq!(run(new, "").code, Some(0));
    let path = data.path().join("banks/demo/2-second-domain.toml");
    (data, path)
}

fn add(data: &Path, answers: &str) -> Said {
    let mut command = examroom(data);
    command.args(["bank", "add", "demo"]);
    run(command, answers)
}

const ANSWERS: &str = "Which form does the patient sign,\nbefore a copy of her record goes out?\n\nA. The consent form\nB. The \
                       release form\nC. The admission form\n\nB\n3\nsecond-domain\nOption A is wrong, for it is for \
                       surgery.\n\n45 CFR 164.508\n70 0.8\n";

#[test]
fn a_question_is_added_behind_the_others_and_shown() {
    let (data, path) = desk();
    let before = std::fs::read_to_string(&path).unwrap().replace("exam = ", "# mine\nexam = ");
    std::fs::write(&path, &before).unwrap();
    let told = add(data.path(), ANSWERS);
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    let after = std::fs::read_to_string(&path).unwrap();
    let added = after.strip_prefix(before.trim_end()).expect("what was there stays as it was");
    let wanted = "\n\n[[item]]\nid = \"second-domain-which-form-does-patient\"\ntopic = \"basics\"\nlevel = \
                  \"analysis\"\nangoff = [0.7, 0.8]\nstem = \"\"\"\nWhich form does the patient sign,\nbefore a copy of her \
                  record goes out?\"\"\"\nkey = \"b\"\nexplanation = \"Option {a} is wrong, for it is for surgery.\"\nsource = \"45 \
                  CFR 164.508\"\n[item.choices]\na = \"The consent form\"\nb = \"The release form\"\nc = \"The admission \
                  form\"\n";
    assert_eq!(added, wanted);
    let line = after.lines().position(|line| line.contains("which-form-does-patient")).unwrap();
    for said in [
        "demo, second-domain-which-form-does-patient: Second domain, Basics; analysis",
        "Which form does the patient sign, before a copy of her record goes out?",
        "B. The release form (right)",
        "Explanation: Option A is wrong, for it is for surgery.",
        &format!("Written: {}, line {line}", path.display()),
        "Checked: no findings.",
    ] {
        assert!(told.out.lines().any(|line| line == said), "{said}\n{}", told.out);
    }
    let told = add(data.path(), ANSWERS);
    assert!(told.out.contains("second-domain-which-form-does-patient-2: "), "an id is used once: {}", told.out);
    assert!(told.out.contains("near-duplicate"), "{}", told.out);
    let mut check = examroom(data.path());
    check.args(["bank", "check", "demo"]);
    assert_eq!(run(check, "").code, Some(0));
}

#[test]
fn what_is_wrong_is_asked_again_with_the_words_of_the_check() {
    let (data, path) = desk();
    let answers = "\nWhich is right?\n\nThis\n\nThis\nThat\n\nE\n<\nThis one\nThat one\n\nD\nA\nhard\n1\nthird\n1\n\n\n120\nnone\n65\n";
    let told = add(data.path(), answers);
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    let out = told.out.replace('\n', " ");
    let mut rest = out.as_str();
    for said in [
        "error[empty-text]",
        "error[too-few-choices]",
        "error[key-not-a-choice]: `first-domain-which-right` has key `e`, but its choices are a, b",
        "error[key-not-a-choice]: `first-domain-which-right` has key `d`, but its choices are a, b",
        "help: type the letter of the right choice, A to B; to change the choices, type <",
        "error[unknown-level]",
        "error[unknown-domain]: exam `demo` has no domain `third`",
        "error[angoff-out-of-range]: this is no rating: a rating is a number from 0 to 100",
        "error[wrong-type]: this is no rating",
        "B. That one",
    ] {
        let at = rest.find(said).unwrap_or_else(|| panic!("{said}\n{}", told.out));
        rest = &rest[at + said.len()..];
    }
    assert!(!out.contains(" = "), "nobody writes lines of a bank file here: {}", told.out);
    assert!(!std::fs::read_to_string(path).unwrap().contains("which-right"), "it went to the first domain");
}

#[test]
fn nothing_is_written_before_the_last_answer() {
    let (data, path) = desk();
    let before = std::fs::read(&path).unwrap();
    for (at, _) in ANSWERS.match_indices('\n') {
        let told = add(data.path(), &ANSWERS[..at]);
        let is_last = at + 1 == ANSWERS.len();
        assert_eq!(told.code, Some(i32::from(!is_last)), "{}{}", told.out, told.err);
        assert!(is_last || told.err.contains("nothing is written"), "{}", told.err);
        assert_eq!(std::fs::read(&path).unwrap() == before, !is_last);
    }
    let folder = std::fs::read_dir(path.parent().unwrap()).unwrap();
    assert_eq!(folder.count(), 4, "no file is left over");
}

/// A key at each prompt, after what was typed before it; the last words, and how the program ended.
#[cfg(unix)]
fn stopped_by(key: &str, said: &str, code: u32) {
    let prompts = [
        ("Stem:", "Which form does the patient sign,\nbefore a copy of her record goes out?\n\n"),
        ("Choices:", "The consent form\nThe release form\n\n"),
        ("Key:", "B\n"),
        ("Level:", "1\n"),
        ("Domain:", "2\n"),
        ("Explanation:", "It is.\n\n"),
        ("Source:", "45 CFR 164.508\n"),
        ("Rating:", ""),
    ];
    for at in 0..prompts.len() {
        let (data, path) = desk();
        let before = std::fs::read(&path).unwrap();
        let mut window = Window::open(data.path(), &["bank", "add", "demo"]);
        for (prompt, answer) in &prompts[..at] {
            window.wait_for(prompt);
            window.keys(answer);
        }
        window.wait_for(prompts[at].0);
        window.keys(key);
        window.wait_for(said);
        assert_eq!(window.wait_end().0, code, "{}", window.text());
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 4, "no file is left over");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_and_ctrl_d_at_any_prompt_write_nothing_and_say_so() {
    let what = "before the question was complete, and";
    // A program that a signal ends has the exit code 1 for the library that runs it here, and 130 for a shell.
    stopped_by("\x03", &format!("error: the program was stopped {what}"), 1);
    stopped_by("\x04", &format!("error: the input ended {what}"), 1);
}

#[test]
fn a_file_with_a_byte_order_mark_is_checked_and_added_to_like_any_other() {
    let (data, path) = desk();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("\u{feff}{text}")).unwrap();
    let bare = ANSWERS.replace("45 CFR 164.508\n70 0.8", "\n");
    let told = add(data.path(), &bare);
    assert!(told.out.contains("Checked: no errors; 2 pieces of advice: no-source, no-rating."), "{}", told.out);
    assert!(add(data.path(), &bare).out.contains("second-domain-which-form-does-patient-2: "));
    let after = std::fs::read_to_string(&path).unwrap();
    assert!(after.starts_with(&format!("\u{feff}{}", text.trim_end())), "what was there stays as it was");
    let mut check = examroom(data.path());
    check.args(["bank", "check", "demo"]);
    assert_eq!(run(check, "").code, Some(0));
}

#[test]
fn an_exam_of_the_program_gets_a_file_of_its_own_and_a_broken_file_is_left_alone() {
    let (data, path) = desk();
    let mut command = examroom(data.path());
    command.args(["bank", "add", "rhit"]);
    let answers = "Which of these forms is it?\n\nThe first form\nThe second form\nThe third form\n\nC\n\nlegal\ndisclosure\n\nThe list\n\n";
    let told = run(command, answers);
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    let written = std::fs::read_to_string(data.path().join("banks/rhit/legal.toml")).unwrap();
    assert!(written.starts_with("exam = \"rhit\"\ndomain = \"legal\"\n\n[[item]]\nid = \"legal-which-these-forms\"\n"));
    std::fs::write(&path, "domain = \"second-domain\n").unwrap();
    let told = add(data.path(), ANSWERS);
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    assert!(told.out.contains("second-domain.toml, line "), "{}", told.out);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "domain = \"second-domain\n");
}
