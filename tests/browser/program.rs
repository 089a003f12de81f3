//! The program whose page is tested, with its data in a folder of the test's.

use std::io::{BufRead, BufReader, Lines, read_to_string};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::driver::ends_with_the_tests;

/// A running exam room.
pub struct Program {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    pub address: String,
}

impl Program {
    /// Opens the exam room.
    pub fn open(data: &Path, more: &[&str]) -> Self {
        let mut process = ends_with_the_tests(env!("CARGO_BIN_EXE_examroom"))
            .arg("--data-dir")
            .arg(data)
            .args(["open", "--no-browser"])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| Some(line.ok()?.split("open at ").nth(1)?.to_owned()));
        let address = address.unwrap_or_else(|| panic!("{}", read_to_string(process.stderr.take().unwrap()).unwrap()));
        Self { process, lines, address }
    }

    /// Ends it as a cut of power does.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Ends it as Ctrl-C does: what it said last.
    pub fn interrupt(mut self) -> String {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-s", "INT", &pid]).status().unwrap().success());
        assert!(self.process.wait().unwrap().success());
        self.lines.by_ref().map_while(Result::ok).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Program {
    /// No scene leaves one running.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What the program says in the terminal.
pub fn said(data: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_examroom"));
    let output = command.arg("--data-dir").arg(data).args(arguments).stdin(Stdio::null()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}
