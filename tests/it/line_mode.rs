//! The exam at the prompt, as it stands in a terminal when all has been typed: whole sittings, compared word for word.

use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use examroom_core::time::minutes;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::pinned::{exams, filters};
use crate::support::{hasty_exam, shift_back};

const PATIENCE: Duration = Duration::from_mins(1);
/// The terminal: so high that nothing scrolls out of it, and so wide that no folder's path is broken.
const ROWS: u16 = 1000;
const COLUMNS: u16 = 300;
/// What the usual terminal shows of a line without breaking it.
const USUAL: usize = 80;
/// Half a minute: what the test itself takes does not change the minute.
const HALF: Duration = Duration::from_secs(30);

/// A terminal with the program at its prompt, and all that has appeared in it.
struct Prompt {
    child: Box<dyn Child + Send + Sync>,
    /// Kept open until the end.
    _master: Box<dyn MasterPty>,
    keyboard: Box<dyn Write + Send>,
    arguments: String,
    output: Receiver<Vec<u8>>,
    seen: Vec<u8>,
}

impl Prompt {
    fn open(data: &Path, arguments: &str) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_examroom"));
        command.args(arguments.split_whitespace());
        command.args(["--data-dir", data.to_str().unwrap()]);
        if !arguments.contains("--banks") {
            command.args(["--banks", &exams()]);
        }
        for (name, value) in [("TERM", "xterm"), ("NO_COLOR", "1"), ("TZ", "UTC")] {
            command.env(name, value);
        }
        command.env_remove("ACCESSIBLE");
        command.env_remove("EXAMROOM_DATA");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        let arguments = arguments.to_owned();
        let mut prompt = Self { child, _master: pair.master, keyboard, arguments, output, seen: Vec::new() };
        prompt.wait();
        prompt
    }

    /// Reads until the program awaits a line, or has ended.
    fn wait(&mut self) {
        let before = self.seen.len();
        while !self.seen[before..].ends_with(b"\n> ") {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.seen.extend(bytes),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => panic!("no prompt:\n{}", self.text()),
            }
        }
    }

    /// Types lines, each when the program awaits one.
    fn type_lines(&mut self, lines: &str) {
        for line in lines.lines() {
            writeln!(self.keyboard, "{}", line.trim_start()).unwrap();
            self.keyboard.flush().unwrap();
            self.wait();
        }
    }

    /// Waits for the end of the program: what stands in the terminal then.
    fn end(mut self) -> String {
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.seen.extend(bytes);
        }
        let code = self.child.wait().unwrap().exit_code();
        let text = self.text();
        let own = |line: &&str| !line.starts_with("> ") && !line.contains("--data-dir");
        let wide = text.lines().filter(own).find(|line| line.chars().count() > USUAL);
        assert_eq!(wide, None, "a terminal of {USUAL} columns would break this line");
        format!("$ examroom {}\n{text}\n[exit code {code}]\n", self.arguments)
    }

    /// The lines of the terminal.
    fn text(&self) -> String {
        let mut screen = vt100::Parser::new(ROWS, COLUMNS, 0);
        screen.process(&self.seen);
        let lines: Vec<String> = screen.screen().rows(0, COLUMNS).map(|line| line.trim_end().to_owned()).collect();
        lines.join("\n").trim_end().to_owned()
    }
}

/// What stands in the terminal after these lines were typed, each when the program awaited one, and the program ended.
fn sitting(data: &Path, arguments: &str, lines: &str) -> String {
    let mut prompt = Prompt::open(data, arguments);
    prompt.type_lines(lines);
    prompt.end()
}

/// As [`sitting`], without the page of the rules before the clock starts.
fn begun(data: &Path, arguments: &str, lines: &str) -> String {
    let shown = sitting(data, arguments, &format!("begin\n{lines}"));
    let (_, after) = shown.split_once("> begin\n").unwrap_or_else(|| panic!("it never began:\n{shown}"));
    format!("$ examroom {arguments}\n[the rules]\n> begin\n{after}")
}

/// The whole exam, with everything that can be typed.
const WHOLE: &str = "begin
    b
    note ask about the second folder

    c
    strike a
    strike a
    flag

    a
    c
    c e
    clear
    a d
    next
    2
    previous
    calc 12 + 18
    time
    go 6
    repeat
    review
    review unanswered
    review flagged
    go 5
    c
    extend 5
    end
    no
    end
    yes
    continue
    shelf
    shelf 1
    shelf initial 20
    shelf elephant
    b
    next
    c
    next
    end
    yes";

#[test]
fn a_whole_sitting_from_the_rules_to_the_report() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    insta::assert_snapshot!(sitting(data.path(), "take clinic --seed 1 --plain", WHOLE));
}

#[test]
fn the_same_sitting_with_tables_and_a_progress_line() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = "a\nnext\nc\nend\nyes\ncontinue\nshelf 1\nend\nyes";
    insta::assert_snapshot!(begun(data.path(), "take clinic --seed 1 --line", lines));
}

#[test]
fn a_rehearsal_in_double_time() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = "begin\na\nsubmit\nno\nsubmit\nyes";
    insta::assert_snapshot!(sitting(data.path(), "take clinic --seed 1 --items 4 --time 2 --plain", lines));
}

#[test]
fn an_optional_break_that_is_taken() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = "end\nyes\nflag\ntime\nbreak\nrepeat\nbreak\nnext\nleave";
    insta::assert_snapshot!(begun(data.path(), "take clinic --seed 1 --plain", lines));
}

#[test]
fn a_break_that_must_be_taken() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = "begin\nend\nyes\ncontinue\nbreak\ncontinue\nsubmit\nleave\nyes";
    let before = sitting(data.path(), "take hospital --seed 1 --plain --strict", lines);
    shift_back(data.path(), minutes(16));
    let after = sitting(data.path(), "resume --plain", "time\nleave\nyes");
    insta::assert_snapshot!([before, after].join("\n"));
}

/// Those that can come of what is typed; the others are in `refusals.rs`.
#[test]
fn what_is_refused_at_the_prompt() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = "previous\nbreak\ngo 9\ngo 0\nextend 0\nextend 601\nshelf\ngo 3\na b\nc\na b c\nstrike z\nreview\nflag\nnext\n\
                 a\nleave";
    insta::assert_snapshot!(begun(data.path(), "take clinic --seed 1 --plain", lines));
}

#[test]
fn what_is_not_understood_at_the_prompt() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = "what\nbegin\nwhat\nflga\nz\ns\ni\nпросто\ngo\ngo far\nstrike\nnote\nreview all of them\nextend\ncalc\ncalc 2 \
                 apples\nyes\nbegin\ncontinue\nreview\nwhat\nnext\nsubmit\nperhaps\nno\nleave";
    insta::assert_snapshot!(sitting(data.path(), "take clinic --seed 1 --plain", lines));
}

#[test]
fn the_help_of_the_prompt() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    insta::assert_snapshot!(begun(data.path(), "take clinic --seed 1 --plain", "help\nleave"));
}

#[test]
fn an_exam_that_is_left_and_resumed_with_its_clock_paused() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let left = begun(data.path(), "take clinic --seed 1 --plain", "d\nnext\nflag\nleave");
    shift_back(data.path(), minutes(120));
    let resumed = sitting(data.path(), "--plain", "time\nprevious\nsubmit\nyes");
    insta::assert_snapshot!([left, resumed].join("\n"));
}

#[test]
fn a_strict_exam_that_is_left() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let mut shown =
        vec![sitting(data.path(), "take clinic --seed 1 --strict --plain", "begin\nd\nleave\nno\nleave\nyes")];
    // Into the break, past its end, and past the end of the exam.
    for away in [minutes(45) + HALF, minutes(12), minutes(25)] {
        shift_back(data.path(), away);
        shown.push(sitting(data.path(), "resume --plain", "time\nleave\nyes"));
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn the_time_that_runs_out_while_the_prompt_waits() {
    let (data, banks) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let _filters = filters(data.path());
    hasty_exam(banks.path());
    let folder = banks.path().to_str().unwrap();
    let shown = sitting(data.path(), &format!("take hasty --items 2 --seed 1 --plain --banks {folder}"), "begin\na");
    insta::assert_snapshot!(shown.replace(folder, "BANKS"));
}

#[test]
fn an_exam_that_another_window_takes_over() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let mut first = Prompt::open(data.path(), "take clinic --seed 1 --plain");
    first.type_lines("begin\nd");
    let second = sitting(data.path(), "resume --take-over --plain", "leave");
    let first = first.end();
    let (_, after) = first.split_once("> d\n").unwrap();
    insta::assert_snapshot!([&second, "\n[the first window]\n> d\n", after].concat());
}
