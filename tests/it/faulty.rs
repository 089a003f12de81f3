//! Faults on purpose, a small share of each kind; `cargo bench --bench faults` has the whole.

use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use examroom_core::journal::conformance::{RULES, form};
use examroom_core::journal::{AttemptId, Journal as _, Saved};
use examroom_core::session::{Event, JournalEntry};
use examroom_core::time::Timestamp;
use examroom_store::{Store, Writer};

use crate::faults::layer::Plan;
use crate::faults::power::{Recorded, at_random, called_saved};
use crate::faults::salvage::Damaged;
use crate::faults::sitting::{Sitting, copy};
use crate::faults::tally::{Tally, Verdict, Wrong};
use crate::faults::{errors, kills, trace};

static SITTING: LazyLock<Sitting> = LazyLock::new(Sitting::prepare);
static DAMAGED: LazyLock<Damaged> = LazyLock::new(Damaged::prepare);

#[track_caller]
fn assert_none(tally: &Tally) {
    assert!(tally.trials > 0, "nothing was tried");
    assert_eq!(tally.failed(), 0, "{}", tally.line());
}

/// For a campaign that has few trials enough to end by itself.
fn always() -> bool {
    true
}

#[test]
fn no_answer_that_was_called_saved_is_lost_by_a_kill_at_a_call() {
    let mut tally = Tally::default();
    kills::at_each_call(&SITTING, 29, &mut tally, always);
    assert_none(&tally);
}

#[test]
fn no_answer_that_was_called_saved_is_lost_by_kills_at_random() {
    let (mut tally, mut left) = (Tally::default(), 25);
    kills::at_random(1, &mut tally, || {
        left -= 1;
        left > 0
    });
    assert_none(&tally);
}

#[test]
fn no_refused_call_makes_the_program_say_what_is_not_so() {
    let mut tally = Tally::default();
    errors::at_each_call(&SITTING, errors::ONCE, 47, &mut tally, always);
    errors::at_each_call(&SITTING, errors::LASTING, 283, &mut tally, always);
    assert_none(&tally);
}

#[test]
fn no_answer_that_was_called_saved_is_lost_by_a_cut_of_power() {
    let recorded = Recorded { trace: &SITTING.trace, folder: &SITTING.recorded_in, before: SITTING.base() };
    let mut tally = Tally::default();
    at_random(&recorded, 1, 150, &mut tally, |data, said| SITTING.judge(data, called_saved(said, SITTING.answers())));
    assert_none(&tally);
}

#[test]
fn no_attempt_is_lost_by_a_kill_a_refused_call_or_a_cut_of_power_in_a_salvage() {
    let mut tally = Tally::default();
    DAMAGED.at_each_call(&["kill-before", "kill-in", "kill-after", "fail 28"], 31, &mut tally, always);
    let recorded = Recorded { trace: &DAMAGED.trace, folder: &DAMAGED.recorded_in, before: DAMAGED.base() };
    at_random(&recorded, 1, 40, &mut tally, |data, _| DAMAGED.judge(data));
    assert_none(&tally);
}

/// The number of events that the store alone is given below.
const EVENTS: i64 = 30;

/// Cuts the power while a store takes events that it calls saved, with commits that wait for the disk or do not.
fn cut_under(synchronous: &str) -> Tally {
    let folder = tempfile::tempdir().unwrap();
    let (base, data, log) = (folder.path().join("base"), folder.path().join("data"), folder.path().join("log"));
    let (mut store, _) = Store::open(&base, Timestamp(0)).unwrap();
    store.create(&form(), RULES, Timestamp(0)).unwrap();
    drop(store);
    copy(&base, &data);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "faulty::a_store_that_says_what_it_has_saved", "--ignored", "--nocapture"])
        .env("FAULTS_CHILD", &data)
        .env("FAULTS_SYNCHRONOUS", synchronous)
        .stdout(Stdio::null());
    Plan { log: Some(log.clone()), ..Plan::default() }.apply(&mut child, &data);
    assert!(child.status().unwrap().success());
    let trace = trace::read(&log);
    let mut tally = Tally::default();
    at_random(&Recorded { trace: &trace, folder: &data, before: &base }, 1, 150, &mut tally, |data, said| {
        let called_saved = said.lines().filter(|line| line.starts_with("saved ")).count();
        holds(data, called_saved)
    });
    tally
}

fn holds(data: &std::path::Path, called_saved: usize) -> Verdict {
    let corrupt = |what: &dyn std::fmt::Debug| (Wrong::Corrupt, format!("{what:?}"));
    let (store, _) = Store::open(data, Timestamp(0)).map_err(|error| corrupt(&error))?;
    let found = store.load(AttemptId(1)).map_err(|error| corrupt(&error))?.session.journal().len();
    if found < called_saved {
        Err((Wrong::Lost, format!("{called_saved} called saved, {found} there")))
    } else {
        Ok(())
    }
}

#[test]
fn a_cut_of_power_costs_nothing_where_commits_wait_for_the_disk_and_is_noticed_where_they_do_not() {
    assert_none(&cut_under("FULL"));
    assert!(cut_under("NORMAL").lost > 10, "this test would not notice a commit that does not wait for the disk");
    assert!(cut_under("OFF").lost > 10);
}

#[test]
#[ignore = "is run by the test above, under the layer"]
#[expect(clippy::print_stdout, reason = "the layer records what is said")]
fn a_store_that_says_what_it_has_saved() {
    let data = std::env::var_os("FAULTS_CHILD").unwrap();
    let (store, _) = Store::open(data.as_ref(), Timestamp(0)).unwrap();
    store.set_synchronous(&std::env::var("FAULTS_SYNCHRONOUS").unwrap()).unwrap();
    let lock = store.lock(AttemptId(1)).unwrap();
    let attempt = store.load(AttemptId(1)).unwrap();
    let mut journal = Writer::start(store).open(lock, &attempt);
    for at in 0..EVENTS {
        journal.append(vec![JournalEntry { at: Timestamp(at), event: Event::Began }]);
        assert_eq!(journal.flush(Duration::from_mins(1)), Saved::Yes);
        println!("\nsaved {at}");
    }
    Box::new(journal).close();
}
