//! What makes two runs of the program print different texts, taken out in one place before the texts are compared.

use std::path::Path;

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
    settings.add_filter(
        r"(\d+ hours?( \d+ minutes?)?|\d+ minutes?( \[seconds\])?|\[seconds\]|\d+:\d\d) left",
        "[time] left",
    );
    settings.bind_to_scope()
}

/// A regular expression for just this text.
fn literally(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_alphanumeric() { c.to_string() } else { format!(r"\x{{{:x}}}", u32::from(c)) })
        .collect()
}
