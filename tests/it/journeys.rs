//! Candidates' journeys through the real binary, with a script on standard input.

use std::path::Path;

use crate::support::{Said, Talk, examroom, hasty_exam, run, shift_back};
use examroom_core::time::minutes;

fn take(data: &Path, arguments: &[&str], script: &str) -> Said {
    let mut command = examroom(data);
    command.arg("take").args(arguments);
    run(command, script)
}

fn json(data: &Path, arguments: &[&str]) -> serde_json::Value {
    let mut command = examroom(data);
    command.args(arguments).arg("--json");
    let said = run(command, "");
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}{}", said.out, said.err))
}

/// Answers every question of a section and ends it: with the second choice, or with the first two where two are wanted.
fn answer_section(questions: usize) -> String {
    format!("{}end\nyes\n", "a\nb\n\n".repeat(questions))
}

#[test]
fn a_whole_rhit_mock_is_sat_killed_in_the_middle_resumed_and_scored() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["take", "rhit", "--seed", "11"]);
    let mut talk = Talk::start(command);
    talk.type_line("begin");
    for number in 1..=75 {
        talk.wait_for(&format!("Question {number} of 150."));
        let several = talk.wait_for("Choose ").contains('2');
        talk.type_line(if several { "1 2" } else { "1" });
        talk.wait_for("Saved.");
        if number == 75 {
            talk.type_line("flag");
            talk.wait_for("Flagged. Saved.");
        } else {
            talk.type_line("next");
        }
    }
    // Killed without a word: every answer that was called saved is there.
    talk.child.kill().unwrap();
    talk.child.wait().unwrap();

    let mut command = examroom(data.path());
    command.arg("resume");
    let said = run(command, &format!("time\n\n{}", answer_section(75)));
    assert!(said.out.starts_with("Question 75 of 150. Flagged.\n"), "{}", said.out);
    assert!(said.out.contains("75 of 150 answered, 1 flagged."), "{}", said.out);
    assert!(said.out.contains("Every question is answered."), "{}", said.out);
    assert!(said.out.contains("Estimated scaled score:"), "{}", said.out);
    assert!(said.out.contains("Interruption: the program was ended"), "{}", said.out);
    assert!(said.out.contains("AHIMA has no part in this"), "{}", said.out);
    assert_eq!(said.code, Some(0));

    let report = json(data.path(), &["report"]);
    assert_eq!(report["raw"]["of"], 130);
    assert_eq!(report["unscored"]["of"], 20);
    assert_eq!(report["items"].as_array().unwrap().len(), 150);
    let history = &json(data.path(), &["history"])["attempts"];
    assert_eq!(history.as_array().unwrap().len(), 1, "no second attempt has appeared");
    assert_eq!(history[0]["scaled"], report["scaled"]);
}

#[test]
fn a_whole_ctr_mock_goes_through_both_parts_and_the_break_and_a_kill_in_the_open_part() {
    let data = tempfile::tempdir().unwrap();
    let script = format!("begin\n{}", answer_section(188));
    let said = take(data.path(), &["ctr", "--seed", "5"], &script);
    assert!(said.out.contains("Closed book, question 188 of 188."), "{}", said.out);
    assert!(
        said.out.contains("Time for a break: 15 minutes left of the break.\nClosed book has ended"),
        "{}",
        said.out
    );
    assert_eq!(said.code, Some(4), "the input ended before the exam did");
    assert!(said.out.contains("resume 1"), "{}", said.out);

    let mut command = examroom(data.path());
    command.arg("resume");
    let mut talk = Talk::start(command);
    talk.wait_for("Time for a break:");
    talk.type_line("continue");
    talk.wait_for("Open book, question 1 of 47.");
    talk.type_line("shelf lung lobectomy");
    talk.wait_for("Read a sheet: ");
    talk.type_line("b");
    talk.wait_for("Chosen: B. Saved.");
    talk.type_line("previous");
    talk.wait_for("This is the first question of the section.");
    talk.child.kill().unwrap();
    talk.child.wait().unwrap();

    let mut command = examroom(data.path());
    command.arg("resume");
    let said = run(command, &format!("\n{}", answer_section(46)));
    assert!(said.out.contains("Every question is answered."), "{}", said.out);
    assert!(said.out.contains("Time, Closed book:") && said.out.contains("Time, Open book:"), "{}", said.out);
    let report = json(data.path(), &["report", "1"]);
    assert_eq!((report["raw"]["of"].as_u64(), report["unscored"]["of"].as_u64()), (Some(225), Some(10)));
}

/// The promise: what the screen calls saved is on disk, whenever the program is killed.
#[test]
fn no_answer_that_was_called_saved_is_lost_in_twenty_kills() {
    let data = tempfile::tempdir().unwrap();
    let said = take(data.path(), &["rhit", "--seed", "21"], "begin\nleave\n");
    assert_eq!(said.code, Some(0), "{}", said.err);
    let mut flags = 0;
    for round in 0..20 {
        let mut command = examroom(data.path());
        command.arg("resume");
        let mut talk = Talk::start(command);
        talk.wait_for("Question ");
        // Flags are counted: each one changes what the next review says, and none may be lost or doubled.
        for _ in 0..=round % 4 {
            talk.type_line("flag");
            talk.wait_for("Flagged. Saved.");
            flags += 1;
            talk.type_line("next");
            talk.wait_for("Question ");
        }
        // Something is under way when the kill comes; it may be lost or kept, but nothing before it.
        talk.type_line("note on the way");
        talk.child.kill().unwrap();
        talk.child.wait().unwrap();
    }
    let mut command = examroom(data.path());
    command.arg("resume");
    let said = run(command, "time\nleave\n");
    assert!(said.out.contains(&format!("0 of 150 answered, {flags} flagged.")), "{flags} flags: {}", said.out);
    assert_eq!(json(data.path(), &["history"])["attempts"].as_array().unwrap().len(), 1);
}

#[test]
fn the_report_shows_the_questions_that_are_asked_for() {
    let data = tempfile::tempdir().unwrap();
    let said =
        take(data.path(), &["rhit", "--items", "6", "--seed", "2"], &format!("begin\nflag\n{}", answer_section(6)));
    assert!(said.out.contains("A short rehearsal, not a mock exam: it has no scaled score."), "{}", said.out);
    let shown = |only: &str| {
        let mut command = examroom(data.path());
        command.args(["report", "--only", only]);
        run(command, "").out
    };
    let (all, wrong, flagged) = (shown("all"), shown("wrong"), shown("flagged"));
    assert!(all.contains("6 questions shown."), "{all}");
    assert!(flagged.contains("1 question shown.") && flagged.contains("question 1."), "{flagged}");
    let right = json(data.path(), &["report"])["raw"]["right"].as_u64().unwrap();
    assert_eq!(wrong.matches("Wrong: you chose").count() as u64, 6 - right, "{wrong}");
    assert!(!all.contains("{a}") && all.contains("Source:"), "rationales name this sitting's letters");
}

#[test]
fn input_that_means_nothing_is_answered_with_what_is_possible() {
    let data = tempfile::tempdir().unwrap();
    let script = "what\nbegin\nz\nflga\ngo 99\nstrike\nsubmit\nmaybe\nno\nleave\n";
    let said = take(data.path(), &["rhit", "--items", "4", "--seed", "1"], script);
    for wanted in [
        "Possible: begin, help, leave.",
        "\"z\" is not recognized.",
        "Did you mean flag?",
        "There is no such question; this section has 1 to 4.",
        "Say which choice, for example: strike b",
        "Type yes or no.",
        "Then the exam continues.",
        "Your answers are saved and the clock is paused.",
    ] {
        assert!(said.out.contains(wanted), "{wanted}\n{}", said.out);
    }
    assert_eq!(said.code, Some(0));
}

#[test]
fn enter_alone_never_ends_anything() {
    let data = tempfile::tempdir().unwrap();
    let said = take(data.path(), &["rhit", "--items", "3", "--seed", "1"], &format!("begin\n{}", "\n".repeat(60)));
    assert!(!said.out.contains("Estimated"), "{}", said.out);
    assert_eq!(said.code, Some(4));
}

#[test]
fn closed_input_leaves_the_sitting_and_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["take", "rhit", "--items", "5", "--seed", "1"]);
    let mut talk = Talk::start(command);
    talk.type_line("begin");
    talk.type_line("c");
    talk.wait_for("Chosen: C. Saved.");
    talk.hang_up();
    talk.wait_for("resume 1");
    assert_eq!(talk.child.wait().unwrap().code(), Some(4));
    let mut command = examroom(data.path());
    command.arg("--plain");
    let said = run(command, "repeat\nleave\n");
    assert!(said.out.contains("(chosen)"), "examroom alone goes on where it was left: {}", said.out);
}

#[test]
fn a_strict_exam_runs_out_while_nobody_is_there() {
    let data = tempfile::tempdir().unwrap();
    let said = take(data.path(), &["rhit", "--items", "1", "--seed", "1", "--strict"], "begin\na\nleave\nyes\n");
    assert!(said.out.contains("The clock keeps running while you are away."), "{}", said.out);
    assert!(said.out.contains("Your answers are saved. The clock keeps running."), "{}", said.out);
    // The attempt began two hours ago.
    shift_back(data.path(), minutes(120));
    let mut command = examroom(data.path());
    command.arg("resume");
    let said = run(command, "");
    assert!(said.err.contains("Time ran out while you were away"), "{}{}", said.out, said.err);
    assert!(said.out.contains("Ended: when time was up"), "{}", said.out);
}

#[test]
fn what_can_be_read_of_a_damaged_store_is_salvaged() {
    let data = tempfile::tempdir().unwrap();
    for seed in ["1", "2"] {
        let script = format!("begin\n{}", answer_section(40));
        let said = take(data.path(), &["rhit", "--items", "40", "--seed", seed], &script);
        assert_eq!(said.code, Some(0), "{}", said.err);
    }
    let path = data.path().join("examroom.db");
    let before = json(data.path(), &["report", "1"]);
    // A page in the middle of the second attempt's journal is lost.
    let mut bytes = std::fs::read(&path).unwrap();
    let needle = b"\"event\":\"section-ended\"";
    let at = bytes.windows(needle.len()).rposition(|window| window == needle).unwrap();
    let page = at / 4096 * 4096;
    bytes[page..page + 4096].fill(0xff);
    std::fs::write(&path, &bytes).unwrap();
    // The next day, everything is looked through.
    std::fs::remove_file(data.path().join("locks/checked")).unwrap();

    let said = take(data.path(), &["rhit", "--items", "2"], "leave\n");
    assert!(said.err.contains("was damaged. It was kept as"), "{}", said.err);
    let cut_short = said.err.split("Of attempt 2, only the first ").nth(1).unwrap();
    assert!(cut_short.contains(" events could be read, and with them the answers to "), "{}", said.err);
    assert_eq!(json(data.path(), &["report", "1"]), before, "the first attempt is whole");
    assert_eq!(json(data.path(), &["history"])["attempts"].as_array().unwrap().len(), 3);
    let kept = std::fs::read_dir(data.path())
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.to_string_lossy().ends_with(".db") && p.to_string_lossy().contains("damaged"));
    assert_eq!(std::fs::read(kept.unwrap()).unwrap(), bytes, "the damaged file is kept as it was");
}

#[test]
fn looking_back_replaces_a_damaged_store_by_what_can_be_read() {
    let data = tempfile::tempdir().unwrap();
    let said = take(data.path(), &["rhit", "--items", "4", "--seed", "1"], &format!("begin\n{}", answer_section(4)));
    assert_eq!(said.code, Some(0), "{}", said.err);
    let path = data.path().join("examroom.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[0] = b'X';
    std::fs::write(&path, bytes).unwrap();
    let mut command = examroom(data.path());
    command.arg("history");
    let said = run(command, "");
    assert!(said.err.contains("1 attempt could be read and copied into a new one."), "{}", said.err);
    assert_eq!(json(data.path(), &["report"])["items"].as_array().unwrap().len(), 4);
}

#[test]
fn answers_in_the_journal_of_an_emptied_store_are_not_thrown_away_by_looking_at_it() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["take", "rhit", "--items", "5", "--seed", "1"]);
    let mut talk = Talk::start(command);
    talk.type_line("begin");
    talk.type_line("d");
    talk.wait_for("Chosen: D. Saved.");
    talk.child.kill().unwrap();
    talk.child.wait().unwrap();
    std::fs::write(data.path().join("examroom.db"), "").unwrap();
    let mut command = examroom(data.path());
    command.arg("history");
    let said = run(command, "");
    assert!(said.err.contains("1 attempt could be read"), "{}", said.err);
    let mut command = examroom(data.path());
    command.arg("resume");
    let said = run(command, "time\nleave\n");
    assert!(said.out.contains("1 of 5 answered"), "{}{}", said.out, said.err);
}

#[test]
fn the_time_runs_out_while_the_prompt_waits() {
    let (data, banks) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    hasty_exam(banks.path());
    let mut command = examroom(data.path());
    command.args(["take", "hasty", "--items", "2", "--seed", "1", "--banks"]).arg(banks.path());
    let mut talk = Talk::start(command);
    talk.type_line("begin");
    talk.wait_for("Question 1 of 2.");
    talk.type_line("a");
    talk.wait_for("Chosen: A. Saved.");
    // Nothing more is typed, and standard input stays open.
    talk.wait_for("Time is up. Your answers were submitted.");
    talk.wait_for("Ended: when time was up");
    assert_eq!(talk.child.wait().unwrap().code(), Some(0));
    let report = json(data.path(), &["report"]);
    assert_eq!(report["items"].as_array().unwrap().iter().filter(|item| item["mark"] == "not-reached").count(), 1);
}

#[test]
fn an_unknown_exam_is_answered_with_the_nearest() {
    let data = tempfile::tempdir().unwrap();
    let said = take(data.path(), &["rhti"], "");
    assert!(said.err.contains("there is no exam \"rhti\"") && said.err.contains("did you mean rhit?"), "{}", said.err);
    assert_eq!(said.code, Some(2));
}

#[test]
fn a_data_folder_that_cannot_be_written_refuses_before_the_clock_starts() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    let said = take(&file, &["rhit"], "begin\n");
    assert!(said.err.contains("cannot be written") && said.err.contains("--data-dir"), "{}", said.err);
    assert!(!said.out.contains("Question 1"), "{}", said.out);
    assert_eq!(said.code, Some(1));
}

#[test]
fn a_damaged_store_is_kept_and_a_newer_one_refused() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("examroom.db"), "hours of work, but no database").unwrap();
    let said = take(data.path(), &["rhit", "--items", "2"], "leave\n");
    assert!(said.err.contains("was damaged. It was kept as"), "{}", said.err);
    let kept = std::fs::read_dir(data.path())
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.to_string_lossy().contains("damaged"));
    assert!(std::fs::read_to_string(kept.unwrap()).unwrap().contains("hours of work"));

    #[expect(clippy::disallowed_methods, reason = "the test looks behind the program's back")]
    let db = rusqlite::Connection::open(data.path().join("examroom.db")).unwrap();
    db.pragma_update(None, "user_version", 77).unwrap();
    drop(db);
    let said = take(data.path(), &["rhit"], "");
    assert!(said.err.contains("written by a newer examroom"), "{}", said.err);
}

#[test]
fn a_second_window_is_told_who_has_the_attempt_and_may_take_it_over() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["take", "rhit", "--items", "5", "--seed", "1"]);
    let mut first = Talk::start(command);
    first.type_line("begin");
    first.type_line("d");
    first.wait_for("Chosen: D. Saved.");

    let mut command = examroom(data.path());
    command.arg("resume");
    let said = run(command, "");
    assert!(said.err.contains("open in another examroom") && said.err.contains("--take-over"), "{}", said.err);

    let mut command = examroom(data.path());
    command.args(["resume", "--take-over"]);
    let said = run(command, "repeat\nleave\n");
    assert!(said.out.contains("(chosen)"), "{}{}", said.out, said.err);
    first.wait_for("has taken over this attempt");
    assert_eq!(first.child.wait().unwrap().code(), Some(4));
}

#[test]
fn a_bank_that_changes_after_the_beginning_changes_nothing() {
    let data = tempfile::tempdir().unwrap();
    let banks = tempfile::tempdir().unwrap();
    let exam = banks.path().join("stable");
    std::fs::create_dir(&exam).unwrap();
    std::fs::write(exam.join("exam.toml"), include_str!("../fixtures/stable/exam.toml")).unwrap();
    std::fs::write(exam.join("bank.toml"), include_str!("../fixtures/stable/bank.toml")).unwrap();
    let named = banks.path().to_str().unwrap();
    let said = take(data.path(), &["stable", "--seed", "1", "--banks", named], "begin\na\nleave\n");
    assert!(said.out.contains("Chosen: A. Saved."), "{}{}", said.out, said.err);
    std::fs::remove_dir_all(&exam).unwrap();
    let mut command = examroom(data.path());
    command.arg("resume");
    let said = run(command, &format!("\n{}", answer_section(11)));
    assert!(said.out.contains("Every question is answered."), "{}{}", said.out, said.err);
}

#[test]
fn no_sitting_starts_on_a_bad_bank_and_everything_wrong_is_told() {
    let data = tempfile::tempdir().unwrap();
    let banks = tempfile::tempdir().unwrap();
    let exam = banks.path().join("stable");
    std::fs::create_dir(&exam).unwrap();
    std::fs::write(exam.join("exam.toml"), include_str!("../fixtures/stable/exam.toml")).unwrap();
    let bank = include_str!("../fixtures/stable/bank.toml").replacen("key = \"a\"", "key = \"e\"", 2);
    std::fs::write(exam.join("bank.toml"), bank).unwrap();
    let said = take(data.path(), &["stable", "--banks", banks.path().to_str().unwrap()], "begin\n");
    assert_eq!(said.err.matches("error[key-not-a-choice]").count(), 2, "{}", said.err);
    assert!(said.err.contains("bank.toml:14:7"), "{}", said.err);
    assert!(!said.out.contains("Question"), "{}", said.out);
    assert_eq!(said.code, Some(3));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["bank", "explain"]);
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_shipped_banks_pass_their_own_check_with_the_forms_that_the_readme_counts() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["bank", "check", "--strict"]);
    let said = run(command, "");
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    let forms = |count: u32| said.out.matches(&format!("{count} forms can be drawn without a common question")).count();
    assert_eq!((forms(2), forms(3)), (2, 2), "CTR and ODS, and the two outlines of RHIT: {}", said.out);
}

#[test]
fn looking_back_works_in_a_folder_that_cannot_be_written() {
    let data = tempfile::tempdir().unwrap();
    let said = take(data.path(), &["rhit", "--items", "2", "--seed", "1"], &format!("begin\n{}", answer_section(2)));
    assert_eq!(said.code, Some(0), "{}", said.err);
    let before = json(data.path(), &["report"]);
    let mut permissions = std::fs::metadata(data.path()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(data.path(), permissions.clone()).unwrap();
    let after = json(data.path(), &["report"]);
    #[expect(clippy::permissions_set_readonly_false, reason = "so that the folder can be removed")]
    permissions.set_readonly(false);
    std::fs::set_permissions(data.path(), permissions).unwrap();
    assert_eq!(before, after);
}
