//! The report as a file: what it shows, that it needs nothing but itself, and that it is never written over another.

use std::path::Path;

use crate::folder::copy;
use crate::pinned::{command, exams, filters, session};

/// The answers of a finished exam: right, wrong, left out and flagged.
const SITTING: &str =
    "begin\nd\nnext\nflag\nc\nnext\na c\nnext\nnote moved\nb\nend\nyes\ncontinue\nc\nnext\nend\nyes\n";

/// What would end an attribute, an element, the stylesheet and the head, run a script or load a picture.
const HOSTILE: &str = r#"\"'></style></title><script>alert(1)</script><img src=//evil.example/x onerror=alert(1)>&lt;"#;

/// The page without its stylesheet.
fn body(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    format!("{head}{rest}")
}

fn written(data: &Path, arguments: &str) -> String {
    let told = command(data, &format!("report {arguments} --html report.html --force"), "");
    assert!(told.contains("The report is in report.html; any browser shows it."), "{told}");
    std::fs::read_to_string(data.join("report.html")).unwrap()
}

/// A data folder with a finished attempt at the clinic's exam, whose every text is hostile.
fn hostile_attempt() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("banks/hostile");
    copy(&Path::new(&exams()).join("clinic"), &folder);
    for name in ["exam.toml", "1-records.toml", "2-coding.toml"] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap().replace("\"clinic\"", "\"hostile\"");
        let shown = ["name", "edition", "owner", "stem", "explanation", "source", "a", "b", "c", "d"];
        let evil = shown
            .iter()
            .fold(text, |text, key| text.replace(&format!("\n{key} = \""), &format!("\n{key} = \"{HOSTILE}")));
        let evil = evil.replace("[\"First\"", &format!("[\"{HOSTILE}\"")).replace("A patient moves", &HOSTILE[2..]);
        std::fs::write(folder.join(name), evil).unwrap();
    }
    let note = HOSTILE.replace('\\', "");
    let told = command(data.path(), "take hostile --seed 1", &SITTING.replace("note moved", &format!("note {note}")));
    assert!(told.contains("Every question with its reasons"), "{told}");
    data
}

/// The tags of a page, each without its brackets.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()).collect()
}

#[test]
fn the_report_with_its_questions() {
    let data = tempfile::tempdir().unwrap();
    command(data.path(), "take clinic --seed 1", SITTING);
    let _filters = filters(data.path());
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"\b0:0\d\b", "[time]");
    settings.bind(|| insta::assert_snapshot!(body(&written(data.path(), "1 --only all"))));
}

#[test]
fn which_questions_are_in_it_is_said_as_for_the_report_in_words() {
    let data = tempfile::tempdir().unwrap();
    command(data.path(), "take clinic --seed 1", SITTING);
    let shown = |arguments: &str| written(data.path(), arguments).matches("<article").count();
    let asked = ["1", "1 --only all", "1 --only wrong", "1 --review missed", "--review flagged"];
    assert_eq!(asked.map(shown), [0, 8, 4, 4, 1]);
}

#[test]
fn it_loads_nothing_runs_nothing_and_whatever_a_bank_says_is_text() {
    let page = written(hostile_attempt().path(), "--only all");
    for (what, times) in [("<style>", 1), ("</style>", 1), ("</title>", 1), ("<script", 0), ("javascript:", 0)] {
        assert_eq!(page.matches(what).count(), times, "{what}");
    }
    assert!(page.matches("&#60;script&#62;alert(1)").count() > 30, "the bank's texts are in it");
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    assert!(!style.contains("url(") && !style.contains("@import"));
    for tag in tags(&body(&page)) {
        // Every other part is the value of an attribute.
        let names = tag.split('"').step_by(2).collect::<String>();
        let element = names.split_whitespace().next().unwrap();
        let loading = ["script", "img", "link", "iframe", "object", "embed", "base", "form", "image", "use"];
        assert!(!loading.contains(&element), "{tag}");
        assert!(!names.contains(" on") && !names.contains("src") && !names.contains("style="), "{tag}");
        let leads = tag.split("href=\"").nth(1);
        assert!(leads.is_none_or(|to| to.starts_with('#')), "{tag}");
    }
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"), "and the browser is told so");
}

#[test]
fn a_file_that_is_there_already_is_kept_until_it_is_said_otherwise() {
    let data = tempfile::tempdir().unwrap();
    command(data.path(), "take clinic --seed 1", SITTING);
    let _filters = filters(data.path());
    let lines = [
        "report 1 --html report.html",
        "report 1 --html report.html",
        "report 1 --html report.html --force",
        "report 1 --html .",
        "report 1 --html nowhere/report.html",
        "report 1 --force",
        "report 1 --html report.html --json",
    ];
    insta::assert_snapshot!(session(data.path(), &lines));
}
