//! The words of a stem that are to be highlighted: typed below the question, or pointed at with keys that put them there,
//! where a screen reader finds them too.

use std::ops::Range;
use std::time::Duration;

use crate::tui::keys::{Action, Context};
use crate::tui::line_editor::{Edit, LineEditor};
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::screen::component::{Component, Content, PageStyle, Seen};
use crate::tui::snapshot::Snapshot;
use crate::tui::typed_line::typed_line;
use examroom_app::view::question::QuestionView;
use examroom_core::session::{Command, Passage, Session};

/// Words being typed or pointed at.
#[derive(Clone, Debug, Default)]
pub struct PhraseEntry {
    line: LineEditor,
    pointed: Option<Pointed>,
}

/// Words that are pointed at.
#[derive(Clone, Debug)]
struct Pointed {
    /// Which words of the stem.
    words: Range<usize>,
    passage: Passage,
}

/// The passages of the words of a stem.
fn words(stem: &str) -> Vec<Passage> {
    let mut words: Vec<Passage> = Vec::new();
    for (at, c) in (0..).zip(stem.chars()) {
        match words.last_mut() {
            _ if c.is_whitespace() => {}
            Some(last) if last.to == at => last.to += 1,
            _ => words.push(Passage { from: at, to: at + 1 }),
        }
    }
    words
}

impl PhraseEntry {
    /// What is pointed at.
    #[must_use]
    pub fn pointed(&self) -> Option<Passage> {
        self.pointed.as_ref().map(|pointed| pointed.passage)
    }

    /// Points at other words.
    fn point(&mut self, action: Action, stem: &str) {
        let words = words(stem);
        let typed = Passage::find(stem, &self.line.text());
        let typed = typed.and_then(|typed| words.iter().position(|word| typed.from < word.to));
        let last = words.len().saturating_sub(1);
        let one = |word: usize| word.min(last)..word.min(last) + 1;
        let pointed = match (self.pointed.take().map(|pointed| pointed.words), action) {
            (Some(now), Action::Next) => one(now.end),
            (Some(now), Action::Previous) => one(now.start.saturating_sub(1)),
            (Some(now), Action::Longer) => now.start..(now.end + 1).min(words.len()),
            (Some(now), _) => now.start..(now.end - 1).max(now.start + 1),
            (None, Action::Previous) => one(typed.unwrap_or(last)),
            (None, _) => one(typed.unwrap_or(0)),
        };
        if let (Some(first), Some(last)) = (words.get(pointed.start), words.get(pointed.end - 1)) {
            let passage = Passage { from: first.from, to: last.to };
            self.line = LineEditor::new(&passage.of(stem));
            self.pointed = Some(Pointed { words: pointed, passage });
        }
    }

    fn accept(&self, view: &QuestionView) -> Option<Request> {
        let words = self.line.text();
        let highlight = || view.highlight(&words);
        let command = self.pointed().map_or_else(highlight, Command::Highlight);
        (!words.trim().is_empty()).then(|| Request::send(command))
    }
}

impl Component for PhraseEntry {
    fn context(&self) -> Context {
        Context::Phrase
    }

    fn act(&mut self, action: Action, session: &Session, _: Seen<'_>) -> Vec<Request> {
        let view = session.current_slot().and_then(|slot| QuestionView::new(session, slot));
        let request = match (action, view) {
            (Action::Next | Action::Previous | Action::Longer | Action::Shorter, Some(view)) => {
                self.point(action, &view.stem);
                return Vec::new();
            }
            (Action::Accept, Some(view)) => self.accept(&view),
            (Action::Clear, _) => Some(Request::send(Command::ClearHighlights)),
            _ => None,
        };
        [Request::Close].into_iter().chain(request).collect()
    }

    fn content(&mut self, _: Snapshot<'_>, style: PageStyle) -> Content {
        let mut page = Page::default();
        page.extend(typed_line("", &self.line, usize::from(style.width), style.theme));
        page.into()
    }

    fn edit(&mut self, edit: Edit, _: Duration) {
        self.pointed = None;
        self.line.apply(edit);
    }
}
