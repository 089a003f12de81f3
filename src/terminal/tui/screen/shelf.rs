//! The reference shelf of an open-book section: its sheets, and searching all of them.

use std::sync::Arc;
use std::time::Duration;

use ratatui::text::{Line, Span};

use super::component::{Component, Content, Density, PageStyle, Seen};
use crate::pages::sheet_lines;
use crate::tui::keys::{Action, Context};
use crate::tui::line_editor::{Edit, LineEditor};
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::scroll::Scroll;
use crate::tui::snapshot::Snapshot;
use crate::tui::text_lines::{cut, paragraph};
use crate::tui::theme::Theme;
use crate::tui::typed_line::typed_line;
use examroom_app::view::SafeText;
use examroom_app::view::shelf::{EMPTY, Found, Terms, search};
use examroom_core::bank::{Sheet, Synonyms};
use examroom_core::session::Session;

/// Whether the shelf is open, and whether keys go to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Standing {
    #[default]
    Closed,
    /// Open beside the question or behind it, which has the keys.
    Open,
    WithKeys,
}

/// So many lines above the one that was found stay on the screen.
const LINES_ABOVE: usize = 4;

/// The shelf.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    standing: Standing,
    /// The sheet that is shown, from 1; 0 is the contents.
    place: usize,
    scroll: Scroll,
    /// The words being typed.
    typing: Option<LineEditor>,
    words: String,
    terms: Terms,
    found: Found,
    hit: usize,
    /// The entry to bring to the top when the shelf is next laid out.
    entry: Option<usize>,
}

impl Shelf {
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.standing != Standing::Closed
    }

    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.standing == Standing::WithKeys
    }

    /// The sheet that is shown, from 0; `None` at the contents.
    #[must_use]
    pub fn place(&self) -> Option<usize> {
        self.place.checked_sub(1)
    }

    /// Opens the shelf at its contents, or where it was if it is open.
    pub fn open(&mut self) {
        self.standing = Standing::WithKeys;
    }

    /// Closes the shelf, and forgets what was looked for.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Gives the keys to the question, if the shelf has them, or takes them; nothing while it is closed.
    pub fn turn_keys(&mut self) {
        self.standing = match self.standing {
            Standing::Closed => Standing::Closed,
            Standing::Open => Standing::WithKeys,
            Standing::WithKeys => Standing::Open,
        };
    }

    /// Opens the next sheet, or the one before; before the first stand the contents.
    fn turn(&mut self, sheets: usize, by: isize) {
        let count = isize::try_from(sheets + 1).unwrap_or(1);
        let at = isize::try_from(self.place).unwrap_or(0);
        self.place = usize::try_from((at + by).rem_euclid(count)).unwrap_or(0);
        self.scroll = Scroll::default();
    }

    /// Searches for what was typed, or opens the sheet of a number; what to tell the candidate.
    fn search(&mut self, sheets: &[Arc<Sheet>], synonyms: &Synonyms) -> Option<String> {
        let typed = self.typing.take()?.text();
        if let Some(place) = typed.trim().parse().ok().filter(|place| (1..=sheets.len()).contains(place)) {
            self.place = place;
            self.scroll = Scroll::default();
            return None;
        }
        self.terms = Terms::new(&typed, synonyms);
        self.found = search(sheets, &self.terms);
        self.words = typed;
        self.hit = 0;
        if self.words.trim().is_empty() {
            return None;
        }
        let caveat = self.found.caveat();
        if self.found.hits.is_empty() {
            return caveat;
        }
        self.show_hit();
        Some([caveat, Some(self.hit_message())].into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    /// Goes to the next place that was found, or the one before.
    fn step(&mut self, by: isize) -> String {
        if self.found.hits.is_empty() {
            return "Search first: press / and type a word.".to_owned();
        }
        let count = isize::try_from(self.found.hits.len()).unwrap_or(1);
        let at = isize::try_from(self.hit).unwrap_or(0);
        self.hit = usize::try_from((at + by).rem_euclid(count)).unwrap_or(0);
        self.show_hit();
        self.hit_message()
    }

    fn hit_message(&self) -> String {
        let hit = &self.found.hits[self.hit.min(self.found.hits.len() - 1)];
        format!("Place {} of {}: {}, {}", self.hit + 1, self.found.hits.len(), hit.title, hit.heading)
    }

    fn show_hit(&mut self) {
        if let Some(hit) = self.found.hits.get(self.hit) {
            self.place = hit.sheet + 1;
            self.entry = Some(hit.entry);
        }
    }

    /// The lines above the sheet, which do not scroll.
    fn head(&self, sheets: &[Arc<Sheet>], width: u16, theme: Theme) -> Vec<Line<'static>> {
        let width = usize::from(width);
        let mut head = vec![Line::from(vec![
            Span::styled("Reference shelf", theme.accent()),
            Span::styled(
                match self.place {
                    _ if sheets.is_empty() => String::new(),
                    0 => "  contents  ← →".to_owned(),
                    place => format!("  {place} of {}  ← →", sheets.len()),
                },
                theme.quiet(),
            ),
        ])];
        if let Some(typing) = &self.typing {
            head.extend(typed_line("/ ", typing, width, theme));
        } else if !self.words.trim().is_empty() {
            let words = SafeText::new(&self.words);
            let found = format!("/ {}: {}", words, examroom_app::view::counted(self.found.hits.len(), "place"));
            head.push(Line::styled(cut(&found, width), theme.quiet()));
        }
        head
    }

    /// The sheet as a page; brings the first line of the entry that has a word of the search near to the top.
    fn page(&mut self, sheets: &[Arc<Sheet>], width: u16, theme: Theme) -> Page {
        let mut page = Page::default();
        if sheets.is_empty() {
            page.extend(paragraph(EMPTY, theme.quiet(), usize::from(width)));
            return page;
        }
        let Some(sheet) = self.place().and_then(|at| sheets.get(at)) else {
            return contents(sheets, width, theme);
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
        if let Some(entry) = self.entry.take()
            && let Some(start) = starts.get(entry).copied()
        {
            let end = starts.get(entry + 1).map_or(texts.len(), |next| *next);
            let found = (start..end).find(|line| self.terms.touch(texts[*line].as_str()));
            self.scroll.top = found.map_or(start, |line| line.saturating_sub(LINES_ABOVE).max(start));
        }
        page
    }
}

impl Component for Shelf {
    fn context(&self) -> Context {
        if self.typing.is_some() { Context::Search } else { Context::Shelf }
    }

    fn act(&mut self, action: Action, session: &Session, _: Seen<'_>) -> Vec<Request> {
        let form = session.form();
        let message = match action {
            Action::Accept => self.search(&form.shelf, &form.synonyms),
            Action::NextHit => Some(self.step(1)),
            Action::PreviousHit => Some(self.step(-1)),
            action => {
                match action {
                    Action::Search => self.typing = Some(LineEditor::default()),
                    Action::Next => self.turn(form.shelf.len(), 1),
                    Action::Previous => self.turn(form.shelf.len(), -1),
                    Action::Close if self.typing.is_some() => self.typing = None,
                    Action::Close => self.close(),
                    _ => {}
                }
                None
            }
        };
        message.map(Request::Say).into_iter().collect()
    }

    fn content(&mut self, snapshot: Snapshot<'_>, style: PageStyle) -> Content {
        let sheets = &snapshot.session.form().shelf;
        let mut head = self.head(sheets, style.width, style.theme);
        if style.density == Density::Ample {
            head.push(Line::default());
        }
        Content { head, page: self.page(sheets, style.width, style.theme) }
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(&mut self.scroll)
    }

    fn edit(&mut self, edit: Edit, _: Duration) {
        if let Some(line) = &mut self.typing {
            line.apply(edit);
        }
    }
}

/// The titles of all sheets, by number, each with the headings of its entries.
fn contents(sheets: &[Arc<Sheet>], width: u16, theme: Theme) -> Page {
    let mut page = Page::default();
    for (number, sheet) in (1..).zip(sheets) {
        let title = SafeText::new(&format!("{number}. {}", sheet.title));
        page.extend(paragraph(title.as_str(), theme.strong(), usize::from(width)));
        let headings: Vec<&str> = sheet.entries.iter().map(|entry| entry.heading.as_str()).collect();
        page.extend(paragraph(SafeText::new(&headings.join("; ")).as_str(), theme.text(), usize::from(width)));
    }
    page
}
