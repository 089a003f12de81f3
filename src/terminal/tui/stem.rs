//! Which characters of a stem stand where on the screen: words are highlighted there, and selected with the mouse.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::text_lines::wrap;
use super::theme::Theme;
use crate::pages::clusters;
use examroom_app::view::SafeText;
use examroom_app::view::question::QuestionView;
use examroom_core::session::Passage;

/// What is drawn as one picture, and the characters of the stem that it is made of.
struct Cell {
    text: String,
    columns: usize,
    passage: Passage,
}

/// The cells of each line of a stem in a page of so many columns.
fn cells(stem: &SafeText, width: usize) -> Vec<Vec<Cell>> {
    // Wrapping leaves out white space and nothing else, so the characters of the lines are found again one by one.
    let mut characters = (0_u32..).zip(stem.chars()).peekable();
    let mut place = |c: char| {
        while characters.next_if(|(_, known)| *known != c && known.is_whitespace()).is_some() {}
        characters.next().map_or(u32::MAX - 1, |(at, _)| at)
    };
    let mut cell = |(text, columns): (&str, usize)| {
        let places: Vec<u32> = text.chars().map(&mut place).collect();
        let ends = places.first().zip(places.last());
        let passage = ends.map_or(Passage { from: 0, to: 0 }, |(from, to)| Passage { from: *from, to: *to + 1 });
        Cell { text: text.to_owned(), columns, passage }
    };
    wrap(stem, width).iter().map(|line| clusters(line).map(&mut cell).collect()).collect()
}

/// The stem's lines, with what is highlighted and what is being selected.
#[must_use]
pub fn lines(question: &QuestionView, selected: Option<Passage>, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let is_in = |passage: &Passage, cell: &Cell| passage.from < cell.passage.to && cell.passage.from < passage.to;
    let style = |cell: &Cell| -> Style {
        if selected.is_some_and(|selected| is_in(&selected, cell)) {
            theme.pointed()
        } else if question.highlights.iter().any(|passage| is_in(passage, cell)) {
            theme.highlighted()
        } else {
            theme.text()
        }
    };
    let styled = |line: &Vec<Cell>| {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for cell in line {
            match spans.last_mut() {
                Some(last) if last.style == style(cell) => last.content.to_mut().push_str(&cell.text),
                _ => spans.push(Span::styled(cell.text.clone(), style(cell))),
            }
        }
        Line::from(spans)
    };
    cells(&question.stem, width).iter().map(styled).collect()
}

/// The passage that stands in a place of the stem or, beside its lines, nearest to it. `None` for an empty stem.
#[must_use]
pub fn passage_at(stem: &SafeText, width: usize, line: usize, column: usize) -> Option<Passage> {
    let lines = cells(stem, width);
    let line = lines.get(line).or(lines.last())?;
    let mut right = 0;
    let cell = line.iter().find(|cell| {
        right += cell.columns;
        column < right
    });
    cell.or(line.last()).map(|cell| cell.passage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_the_screen_is_a_passage_of_the_stem() {
        let stem = SafeText::new("Which e\u{301} of\n漢字 is  it?");
        let at = |line, column| passage_at(&stem, 8, line, column).unwrap().of(&stem);
        assert_eq!([at(0, 0), at(0, 6), at(0, 7)], ["W", "e\u{301}", "e\u{301}"]);
        assert_eq!([at(1, 1), at(1, 70)], ["f", "f"], "beside a line: its end");
        assert_eq!([at(2, 1), at(2, 2), at(2, 3)], ["漢", "字", "字"]);
        assert_eq!([at(3, 0), at(9, 2)], ["i", "?"]);
        assert_eq!(passage_at(&SafeText::new(""), 8, 0, 0), None);
    }
}
