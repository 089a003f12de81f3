//! How things look: the terminal's own 16 colors and one accent, so that light and dark backgrounds both work.
//!
//! Color is never the only sign of anything, so leaving it out (`NO_COLOR`) leaves bold, underlined, crossed-out and
//! reversed text, and every mark stays. Nothing is dim then: who asks for no color may need the contrast.

use ratatui::style::{Color, Modifier, Style};

/// Whether to color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorMode {
    /// Colors as the terminal has them.
    #[default]
    On,
    /// Only bold, underlined, crossed out and reversed.
    Off,
}

/// The styles of everything on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    color: ColorMode,
}

#[expect(clippy::unused_self, reason = "a style is asked for in one way, whether it has a color or not")]
impl Theme {
    #[must_use]
    pub const fn new(color: ColorMode) -> Self {
        Self { color }
    }

    fn tint(self, color: Color) -> Style {
        match self.color {
            ColorMode::On => Style::new().fg(color),
            ColorMode::Off => Style::new(),
        }
    }

    /// Running text.
    #[must_use]
    pub const fn text(self) -> Style {
        Style::new()
    }

    /// What stands back: rules, labels, keys' words.
    #[must_use]
    pub const fn quiet(self) -> Style {
        match self.color {
            ColorMode::On => Style::new().add_modifier(Modifier::DIM),
            ColorMode::Off => Style::new(),
        }
    }

    #[must_use]
    pub const fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The accent: where the eye should go.
    #[must_use]
    pub fn accent(self) -> Style {
        self.tint(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A choice that was struck out.
    #[must_use]
    pub const fn struck(self) -> Style {
        self.quiet().add_modifier(Modifier::CROSSED_OUT)
    }

    /// A word to the candidate.
    #[must_use]
    pub fn notice(self) -> Style {
        self.tint(Color::Cyan).add_modifier(Modifier::BOLD.union(Modifier::REVERSED))
    }

    /// Something is not as it should be.
    #[must_use]
    pub fn alarm(self) -> Style {
        self.tint(Color::Red).add_modifier(Modifier::BOLD.union(Modifier::REVERSED))
    }

    #[must_use]
    pub fn right(self) -> Style {
        self.tint(Color::Green).add_modifier(Modifier::BOLD)
    }

    #[must_use]
    pub fn wrong(self) -> Style {
        self.tint(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// The row or button that the keys act on.
    #[must_use]
    pub const fn pointed(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What the candidate highlighted.
    #[must_use]
    pub fn highlighted(self) -> Style {
        self.tint(Color::Yellow).add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED))
    }

    /// Text under the pointer where a whole reversed line would be too loud.
    #[must_use]
    pub const fn underlined(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }
}
