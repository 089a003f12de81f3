//! How a run shows what it has to say: decided once, from the command line and the environment.

use super::args::Global;
use super::environment::Environment;
use examroom_terminal::pages::Layout;
use examroom_terminal::tui::{ColorMode, Mouse};

/// How things are shown.
#[derive(Clone, Copy, Debug)]
pub struct Presentation {
    pub layout: Layout,
    pub mouse: Mouse,
    /// Whether a terminal may be colored.
    color: ColorMode,
}

impl Presentation {
    pub fn new(global: &Global, environment: &Environment) -> Self {
        let plain = global.plain || environment.accessible || environment.dumb_terminal;
        let colorless = environment.no_color || environment.dumb_terminal;
        Self {
            layout: if plain { Layout::Sentences } else { Layout::Table },
            mouse: if global.no_mouse { Mouse::Terminal } else { Mouse::Exam },
            color: if colorless { ColorMode::Off } else { ColorMode::On },
        }
    }

    /// Whether nothing may be drawn: no full screen, no redrawing, no tables.
    pub fn is_plain(self) -> bool {
        self.layout == Layout::Sentences
    }

    /// Whether a terminal may be colored.
    pub fn color(self) -> ColorMode {
        self.color
    }
}
