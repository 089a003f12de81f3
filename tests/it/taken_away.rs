//! The file with the attempts is taken away while an exam is sat: what the screen calls saved is where the next start looks
//! for it, all the same.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Said, Talk, examroom, run};

/// A sitting of six questions with one answer, in the folder `data` of a folder.
struct Sitting {
    folder: TempDir,
    talk: Talk,
}

impl Sitting {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = examroom(&folder.path().join("data"));
        command.args(["take", "rhit", "--items", "6", "--seed", "7"]);
        let mut talk = Talk::start(command);
        talk.type_line("begin");
        talk.type_line("a");
        talk.wait_for("Chosen: A. Saved.");
        Self { folder, talk }
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// Answers once more and leaves, when all is saved; what is said last.
    fn answer_and_leave(mut self) -> (TempDir, String) {
        self.talk.type_line("next");
        self.talk.type_line("b");
        self.talk.wait_for("Chosen: B.");
        self.talk.type_line("leave");
        let farewell = self.talk.wait_for("Continue with:");
        assert!(farewell.contains("Your answers are saved"), "{farewell}");
        assert_eq!(self.talk.child.wait().unwrap().code(), Some(0));
        let mut said = String::new();
        std::io::Read::read_to_string(&mut self.talk.child.stderr.take().unwrap(), &mut said).unwrap();
        (self.folder, said)
    }
}

fn resume(folder: &Path, arguments: &[&str]) -> Said {
    let mut command = examroom(&folder.join("data"));
    command.arg("resume").args(arguments);
    run(command, "time\nleave\n")
}

#[track_caller]
fn all_is_there_after(take_away: fn(&Path)) -> String {
    let sitting = Sitting::new();
    take_away(&sitting.data());
    let (folder, said) = sitting.answer_and_leave();
    let resumed = resume(folder.path(), &["1"]);
    assert!(resumed.out.contains("2 of 6 answered"), "{}{}", resumed.out, resumed.err);
    said
}

#[test]
fn a_removed_file_is_replaced_by_one_with_the_whole_attempt_and_the_candidate_is_told() {
    let said = all_is_there_after(|data| fs::remove_file(data.join("examroom.db")).unwrap());
    assert!(said.contains("was moved, replaced or removed during the exam. This attempt is whole"), "{said}");
}

#[test]
fn a_removed_folder_is_made_again() {
    all_is_there_after(|data| fs::remove_dir_all(data).unwrap());
}

#[test]
fn a_folder_that_is_moved_away_stays_as_it_was_and_the_attempt_is_where_the_next_start_looks() {
    let sitting = Sitting::new();
    let moved = sitting.folder.path().join("moved");
    fs::rename(sitting.data(), &moved).unwrap();
    let (folder, _) = sitting.answer_and_leave();
    assert!(resume(folder.path(), &["1"]).out.contains("2 of 6 answered"));
    let mut command = examroom(&moved);
    command.arg("resume");
    let there = run(command, "time\nleave\n");
    assert!(there.out.contains("1 of 6 answered"), "{}{}", there.out, there.err);
}

#[test]
fn a_file_that_is_renamed_is_replaced() {
    all_is_there_after(|data| fs::rename(data.join("examroom.db"), data.join("x")).unwrap());
}

#[test]
fn a_journal_that_is_removed_or_cut_short_is_noticed() {
    all_is_there_after(|data| fs::remove_file(data.join("examroom.db-wal")).unwrap());
    all_is_there_after(|data| fs::write(data.join("examroom.db-wal"), "").unwrap());
}

#[test]
fn a_restored_copy_gets_what_it_lacks() {
    let sitting = Sitting::new();
    let (data, copy) = (sitting.data(), sitting.folder.path().join("copy"));
    fs::create_dir(&copy).unwrap();
    for file in ["examroom.db", "examroom.db-wal"] {
        fs::copy(data.join(file), copy.join(file)).unwrap();
    }
    fs::remove_dir_all(&data).unwrap();
    fs::rename(&copy, &data).unwrap();
    let (folder, _) = sitting.answer_and_leave();
    let resumed = resume(folder.path(), &[]);
    assert!(resumed.out.contains("2 of 6 answered"), "{}{}", resumed.out, resumed.err);
    let mut command = examroom(&folder.path().join("data"));
    command.arg("history");
    let history = run(command, "").out;
    assert_eq!(history.matches("not finished").count(), 1, "{history}");
}

#[test]
fn a_folder_that_cannot_be_made_again_is_told_and_the_attempt_is_kept_elsewhere() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let command = |arguments: &[&str]| {
        let mut command = examroom(&data);
        command.args(arguments).env("TMPDIR", temporary.path());
        command
    };
    let mut talk = Talk::start(command(&["take", "rhit", "--items", "6", "--seed", "7"]));
    talk.type_line("begin");
    talk.type_line("a");
    talk.wait_for("Chosen: A. Saved.");
    fs::remove_dir_all(&data).unwrap();
    fs::write(&data, "in the way").unwrap();
    talk.type_line("next");
    talk.type_line("b");
    talk.wait_for("NOT SAVED");
    talk.type_line("leave");
    talk.wait_for("If you leave now, you leave without 2 answers.");
    talk.type_line("leave");
    talk.wait_for("Continue with:");
    assert_eq!(talk.child.wait().unwrap().code(), Some(5));
    fs::remove_file(&data).unwrap();
    let history = run(command(&["history"]), "");
    assert!(history.err.contains("An attempt that could not be saved is saved now, as attempt 1."), "{}", history.err);
    assert!(run(command(&["resume"]), "time\nleave\n").out.contains("2 of 6 answered"));
}
