//! What lies over the screen, the topmost first served: help, the calculator, something typed, a question to the
//! candidate.

mod calculator;
mod confirm;
pub mod help;
mod note;
mod number;
mod phrase;

use std::time::Duration;

use super::keys::Context;
use super::page::Page;
use super::request::Writing;
use super::screen::component::{Component, PageStyle};
use super::snapshot::Snapshot;
use calculator::Calculator;
use confirm::Confirm;
use examroom_app::view::confirmation::Confirmation;
use examroom_core::session::{Command, Passage, Session};
use help::Help;
use note::{NoteEditor, Subject};
use number::NumberEntry;
use phrase::PhraseEntry;

pub use number::Purpose;

/// One thing over the screen.
#[derive(Clone, Debug)]
enum Overlay {
    Help(Help),
    /// What was worked out stays when it is closed, so it is not kept here.
    Calculator,
    Note(NoteEditor),
    Number(NumberEntry),
    Phrase(PhraseEntry),
    Confirm(Confirm),
}

/// All that lies over the screen.
#[derive(Clone, Debug, Default)]
pub struct Overlays {
    /// The topmost last.
    stack: Vec<Overlay>,
    calculator: Calculator,
}

impl Overlays {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stack.is_empty()
    }

    /// Whether the topmost takes the place of the screen below; otherwise it stands at its foot.
    #[must_use]
    pub fn covers(&self) -> bool {
        matches!(self.stack.last(), Some(Overlay::Help(_) | Overlay::Confirm(_)))
    }

    /// The topmost.
    pub fn top(&mut self) -> Option<&mut dyn Component> {
        Some(match self.stack.last_mut()? {
            Overlay::Help(help) => help,
            Overlay::Calculator => &mut self.calculator,
            Overlay::Note(note) => note,
            Overlay::Number(number) => number,
            Overlay::Phrase(phrase) => phrase,
            Overlay::Confirm(confirm) => confirm,
        })
    }

    /// What stands at the foot of the screen, and its title.
    pub fn low(&mut self, snapshot: Snapshot<'_>, style: PageStyle) -> Option<(&'static str, Page)> {
        let title = match self.stack.last()? {
            Overlay::Calculator => " Calculator ",
            Overlay::Note(note) => note.title(),
            Overlay::Phrase(_) => " Highlight which words? ",
            Overlay::Number(number) => number.title(),
            Overlay::Help(_) | Overlay::Confirm(_) => return None,
        };
        Some((title, self.top()?.content(snapshot, style).page))
    }

    /// The title that the screen takes from the topmost.
    #[must_use]
    pub fn title(&self) -> Option<&'static str> {
        matches!(self.stack.last(), Some(Overlay::Help(_))).then_some("Help")
    }

    pub fn close(&mut self) {
        self.stack.pop();
    }

    pub fn close_all(&mut self) {
        self.stack.clear();
    }

    /// The question of the note is no longer on the screen.
    pub fn close_note(&mut self) {
        self.stack.retain(|overlay| !matches!(overlay, Overlay::Note(_) | Overlay::Phrase(_)));
    }

    /// Opens the keys of a context, with the letters of the choices on the screen.
    pub fn help(&mut self, of: Context, letters: &[char]) {
        self.stack.push(Overlay::Help(Help::new(of, letters)));
    }

    pub fn calculate(&mut self) {
        self.stack.push(Overlay::Calculator);
    }

    /// Opens what is typed about the present question.
    pub fn write(&mut self, what: Writing, session: &Session) {
        self.stack.extend(match what {
            Writing::Note => NoteEditor::open(Subject::Own, session).map(Overlay::Note),
            Writing::Problem => NoteEditor::open(Subject::Problem, session).map(Overlay::Note),
            Writing::Highlight => Some(Overlay::Phrase(PhraseEntry::default())),
        });
    }

    /// Asks for a number; a digit that was typed begins it.
    pub fn ask_number(&mut self, purpose: Purpose, first: Option<char>) {
        self.stack.push(Overlay::Number(NumberEntry::new(purpose, first)));
    }

    /// Asks before something is done; nothing where there is nothing to ask about.
    pub fn confirm(&mut self, kind: Confirmation, session: &Session) {
        self.stack.extend(Confirm::new(kind, session).map(Overlay::Confirm));
    }

    /// Whether the candidate is being asked this.
    #[must_use]
    pub fn is_asking(&self, kind: Confirmation) -> bool {
        matches!(self.stack.last(), Some(Overlay::Confirm(confirm)) if confirm.kind() == kind)
    }

    /// Points at a button of the question to the candidate; whether one is asked.
    pub fn point_at_button(&mut self, stop: usize, stops: usize, column: u16) -> bool {
        match self.stack.last_mut() {
            Some(Overlay::Confirm(confirm)) => {
                confirm.point_at(stop, stops, column);
                true
            }
            _ => false,
        }
    }

    /// What of the stem is pointed at, to be highlighted.
    #[must_use]
    pub fn pointed(&self) -> Option<Passage> {
        match self.stack.last() {
            Some(Overlay::Phrase(phrase)) => phrase.pointed(),
            _ => None,
        }
    }

    /// The note being typed, if it is not kept yet.
    #[must_use]
    pub fn draft(&self, session: &Session) -> Option<Command> {
        self.stack.iter().find_map(|overlay| match overlay {
            Overlay::Note(note) => note.draft(session),
            _ => None,
        })
    }

    /// The note being typed, if the time has come to keep it without being asked.
    pub fn due_draft(&mut self, session: &Session, left: Duration) -> Option<Command> {
        let note = self.stack.iter_mut().find_map(|overlay| match overlay {
            Overlay::Note(note) => Some(note),
            _ => None,
        })?;
        if note.is_due(left) { note.draft(session) } else { None }
    }
}
