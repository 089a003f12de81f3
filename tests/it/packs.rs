//! A bank in one file: what was packed is what is sat, whatever else the other computer has; nothing else is opened.

use std::path::Path;

use crate::pinned::exams;
use crate::support::{Said, examroom, run};

fn said(data: &Path, line: &str, input: &str) -> Said {
    let mut command = examroom(data);
    command.args(line.split_whitespace()).current_dir(data);
    run(command, input)
}

/// Packs an exam of the fixtures, and gives what that says.
fn packed(data: &Path, line: &str) -> Said {
    let told = said(data, &format!("--banks {} bank pack {line}", exams()), "");
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    told
}

#[test]
fn a_student_sits_the_bank_and_the_form_that_came_in_one_file() {
    let teacher = tempfile::tempdir().unwrap();
    let told = packed(teacher.path(), "clinic --out week3.pack --version 2 --author A.Author --license CC0 --form");
    assert!(told.out.contains("Written: week3.pack, with "), "{}", told.out);
    let about = told.out.lines().nth(1).unwrap();
    assert!(about.starts_with("Version 2 by A.Author, CC0; hash "), "{about}");
    let code = about.split("; form ").nth(1).unwrap().trim_end_matches('.').to_owned();
    let [one, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let mut sat = Vec::new();
    for student in [&one, &other] {
        std::fs::copy(teacher.path().join("week3.pack"), student.path().join("week3.pack")).unwrap();
        let listed = said(student.path(), "--banks week3.pack exams", "").out;
        assert!(listed.contains(&format!("clinic comes in week3.pack: {about}")), "{listed}");
        let begun =
            said(student.path(), &format!("--banks week3.pack take clinic --plain --form {code}"), "begin\nleave\n");
        assert_eq!(begun.code, Some(0), "{}{}", begun.out, begun.err);
        let question = begun.out.split("question 1 of").nth(1).unwrap();
        sat.push(question.split("Your answers are saved").next().unwrap().to_owned());
    }
    assert_eq!(sat[0], sat[1]);
    let any = said(other.path(), "--banks week3.pack take clinic --plain", "begin\nleave\n");
    assert!(
        any.out
            .starts_with(&format!("This bank came with a form for everybody. To sit that one, add: --form {code}\n"))
    );
    let third = tempfile::tempdir().unwrap();
    std::fs::copy(teacher.path().join("week3.pack"), third.path().join("week3.pack")).unwrap();
    for (line, shown) in [
        ("practice clinic --plain", "Practice: "),
        ("bank check clinic", "clinic: "),
        ("exams clinic", "It comes in week3.pack: Version 2"),
    ] {
        let told = said(third.path(), &format!("--banks week3.pack {line}"), "leave\n");
        assert!(told.code == Some(0) && told.out.contains(shown), "{line}\n{}{}", told.out, told.err);
    }
    let none = said(third.path(), "take clinic", "");
    assert!(none.err.contains("there is no exam \"clinic\""), "{}", none.err);
}

#[test]
fn the_same_bank_packs_the_same_file_and_a_code_of_another_bank_is_refused() {
    let data = tempfile::tempdir().unwrap();
    packed(data.path(), "clinic --out one.pack --version 1");
    packed(data.path(), "clinic --out two.pack --version 1");
    let read = |name: &str| std::fs::read(data.path().join(name)).unwrap();
    assert_eq!(read("one.pack"), read("two.pack"));
    let code = said(data.path(), "form new rhit", "").out.lines().next().unwrap().to_owned();
    let told = said(data.path(), &format!("--banks {} bank pack clinic --out three.pack --form {code}", exams()), "");
    assert_eq!(told.code, Some(1));
    assert!(told.err.contains("the form code is of another exam than clinic"), "{}", told.err);
    assert!(!data.path().join("three.pack").exists());
    let again = said(data.path(), &format!("--banks {} bank pack clinic --out one.pack", exams()), "");
    assert!(again.err.contains("--force"), "{}", again.err);
}

#[test]
fn what_a_bank_adds_to_another_and_borrows_from_it_is_packed_with_it() {
    let teacher = tempfile::tempdir().unwrap();
    let own = teacher.path().join("banks/rhit");
    std::fs::create_dir_all(&own).unwrap();
    let retired = "exam = \"rhit\"\ndomain = \"legal\"\n[[item]]\nid = \"legal-access-fee\"\nreplaces = true\nstatus = \"retired\"\n";
    std::fs::write(own.join("mine.toml"), retired).unwrap();
    for exam in ["rhit", "rhit-2023"] {
        let told = said(teacher.path(), &format!("bank pack {exam} --out {exam}.pack --form"), "");
        assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
        let code = told.out.lines().nth(1).unwrap().split("; form ").nth(1).unwrap().trim_end_matches('.').to_owned();
        let student = tempfile::tempdir().unwrap();
        let pack = teacher.path().join(format!("{exam}.pack"));
        let line = format!("--banks {} take {exam} --plain --form {code}", pack.display());
        let begun = said(student.path(), &line, "begin\nleave\n");
        assert_eq!(begun.code, Some(0), "{}{}", begun.out, begun.err);
        let shown =
            said(student.path(), &format!("--banks {} bank show legal-access-fee --exam {exam}", pack.display()), "");
        assert!(shown.code != Some(0), "it is retired in the pack: {}", shown.out);
    }
}

#[test]
fn what_is_no_pack_is_refused_and_nothing_is_written_into_one() {
    let data = tempfile::tempdir().unwrap();
    packed(data.path(), "clinic --out week3.pack");
    let whole = std::fs::read(data.path().join("week3.pack")).unwrap();
    std::fs::write(data.path().join("half.pack"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(data.path().join("notes.txt"), "notes").unwrap();
    for (line, told, code) in [
        ("--banks half.pack exams", "half.pack cannot be read", 1),
        ("--banks notes.txt exams", "notes.txt is no bank that examroom has packed", 2),
        ("--banks none.pack exams", "there is no folder or file none.pack", 2),
        ("--banks week3.pack bank add clinic", "the bank of clinic comes in one file, and nothing is added to it", 2),
        ("--banks week3.pack bank import notes.txt --exam clinic", "nothing is added to it", 2),
        ("--banks week3.pack bank rename-topic clinic release x", "its topics stay", 1),
    ] {
        let said = said(data.path(), line, "");
        assert_eq!(said.code, Some(code), "{line}\n{}{}", said.out, said.err);
        assert!(said.err.contains(told), "{line}\n{}", said.err);
    }
    assert_eq!(std::fs::read(data.path().join("week3.pack")).unwrap(), whole);
}
