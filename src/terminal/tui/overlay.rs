//! What lies over the screen, the topmost first served: help, the calculator, something typed, a question to the
//! candidate.

use std::time::Duration;

use super::keys::Context;
use super::line_editor::LineEditor;
use super::screen::confirm::{Button, Prompt};
use super::scroll::Scroll;
use examroom_app::view::announcement::away_policy;
use examroom_app::view::review::{ReviewView, hand_in_warning};
use examroom_core::session::{Command, Rules, Session};

/// What the candidate is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmKind {
    EndSection,
    HandIn,
    EndBreak,
    Leave,
}

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
        matter: ConfirmKind,
        asking: Prompt,
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
    pub fn confirm(matter: ConfirmKind, session: &Session) -> Option<Self> {
        let asking = match matter {
            ConfirmKind::EndSection => {
                let (section, _) = session.section()?;
                let review = ReviewView::new(session, section);
                Prompt {
                    title: if review.is_last { "End the exam?".to_owned() } else { format!("End {}?", review.section) },
                    lines: review.warning(),
                    yes: if review.is_last { "End the exam" } else { "End this section" },
                    back: "Go back",
                }
            }
            ConfirmKind::HandIn => Prompt {
                title: "Hand the whole exam in?".to_owned(),
                lines: hand_in_warning(session),
                yes: "Hand it in",
                back: "Go back",
            },
            ConfirmKind::EndBreak => Prompt {
                title: "Go on now?".to_owned(),
                lines: vec!["The next section starts at once, and its clock with it.".to_owned()],
                yes: "Go on",
                back: "Stay on the break",
            },
            ConfirmKind::Leave => Prompt {
                title: "Leave the exam room?".to_owned(),
                lines: leave_lines(session.rules()),
                yes: "Leave",
                back: "Stay",
            },
        };
        Some(Self::Confirm { matter, asking, button: Button::Back, scroll: Scroll::default() })
    }
}

fn leave_lines(rules: Rules) -> Vec<String> {
    vec![
        away_policy(rules.away_policy).to_owned(),
        "Your answers are kept. Resume with the same program; nothing is handed in by leaving.".to_owned(),
    ]
}

/// What the loop is to do for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Send(Command),
    Leave,
    Suspend,
    Redraw,
}
