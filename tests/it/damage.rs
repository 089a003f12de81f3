//! Damage that is met late: every command replaces what it can, says what it cannot, and one bad attempt hides no other.

use std::path::Path;

use rusqlite::Connection;

use crate::support::{Said, examroom, run};

fn say(data: &Path, arguments: &[&str], script: &str) -> Said {
    let mut command = examroom(data);
    command.args(arguments);
    run(command, script)
}

/// A data folder with two attempts that were left after an answer.
fn two_attempts() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    for seed in ["1", "2"] {
        let take = ["take", "rhit", "--items", "3", "--seed", seed];
        assert_eq!(say(data.path(), &take, "begin\na\nleave\n").code, Some(0));
    }
    data
}

#[expect(clippy::disallowed_methods, reason = "the test damages the store")]
fn damage(data: &Path, sql: &str) {
    let db = Connection::open(data.join("examroom.db")).unwrap();
    assert!(db.execute(sql, []).unwrap() > 0);
}

#[test]
fn a_text_that_was_damaged_is_taken_from_the_bank_which_has_the_same() {
    let data = two_attempts();
    damage(data.path(), "UPDATE text SET body = replace(body, 'e', 'x')");
    for number in ["1", "2"] {
        let said = say(data.path(), &["resume", number], "time\nleave\n");
        assert!(said.err.contains("had been damaged, and came from the bank"), "{}", said.err);
        assert!(said.out.contains("1 of 3 answered"), "{}", said.out);
    }
    assert_eq!(say(data.path(), &["resume", "1"], "leave\n").err, "");
}

#[test]
fn an_attempt_with_a_changed_event_is_named_and_hides_no_other() {
    let data = two_attempts();
    damage(data.path(), "UPDATE event SET body = replace(body, 'selected', 'sElected') WHERE attempt = 1");
    let refused = say(data.path(), &["resume", "1"], "");
    assert!(refused.err.contains("attempt 1 is damaged: its event"), "{}", refused.err);
    assert!(say(data.path(), &["resume", "2"], "time\nleave\n").out.contains("1 of 3 answered"));
    let history = say(data.path(), &["history", "--plain"], "").out;
    assert!(history.contains("Attempt 1:") && history.contains("Attempt 2:"), "{history}");
}

#[test]
fn a_page_that_a_command_meets_damaged_is_mended_then_and_there() {
    let data = two_attempts();
    let path = data.path().join("examroom.db");
    let whole = std::fs::read(&path).unwrap();
    let mut met = 0;
    for page in 1..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0);
        std::fs::write(&path, bytes).unwrap();
        let first = say(data.path(), &["report", "1"], "");
        if first.err.contains("run the command again") {
            met += 1;
            let second = say(data.path(), &["report", "1"], "");
            assert!(!second.err.contains("malformed"), "page {page}: {}", second.err);
        }
        assert!(!first.err.contains("panicked"), "page {page}: {}", first.err);
    }
    assert!(met > 0, "no damaged page was met");
}

#[test]
fn the_check_on_request_finds_a_damaged_page_and_says_where_what_was_there_is_kept() {
    let data = two_attempts();
    let path = data.path().join("examroom.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let said = say(data.path(), &["data", "--check"], "");
    assert!(said.err.contains("The file with your attempts was damaged. It was kept as"), "{}{}", said.out, said.err);
    assert!(say(data.path(), &["data"], "").out.contains("A damaged file, kept"));
}
