//! One line of typed text with a cursor that moves by what a person sees as one character.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::Style;
use ratatui::text::Span;

/// What a key does to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    Insert(char),
    Backspace,
    Delete,
    Left,
    Right,
    Home,
    End,
    Empty,
}

impl Edit {
    /// What a key does; `None` for one that edits nothing.
    #[must_use]
    pub fn of(key: KeyEvent) -> Option<Self> {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('u') if ctrl => Some(Self::Empty),
            KeyCode::Char(c) if !ctrl => Some(Self::Insert(c)),
            KeyCode::Backspace => Some(Self::Backspace),
            KeyCode::Delete => Some(Self::Delete),
            KeyCode::Left => Some(Self::Left),
            KeyCode::Right => Some(Self::Right),
            KeyCode::Home => Some(Self::Home),
            KeyCode::End => Some(Self::End),
            _ => None,
        }
    }
}

/// Typed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEditor {
    before: String,
    after: String,
}

impl LineEditor {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut editor = Self::default();
        editor.paste(text);
        editor
    }

    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// The parts before and behind the cursor.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        (&self.before, &self.after)
    }

    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(c) if c.is_control() => {}
            Edit::Insert(c) => self.before.push(c),
            Edit::Backspace => drop(self.take_last()),
            Edit::Delete => drop(self.take_first()),
            Edit::Left => {
                let last = self.take_last();
                self.after.insert_str(0, &last);
            }
            Edit::Right => {
                let first = self.take_first();
                self.before.push_str(&first);
            }
            Edit::Home => {
                self.after.insert_str(0, &self.before);
                self.before.clear();
            }
            Edit::End => {
                self.before.push_str(&self.after);
                self.after.clear();
            }
            Edit::Empty => {
                self.before.clear();
                self.after.clear();
            }
        }
    }

    /// Inserts pasted text; line feeds become spaces, other control characters are left out.
    pub fn paste(&mut self, text: &str) {
        self.before.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }).filter(|c| !c.is_control()));
    }

    fn take_last(&mut self) -> String {
        let width = graphemes(&self.before).last().map_or(0, |last| last.len());
        self.before.split_off(self.before.len() - width)
    }

    fn take_first(&mut self) -> String {
        let width = graphemes(&self.after).next().map_or(0, |first| first.len());
        let rest = self.after.split_off(width);
        std::mem::replace(&mut self.after, rest)
    }
}

fn graphemes(text: &str) -> impl Iterator<Item = String> {
    let all: Vec<String> =
        Span::raw(text).styled_graphemes(Style::new()).map(|grapheme| grapheme.symbol.to_owned()).collect();
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_moves_by_what_is_seen_as_one_character() {
        let mut editor = LineEditor::new("ae\u{301}👩‍⚕️");
        editor.apply(Edit::Left);
        editor.apply(Edit::Backspace);
        assert_eq!(editor.text(), "a👩‍⚕️");
        editor.apply(Edit::Delete);
        editor.apply(Edit::Delete);
        editor.apply(Edit::Insert('b'));
        assert_eq!(editor.text(), "ab");
        editor.apply(Edit::Home);
        editor.apply(Edit::Backspace);
        editor.apply(Edit::Right);
        assert_eq!(editor.parts(), ("a", "b"));
    }

    #[test]
    fn pasted_text_brings_no_control_characters() {
        let mut editor = LineEditor::default();
        editor.paste("one\r\ntwo\u{1b}[2J");
        assert_eq!(editor.text(), "one two[2J");
    }
}
