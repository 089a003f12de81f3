//! What keyboard and mouse do on a screen that is pointed at and scrolled.

use ratatui::crossterm::event::{Event, KeyEvent, KeyEventKind, MouseEventKind};
use ratatui::layout::Position;

/// Lines that a notch of the wheel scrolls.
const NOTCH: isize = 3;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// A key was pressed.
    Press(KeyEvent),
    /// The wheel was turned, by so many lines down.
    Wheel(isize),
    /// A button of the mouse was pressed there.
    Click(Position),
    /// The window has another size.
    Resize,
}

impl Gesture {
    /// What an event is; `None` for those that mean nothing, such as a key that is released.
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Key(key) => (key.kind != KeyEventKind::Release).then_some(Self::Press(*key)),
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::ScrollDown => Some(Self::Wheel(NOTCH)),
                MouseEventKind::ScrollUp => Some(Self::Wheel(-NOTCH)),
                MouseEventKind::Down(_) => Some(Self::Click(Position { x: mouse.column, y: mouse.row })),
                _ => None,
            },
            Event::Resize(..) => Some(Self::Resize),
            _ => None,
        }
    }
}
