//! A report tells what its bank has otherwise now, and what that would change; nothing is changed by it.

use std::path::Path;

use crate::pinned::{self, filters};
use crate::support::{examroom, run};

/// A copy of the pinned exam, that the test may edit.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_key_that_was_mended_is_told_with_both_results() {
    let (data, banks) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let _filters = filters(data.path());
    copy(&Path::new(&pinned::exams()).join("clinic"), &banks.path().join("clinic"));
    let said = |arguments: &str, script: &str| {
        let mut command = examroom(data.path());
        command.arg("--banks").arg(banks.path()).args(arguments.split_whitespace());
        run(command, script).out
    };
    said("take clinic --seed 1", "begin\nb\n\nb\n\nb\n\nb\n\nb\n\nb\nend\nyes\ncontinue\nb\n\nb\nend\nyes\n");
    let before = said("report 1", "");
    assert!(!before.contains("has changed since"), "{before}");
    assert!(said("report 1 --regrade", "").contains("unchanged"));

    let file = banks.path().join("clinic/1-records.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let mended = text.replacen("key = \"a\"", "key = \"b\"", 1).replacen("stem = \"", "stem = \"Then: ", 2);
    assert_ne!(text, mended);
    std::fs::write(&file, mended).unwrap();
    let shown = said("report 1", "");
    let changed = shown.lines().filter(|line| line.contains("has changed since")).collect::<String>();
    insta::assert_snapshot!(format!("{changed}\n\n{}", said("report 1 --regrade", "")));

    // Each of these questions says so where it is looked back on.
    let looked_back = said("report 1 --only all", "");
    assert_eq!(looked_back.matches("The bank has another key for this question now.").count(), 1, "{looked_back}");
    assert_eq!(looked_back.matches("The bank words this question otherwise now.").count(), 2, "{looked_back}");

    // Kept, the second result stands beside the first.
    let first = said("report 1 --json", "");
    assert!(!said("history", "").contains("by the bank of"));
    insta::assert_snapshot!("kept", said("report 1 --regrade --keep", ""));
    assert!(said("report 1 --regrade --keep", "").contains("It has been kept before"));
    assert_eq!(said("report 1 --json", ""), first, "the first result stays");
    let history = said("history", "");
    let line = history.lines().find(|line| line.contains("by the bank of")).unwrap();
    assert!(line.starts_with("Attempt 1 by the bank of") && line.contains("right"), "{line}");
    let json: serde_json::Value = serde_json::from_str(&said("history --json", "")).unwrap();
    assert_eq!((json["regrades"].as_array().unwrap().len(), &json["regrades"][0]["attempt"]), (1, &1.into()));
}

#[test]
fn a_problem_is_noted_while_looking_back_by_the_questions_id() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let said = |arguments: &[&str], script: &str| {
        let mut command = examroom(data.path());
        command.args(["--banks", &pinned::exams()]).args(arguments);
        let told = run(command, script);
        format!("{}{}", told.out, told.err)
    };
    said(&["take", "clinic", "--seed", "1"], "begin\nend\nyes\ncontinue\nend\nyes\n");
    assert_eq!(said(&["problems", "--note", "visit-first", "B is right, too"], ""), "Problem noted.\n");
    assert!(said(&["problems"], "").contains("B is right, too"));
    assert!(said(&["report", "1", "--only", "all"], "").contains("Problem noted: B is right, too"));
    let unknown = said(&["problems", "--note", "nowhere", "odd"], "");
    assert!(unknown.contains("no attempt that is finished has the question nowhere"), "{unknown}");
    said(&["problems", "--note", "visit-first", ""], "");
    assert!(said(&["problems"], "").contains("You have noted no problem"));
}
