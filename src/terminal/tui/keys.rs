//! From the keys that the terminal reports to the table of keys, which all front ends share.

use ratatui::crossterm::event::{KeyCode as Reported, KeyEvent, KeyModifiers};

use examroom_app::view::keyboard::{OTHER_ALPHABET, is_of_another_alphabet};
use examroom_app::view::keys::{self, KeyCode, Stroke};
pub use examroom_app::view::keys::{Action, Context, bindings, first_key, footer};

/// What a key does in a context with so many choices on the screen.
#[must_use]
pub fn action(event: KeyEvent, context: Context, choices: usize) -> Option<Action> {
    if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META) {
        return None;
    }
    let code = code(event.code)?;
    let is_with_ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    keys::action(if is_with_ctrl { Stroke::with_ctrl(code) } else { Stroke::plain(code) }, context, choices)
}

/// The key of the table; `None` for those that it has none of.
const fn code(reported: Reported) -> Option<KeyCode> {
    Some(match reported {
        Reported::Char(c) => KeyCode::Char(c),
        Reported::F(number) => KeyCode::F(number),
        Reported::Enter => KeyCode::Enter,
        Reported::Esc => KeyCode::Esc,
        Reported::Tab => KeyCode::Tab,
        Reported::BackTab => KeyCode::BackTab,
        Reported::Backspace => KeyCode::Backspace,
        Reported::Delete => KeyCode::Delete,
        Reported::Left => KeyCode::Left,
        Reported::Right => KeyCode::Right,
        Reported::Up => KeyCode::Up,
        Reported::Down => KeyCode::Down,
        Reported::PageUp => KeyCode::PageUp,
        Reported::PageDown => KeyCode::PageDown,
        Reported::Home => KeyCode::Home,
        Reported::End => KeyCode::End,
        _ => return None,
    })
}

/// What is said of a key that does nothing because it gave a letter of another alphabet.
#[must_use]
pub fn foreign(event: KeyEvent) -> Option<String> {
    match event.code {
        Reported::Char(c) if is_of_another_alphabet(c) => {
            Some(format!("{OTHER_ALPHABET}, or use the arrows, Space and Enter."))
        }
        _ => None,
    }
}
