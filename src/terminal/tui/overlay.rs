//! What lies over the screen, the topmost first served: help, the calculator, something typed, a question to the
//! candidate.

use std::time::Duration;

use super::keys::Context;
use super::line_editor::LineEditor;
use super::screen::confirm::Button;
use super::scroll::Scroll;
use examroom_app::view::confirmation::{Confirmation, ConfirmationView};
use examroom_core::session::{Command, Session};

/// One thing over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    Help {
        /// Where help was asked.
        of: Context,
        scroll: Scroll,
    },
    Calculator,
    Note {
        line: LineEditor,
        /// The time left at which what was typed is kept without being asked.
        keep_at: Option<Duration>,
    },
    GoTo(LineEditor),
    /// Minutes to add.
    Extend(LineEditor),
    Confirm {
        asking: ConfirmationView,
        button: Button,
        scroll: Scroll,
    },
}

impl Overlay {
    #[must_use]
    pub fn context(&self) -> Context {
        match self {
            Self::Help { .. } => Context::Help,
            Self::Calculator => Context::Calculator,
            Self::Note { .. } => Context::Note,
            Self::GoTo(_) | Self::Extend(_) => Context::GoTo,
            Self::Confirm { .. } => Context::Confirm,
        }
    }

    /// Asks; `None` where there is nothing to ask about.
    #[must_use]
    pub fn confirm(of: Confirmation, session: &Session) -> Option<Self> {
        let asking = ConfirmationView::new(of, session)?;
        Some(Self::Confirm { asking, button: Button::Back, scroll: Scroll::default() })
    }
}

/// What the loop is to do for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Send(Command),
    Leave,
    Suspend,
    Redraw,
}
