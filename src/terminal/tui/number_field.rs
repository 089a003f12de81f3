//! A field for a number: it takes digits only, and no more than any number of a question or of minutes can have.

use std::str::FromStr;

use ratatui::text::Line;

use super::line_editor::{Edit, LineEditor};
use super::theme::Theme;
use super::typed_line::typed_line;

/// How many digits it takes.
const DIGITS: usize = 6;

/// A number being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberField {
    line: LineEditor,
}

impl NumberField {
    /// An empty field, or one that begins with the digit that opened it.
    #[must_use]
    pub fn new(first: Option<char>) -> Self {
        Self { line: LineEditor::new(&first.map_or_else(String::new, String::from)) }
    }

    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(c) if !c.is_ascii_digit() || self.line.text().len() >= DIGITS => {}
            edit => self.line.apply(edit),
        }
    }

    /// The number; zero, which is no question's number, where none was typed.
    #[must_use]
    pub fn value<N: FromStr + Default>(&self) -> N {
        self.line.text().parse().unwrap_or_default()
    }

    #[must_use]
    pub fn lines(&self, prompt: &'static str, width: usize, theme: Theme) -> Vec<Line<'static>> {
        typed_line(prompt, &self.line, width, theme)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_are_taken_and_six_of_them() {
        let mut field = NumberField::new(Some('1'));
        for c in "2x-34 5678".chars() {
            field.edit(Edit::Insert(c));
        }
        assert_eq!(field.value::<u32>(), 123_456);
        field.edit(Edit::Empty);
        assert_eq!(field.value::<usize>(), 0);
    }
}
