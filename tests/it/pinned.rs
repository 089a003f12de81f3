//! What makes two runs of the program print different texts, taken out in one place before the texts are compared.

use std::path::Path;

use crate::support::{Said, examroom, run};

/// The exams that pinned texts are about: they never change, whatever becomes of the shipped ones.
pub fn exams() -> String {
    format!("{}/tests/fixtures/exams", env!("CARGO_MANIFEST_DIR"))
}

/// Filters for the snapshots of a test whose data are in this folder; they hold while the guard lives.
pub fn filters(data: &Path) -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    let own = data.canonicalize().unwrap_or_else(|_| data.to_owned());
    for (path, name) in [(own.as_path(), "DATA"), (data, "DATA"), (Path::new(&exams()), "EXAMS")] {
        settings.add_filter(&literally(&path.display().to_string()), name);
    }
    settings.add_filter(concat!("examroom ", env!("CARGO_PKG_VERSION")), "examroom VERSION");
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[instant]");
    settings.add_filter(r"\d{4}-\d\d-\d\d \d\d:\d\d", "[date and time]");
    // How long the test itself took: the time left of a limit, and all that is counted in seconds.
    settings.add_filter(r"\d+ seconds?\b", "[seconds]");
    settings.add_filter(r#""seconds": \d+\.\d+"#, r#""seconds": [seconds]"#);
    settings.add_filter(
        r"(\d+ hours?( \d+ minutes?)?|\d+ minutes?( \[seconds\])?|\[seconds\]|\d+:\d\d) left",
        "[time] left",
    );
    // What two systems compute differently.
    settings.add_filter(r"(\d\.\d{6})\d+", "$1…");
    settings.bind_to_scope()
}

/// A regular expression for just this text.
fn literally(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_alphanumeric() { c.to_string() } else { format!(r"\x{{{:x}}}", u32::from(c)) })
        .collect()
}

/// Runs commands one after another over the same data and writes down what each of them prints and how it ends.
pub fn session(data: &Path, commands: &[&str]) -> String {
    commands.iter().map(|line| command(data, line, "")).collect()
}

/// As [`session`], for one command with this on its standard input.
pub fn command(data: &Path, line: &str, input: &str) -> String {
    let mut command = examroom(data);
    command.args(["--banks", &exams()]).args(line.split_whitespace()).current_dir(data).env("TZ", "UTC");
    let Said { out, err, code } = run(command, input);
    let err = if err.is_empty() { err } else { format!("[standard error]\n{err}") };
    let end = if code == Some(0) { String::new() } else { format!("[exit code {}]\n", code.unwrap()) };
    format!("$ {}\n{out}{err}{end}\n", format!("examroom {line}").trim_end())
}

/// The words of each command, from the helps of the program itself: the program, its commands, and theirs.
pub fn every_command() -> Vec<String> {
    let mut found = vec![String::new()];
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        next += 1;
        let help = command(&std::env::temp_dir(), &format!("{path} --help"), "");
        let listed = help.split("\nCommands:\n").nth(1).unwrap_or_default();
        // A description that is continued on the next line is indented more than a name.
        let lines = listed.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
        let names = lines.filter_map(|line| line.split_whitespace().next());
        found.extend(names.filter(|name| *name != "help").map(|name| format!("{path} {name}").trim().to_owned()));
    }
    found
}
