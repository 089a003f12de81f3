//! Attempts that are carried from one computer to another: whatever order they come in, the same history is there.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use examroom_core::form::{Exposure, Form, Plan};
use examroom_core::id::ExamId;
use examroom_core::journal::{Journal as _, Record, Records, Saved};
use examroom_core::session::{Command, Passage, Session};
use examroom_core::time::Timestamp;
use examroom_store::{Store, TakenIn, Writer};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::forms::RULES;
use crate::support::{Said, draw, examroom, run, shipped};

/// How an attempt went: its form, when it began, how many questions were answered, and whether it was submitted.
#[derive(Clone, Debug)]
struct Course {
    seed: u64,
    at: i64,
    answers: usize,
    submitted: bool,
}

fn course() -> impl Strategy<Value = Course> {
    (0_u64..4, 0_i64..1000, 0_usize..8, any::<bool>()).prop_map(|(seed, at, answers, submitted)| Course {
        seed,
        at: 1_700_000_000_000 + at * 60_000,
        answers,
        submitted,
    })
}

fn sat(form: &Arc<Form>, course: &Course) -> Session {
    let mut session = Session::new(Arc::clone(form), RULES);
    let mut now = course.at;
    let mut send = |command| {
        now += 1000;
        session.apply(command, Timestamp(now)).unwrap();
    };
    if course.answers == 0 {
        return session;
    }
    send(Command::Begin);
    for (slot, question) in form.questions().take(course.answers) {
        send(Command::GoTo(slot));
        send(Command::Select(question.order[0].clone()));
        send(Command::Highlight(Passage { from: 0, to: 3 }));
    }
    send(if course.submitted { Command::Submit } else { Command::Leave });
    session
}

fn store(folder: &Path) -> Store {
    Store::open(folder, Timestamp(0)).unwrap().0
}

/// Takes records in. A process that another test starts has the locks of this one until it is a program of its own.
fn take_in(folder: &Path, records: &[Record]) -> Vec<TakenIn> {
    loop {
        let taken = store(folder).take_in_all(records).unwrap();
        if !taken.iter().any(|taken| matches!(taken, TakenIn::Held(_))) {
            return taken;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A folder in which these attempts were sat.
fn folder(courses: &[Course]) -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let (blueprint, bank) = shipped("rhit");
    for course in courses {
        let plan = Plan::rehearsal(&blueprint, 8);
        let form = Arc::new(draw(&blueprint, &bank, &plan, course.seed, &Exposure::default()));
        let mut store = store(data.path());
        let attempt = store.create(&form, RULES, Timestamp(course.at)).unwrap();
        let lock = store.lock(attempt.id).unwrap();
        let mut journal = Writer::start(store).open(lock, &attempt);
        journal.append(sat(&form, course).journal().to_vec());
        assert_eq!(journal.flush(Duration::from_mins(1)), Saved::Yes);
        Box::new(journal).close();
    }
    data
}

fn records(folder: &Path) -> Vec<Record> {
    let store = store(folder);
    let ids: Vec<_> = store.list().unwrap().iter().rev().map(|attempt| attempt.id).collect();
    store.records(&ids).map(Result::unwrap).collect()
}

/// All that a history tells, but for the numbers, which say in which order attempts came.
fn history(folder: &Path) -> String {
    let store = store(folder);
    let mut told: Vec<String> = store
        .history()
        .unwrap()
        .iter()
        .map(|(summary, result)| {
            let times = (summary.created_at, summary.began_at, summary.finished_at);
            format!("{} {:?} {times:?} {:?}", summary.exam, summary.kind, result.as_ref().unwrap())
        })
        .collect();
    told.sort();
    let mut seen: Vec<_> = store.exposure(&ExamId::new("rhit")).unwrap().0.into_iter().collect();
    seen.sort();
    format!("{told:#?} {seen:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn attempts_come_in_any_order_and_in_any_state_and_the_history_is_the_same(
        courses in prop::collection::vec(course(), 1..5),
        order in prop::collection::vec((any::<Index>(), any::<Index>()), 0..8),
    ) {
        let from = folder(&courses);
        let all = records(from.path());
        let to = tempfile::tempdir().unwrap();
        // Earlier states of some attempts come first, and then everything, the last first.
        for (which, length) in order {
            let mut record = which.get(&all).clone();
            record.entries.truncate(length.index(record.entries.len() + 1));
            take_in(to.path(), &[record]);
        }
        let backward: Vec<Record> = all.iter().rev().cloned().collect();
        take_in(to.path(), &backward);
        prop_assert_eq!(history(to.path()), history(from.path()));
        let again = take_in(to.path(), &all);
        prop_assert!(again.iter().all(|taken| matches!(taken, TakenIn::Known(_))), "{:?}", again);
        prop_assert_eq!(history(to.path()), history(from.path()));
    }
}

/// Two data folders, and a file between them.
struct Computers {
    here: tempfile::TempDir,
    there: tempfile::TempDir,
}

impl Computers {
    /// Here are an exam that was finished, one that was left, and one that never began.
    fn new() -> Self {
        let computers = Self { here: tempfile::tempdir().unwrap(), there: tempfile::tempdir().unwrap() };
        for script in ["begin\na\nsubmit\nyes\n", "begin\nb\nleave\n", "leave\n"] {
            let said = say(computers.here.path(), &["take", "rhit", "--items", "5", "--seed", "3"], script);
            assert_eq!(said.code, Some(0), "{}", said.err);
        }
        computers
    }

    fn file(&self) -> String {
        self.here.path().join("attempts.txt").display().to_string()
    }

    fn carry(&self, export: &[&str], import: &[&str]) -> Said {
        let file = self.file();
        let _ = std::fs::remove_file(&file);
        let said = say(self.here.path(), &[&["attempt", "export", &file], export].concat(), "");
        assert_eq!(said.code, Some(0), "{}", said.err);
        say(self.there.path(), &[&["attempt", "import", &file], import].concat(), "")
    }
}

fn say(data: &Path, arguments: &[&str], script: &str) -> Said {
    let mut command = examroom(data);
    command.args(arguments);
    run(command, script)
}

#[test]
fn somebody_elses_attempts_come_only_when_they_are_said_to_be_ones_own() {
    let computers = Computers::new();
    let said = computers.carry(&["--name", "Kim"], &[]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("those of Kim, from another data folder") && said.err.contains("--mine"), "{}", said.err);
    assert!(say(computers.there.path(), &["history"], "").out.contains("not sat an exam yet"));

    let said = computers.carry(&[], &["--mine"]);
    assert_eq!(said.out, "2 attempts added: 1, 2.\n", "{}", said.err);
    // Whoever was recognized once is not asked about again.
    let said = computers.carry(&["--all"], &[]);
    assert_eq!(said.out, "1 attempt added: 3.\n2 attempts already here: 1, 2.\n", "{}", said.err);
    let history = |data: &Path| say(data, &["history", "--json"], "").out;
    assert_eq!(history(computers.there.path()), history(computers.here.path()));
    assert!(!std::fs::read_to_string(computers.file()).unwrap().contains("Kim"));
}

#[test]
fn what_went_on_here_is_kept_and_what_went_on_there_is_added() {
    let computers = Computers::new();
    computers.carry(&[], &["--mine"]);
    // It goes on here, and the file lags behind.
    say(computers.there.path(), &["resume", "2"], "next\nc\nleave\n");
    assert_eq!(computers.carry(&[], &[]).out, "2 attempts already here: 1, 2.\n");
    assert!(say(computers.there.path(), &["resume", "2"], "time\nleave\n").out.contains("2 of 5 answered"));
    // It goes on there, otherwise.
    say(computers.here.path(), &["resume", "2"], "next\nd\nleave\n");
    let said = computers.carry(&[], &[]);
    assert!(said.out.contains("1 attempt left as here, having gone on otherwise in the file: 2."), "{}", said.out);
}

#[test]
fn a_damaged_file_is_named_by_its_lines_and_what_is_whole_can_be_taken() {
    let computers = Computers::new();
    computers.carry(&[], &["--mine"]);
    let fresh = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(computers.file()).unwrap();
    let number = 1 + text.lines().position(|line| line.contains("\"selected\"")).unwrap();
    std::fs::write(computers.file(), text.replacen("\"selected\"", "\"selectef\"", 1)).unwrap();
    let import = |arguments: &[&str]| {
        say(fresh.path(), &[&["attempt", "import", &computers.file(), "--mine"], arguments].concat(), "")
    };
    let said = import(&[]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains(&format!("is damaged: line {number} is damaged")), "{}", said.err);
    assert!(said.err.contains("1 attempt in it can be read whole, and 1 attempt in part"), "{}", said.err);
    let said = import(&["--rest"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "2 attempts added: 1, 2.\n"), "{}", said.err);
    assert!(
        said.err.contains("Of attempt 1, only the first 3 events could be read, and with them the answers to "),
        "{}",
        said.err
    );
    // The undamaged file makes up for it.
    std::fs::write(computers.file(), text).unwrap();
    assert_eq!(import(&[]).out, "1 attempt continued from the file: 1.\n1 attempt already here: 2.\n");
}

#[test]
fn what_was_noted_beside_the_attempts_is_carried_with_them() {
    let computers = Computers::new();
    let (here, there) = (computers.here.path(), computers.there.path());
    for arguments in [&["result", "rhit", "pass", "--date", "2026-11-24"][..], &["practice", "rhit", "--reset"]] {
        let said = say(here, arguments, "yes\n");
        assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    }
    let said = computers.carry(&[], &["--mine"]);
    assert!(
        said.out.contains("1 real exam result added.\nWhat practice counts in rhit is cleared here too.\n"),
        "{}",
        said.out
    );
    let history = say(there, &["history"], "").out;
    assert!(history.contains("Real exam: rhit passed on 2026-11-24."), "{history}");
    let again = say(there, &["attempt", "import", &computers.file()], "");
    assert!(!again.out.contains("real exam") && !again.out.contains("cleared"), "{}", again.out);
}

#[test]
fn what_is_no_file_with_attempts_changes_nothing() {
    let computers = Computers::new();
    assert_eq!(computers.carry(&[], &["--mine"]).code, Some(0));
    let file = computers.file();
    let text = std::fs::read_to_string(&file).unwrap();
    let cases = [
        (text.replacen("version 1", "version 2", 1), "was written by a newer examroom"),
        ("a letter".to_owned(), "this is not a record of attempts"),
        (String::new(), "this is not a record of attempts"),
    ];
    for (text, wanted) in cases {
        std::fs::write(&file, text).unwrap();
        let said = say(computers.there.path(), &["attempt", "import", &file], "");
        assert!(said.code == Some(1) && said.err.contains(wanted), "{}", said.err);
    }
    let said = say(computers.here.path(), &["attempt", "export", &file], "");
    assert!(said.err.contains("is there already, and was not changed"), "{}", said.err);
    for path in ["/dev/full", "/nowhere/attempts.txt"] {
        let said = say(computers.here.path(), &["attempt", "export", path], "");
        assert!(said.code == Some(1) && said.err.contains(path), "{}", said.err);
    }
}

#[test]
fn only_what_never_began_is_discarded() {
    let computers = Computers::new();
    let here = computers.here.path();
    let said = say(here, &["attempt", "discard", "2"], "");
    assert!(said.code == Some(1) && said.err.contains("attempt 2 has begun"), "{}", said.err);
    assert_eq!(say(here, &["attempt", "discard", "3"], "").out, "Attempt 3 is discarded.\n");
    assert_eq!(say(here, &["attempt", "discard"], "").out, "There is no attempt that never began.\n");
    assert!(say(here, &["attempt", "discard", "9"], "").err.contains("there is no attempt 9"));
    assert_eq!(say(here, &["history", "--json"], "").out.matches("\"attempt\"").count(), 2);
}

#[test]
fn a_file_with_attempts_is_read_whole_or_not_at_all() {
    let computers = Computers::new();
    computers.carry(&[], &["--mine"]);
    let records = Records::decode(&std::fs::read(computers.file()).unwrap()).unwrap();
    assert!(records.damage.is_empty() && records.attempts.iter().all(|record| record.whole));
}
