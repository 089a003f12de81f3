//! The note on a question, or on what is wrong with it, in a line of its own below it. What is typed is kept every few seconds, so that little is
//! lost by whatever happens to the program.

use std::time::Duration;

use crate::tui::keys::{Action, Context};
use crate::tui::line_editor::{Edit, LineEditor};
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::screen::component::{Component, Content, PageStyle, Seen};
use crate::tui::snapshot::Snapshot;
use crate::tui::typed_line::typed_line;
use examroom_core::session::{Command, NOTE_LENGTH, Session};

/// So long after a change, a note being typed is kept as it is.
const KEPT_AFTER: Duration = Duration::from_secs(5);

/// Whom the note is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The candidate.
    Own,
    /// The author, about what is wrong with the question.
    Problem,
}

/// A note being typed.
#[derive(Clone, Debug)]
pub struct NoteEditor {
    subject: Subject,
    line: LineEditor,
    /// The time left at which what was typed is kept without being asked.
    keep_at: Option<Duration>,
}

impl NoteEditor {
    /// Opens the note on the present question.
    #[must_use]
    pub fn open(subject: Subject, session: &Session) -> Option<Self> {
        Some(Self { subject, line: LineEditor::new(subject.kept(session)?), keep_at: None })
    }

    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.subject {
            Subject::Own => " Your note ",
            Subject::Problem => " What is wrong with this question? ",
        }
    }

    /// What was typed, if it is not kept yet.
    #[must_use]
    pub fn draft(&self, session: &Session) -> Option<Command> {
        let text = self.line.text();
        let command = match self.subject {
            Subject::Own => Command::Note,
            Subject::Problem => Command::Problem,
        };
        (text.trim() != self.subject.kept(session)?).then(|| command(text))
    }

    /// Whether the time has come to keep what was typed; until the next change it has not again.
    pub fn is_due(&mut self, left: Duration) -> bool {
        self.keep_at.take_if(|at| left <= *at).is_some()
    }
}

impl Subject {
    /// What is kept already.
    fn kept(self, session: &Session) -> Option<&str> {
        let state = session.item_state(session.current_slot()?);
        Some(match self {
            Self::Own => state.note(),
            Self::Problem => state.problem(),
        })
    }
}

impl Component for NoteEditor {
    fn context(&self) -> Context {
        Context::Note
    }

    /// Whatever closes it keeps it.
    fn act(&mut self, _: Action, session: &Session, _: Seen<'_>) -> Vec<Request> {
        let kept = self.draft(session).map(Request::send);
        kept.into_iter().chain([Request::Close]).collect()
    }

    fn content(&mut self, _: Snapshot<'_>, style: PageStyle) -> Content {
        let mut page = Page::default();
        page.extend(typed_line("", &self.line, usize::from(style.width), style.theme));
        page.into()
    }

    fn edit(&mut self, edit: Edit, left: Duration) {
        let full = self.line.text().chars().count() >= NOTE_LENGTH;
        if !(full && matches!(edit, Edit::Insert(_))) {
            self.line.apply(edit);
            self.keep_at.get_or_insert(left.saturating_sub(KEPT_AFTER));
        }
    }
}
