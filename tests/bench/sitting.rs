//! What a candidate waits for in the exam: the screen after a key, the disk after an answer, the journal on coming back.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use examroom_app::live::{LiveSession, system_now};
use examroom_core::form::{Exposure, Form, Slot};
use examroom_core::id::ChoiceId;
use examroom_core::journal::Saved;
use examroom_core::session::{Command, Session};
use examroom_core::time::Timestamp;
use examroom_store::{Store, Writer};
use examroom_terminal::tui::ColorMode;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::KeyCode;
use rusqlite::Connection;

use crate::exams::{Exam, shipped};
use crate::forms::RULES;
use crate::measure::{Job, Pair, job};
use crate::tui_test_screen::TestScreen;

const WIDTH: u16 = 160;
const HEIGHT: u16 = 50;

/// From a key to the finished frame on a wide screen, with a case of 10 KB that is turned over; against a frame in which
/// nothing is drawn. The terminal itself is left out.
pub fn key_to_frame() -> Pair {
    let mut screen = TestScreen::begun(ColorMode::On, WIDTH, HEIGHT);
    screen.send(Command::GoTo(Slot(2)));
    let mut down = false;
    let mut blank = Terminal::new(TestBackend::new(WIDTH, HEIGHT)).unwrap();
    Pair {
        job: job(move || {
            down = !down;
            screen.press(if down { KeyCode::PageDown } else { KeyCode::PageUp });
        }),
        yardstick: job(move || {
            blank.draw(|_| {}).unwrap();
        }),
    }
}

fn form() -> Arc<Form> {
    Arc::new(Exam::read(&shipped("ctr")).form(1, &Exposure::default()))
}

/// The choice of the present question with this index.
fn choice(session: &Session, index: usize) -> ChoiceId {
    session.form().question(session.current_slot().unwrap()).unwrap().order[index].clone()
}

/// From an answer until it is durable, against a row that `SQLite` alone makes as durable.
pub fn answer_to_disk() -> Pair {
    let data = tempfile::tempdir().unwrap();
    let (mut store, _) = Store::open(data.path(), system_now()).unwrap();
    let attempt = store.create(&form(), RULES, system_now()).unwrap();
    let lock = store.lock(attempt.id).unwrap();
    let journal = Writer::start(store).open(lock, &attempt);
    let mut live = LiveSession::resume(attempt.id, attempt.session, attempt.last_seen, Box::new(journal));
    live.apply(Command::Begin).unwrap();
    let bare = bare_insert(data.path());
    let mut picked = 0;
    let answer = move || {
        // Until here, so that the folder is there while it is written to.
        let _ = &data;
        picked = 1 - picked;
        live.apply(Command::Select(choice(live.session(), picked))).unwrap();
        assert_eq!(live.wait_saved(Duration::from_secs(10)), Saved::Yes);
    };
    Pair { job: job(answer), yardstick: bare }
}

#[expect(clippy::disallowed_methods, reason = "what the store is measured against")]
fn bare_insert(folder: &Path) -> Job {
    let db = Connection::open(folder.join("bare.db")).unwrap();
    db.pragma_update(None, "journal_mode", "WAL").unwrap();
    db.pragma_update(None, "synchronous", "FULL").unwrap();
    db.execute_batch("CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT").unwrap();
    job(move || db.prepare_cached("INSERT INTO event (body) VALUES (hex(zeroblob(50)))").unwrap().execute([]).unwrap())
}

/// The replay of 10,000 events, against 1,000.
pub fn ten_times_the_journal() -> Pair {
    let form = form();
    let replay = |events: usize| {
        let mut session = Session::new(Arc::clone(&form), RULES);
        let second = |number: usize| Timestamp(1_700_000_000_000 + i64::try_from(number).unwrap());
        session.apply(Command::Begin, second(0)).unwrap();
        for number in 1..events {
            // Each of them is an event, wherever the sitting is.
            let command = match number % 3 {
                0 => Command::Flag,
                index => Command::Select(choice(&session, index)),
            };
            session.apply(command, second(number)).unwrap();
        }
        let (form, journal) = (Arc::clone(&form), session.journal().to_vec());
        job(move || Session::replay(Arc::clone(&form), RULES, journal.iter().cloned()))
    };
    Pair { job: replay(10_000), yardstick: replay(1000) }
}
