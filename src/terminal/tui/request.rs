//! What is asked for when a key was pressed: by a screen of the exam room around it, and by the exam room of the loop.

use examroom_app::view::confirmation::Confirmation;
use examroom_core::session::{Command, Refusal};

/// What the loop is to do for the exam room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// To send a command to the session.
    Send(Command),
    /// To end the exam room, with the attempt left open.
    Leave,
    /// To stop the program, as by Ctrl-Z.
    Suspend,
    /// To draw everything again, because something else wrote on the screen.
    Redraw,
}

/// What is typed about a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    Note,
    /// What is wrong with it.
    Problem,
    /// The words to highlight.
    Highlight,
}

/// What a screen asks of the exam room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// To hand this on to the loop.
    Effect(Effect),
    /// To tell the candidate something.
    Say(String),
    /// To tell the candidate why something was not done.
    Refuse(Refusal),
    /// To ask the candidate first.
    Confirm(Confirmation),
    /// To let the candidate type something about the present question.
    Write(Writing),
    /// To close the overlay that asks for it.
    Close,
}

impl Request {
    /// To send a command to the session.
    #[must_use]
    pub fn send(command: Command) -> Self {
        Self::Effect(Effect::Send(command))
    }
}
