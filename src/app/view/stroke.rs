//! The keys of a keyboard, whatever a terminal or a browser calls them.

use super::keyboard::narrow;

/// A key of the keyboard, whatever a terminal or a browser calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are what is printed on the keys")]
pub enum KeyCode {
    /// A character.
    Char(char),
    /// F1 and its neighbors.
    F(u8),
    Enter,
    Esc,
    Tab,
    /// Tab with Shift.
    BackTab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
}

/// A key, with or without Ctrl. Letters are compared without regard to case, so that Caps Lock changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    pub(super) code: KeyCode,
    pub(super) ctrl: bool,
}

/// A character's key.
pub(super) const fn key(c: char) -> Stroke {
    Stroke { code: KeyCode::Char(c), ctrl: false }
}

/// A character's key with Ctrl.
pub(super) const fn ctrl(c: char) -> Stroke {
    Stroke { code: KeyCode::Char(c), ctrl: true }
}

/// A key that gives no character.
pub(super) const fn code(code: KeyCode) -> Stroke {
    Stroke { code, ctrl: false }
}

impl Stroke {
    /// A key that was pressed alone, or with Shift for what it is then.
    #[must_use]
    pub fn plain(code: KeyCode) -> Self {
        let code = match code {
            KeyCode::Char(c) => KeyCode::Char(narrow(c).to_ascii_lowercase()),
            code => code,
        };
        Self { code, ctrl: false }
    }

    /// A key that was pressed together with Ctrl.
    #[must_use]
    pub fn with_ctrl(code: KeyCode) -> Self {
        Self { ctrl: true, ..Self::plain(code) }
    }

    /// The key alone; `None` where it is pressed together with Ctrl.
    #[must_use]
    pub fn alone(self) -> Option<KeyCode> {
        (!self.ctrl).then_some(self.code)
    }

    /// As it stands in help and in the footer.
    #[must_use]
    pub fn name(self) -> String {
        match self.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) if self.ctrl => format!("Ctrl-{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::Left => "←".to_owned(),
            KeyCode::Right => "→".to_owned(),
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::Delete => "Del".to_owned(),
            KeyCode::BackTab => "Shift-Tab".to_owned(),
            KeyCode::F(number) => format!("F{number}"),
            code => format!("{code:?}"),
        }
    }
}
