//! The reference shelf of an open-book section: its sheets, and searching all of them.

use std::sync::Arc;

use ratatui::text::{Line, Span};

use crate::pages::sheet_lines;
use crate::tui::line_editor::LineEditor;
use crate::tui::page::Page;
use crate::tui::scroll::Scroll;
use crate::tui::text_lines::{cut, paragraph};
use crate::tui::theme::Theme;
use examroom_app::view::SafeText;
use examroom_app::view::shelf::{EMPTY, Hit, Terms, search};
use examroom_core::bank::{Sheet, Synonyms};
use examroom_core::session::Session;

/// What is open on the shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    pub sheet: usize,
    pub scroll: Scroll,
    /// The words being typed.
    pub typing: Option<LineEditor>,
    words: String,
    terms: Terms,
    hits: Vec<Hit>,
    hit: usize,
    /// The entry to bring to the top when the shelf is next laid out.
    entry: Option<usize>,
}

impl Shelf {
    /// The shelf, open at the first sheet that the present question names.
    #[must_use]
    pub fn open_for(session: &Session) -> Self {
        let form = session.form();
        let wanted = session
            .current_slot()
            .and_then(|slot| form.question(slot))
            .and_then(|question| question.item.references.first());
        let sheet = wanted.and_then(|id| form.shelf.iter().position(|sheet| sheet.id == *id)).unwrap_or(0);
        Self { sheet, ..Self::default() }
    }

    /// Opens the next sheet, or the one before.
    pub fn turn(&mut self, sheets: usize, by: isize) {
        let count = isize::try_from(sheets.max(1)).unwrap_or(1);
        let at = isize::try_from(self.sheet).unwrap_or(0);
        self.sheet = usize::try_from((at + by).rem_euclid(count)).unwrap_or(0);
        self.scroll = Scroll::default();
    }

    /// Searches for what was typed; what to tell the candidate.
    pub fn search(&mut self, sheets: &[Arc<Sheet>], synonyms: &Synonyms) -> Option<String> {
        let typed = self.typing.take()?.text();
        self.terms = Terms::new(&typed, synonyms);
        self.hits = search(sheets, &self.terms);
        self.words = typed;
        self.hit = 0;
        if self.words.trim().is_empty() {
            return None;
        }
        if self.hits.is_empty() {
            return Some("Nothing on the shelf has all these words.".to_owned());
        }
        self.show_hit();
        Some(self.hit_message())
    }

    /// Goes to the next place that was found, or the one before.
    pub fn step(&mut self, by: isize) -> String {
        if self.hits.is_empty() {
            return "Search first: press / and type a word.".to_owned();
        }
        let count = isize::try_from(self.hits.len()).unwrap_or(1);
        let at = isize::try_from(self.hit).unwrap_or(0);
        self.hit = usize::try_from((at + by).rem_euclid(count)).unwrap_or(0);
        self.show_hit();
        self.hit_message()
    }

    fn hit_message(&self) -> String {
        let hit = &self.hits[self.hit.min(self.hits.len() - 1)];
        format!("Place {} of {}: {}, {}", self.hit + 1, self.hits.len(), hit.title, hit.heading)
    }

    fn show_hit(&mut self) {
        if let Some(hit) = self.hits.get(self.hit) {
            self.sheet = hit.sheet;
            self.entry = Some(hit.entry);
        }
    }

    /// The lines above the sheet, which do not scroll.
    #[must_use]
    pub fn head(&self, sheets: &[Arc<Sheet>], width: u16, theme: Theme) -> Vec<Line<'static>> {
        let width = usize::from(width);
        let mut head = vec![Line::from(vec![
            Span::styled("Reference shelf", theme.accent()),
            Span::styled(
                if sheets.is_empty() {
                    String::new()
                } else {
                    format!("  {} of {}  ← →", self.sheet + 1, sheets.len())
                },
                theme.quiet(),
            ),
        ])];
        if let Some(typing) = &self.typing {
            head.extend(super::calculator::typed_line("/ ", typing, width, theme));
        } else if !self.words.trim().is_empty() {
            let words = SafeText::new(&self.words);
            let found = format!("/ {}: {}", words, examroom_app::view::counted(self.hits.len(), "place"));
            head.push(Line::styled(cut(&found, width), theme.quiet()));
        }
        head
    }

    /// The sheet as a page; brings the entry that was found to the top.
    pub fn page(&mut self, sheets: &[Arc<Sheet>], width: u16, theme: Theme) -> Page {
        let mut page = Page::default();
        let Some(sheet) = sheets.get(self.sheet) else {
            page.extend(paragraph(EMPTY, theme.quiet(), usize::from(width)));
            return page;
        };
        let (texts, starts) = sheet_lines(sheet, usize::from(width));
        for (index, text) in texts.iter().enumerate() {
            let style = if index == 0 || starts.contains(&index) {
                theme.strong()
            } else if self.terms.touch(text) {
                theme.underlined()
            } else {
                theme.text()
            };
            page.push(Line::styled(text.as_str().to_owned(), style));
        }
        if let Some(start) = self.entry.take().and_then(|entry| starts.get(entry)) {
            self.scroll.top = *start;
        }
        page
    }
}
