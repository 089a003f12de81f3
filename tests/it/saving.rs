//! The words about saving follow the facts, whatever the disk does: a disk that is full, that is slow, and that comes
//! back.

use std::path::PathBuf;

use examroom_app::live::read_record;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::{Said, Talk, examroom, run};

/// A data folder with an attempt of six questions that has not begun, a folder for what is temporary, and a connection
/// that gets in the program's way.
struct Disk {
    data: TempDir,
    temporary: TempDir,
    db: Connection,
}

impl Disk {
    fn new() -> Self {
        let (data, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut command = examroom(data.path());
        command.args(["take", "rhit", "--items", "6", "--seed", "7"]);
        assert_eq!(run(command, "leave\n").code, Some(0));
        #[expect(clippy::disallowed_methods, reason = "the test gets in the program's way")]
        let db = Connection::open(data.path().join("examroom.db")).unwrap();
        Self { data, temporary, db }
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = examroom(self.data.path());
        command.args(arguments).env("TMPDIR", self.temporary.path());
        command
    }

    fn resume(&self) -> Talk {
        Talk::start(self.command(&["resume"]))
    }

    fn say(&self, arguments: &[&str], script: &str) -> Said {
        run(self.command(arguments), script)
    }

    /// From now on no event can be written.
    fn fill(&self) {
        self.db
            .execute_batch("CREATE TRIGGER f BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
            .unwrap();
    }

    /// From now on everything can be written.
    fn empty(&self) {
        self.db.execute_batch("DROP TRIGGER f").unwrap();
    }

    /// From now on every write waits, as for a disk that does not answer.
    fn hold(&self) {
        self.db.execute_batch("BEGIN IMMEDIATE").unwrap();
    }

    fn let_go(&self) {
        self.db.execute_batch("ROLLBACK").unwrap();
    }

    /// The answers that are in the store.
    fn answers(&self) -> i64 {
        self.db.query_row("SELECT COUNT(*) FROM event WHERE body LIKE '%\"selected\"%'", [], |row| row.get(0)).unwrap()
    }

    /// What was put into the second place.
    fn kept(&self) -> Vec<PathBuf> {
        let folders = std::fs::read_dir(self.temporary.path()).unwrap();
        let files = |folder: std::io::Result<std::fs::DirEntry>| std::fs::read_dir(folder.unwrap().path()).unwrap();
        folders.flat_map(files).map(|file| file.unwrap().path()).collect()
    }
}

#[test]
fn whoever_leaves_a_full_disk_is_asked_and_what_is_not_saved_is_kept_and_saved_by_the_next_start() {
    let disk = Disk::new();
    let mut talk = disk.resume();
    talk.type_line("begin");
    talk.type_line("a");
    talk.wait_for("Chosen: A. Saved.");
    disk.fill();
    talk.type_line("next");
    talk.type_line("b");
    talk.wait_for("Chosen: B. NOT SAVED");
    talk.type_line("leave");
    talk.wait_for("1 answer is not on disk");
    talk.wait_for("Type wait, save FILE, or leave. If you leave now, you leave without 1 answer.");
    talk.type_line("leave");
    let farewell = talk.wait_for("resume 1");
    assert!(!farewell.contains("saved"), "{farewell}");
    assert_eq!(talk.child.wait().unwrap().code(), Some(5));
    assert_eq!((disk.answers(), disk.kept().len()), (1, 1));

    disk.empty();
    let said = disk.say(&["history"], "");
    assert!(
        said.err.contains("1 answer of attempt 1, which could not be saved before, was kept and is saved now."),
        "{}",
        said.err
    );
    assert_eq!((disk.answers(), disk.kept().len()), (2, 0));
    let said = disk.say(&["resume"], "time\nleave\n");
    assert!(said.out.contains("2 of 6 answered") && said.err.is_empty(), "{}{}", said.out, said.err);
}

#[test]
fn a_disk_that_comes_back_while_somebody_leaves_gets_everything() {
    let disk = Disk::new();
    let mut talk = disk.resume();
    talk.type_line("begin");
    talk.wait_for("Question 1 of 6.");
    disk.fill();
    talk.type_line("c");
    talk.wait_for("NOT SAVED");
    talk.type_line("leave");
    talk.wait_for("Saving is retried for 5 seconds.");
    disk.empty();
    talk.wait_for("Your answers are saved and the clock is paused.");
    assert_eq!(talk.child.wait().unwrap().code(), Some(0));
    assert_eq!((disk.answers(), disk.kept().len()), (1, 0));
}

#[test]
fn the_attempt_can_be_written_into_a_file_that_a_reader_understands() {
    let disk = Disk::new();
    let file = disk.data.path().join("mine.txt");
    let mut talk = disk.resume();
    talk.type_line("begin");
    talk.wait_for("Question 1 of 6.");
    disk.fill();
    talk.type_line("c");
    talk.type_line("leave");
    talk.wait_for("Type wait, save FILE");
    talk.type_line(&format!("save {}", file.display()));
    talk.wait_for("The whole attempt is in");
    talk.type_line("leave");
    talk.wait_for("resume 1");
    let record = read_record(&file).unwrap();
    assert!(record.whole && record.entries.iter().any(|entry| format!("{entry:?}").contains("Selected")), "{record:?}");
}

#[test]
fn an_input_that_ends_before_a_full_disk_asks_nobody_and_keeps_everything() {
    let disk = Disk::new();
    disk.fill();
    let said = disk.say(&["resume"], "begin\na\nnext\nb\n");
    assert!(said.err.contains("NOT SAVED: 2 answers are not on disk"), "{}", said.err);
    assert!(said.err.contains("the next start of examroom saves it from there"), "{}", said.err);
    assert!(!said.out.contains("answers are saved"), "{}", said.out);
    assert_eq!((said.code, disk.kept().len()), (Some(5), 1));
}

#[test]
fn a_submitted_exam_that_is_not_on_disk_is_never_called_finished_and_is_finished_by_the_next_start() {
    let disk = Disk::new();
    disk.fill();
    let said = disk.say(&["resume"], "begin\na\nsubmit\nyes\nleave\n");
    assert!(said.out.contains("Submitted early: neither a pass nor a fail"), "{}", said.out);
    assert!(said.out.contains("NOT SAVED: the end of the exam and 1 answer are not on disk"), "{}", said.out);
    assert!(said.out.contains("Your exam is submitted, but not in the store."), "{}", said.out);
    assert!(!said.out.contains("Every question with its reasons"), "{}", said.out);
    assert_eq!(said.code, Some(5));
    disk.empty();
    let said = disk.say(&["report"], "");
    assert!(said.err.contains("The end of the exam and 1 answer of attempt 1"), "{}", said.err);
    assert!(said.out.contains("Submitted early: neither a pass nor a fail"), "{}", said.out);
}

#[cfg(unix)]
#[test]
fn a_program_that_is_told_to_end_before_a_disk_that_does_not_answer_keeps_the_answer_elsewhere() {
    let disk = Disk::new();
    let mut talk = disk.resume();
    talk.type_line("begin");
    talk.wait_for("Question 1 of 6.");
    disk.hold();
    talk.type_line("c");
    talk.wait_for("Chosen: C. NOT SAVED");
    terminate(&talk);
    // It ends while the disk still does not answer.
    assert_eq!(talk.child.wait().unwrap().code(), Some(5));
    disk.let_go();
    let said = disk.say(&["resume"], "time\nleave\n");
    assert!(said.err.contains("1 answer of attempt 1"), "{}", said.err);
    assert!(said.out.contains("1 of 6 answered"), "{}", said.out);
}

/// Sends the signal to end.
#[cfg(unix)]
fn terminate(talk: &Talk) {
    let pid = talk.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-s", "TERM", &pid]).status().unwrap().success());
}

#[test]
fn forty_answers_to_a_disk_that_was_away_are_all_there_after_leaving() {
    let disk = Disk::new();
    let mut talk = disk.resume();
    talk.type_line("begin");
    talk.wait_for("Question 1 of 6.");
    disk.hold();
    for _ in 0..40 {
        talk.type_line("a");
        talk.type_line("b");
    }
    talk.type_line("leave");
    disk.let_go();
    talk.wait_for("Your answers are saved and the clock is paused.");
    assert_eq!(talk.child.wait().unwrap().code(), Some(0));
    assert_eq!(disk.answers(), 80);
}

#[test]
fn a_record_that_cannot_be_read_is_kept_and_told_once() {
    let disk = Disk::new();
    disk.fill();
    disk.say(&["resume"], "begin\na\n");
    let file = &disk.kept()[0];
    let mut bytes = std::fs::read(file).unwrap();
    bytes[60] ^= 1;
    std::fs::write(file, bytes).unwrap();
    disk.empty();
    let said = disk.say(&["history"], "");
    assert!(said.err.contains("the record is damaged"), "{}", said.err);
    assert_eq!(disk.kept().len(), 1, "it is not thrown away");
    assert_eq!(disk.say(&["history"], "").err, "");
}
