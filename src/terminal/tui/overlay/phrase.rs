//! The words of a stem that are to be highlighted, typed below the question: a terminal has no way of its own to point at
//! words that a screen reader could follow.

use std::time::Duration;

use crate::tui::keys::{Action, Context};
use crate::tui::line_editor::{Edit, LineEditor};
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::screen::component::{Component, Content, PageStyle, Seen};
use crate::tui::snapshot::Snapshot;
use crate::tui::typed_line::typed_line;
use examroom_core::session::{Command, Passage, Session};

/// What is said where the stem does not have the words.
const NOT_THERE: &str = "The question has no such words. Type them as they stand in it.";

/// Words being typed.
#[derive(Clone, Debug, Default)]
pub struct PhraseEntry {
    line: LineEditor,
}

impl PhraseEntry {
    fn accept(&self, session: &Session) -> Option<Request> {
        let question = session.current_slot().and_then(|slot| session.form().question(slot))?;
        let words = self.line.text();
        if words.trim().is_empty() {
            return None;
        }
        Some(match Passage::find(&question.item.stem, &words) {
            Some(passage) => Request::send(Command::Highlight(passage)),
            None => Request::Say(NOT_THERE.to_owned()),
        })
    }
}

impl Component for PhraseEntry {
    fn context(&self) -> Context {
        Context::Phrase
    }

    fn act(&mut self, action: Action, session: &Session, _: Seen<'_>) -> Vec<Request> {
        let accepted = if action == Action::Accept { self.accept(session) } else { None };
        [Request::Close].into_iter().chain(accepted).collect()
    }

    fn content(&mut self, _: Snapshot<'_>, style: PageStyle) -> Content {
        let mut page = Page::default();
        page.extend(typed_line("", &self.line, usize::from(style.width), style.theme));
        page.into()
    }

    fn edit(&mut self, edit: Edit, _: Duration) {
        self.line.apply(edit);
    }
}
