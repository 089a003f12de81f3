//! Asking before anything that cannot be undone, or that leaves. The button that is pointed at first goes back.

use ratatui::text::{Line, Span};

use crate::tui::keys::{Action, Context};
use crate::tui::page::Page;
use crate::tui::request::{Effect, Request};
use crate::tui::screen::component::{Component, Content, PageStyle, Seen};
use crate::tui::scroll::Scroll;
use crate::tui::snapshot::Snapshot;
use crate::tui::text_lines::paragraph;
use crate::tui::theme::Theme;
use examroom_app::view::confirmation::{Confirmation, ConfirmationView};
use examroom_core::session::Session;

/// Which button is pointed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Button {
    #[default]
    Back,
    Yes,
}

impl Button {
    const fn other(self) -> Self {
        match self {
            Self::Back => Self::Yes,
            Self::Yes => Self::Back,
        }
    }
}

/// A question to the candidate.
#[derive(Clone, Debug)]
pub struct Confirm {
    view: ConfirmationView,
    button: Button,
    scroll: Scroll,
}

impl Confirm {
    /// Asks; `None` where there is nothing to ask about.
    #[must_use]
    pub fn new(kind: Confirmation, session: &Session) -> Option<Self> {
        let view = ConfirmationView::new(kind, session)?;
        Some(Self { view, button: Button::default(), scroll: Scroll::default() })
    }

    #[must_use]
    pub fn kind(&self) -> Confirmation {
        self.view.of
    }

    /// Points at the button at a column of one of so many stops.
    pub fn point_at(&mut self, stop: usize, stops: usize, column: u16) {
        self.button = button_at(&self.view, stop, stops, column);
    }
}

impl Component for Confirm {
    fn context(&self) -> Context {
        Context::Confirm
    }

    fn act(&mut self, action: Action, _: &Session, _: Seen<'_>) -> Vec<Request> {
        match (action, self.button) {
            (Action::OtherButton, button) => {
                self.button = button.other();
                Vec::new()
            }
            (Action::Yes, _) | (Action::Accept, Button::Yes) => {
                vec![Request::Close, Request::Effect(self.kind().command().map_or(Effect::Leave, Effect::Send))]
            }
            _ => vec![Request::Close],
        }
    }

    fn content(&mut self, _: Snapshot<'_>, style: PageStyle) -> Content {
        page(&self.view, self.button, usize::from(style.width), style.theme).into()
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(&mut self.scroll)
    }
}

fn page(view: &ConfirmationView, button: Button, width: usize, theme: Theme) -> Page {
    let mut page = Page::default();
    page.extend(paragraph(&view.title, theme.accent(), width));
    page.blank();
    for line in &view.lines {
        page.extend(paragraph(line, theme.text(), width));
    }
    page.blank();
    let style = |which| if button == which { theme.pointed() } else { theme.text() };
    let label = |which: Button, text: &str| {
        let sign = if button == which { "›" } else { " " };
        Span::styled(format!("{sign}[ {text} ] "), style(which))
    };
    let back = label(Button::Back, view.back);
    let yes = label(Button::Yes, view.yes);
    if back.width() + yes.width() + 2 <= width {
        let start = page.lines.len();
        page.push(Line::from(vec![back, Span::raw("  "), yes]));
        page.stops.push(start..start + 1);
    } else {
        page.stop([Line::from(back)]);
        page.stop([Line::from(yes)]);
    }
    page.blank();
    page.extend(paragraph("Type y for yes, Esc to go back; Tab and Enter press a button.", theme.quiet(), width));
    page
}

/// The button at a column of a stop.
fn button_at(view: &ConfirmationView, stop: usize, stops: usize, column: u16) -> Button {
    let back = Span::raw(view.back).width() + 6;
    match (stops, stop) {
        (1, _) if usize::from(column) > back => Button::Yes,
        (1, _) | (_, 0) => Button::Back,
        _ => Button::Yes,
    }
}
