//! What is stored of shipped exams: how much, and once for all exams that share it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use examroom_core::form::{Exposure, Form, Plan};
use examroom_core::id::ExamId;
use examroom_core::journal::{AttemptId, Journal as _, Saved};
use examroom_core::session::{Command, Session};
use examroom_core::time::Timestamp;
use examroom_store::{Store, Writer};

use crate::forms::RULES;
use crate::pinned::exams;
use crate::support::{draw, examroom, run, shipped};

/// Sits a form as somebody does who answers everything, changes every fifth answer and looks at every fourth question
/// again, and stores it.
fn sit(data: &Path, form: &Arc<Form>) {
    let (mut store, _) = Store::open(data, Timestamp(0)).unwrap();
    let attempt = store.create(form, RULES, Timestamp(1_700_000_000_000)).unwrap();
    let mut session = Session::new(Arc::clone(form), RULES);
    let mut now = 1_700_000_000_000;
    let mut send = |session: &mut Session, command: Command| {
        now += 20_000;
        session.apply(command, Timestamp(now)).unwrap();
    };
    send(&mut session, Command::Begin);
    for section in 0..form.sections.len() {
        for (index, slot) in session.slots(section).enumerate() {
            send(&mut session, Command::GoTo(slot));
            let question = form.question(slot).unwrap().clone();
            let needed = question.item.key.len();
            for choice in question.order.iter().take(needed) {
                send(&mut session, Command::Select(choice.clone()));
            }
            if needed == 1 && index % 5 == 0 {
                send(&mut session, Command::Select(question.order[1].clone()));
            }
        }
        for slot in session.slots(section).step_by(4) {
            send(&mut session, Command::GoTo(slot));
        }
        send(&mut session, Command::EndSection);
        if section + 1 < form.sections.len() {
            send(&mut session, Command::EndBreak);
        }
    }
    assert!(session.is_finished());
    let lock = store.lock(attempt.id).unwrap();
    let mut journal = Writer::start(store).open(lock, &attempt);
    journal.append(session.journal().to_vec());
    assert_eq!(journal.flush(Duration::from_mins(1)), Saved::Yes);
    Box::new(journal).close();
}

fn size(data: &Path) -> u64 {
    std::fs::metadata(data.join("examroom.db")).unwrap().len()
}

#[test]
fn a_further_attempt_takes_at_most_80_kb() {
    let data = tempfile::tempdir().unwrap();
    let (blueprint, bank) = shipped("ctr");
    let form = Arc::new(draw(&blueprint, &bank, &Plan::mock(&blueprint), 1, &Exposure::default()));
    sit(data.path(), &form);
    let first = size(data.path());
    for _ in 0..4 {
        sit(data.path(), &form);
    }
    let further = (size(data.path()) - first) / 4;
    assert!(further <= 80_000, "{further} bytes");
}

#[test]
fn what_was_seen_in_one_edition_is_seen_in_the_other() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["take", "rhit-2023", "--items", "12", "--seed", "1"]);
    assert_eq!(run(command, "begin\nnext\nnext\nleave\n").code, Some(0));
    let store = Store::open_to_read(data.path()).unwrap().unwrap();
    let seen = store.exposure(&ExamId::new("rhit")).unwrap();
    assert_eq!(seen.0.values().collect::<Vec<_>>(), [&1, &1, &1]);
    let (blueprint, bank) = shipped("rhit");
    let form = draw(&blueprint, &bank, &Plan::mock(&blueprint), 1, &seen);
    assert!(form.item_ids().all(|item| seen.times(item) == 0));
}

/// An exam with a closed and an open part, up to its second.
const TO_THE_OPEN_PART: &str = "begin\nend\nyes\ncontinue\n";

#[test]
fn the_journal_tells_when_the_shelf_was_open_at_the_prompt() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["--banks", &exams(), "take", "clinic", "--seed", "1"]);
    assert_eq!(run(command, &format!("{TO_THE_OPEN_PART}shelf 1\na\nleave\n")).code, Some(0));
    let session = Store::open_to_read(data.path()).unwrap().unwrap().load(AttemptId(1)).unwrap().session;
    assert_eq!(session.look_ups().len(), 1);
    assert!(session.look_ups()[0].slot.is_some() && session.look_ups()[0].until.is_some());
}

#[test]
fn a_form_names_the_state_of_the_bank_that_it_was_drawn_from() {
    let named = |exam: &str, seed: u64| {
        let (blueprint, bank) = shipped(exam);
        draw(&blueprint, &bank, &Plan::rehearsal(&blueprint, 5), seed, &Exposure::default()).bank_checksum.unwrap()
    };
    assert_eq!(named("rhit", 1), named("rhit", 2));
    assert_ne!(named("rhit", 1), named("ctr", 1));
}
