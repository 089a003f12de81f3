//! A number being typed below the question: which one to go to, or how many minutes to add.

use std::time::Duration;

use crate::tui::keys::{Action, Context};
use crate::tui::line_editor::Edit;
use crate::tui::number_field::NumberField;
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::screen::component::{Component, Content, PageStyle, Seen};
use crate::tui::snapshot::Snapshot;
use examroom_core::session::{Command, Refusal, Session};

/// What the number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    GoTo,
    /// Minutes to add.
    Extend,
}

/// A number being typed.
#[derive(Clone, Debug)]
pub struct NumberEntry {
    purpose: Purpose,
    field: NumberField,
}

impl NumberEntry {
    #[must_use]
    pub fn new(purpose: Purpose, first: Option<char>) -> Self {
        Self { purpose, field: NumberField::new(first) }
    }

    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::GoTo => " Go to question ",
            Purpose::Extend => " Add time ",
        }
    }

    fn accept(&self, session: &Session) -> Option<Request> {
        let (section, _) = session.section()?;
        let form = session.form();
        Some(match self.purpose {
            Purpose::Extend => Request::send(Command::Extend(self.field.value())),
            Purpose::GoTo => match form.slot(section, self.field.value()) {
                Some(slot) => Request::send(Command::GoTo(slot)),
                None => Request::Refuse(Refusal::NoSuchQuestion { last: form.range(section).len() }),
            },
        })
    }
}

impl Component for NumberEntry {
    fn context(&self) -> Context {
        Context::GoTo
    }

    fn act(&mut self, action: Action, session: &Session, _: Seen<'_>) -> Vec<Request> {
        let accepted = if action == Action::Accept { self.accept(session) } else { None };
        [Request::Close].into_iter().chain(accepted).collect()
    }

    fn content(&mut self, _: Snapshot<'_>, style: PageStyle) -> Content {
        let prompt = match self.purpose {
            Purpose::GoTo => "Number: ",
            Purpose::Extend => "Minutes: ",
        };
        let mut page = Page::default();
        page.extend(self.field.lines(prompt, usize::from(style.width), style.theme));
        page.into()
    }

    fn edit(&mut self, edit: Edit, _: Duration) {
        self.field.edit(edit);
    }
}
