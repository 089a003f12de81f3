//! A bank of 100,000 questions, far more than any author has: it is checked and sat like any other, in 200 MB beyond its
//! text. The tests are for a release build; each writes 150 MB, and says what it has measured:
//!
//! ```text
//! cargo test --release --test it -- --ignored --nocapture --test-threads 1 hundred_thousand
//! ```

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::{Said, examroom};

#[path = "../bench/large.rs"]
mod large;

use large::{EXAM, InEach, Large};

/// What a command may have in memory beyond the text itself.
const LIMIT: u64 = 200_000_000;

struct Written {
    parent: TempDir,
    /// Bytes of text.
    text: u64,
}

fn written(files: usize, in_each: InEach) -> Written {
    let parent = tempfile::tempdir().unwrap();
    let text = Large { questions: 100_000, files, in_each }.write(parent.path()).unwrap();
    Written { parent, text }
}

impl Written {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = examroom(&self.parent.path().join("data"));
        command.arg("--banks").arg(self.parent.path()).args(arguments);
        command
    }

    fn check(&self) -> String {
        self.said(self.command(&["bank", "check", EXAM]), "")
    }

    /// Sits the exam as far as its first question.
    fn take(&self) -> String {
        self.said(self.command(&["take", EXAM, "--seed", "1"]), "begin\nleave\n")
    }

    /// What a command says that ends well, within its memory.
    #[expect(clippy::disallowed_methods, reason = "the time is told and not held against anything")]
    fn said(&self, command: Command, script: &str) -> String {
        let start = Instant::now();
        let (said, peak) = run(command, script);
        let time = start.elapsed();
        assert_eq!((said.err.as_str(), said.code), ("", Some(0)), "{}", said.out);
        if let Some(peak) = peak {
            tell(self.text, peak, time);
            assert!(peak < self.text + LIMIT, "{peak} bytes for {} bytes of text", self.text);
        }
        said.out
    }
}

#[expect(clippy::print_stderr, reason = "the figures are what it is run for")]
fn tell(text: u64, peak: u64, time: Duration) {
    eprintln!("{} MB of text, {} MB at most in memory, {time:.2?}", text / 1_000_000, peak / 1_000_000);
}

/// Runs a command to its end; the most memory that it has had, where the system tells it. Its output is read after its
/// end, so there must be little.
fn run(mut command: Command, script: &str) -> (Said, Option<u64>) {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let peak = peak(&mut child);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }, peak)
}

/// Linux tells the peak of a process that lives, so it is asked until it ends.
fn peak(child: &mut Child) -> Option<u64> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        peak = peak.max(high_water(Path::new(&status)));
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(peak.is_some() || !cfg!(target_os = "linux"), "{status} tells no peak");
    peak
}

fn high_water(status: &Path) -> Option<u64> {
    let status = std::fs::read_to_string(status).ok()?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB"))?;
    Some(kilobytes.trim().parse::<u64>().ok()? * 1024)
}

#[test]
#[ignore = "writes a bank of 150 MB; for a release build"]
fn they_are_checked_in_many_files() {
    let said = written(20, InEach::Nothing).check();
    assert!(said.contains("no findings") && said.contains("100,000 questions"), "{said}");
}

#[test]
#[ignore = "writes a bank of 150 MB; for a release build"]
fn they_are_checked_in_one_file() {
    let said = written(1, InEach::Nothing).check();
    assert!(said.contains("no findings") && said.contains("100,000 questions"), "{said}");
}

#[test]
#[ignore = "writes a bank of 150 MB; for a release build"]
fn they_are_checked_with_a_finding_in_each() {
    for files in [20, 1] {
        let said = written(files, InEach::OneFinding).check();
        assert!(said.contains("large: 100,000 warnings") && said.contains("no-source"), "{said}");
    }
}

#[test]
#[ignore = "writes a bank of 150 MB; for a release build"]
fn they_are_sat_from_many_files() {
    let said = written(20, InEach::Nothing).take();
    assert!(said.contains("Question 1 of 150"), "{said}");
}

#[test]
#[ignore = "writes a bank of 150 MB; for a release build"]
fn they_are_sat_from_one_file() {
    let said = written(1, InEach::Nothing).take();
    assert!(said.contains("Question 1 of 150"), "{said}");
}
