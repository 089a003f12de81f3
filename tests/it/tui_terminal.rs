//! The real program in a real pseudo-terminal: a short exam by keys, sizes that change, a window that is closed, signals,
//! and a terminal that is left as it was found.

#![allow(clippy::disallowed_methods, reason = "waits for a program, outside any sitting's time")]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use examroom_core::journal::AttemptId;
use examroom_core::session::{AbsenceReason, Confidence, Event};
use examroom_store::Store;
use examroom_terminal::tui::{Flow, LONGEST, Screen};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::crossterm::event::Event as TerminalEvent;

use crate::support;

const PATIENCE: Duration = Duration::from_mins(1);

/// A terminal with the program in it.
pub(crate) struct Window {
    master: Box<dyn MasterPty>,
    keyboard: Box<dyn Write + Send>,
    program: Program,
    screen: Arc<Mutex<vt100::Parser>>,
    closing: Arc<AtomicBool>,
    reader: JoinHandle<()>,
    settings: String,
}

/// The program in the terminal, which ends with its test: it would bring the removed data folder back.
struct Program(Box<dyn Child + Send + Sync>);

impl Program {
    /// Waits for its end: its exit code, and how long it took; nothing if it takes too long.
    fn wait_end(&mut self) -> Option<(u32, Duration)> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(status) = self.0.try_wait().unwrap() {
                return Some((status.exit_code(), began.elapsed()));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        None
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The number of one that has ended may be another's by now.
        if let Ok(None) = self.0.try_wait() {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Window {
    pub(crate) fn open(data: &Path, arguments: &[&str]) -> Self {
        let data = ["--data-dir", data.to_str().unwrap()];
        Self::run(env!("CARGO_BIN_EXE_examroom"), &[arguments, &data].concat())
    }

    fn run(program: &str, arguments: &[&str]) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let settings = settings(pair.master.as_ref());
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        command.env_remove("ACCESSIBLE");
        command.env_remove("EXAMROOM_DATA");
        let program = Program(pair.slave.spawn_command(command).unwrap());
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24, 80, 0)));
        let closing = Arc::new(AtomicBool::new(false));
        let mut output = pair.master.try_clone_reader().unwrap();
        let (into, stop) = (Arc::clone(&screen), Arc::clone(&closing));
        let reader = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                into.lock().unwrap().process(&bytes[..count]);
                if stop.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Self { master: pair.master, keyboard, program, screen, closing, reader, settings }
    }

    pub(crate) fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn wait_until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(&self.text()) {
            assert!(Instant::now() < end, "never: {what}\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn wait_for(&self, wanted: &str) {
        self.wait_until(wanted, |text| text.contains(wanted));
    }

    pub(crate) fn keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    fn resize(&mut self, cols: u16, rows: u16) {
        self.screen.lock().unwrap().screen_mut().set_size(rows, cols);
        self.master.resize(size(cols, rows)).unwrap();
    }

    fn signal(&self, name: &str) {
        let pid = self.program.0.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    /// Waits for the end of the program: its exit code, and how long it took.
    pub(crate) fn wait_end(&mut self) -> (u32, Duration) {
        let end = self.program.wait_end();
        assert!(end.is_some(), "it does not end:\n{}", self.text());
        end.unwrap()
    }

    /// Nothing of the full screen is left behind.
    fn assert_given_back(&self) {
        // What the program said last may still be on its way to this side.
        let end = Instant::now() + PATIENCE;
        while self.screen.lock().unwrap().screen().alternate_screen() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(settings(self.master.as_ref()), self.settings);
        let screen = self.screen.lock().unwrap();
        let screen = screen.screen();
        assert!(!screen.alternate_screen(), "the other screen is still shown");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }

    /// Closes the window while the program runs.
    fn close(mut self) -> Program {
        self.closing.store(true, Ordering::SeqCst);
        // The reader lets go of the terminal after the next output.
        self.resize(81, 25);
        self.reader.join().unwrap();
        self.program
    }
}

fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn take(data: &Path) -> Window {
    let mut window = Window::open(data, &["take", "rhit", "--items", "6", "--seed", "3"]);
    window.wait_for("No clock is running yet.");
    window.keys("s");
    window.wait_for("Question 1 of 6");
    window
}

#[test]
fn a_short_exam_by_keys_survives_a_closed_window_and_is_finished_after_it() {
    let data = tempfile::tempdir().unwrap();
    let mut window = take(data.path());
    window.keys("b");
    window.wait_for("(•) B");
    window.wait_until("saved", |text| text.trim_end().ends_with("saved"));
    for (cols, rows) in [(20, 6), (3, 2), (160, 50), (12, 40), (60, 20), (100, 30)] {
        window.resize(cols, rows);
    }
    window.wait_for("Question 1 of 6");
    window.keys("n");
    window.wait_for("Question 2 of 6");
    // A click on the third choice, then a letter.
    let row = window.text().lines().position(|line| line.contains("( ) C")).unwrap() + 1;
    window.keys(&format!("\u{1b}[<0;16;{row}M\u{1b}[<0;16;{row}m"));
    window.wait_for("(•) C");
    window.keys("am");
    window.wait_for("flagged");
    window.wait_until("saved", |text| text.trim_end().ends_with("saved"));

    let end = window.close().wait_end().expect("it outlives its terminal");
    // In order, and not by a panic over the dead terminal: the exam is left, and the leaving is in the journal.
    assert_eq!(end.0, 4);
    let store = Store::open_to_read(data.path()).unwrap().unwrap();
    let left = store.load(AttemptId(1)).unwrap().session;
    assert_eq!(left.absences().last().map(|absence| absence.cause), Some(AbsenceReason::Candidate));

    let mut window = Window::open(data.path(), &["resume"]);
    window.wait_for("You were away for");
    window.wait_for("Question 2 of 6");
    window.wait_for("(•) A");
    window.wait_for("flagged");
    window.keys("p");
    window.wait_for("(•) B");
    window.keys("r");
    window.wait_for("2 of 6 answered, 1 flagged");
    window.keys("e");
    window.wait_for("4 questions not answered: 3-6.");
    window.keys("\r");
    window.wait_for("2 of 6 answered, 1 flagged");
    window.keys("ey");
    window.wait_for("Submitted early");
    window.keys("n");
    window.wait_for("Looking back");
    window.keys("q");
    let (code, _) = window.wait_end();
    assert_eq!(code, 0);
    window.assert_given_back();
}

#[test]
fn signals_end_the_exam_in_order_and_give_the_terminal_back() {
    for signal in ["TERM", "INT"] {
        let data = tempfile::tempdir().unwrap();
        let mut window = take(data.path());
        window.keys("c");
        window.wait_for("(•) C");
        window.signal(signal);
        let (_, took) = window.wait_end();
        assert!(took < Duration::from_secs(3), "{took:?}");
        window.wait_for("resume");
        window.assert_given_back();
        let window = Window::open(data.path(), &["resume"]);
        window.wait_for("(•) C");
    }
}

#[test]
fn leaving_by_keys_gives_the_terminal_back() {
    let data = tempfile::tempdir().unwrap();
    let mut window = take(data.path());
    window.keys("\u{3}");
    window.wait_for("Leave the exam room?");
    window.keys("y");
    window.wait_end();
    window.wait_for("resume");
    window.assert_given_back();
}

/// A room that draws once and then breaks.
struct Broken(bool);

impl Screen for Broken {
    fn handle(&mut self, _: &TerminalEvent) -> Flow {
        self.0 = true;
        Flow::Draw
    }

    fn tick(&mut self) -> Flow {
        Flow::Idle
    }

    fn draw(&mut self, frame: &mut ratatui::Frame<'_>) {
        assert!(!self.0, "the room has broken");
        frame.buffer_mut().set_string(0, 0, "whole", ratatui::style::Style::new());
    }

    fn sleep(&self) -> Duration {
        LONGEST
    }
}

/// Run by the next test, in a terminal of its own.
#[test]
#[ignore = "needs a terminal, and fails as it should"]
fn a_broken_room() {
    let _ = examroom_terminal::tui::show(&mut Broken(false));
}

#[test]
fn a_panic_gives_the_terminal_back_and_can_be_read() {
    let test = std::env::current_exe().unwrap();
    let mut window = Window::run(
        test.to_str().unwrap(),
        &["--exact", "tui_terminal::a_broken_room", "--ignored", "--nocapture", "--test-threads=1"],
    );
    window.wait_for("whole");
    window.keys("x");
    window.wait_end();
    window.wait_for("the room has broken");
    window.assert_given_back();
}

#[test]
fn the_same_script_at_the_prompt_and_on_the_screen_stores_the_same_attempt() {
    let (line, full) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut command = support::examroom(line.path());
    command.args(["take", "rhit", "--items", "6", "--seed", "3"]);
    let said = support::run(
        command,
        "begin\nb\nflag\nnext\na\nstrike d\nc\ngo 5\nd\nclear\nprevious\nnote why\nreview\nend\nyes\n",
    );
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    let mut window = take(full.path());
    for (keys, then) in [
        ("b", "(•) B"),
        ("m", "flagged"),
        ("n", "Question 2"),
        ("a", "(•) A"),
        ("xd", "--- D"),
        ("c", "(•) C"),
        ("5\r", "Question 5"),
        ("d", "(•) D"),
        ("u", "( ) D"),
        ("p", "Question 4"),
        ("wwhy\r", "Your note: why"),
        ("r", "Review"),
        ("ey", "Submitted early"),
    ] {
        window.keys(keys);
        window.wait_for(then);
    }
    window.keys("q");
    window.wait_end();
    assert_eq!(events(line.path()), events(full.path()));
}

#[test]
fn the_same_practice_at_the_prompt_and_on_the_screen_stores_the_same_attempt() {
    let (line, full) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let practice = ["practice", "rhit", "--count", "3", "--domain", "legal", "--seed", "3"];
    let mut command = support::examroom(line.path());
    command.args(practice);
    let said = support::run(
        command,
        "begin\nb sure\nflag\nnext\nhighlight the\nproblem Two are right\nguess\nc\nnext\nshow\nprevious\ngo 3\nnext\n",
    );
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    let mut window = Window::open(full.path(), &practice);
    window.wait_for("it spends 3");
    for (keys, then) in [
        ("\r", "Question 1"),
        ("b", "(•) B"),
        ("y", "Marked as sure."),
        ("\r", "You were sure."),
        ("m", "flagged"),
        ("\r", "Question 2"),
        ("*the\r", "saved"),
        ("!Two are right\r", "Problem noted."),
        ("y", "Marked as sure."),
        ("y", "Marked as think so."),
        ("y", "Marked as a guess."),
        ("c", "(•) C"),
        ("\r", "You guessed."),
        ("n", "Question 3"),
        ("z", "Not answered"),
        ("p", "You guessed."),
        ("3\r", "Not answered"),
        ("\r", "Practice: "),
    ] {
        window.keys(keys);
        window.wait_for(then);
    }
    window.keys("q");
    window.wait_end();
    let is_passing = |event: &Event| matches!(event, Event::ConfidenceSet { confidence, .. } if *confidence != Some(Confidence::Guess));
    let stored = |data: &Path| events(data).into_iter().filter(|event| !is_passing(event)).collect::<Vec<_>>();
    assert_eq!(stored(line.path()), stored(full.path()));
}

/// What is stored of the first attempt, without its times.
fn events(data: &Path) -> Vec<Event> {
    let store = Store::open_to_read(data).unwrap().unwrap();
    let attempt = store.load(AttemptId(1)).unwrap();
    attempt.session.journal().iter().map(|stamped| stamped.event.clone()).collect()
}

#[test]
fn the_mouse_can_be_left_to_the_terminal_from_the_beginning_and_by_a_key() {
    let has_mouse = |window: &Window| {
        window.screen.lock().unwrap().screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    };
    let data = tempfile::tempdir().unwrap();
    let mut window = Window::open(data.path(), &["take", "rhit", "--items", "6", "--seed", "3", "--no-mouse"]);
    window.wait_for("No clock is running yet.");
    assert!(!has_mouse(&window));
    window.keys("o");
    window.wait_for("The mouse picks and scrolls here again.");
    assert!(has_mouse(&window));
    window.keys("so");
    window.wait_for("The mouse selects text now");
    assert!(!has_mouse(&window));
    window.keys("o");
    window.wait_for("The mouse picks");
    window.keys("\u{3}");
    window.wait_for("Leave the exam room?");
    window.keys("y");
    window.wait_end();
    window.assert_given_back();
}

#[test]
fn the_same_script_through_a_break_stores_the_same_attempt() {
    let (line, full, banks) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    support::exam_with_a_break(banks.path(), true);
    let exam = ["take", "parts", "--seed", "1", "--banks", banks.path().to_str().unwrap()];
    let mut command = support::examroom(line.path());
    command.args(exam);
    let said = support::run(command, "begin\nb\nreview\nend\nyes\nbreak\ncontinue\nc\nreview\nend\nyes\n");
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    let mut window = Window::open(full.path(), &exam);
    window.wait_for("No clock is running yet.");
    for (keys, then) in [
        ("s", "Question 1 of 2"),
        ("b", "(•) B"),
        ("r", "Review"),
        ("ey", "Time for a break"),
        ("b", "left of the break"),
        ("n", "Continue now?"),
        ("y", "Second part"),
        ("c", "(•) C"),
        ("r", "Review"),
        ("ey", "Submitted early"),
    ] {
        window.keys(keys);
        window.wait_for(then);
    }
    window.keys("q");
    window.wait_end();
    let stored = events(line.path());
    assert!(stored.contains(&Event::BreakTaken), "{stored:?}");
    assert_eq!(stored, events(full.path()));
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_z_gives_the_terminal_back_and_going_on_takes_it_again() {
    let state = |pid: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
        stat.rsplit(')').next().unwrap().trim().chars().next().unwrap()
    };
    let data = tempfile::tempdir().unwrap();
    let mut window = take(data.path());
    window.keys("d");
    window.wait_for("(•) D");
    window.keys("\u{1a}");
    let pid = window.program.0.process_id().unwrap();
    window.wait_until("stopped", |_| state(pid) == 'T');
    window.wait_until("given back", |text| !text.contains("Question"));
    window.assert_given_back();
    window.signal("CONT");
    window.wait_for("Question 1 of 6");
    window.wait_for("(•) D");
    window.keys("n");
    window.wait_for("Question 2 of 6");
    window.keys("qy");
    window.wait_end();
    window.assert_given_back();
}

#[test]
fn leaving_a_full_disk_waits_on_the_screen_then_asks_and_ends_when_the_disk_is_back() {
    let data = tempfile::tempdir().unwrap();
    let mut window = take(data.path());
    #[expect(clippy::disallowed_methods, reason = "the test gets in the program's way")]
    let db = rusqlite::Connection::open(data.path().join("examroom.db")).unwrap();
    db.execute_batch("CREATE TRIGGER f BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
        .unwrap();
    window.keys("b");
    window.wait_for("NOT SAVED");
    window.keys("qy");
    window.wait_for("Saving your answers");
    window.wait_for("1 answer is not on disk");
    window.keys("q");
    window.wait_for("q leaves. If you leave now, you leave without 1 answer.");
    window.keys("s");
    window.wait_for("File: examroom-attempt-1.txt");
    window.keys("\u{1b}");
    db.execute_batch("DROP TRIGGER f").unwrap();
    window.wait_for("Your answers are saved and the clock is paused.");
    assert_eq!(window.wait_end().0, 0);
    window.assert_given_back();
}

#[test]
fn the_journal_tells_when_the_shelf_was_open_on_the_screen() {
    let data = tempfile::tempdir().unwrap();
    let banks = crate::pinned::exams();
    let mut command = support::examroom(data.path());
    command.args(["--banks", &banks, "take", "clinic", "--seed", "1"]);
    assert_eq!(support::run(command, "begin\nend\nyes\ncontinue\nleave\n").code, Some(0));
    let mut window = Window::open(data.path(), &["resume"]);
    window.wait_for("Question 1 of 2");
    window.keys("s");
    window.wait_for("First visits");
    window.keys("\u{1b}");
    window.wait_until("closed", |text| !text.contains("First visits"));
    window.keys("sl");
    window.wait_for("1 of 1");
    window.keys("\tqy");
    window.wait_end();
    let session = Store::open_to_read(data.path()).unwrap().unwrap().load(AttemptId(1)).unwrap().session;
    assert_eq!(session.look_ups().len(), 2);
    assert!(session.look_ups().iter().all(|look_up| look_up.slot.is_some() && look_up.until.is_some()));
    let sheets: Vec<usize> = session.look_ups().iter().map(|look_up| look_up.sheets.len()).collect();
    assert_eq!(sheets, [0, 1], "first only the contents, then a sheet");
}

#[test]
fn from_home_everything_is_begun_by_a_key_and_home_comes_back() {
    let data = tempfile::tempdir().unwrap();
    let mut window = Window::open(data.path(), &[]);
    window.wait_for("You have not sat an exam yet.");
    // What is left before its clock starts leaves nothing behind.
    window.keys("jjjt");
    window.wait_for("No clock is running yet.");
    window.keys("q");
    window.wait_for("You have not sat an exam yet.");
    window.keys("s6\r");
    window.wait_for("A short rehearsal: 6 questions");
    window.keys("s");
    window.wait_for("Question 1 of 6");
    window.keys("brey");
    window.wait_for("Submitted early");
    // Looking back, right after the end and later.
    window.keys("n!odd\r");
    window.wait_for("Problem noted.");
    window.keys("q");
    window.wait_for("rehearsal");
    window.wait_for("Exams");
    window.keys("p");
    window.wait_for("Only questions");
    window.keys("-\r");
    window.wait_for("Practice: 15 questions");
    window.keys("\rzq");
    window.wait_for("Your answers are saved.");
    window.wait_for("Open");
    window.keys("p");
    window.wait_for("Your practice of this exam is still open: attempt");
    window.keys("\u{1b}");
    window.wait_for("Exams");
    window.keys("h");
    window.wait_for("History and progress");
    window.keys("jr");
    window.wait_for("Submitted early");
    window.keys("nn!very\r");
    window.wait_for("Problem noted.");
    window.keys("q");
    window.wait_for("Exams");
    window.keys("!");
    window.wait_for("odd");
    window.wait_for("very");
    window.keys("q");
    assert_eq!(window.wait_end().0, 0);
    window.assert_given_back();
    // An exam that is open goes on.
    let window = Window::open(data.path(), &[]);
    window.wait_for("Question 1 of");
}
