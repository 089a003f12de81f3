//! What a failed command says: what happened, each cause that says something new, and what to do.

#![cfg(target_os = "linux")] // whose words are compared

use std::path::Path;

use crate::support::{Said, examroom, run};

fn said(data: &Path, arguments: &[&str]) -> Said {
    let mut command = examroom(data);
    command.args(arguments);
    run(command, "leave\n")
}

/// What is said on standard error, with the data folder called DATA.
fn failure(data: &Path, arguments: &[&str]) -> String {
    let said = said(data, arguments);
    assert_eq!(said.code, Some(1), "{}", said.err);
    said.err.replace(data.to_str().unwrap(), "DATA")
}

#[test]
fn a_data_folder_that_cannot_be_made() {
    assert_eq!(
        failure(Path::new("/dev/null/attempts"), &["take", "rhit"]),
        "error: the data folder DATA cannot be written\n  \
           caused by: Not a directory (os error 20)\n  \
           help: the exam has not begun, and no clock is running\n  \
           help: see that you may write that folder, or name another: examroom --data-dir DIR …\n"
    );
}

#[test]
fn a_cause_that_has_a_cause() {
    let data = tempfile::tempdir().unwrap();
    std::fs::create_dir(data.path().join("examroom.db")).unwrap();
    assert_eq!(
        failure(data.path(), &["take", "rhit"]),
        "error: the data folder DATA cannot be written\n  \
           caused by: unable to open database file: DATA/examroom.db\n  \
           caused by: Error code 14: unable to open database file\n  \
           help: the exam has not begun, and no clock is running\n  \
           help: see that you may write that folder, or name another: examroom --data-dir DIR …\n"
    );
}

#[test]
fn a_data_folder_that_cannot_be_entered_is_no_empty_history() {
    let parent = tempfile::tempdir().unwrap();
    let data = parent.path().join("data");
    std::os::unix::fs::symlink("data", &data).unwrap();
    for command in ["history", "resume", "report"] {
        assert_eq!(
            failure(&data, &[command]),
            "error: the data folder DATA cannot be read\n  \
               caused by: Too many levels of symbolic links (os error 40)\n  \
               help: see that you may enter and read that folder, or name another: examroom --data-dir DIR …\n",
            "{command}"
        );
    }
}

#[test]
fn a_store_that_another_program_holds_is_named_with_the_way_out() {
    let data = tempfile::tempdir().unwrap();
    said(data.path(), &["take", "rhit", "--items", "2"]);
    #[expect(clippy::disallowed_methods, reason = "the test gets in the program's way")]
    let db = rusqlite::Connection::open(data.path().join("examroom.db")).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(
        failure(data.path(), &["take", "rhit", "--items", "2"]),
        "error: the database of your attempts reports an error: DATA/examroom.db\n  \
           caused by: database is locked\n  \
           caused by: Error code 5: database is locked\n  \
           help: another program holds the file, such as a backup or a viewer of databases: close it, then try again\n  \
           help: or keep new attempts elsewhere: examroom --data-dir DIR …\n"
    );
}

/// A folder without permission would let root in; a link to itself lets nobody in.
#[test]
fn a_folder_of_banks_that_cannot_be_read() {
    let data = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("banks", data.path().join("banks")).unwrap();
    for arguments in [&["exams"][..], &["exams", "rhit"], &["take", "rhit"], &["bank", "check"], &["bank", "stats"]] {
        assert_eq!(
            failure(data.path(), arguments),
            "error: the folder DATA/banks cannot be read\n  \
               caused by: Too many levels of symbolic links (os error 40)\n  \
               help: see that you may read that folder, or name another with --banks\n",
            "{arguments:?}"
        );
    }
}

#[test]
fn an_exam_that_borrows_while_the_banks_cannot_be_read() {
    let (data, exam) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink("banks", data.path().join("banks")).unwrap();
    let blueprint = include_str!("../fixtures/stable/exam.toml");
    std::fs::write(exam.path().join("exam.toml"), format!("from = \"rhit\"\n{blueprint}")).unwrap();
    let checked = said(data.path(), &["bank", "check", exam.path().to_str().unwrap()]);
    let told = checked.out.replace(data.path().to_str().unwrap(), "DATA");
    let wanted = "error[unknown-lender]: exam `rhit` cannot be borrowed from: the folder DATA/banks cannot be read: Too \
                  many levels of symbolic links";
    assert!(told.contains(wanted), "{told}");
}

#[test]
fn an_attempt_whose_row_is_damaged() {
    let data = tempfile::tempdir().unwrap();
    said(data.path(), &["take", "rhit", "--items", "2"]);
    #[expect(clippy::disallowed_methods, reason = "the test looks behind the program's back")]
    let db = rusqlite::Connection::open(data.path().join("examroom.db")).unwrap();
    db.execute(r#"UPDATE attempt SET rules = '{ "time_allowance": "\u001b[31m" }'"#, []).unwrap();
    drop(db);
    let told = failure(data.path(), &["report", "1"]);
    assert!(
        told.starts_with("error: attempt 1 is damaged: what it was begun with is not what was written\n  help: "),
        "{told}"
    );
}
