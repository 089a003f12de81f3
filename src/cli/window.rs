//! The window of a double click: on Windows it opens with the program and closes with it, so the program opens the exam room
//! in the browser, and waits before it ends. Started in a shell, here and on other systems, it does neither.

use std::io::BufRead as _;

use super::render;

/// Whether a double click started the program, and somebody can read and type there.
pub fn is_own() -> bool {
    started_by_double_click() && render::stdin_is_terminal() && render::Stream::Out.is_terminal()
}

#[cfg(windows)]
fn started_by_double_click() -> bool {
    mousetrap::started_by_explorer()
}

#[cfg(not(windows))]
fn started_by_double_click() -> bool {
    false
}

/// Asks for a line; `None` where there is none, or only blanks.
pub fn ask(question: &str) -> Option<String> {
    render::line(question).ok()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// Keeps the window until a key says that it was read.
pub fn wait() {
    ask("Press Enter to close this window.");
}
