//! What looking back over many attempts takes, and starting one after many.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use examroom_app::live::system_now;
use examroom_core::form::Exposure;
use examroom_core::journal::{AttemptId, Journal as _, Saved};
use examroom_core::session::{Command, Session};
use examroom_core::time::Timestamp;
use examroom_store::{Store, Writer};
use rusqlite::Connection;
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

/// Copies the first attempt until there are so many.
#[expect(clippy::disallowed_methods, reason = "sitting them all would take an hour")]
fn copy_the_first(data: &Path, attempts: u32) {
    let db = Connection::open(data.join("examroom.db")).unwrap();
    let tables = [("attempt", "id"), ("form", "attempt"), ("event", "attempt"), ("seen", "attempt")];
    let tables = tables.into_iter().chain([("result", "attempt"), ("response", "attempt")]);
    let mut script = String::from("BEGIN; UPDATE exposure SET times = times + 1;");
    for (table, key) in tables.clone() {
        script += &format!("CREATE TEMP TABLE copy_{table} AS SELECT * FROM main.{table} WHERE {key} = 1;");
    }
    for id in 2..=attempts {
        script += &format!("UPDATE copy_attempt SET uid = '{id}';");
        for (table, key) in tables.clone() {
            script +=
                &format!("UPDATE copy_{table} SET {key} = {id}; INSERT INTO main.{table} SELECT * FROM copy_{table};");
        }
    }
    db.execute_batch(&(script + "COMMIT;")).unwrap();
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
