//! Which banks are read.

use std::path::Path;

use examroom_app::library::{ExamFiles, Library, Step, Unresolved};
use examroom_core::diagnostics::Code;

use crate::folder::Laid;
use crate::support::{day, examroom, run};

#[test]
fn only_the_exam_that_is_asked_for_is_read() {
    let banks = tempfile::tempdir().unwrap();
    let other = banks.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("exam.toml"), "this = is not [[ TOML").unwrap();
    std::fs::write(other.join("bank.toml"), b"\xff\xfe neither is this text").unwrap();
    let sit = |banks: Option<&std::path::Path>, exam: &str| {
        let data = tempfile::tempdir().unwrap();
        let mut command = examroom(data.path());
        command.args(["take", exam, "--seed", "5"]);
        if let Some(banks) = banks {
            command.arg("--banks").arg(banks);
        }
        let said = run(command, "begin\na\nleave\n");
        (said.out.replace(data.path().to_str().unwrap(), "DATA"), said.err, said.code)
    };
    let (alone, beside) = (sit(None, "rhit"), sit(Some(banks.path()), "rhit"));
    assert!(alone.0.contains("Chosen: A. Saved."), "{}{}", alone.0, alone.1);
    assert_eq!(alone, beside);
    assert_eq!(sit(Some(banks.path()), "other").2, Some(3), "it is found, and it is broken");
}

#[test]
fn a_name_or_a_path_means_the_banks_that_a_person_has_in_mind() {
    let laid = Laid::good();
    let (folder, parent) = (laid.folder.as_path(), laid.folder.parent().unwrap());
    let added = parent.join("own").join("rhit");
    std::fs::create_dir_all(&added).unwrap();
    std::fs::write(added.join("more.toml"), "exam = \"rhit\"\n").unwrap();
    let library = Library { folders: vec![parent.to_owned()], pack: None };
    let names = |path: Option<&Path>| -> Vec<String> {
        library.resolve(path).unwrap().into_iter().map(|found| found.name).collect()
    };
    let shown = |path: &Path| vec![path.display().to_string()];
    let all: Vec<String> = library.exams().unwrap().iter().map(ToString::to_string).collect();
    assert!(all.contains(&"small".to_owned()) && all.contains(&"rhit".to_owned()), "{all:?}");
    assert_eq!(names(None), all);
    assert_eq!(names(Some(Path::new("RHIT"))), ["RHIT"]);
    assert_eq!(names(Some(folder)), shown(folder));
    assert_eq!(names(Some(&folder.join("1-closed.toml"))), shown(folder));
    assert_eq!(names(Some(parent)), shown(folder), "a folder of exams");
    assert_eq!(names(Some(&added)), [format!("rhit, with the files of {}", added.display())]);
    let unknown = library.resolve(Some(Path::new("rhti"))).unwrap_err();
    assert!(matches!(&unknown, Unresolved::NoSuchExam { known, .. } if known.len() == all.len()), "{unknown}");
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(library.resolve(Some(empty.path())).unwrap_err(), Unresolved::NoExamIn(_)));
}

#[test]
fn a_check_draws_forms_and_finds_that_none_can_be_drawn() {
    let laid = Laid::good();
    let check = || {
        let mut steps = Vec::new();
        let check = ExamFiles::folder(&laid.folder).unwrap().check(day(), &mut |step| steps.push(step));
        (check, steps)
    };
    let (sound, steps) = check();
    assert_eq!((sound.disjoint_forms, sound.reading.diagnostics.errors()), (Some(1), 0));
    assert!(steps.contains(&Step::Drawing { done: 1, of: 1 }), "{steps:?}");
    let text = std::fs::read_to_string(laid.folder.join("1-closed.toml")).unwrap();
    laid.write("1-closed.toml", text.replacen("key =", "enemies = [\"employer\"]\nkey =", 1));
    let (tight, _) = check();
    let codes: Vec<Code> = tight.reading.diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!((tight.disjoint_forms, codes), (None, vec![Code::SHORT_OF_BLUEPRINT]));
}
