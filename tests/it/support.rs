//! What several tests need: the shipped exams, forms of them, and the real binary.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use examroom_app::library::Library;
use examroom_core::bank::{Bank, Depth};
use examroom_core::blueprint::Blueprint;
use examroom_core::checksum::{Checksum, Link};
use examroom_core::form::{Exposure, Form, Plan, Request, assemble};
use examroom_core::id::ExamId;
use examroom_core::seed::Seed;
use jiff::civil::{Date, date};

pub use crate::hasty::hasty_exam;

/// The formats that an exam goes out to and comes back from as it was, with the endings of their files.
pub const FAITHFUL_FORMATS: [(&str, &str); 6] = [
    ("csv", "csv"),
    ("xlsx", "xlsx"),
    ("gift", "gift"),
    ("moodle-xml", "xml"),
    ("qti", "qti.zip"),
    ("anki", "anki.txt"),
];

/// The day on which the tests take place.
pub fn day() -> Date {
    date(2026, 11, 24)
}

/// A text file of the project, by its path from the top.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// A shipped exam.
pub fn shipped(exam: &str) -> (std::sync::Arc<Blueprint>, Bank) {
    let files = Library::default().exam(&ExamId::new(exam)).unwrap().unwrap();
    let reading = files.read(Depth::Errors, day(), &mut |_, _| {});
    assert_eq!(reading.diagnostics.errors(), 0, "{exam} has errors");
    (reading.blueprint.unwrap(), reading.bank)
}

pub fn draw(blueprint: &Blueprint, bank: &Bank, plan: &Plan, seed: u64, exposure: &Exposure) -> Form {
    assemble(blueprint, bank, &Request { plan, seed: Seed(seed), day: day(), exposure }).unwrap()
}

/// An exam of two parts with two questions each, `parts`, in a folder of banks; between the parts is a break.
pub fn exam_with_a_break(banks: &Path, optional: bool) {
    let exam = banks.join("parts");
    std::fs::create_dir(&exam).unwrap();
    let mut blueprint = include_str!("../fixtures/stable/exam.toml")
        .replace("\"stable\"", "\"parts\"")
        .replace("questions = 12", "questions = 4")
        .replace("minutes = 20", &format!("minutes = 20\nbreak_after = {{ minutes = 5, optional = {optional} }}"))
        .replace("counts.main = { scored = 10, unscored = 2 }", "counts.main = { scored = 2, unscored = 0 }");
    blueprint.push_str(
        "[[section]]\nid = \"second\"\nname = \"Second part\"\nminutes = 20\n[[domain]]\nid = \"two\"\nname = \"Two\"\n\
         counts.second = { scored = 2, unscored = 0 }\ntopics = { t = \"T\" }\n",
    );
    std::fs::write(exam.join("exam.toml"), blueprint).unwrap();
    for domain in ["one", "two"] {
        let questions = [1, 2].map(|number| {
            format!(
                "[[item]]\nid = \"{domain}-{number}\"\ntopic = \"t\"\nlevel = \"recall\"\nstem = \"Question {number} of \
                 {domain}?\"\nkey = \"a\"\nchoices = {{ a = \"This\", b = \"That\", c = \"Neither\" }}\n"
            )
        });
        let bank = format!("exam = \"parts\"\ndomain = \"{domain}\"\n{}", questions.concat());
        std::fs::write(exam.join(format!("{domain}.toml")), bank).unwrap();
    }
}

/// Makes everything in a data folder happen earlier by this much: to the program, the time has passed since.
pub fn shift_back(data: &Path, by: Duration) {
    shift(data, -i64::try_from(by.as_millis()).unwrap());
}

/// Makes everything in a data folder happen later by so many milliseconds: to the program, its clock was set back.
pub fn shift(data: &Path, by: i64) {
    #[expect(clippy::disallowed_methods, reason = "the test looks behind the program's back")]
    let db = rusqlite::Connection::open(data.join("examroom.db")).unwrap();
    let sql = "SELECT attempt, seq, at, event.body, attempt.sum FROM event JOIN attempt ON attempt.id = attempt ORDER BY 1, 2";
    let mut events: Vec<(i64, i64, i64, String, i64)> = Vec::new();
    {
        let mut statement = db.prepare(sql).unwrap();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        events.extend(statement.query_map([], row).unwrap().map(Result::unwrap));
    }
    // Each event's checksum covers its time, and the events before it.
    let mut sum = Link::START;
    for (attempt, seq, at, body, start) in events {
        let before = if seq == 0 { Link::from(start) } else { sum };
        sum = before.then(&[&(at + by).to_string(), &body]);
        let changed = rusqlite::params![attempt, seq, at + by, sum.number()];
        db.execute("UPDATE event SET at = ?3, sum = ?4 WHERE attempt = ?1 AND seq = ?2", changed).unwrap();
    }
    let locks = std::fs::read_dir(data.join("locks")).unwrap().map(|file| file.unwrap().path());
    for beat in locks.filter(|path| path.extension().is_some_and(|ending| ending == "beat")) {
        let until = std::fs::read_to_string(&beat).unwrap()[..20].parse::<i64>().unwrap() + by;
        let until = format!("{until:020}");
        std::fs::write(beat, format!("{until} {}\n", Checksum::of(until.as_bytes()).short())).unwrap();
    }
    db.execute("UPDATE attempt SET last_seen_at = last_seen_at + ?1", [by]).unwrap();
}

/// The program, with its data in a folder of the test's.
pub fn examroom(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_examroom"));
    command
        .arg("--data-dir")
        .arg(data)
        .env_remove("EXAMROOM_DATA")
        .env_remove("ACCESSIBLE")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a run said and how it ended.
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

/// Runs a command to its end with a script on standard input.
pub fn run(mut command: Command, script: &str) -> Said {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let script = script.to_owned();
    let writer = std::thread::spawn(move || drop(input.write_all(script.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Said {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

/// A running program that is talked to line by line.
pub struct Talk {
    pub child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Talk {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { input: child.stdin.take(), child, lines }
    }

    pub fn type_line(&mut self, line: &str) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Reads until a line holds `wanted`, and returns that line.
    pub fn wait_for(&mut self, wanted: &str) -> String {
        let mut heard = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(Duration::from_mins(1)) {
            if line.contains(wanted) {
                return line;
            }
            heard.push(line);
        }
        panic!("never heard \"{wanted}\", but:\n{}", heard.join("\n"));
    }

    /// Closes the program's standard input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }
}
