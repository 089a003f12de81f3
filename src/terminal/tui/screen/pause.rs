//! The break between two sections, with its own clock.

use ratatui::text::Line;

use super::component::{Component, Content, PageStyle, Seen};
use crate::tui::keys::{Action, Context};
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::scroll::Scroll;
use crate::tui::snapshot::Snapshot;
use crate::tui::text_lines::paragraph;
use examroom_app::view::announcement::break_left;
use examroom_app::view::confirmation::Confirmation;
use examroom_app::view::pause::PauseView;
use examroom_core::session::{Command, Refusal, Session};

/// The break.
#[derive(Clone, Debug, Default)]
pub struct Pause {
    scroll: Scroll,
}

/// Whether an action is worth offering now; those that are not are refused, or change nothing.
#[must_use]
pub fn is_offered(action: Action, session: &Session) -> bool {
    match (action, PauseView::new(session)) {
        (Action::Continue, Some(pause)) => pause.optional,
        (Action::TakeBreak, Some(pause)) => !pause.taken,
        _ => true,
    }
}

impl Component for Pause {
    fn context(&self) -> Context {
        Context::Break
    }

    fn act(&mut self, action: Action, session: &Session, _: Seen<'_>) -> Vec<Request> {
        match action {
            Action::TakeBreak => vec![Request::send(Command::StartBreak)],
            Action::Continue if is_offered(action, session) => vec![Request::Confirm(Confirmation::EndBreak)],
            Action::Continue => vec![Request::Refuse(Refusal::BreakNotOver)],
            _ => Vec::new(),
        }
    }

    fn content(&mut self, snapshot: Snapshot<'_>, style: PageStyle) -> Content {
        let Some(pause) = PauseView::new(snapshot.session) else { return Content::default() };
        let (theme, width) = (style.theme, usize::from(style.width));
        let mut page = Page::default();
        page.push(Line::styled(pause.title, theme.accent()));
        page.push(Line::styled(break_left(snapshot.left), theme.strong()));
        for line in &pause.lines {
            page.blank();
            page.extend(paragraph(line, theme.text(), width));
        }
        page.into()
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(&mut self.scroll)
    }
}
