//! What the candidate can choose about the exam room itself.

use super::theme::ColorMode;

/// How the exam room looks, and who has the mouse at first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether to color.
    pub color: ColorMode,
    /// Who has the mouse at first.
    pub mouse: Mouse,
}

/// Who has the mouse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// It picks and scrolls in the exam room.
    #[default]
    Exam,
    /// It is the terminal's own, which selects text with it.
    Terminal,
}

impl Mouse {
    /// The other one.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Exam => Self::Terminal,
            Self::Terminal => Self::Exam,
        }
    }

    /// What the candidate is told when it has become so.
    #[must_use]
    pub const fn announcement(self) -> &'static str {
        match self {
            Self::Exam => "The mouse picks and scrolls here again.",
            Self::Terminal => "The mouse selects text now. Press o to use it here again.",
        }
    }
}
