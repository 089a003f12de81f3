//! What looking back over many attempts takes, and starting one after many.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use examroom_app::live::system_now;
use examroom_core::form::Exposure;
use examroom_core::journal::{AttemptId, AttemptOrigin, Journal as _, Record, Saved};
use examroom_core::session::{Command, Session};
use examroom_core::time::Timestamp;
use examroom_store::{Store, Writer};
use tempfile::TempDir;

use crate::commands::{command, examroom, run};
use crate::exams::{Exam, shipped};
use crate::forms::RULES;
use crate::measure::{Pair, job, time};

/// A store with so many finished attempts, in which everything was answered.
fn store(exam: &str, attempts: u32) -> TempDir {
    let data = tempfile::tempdir().unwrap();
    let (mut store, _) = Store::open(data.path(), system_now()).unwrap();
    if attempts == 0 {
        return data;
    }
    let form = Arc::new(Exam::read(&shipped(exam)).form(1, &Exposure::default()));
    let attempt = store.create(&form, RULES, system_now()).unwrap();
    let mut session = Session::new(Arc::clone(&form), RULES);
    let mut now = system_now().0;
    let mut send = |command| {
        now += 1000;
        session.apply(command, Timestamp(now)).unwrap();
    };
    send(Command::Begin);
    for section in 0..form.sections.len() {
        for index in form.range(section) {
            let slot = form.slot(section, index - form.range(section).start + 1).unwrap();
            send(Command::GoTo(slot));
            send(Command::Select(form.question(slot).unwrap().order[0].clone()));
        }
        send(Command::EndSection);
        if section + 1 < form.sections.len() {
            send(Command::EndBreak);
        }
    }
    let lock = store.lock(attempt.id).unwrap();
    let mut journal = Writer::start(store).open(lock, &attempt);
    journal.append(session.journal().to_vec());
    assert_eq!(journal.flush(Duration::from_mins(1)), Saved::Yes);
    Box::new(journal).close();
    copy_the_first(data.path(), attempts);
    data
}

/// Copies the first attempt until there are so many: sitting them all would take an hour.
fn copy_the_first(data: &Path, attempts: u32) {
    let (mut store, _) = Store::open(data, system_now()).unwrap();
    let first = store.records(&[AttemptId(1)]).next().unwrap().unwrap();
    let copy = |number: u32| {
        let origin = AttemptOrigin { uid: number.to_string().as_str().into(), ..first.origin.clone().unwrap() };
        Record { attempt: AttemptId(number.into()), origin: Some(origin), ..first.clone() }
    };
    let copies: Vec<Record> = (2..=attempts).map(copy).collect();
    store.take_in_all(&copies).unwrap();
}

/// The list of 1,000 attempts with what they came to, against reading one of them.
pub fn list() -> Pair {
    let data = store("ctr", 1000);
    let open = || Store::open_to_read(data.path()).unwrap().unwrap();
    let (of_list, of_load) = (open(), open());
    Pair {
        job: job(move || (data.path().exists(), of_list.history().unwrap()).1),
        yardstick: job(move || of_load.load(AttemptId(1)).unwrap()),
    }
}

/// `history` with 1,000 attempts, against 100.
pub fn ten_times_the_attempts() -> Pair {
    let history = |attempts| {
        let data = store("ctr", attempts);
        job(move || run(examroom(data.path(), &["history", "--plain"]), ""))
    };
    Pair { job: history(1000), yardstick: history(100) }
}

/// `report` of the last of 1,000 attempts, against `--version`.
pub fn report() -> Pair {
    let data = store("ctr", 1000);
    Pair {
        job: job(move || run(examroom(data.path(), &["report", "--plain"]), "")),
        yardstick: command(&["--version"]),
    }
}

/// `take` after 1,000 attempts, against after none.
pub fn take() -> Pair {
    let take = |attempts| {
        let data = store("rhit", attempts);
        Box::new(move || time(|| run(examroom(data.path(), &["take", "rhit", "--plain"]), "leave\n")))
    };
    Pair { job: take(1000), yardstick: take(0) }
}

/// Writing 1,000 attempts into a file, and taking them in elsewhere, against copying their store's bytes.
pub fn carry() -> Pair {
    let data = store("ctr", 1000);
    let bytes = std::fs::read(data.path().join("examroom.db")).unwrap();
    let copy = tempfile::tempdir().unwrap();
    let carry = move || {
        let to = tempfile::tempdir().unwrap();
        let file = to.path().join("attempts.txt").display().to_string();
        time(|| {
            run(examroom(data.path(), &["attempt", "export", &file]), "");
            run(examroom(to.path(), &["attempt", "import", &file, "--mine"]), "");
        })
    };
    let write = move || {
        let file = std::fs::File::create(copy.path().join("copy")).unwrap();
        std::io::Write::write_all(&mut &file, &bytes).and_then(|()| file.sync_all()).unwrap();
    };
    Pair { job: Box::new(carry), yardstick: job(write) }
}
