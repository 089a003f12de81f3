//! The page: how soon it is there, how soon an answer on it is saved, what a first visit loads, and what it costs to leave
//! it open.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, ExitCode, Stdio};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use crate::commands::{command, examroom};
use crate::measure::{Job, Pair, Times, job};
use crate::sitting;

/// The program with its page, and a connection to it as a browser keeps one.
struct Visit {
    process: Child,
    /// What it prints; it is kept open, so that printing never fails.
    _printed: BufReader<ChildStdout>,
    connection: BufReader<TcpStream>,
    host: String,
    cookie: String,
    /// Up to which event of the attempt the page showed it.
    after: usize,
}

impl Visit {
    /// Opens the page, up to the first one that has all of its text.
    fn open(data: &Path) -> Self {
        let mut process =
            examroom(data, &["open", "--no-browser"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut printed = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("open at ") {
            line.clear();
            assert_ne!(printed.read_line(&mut line).unwrap(), 0, "no address is printed");
        }
        let address = line.split("open at http://").nth(1).unwrap().trim();
        let (host, path) = address.split_once('/').unwrap();
        let connection = BufReader::new(TcpStream::connect(host).unwrap());
        connection.get_ref().set_nodelay(true).unwrap();
        let (host, cookie) = (host.to_owned(), String::new());
        let mut visit = Self { process, _printed: printed, connection, host, cookie, after: 0 };
        let (head, _) = visit.ask("GET", &format!("/{path}"), "");
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        cookie.split(';').next().unwrap().clone_into(&mut visit.cookie);
        assert!(visit.get("/").contains("</html>"));
        visit
    }

    /// With a whole exam begun.
    fn sitting(data: &Path) -> Self {
        let mut visit = Self::open(data);
        visit.ask("POST", "/take", "exam=rhit");
        visit.get("/exam");
        visit.press("begin");
        visit
    }

    fn get(&mut self, path: &str) -> String {
        let (head, body) = self.ask("GET", path, "");
        assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
        body
    }

    /// Presses a button of the exam room; what comes back shows everything as saved.
    fn press(&mut self, deed: &str) {
        let form = format!("after={}&look=&do={deed}", self.after);
        let (_, page) = self.ask("POST", "/exam", &form);
        self.after = page.split("data-after=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        assert!(page.contains(">saved<"), "{page}");
    }

    /// Sends a request, a form as the page's script does: the head and the body of the answer.
    fn ask(&mut self, method: &str, path: &str, form: &str) -> (String, String) {
        let (host, cookie, length) = (&self.host, &self.cookie, form.len());
        let part = if method == "POST" { "X-Part: 1\r\n" } else { "" };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n{part}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
        );
        self.connection.get_mut().write_all(request.as_bytes()).unwrap();
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(self.connection.read_line(&mut head).unwrap(), 0, "{path}: {head}");
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        let mut body = vec![0; length];
        self.connection.read_exact(&mut body).unwrap();
        (head, String::from_utf8(body).unwrap())
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `open` until the first page has come, against `exams`.
pub fn first_page() -> Pair {
    let data = tempfile::tempdir().unwrap();
    Pair { job: job(move || Visit::open(data.path())), yardstick: command(&["exams"]) }
}

/// An answer on the page until it comes back as saved, against the store's own commit.
pub fn answer_to_saved() -> Pair {
    let mut answers = Answers::new();
    Pair { job: job(move || answers.next()), yardstick: sitting::answer_to_disk().job }
}

/// Answers to one question, each another than the one before.
struct Answers {
    visit: Visit,
    picked: bool,
    _data: TempDir,
}

impl Answers {
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        Self { visit: Visit::sitting(data.path()), picked: false, _data: data }
    }

    fn next(&mut self) {
        self.picked = !self.picked;
        self.visit.press(if self.picked { "save&choice=A" } else { "save&choice=B" });
    }
}

/// So many answers are timed.
const ANSWERS: usize = 500;
/// So often a start is timed.
const STARTS: usize = 20;
/// So long the page is left alone.
const IDLE: Duration = Duration::from_secs(30);
/// As often as this, an open page asks how the exam stands.
const BEAT: Duration = Duration::from_secs(5);

/// Prints all figures of the page.
pub fn run() -> ExitCode {
    start();
    answers();
    first_visit();
    idle();
    ExitCode::SUCCESS
}

fn times(count: usize, job: &mut Job) -> Times {
    Times::of((0..count).map(|_| job()).collect())
}

fn start() {
    let Pair { mut job, mut yardstick } = first_page();
    let (page, exams) = (times(STARTS, &mut job).median, times(STARTS, &mut yardstick).median);
    println!("first page: {page:.1?}; `exams`: {exams:.1?}; beyond that: {:.1?}", page.saturating_sub(exams));
}

fn answers() {
    let Pair { mut job, mut yardstick } = answer_to_saved();
    let (click, commit) = (times(ANSWERS, &mut job), times(ANSWERS, &mut yardstick));
    println!("an answer until the page says saved: {:.1?}, 1 in 100 {:.1?}", click.median, click.slow);
    println!("the store's own commit: {:.1?}, 1 in 100 {:.1?}", commit.median, commit.slow);
}

fn first_visit() {
    let data = tempfile::tempdir().unwrap();
    let mut visit = Visit::open(data.path());
    let sizes = ["/", "/style.css", "/room.js", "/icon.svg"].map(|path| {
        let text = visit.get(path);
        (text.len(), gzipped(&text))
    });
    let whole = sizes.iter().fold((0, 0), |sum, size| (sum.0 + size.0, sum.1 + size.1));
    println!("a first visit: {} bytes, compressed {}; each: {sizes:?}", whole.0, whole.1);
}

fn gzipped(text: &str) -> usize {
    let mut zip = GzEncoder::new(Vec::new(), Compression::default());
    zip.write_all(text.as_bytes()).unwrap();
    zip.finish().unwrap().len()
}

/// What the program takes of a processor when nobody does anything, with no attempt open and with a question on the screen.
fn idle() {
    let data = tempfile::tempdir().unwrap();
    let mut home = Visit::open(data.path());
    let home = spent(&mut home, |_| {});
    let mut question = Visit::sitting(data.path());
    let question = spent(&mut question, |visit| drop(visit.get("/exam/pulse")));
    match home.zip(question) {
        Some((home, question)) => {
            println!("{IDLE:?} idle: {home} ms of a processor; with a question open: {question} ms");
        }
        None => println!("idle: not measured on this system"),
    }
}

/// The time of a processor, in milliseconds, that the program takes while this happens every few seconds.
fn spent(visit: &mut Visit, beat: impl Fn(&mut Visit)) -> Option<u64> {
    let before = ticks(&visit.process)?;
    for _ in 0..IDLE.as_secs() / BEAT.as_secs() {
        std::thread::sleep(BEAT);
        beat(visit);
    }
    // Linux counts in hundredths of a second.
    Some((ticks(&visit.process)? - before) * 10)
}

fn ticks(process: &Child) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", process.id())).ok()?;
    // The name, which may hold anything, stands in brackets; user and system time come 12th and 13th after it.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().ok()).sum()
}
