//! Plots as SVG within the page: the total on its scale, the domains against their cuts, the pace, the progress.
//!
//! Across, a plot is measured in percent of its width, and down in em of its text. So it fits every width from a phone's to
//! a projector's, its text keeps the size that the reader has set, and no script has to lay it out. A table with the same
//! figures stands beside each.

mod bar;
mod pace;
mod progress;
mod scale;

use std::fmt;

pub use bar::{DomainBar, ShareBar};
pub use pace::PacePlot;
pub use progress::ProgressPlot;
pub use scale::ScalePlot;

/// Room at either end of a plot for what is centered on its first and last place, as a share of the width.
const MARGIN: f64 = 0.015;

/// A place across a plot, or a width.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Across(f64);

impl Across {
    /// The place of a share of the axis, 0 to 1; anything else is at the nearer end.
    fn at(share: f64) -> Self {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        Self(MARGIN + share * (1.0 - 2.0 * MARGIN))
    }

    /// From a place to a later one.
    fn to(self, other: Self) -> Self {
        Self((other.0 - self.0).max(0.0))
    }

    /// Which part of a label stands at this place, so that the label stays within the plot: its middle where there is
    /// room for half of it, `half` being that as a share of a narrow plot's width.
    fn anchor(self, half: f64) -> Anchor {
        match self.0 {
            place if place < half => Anchor::Start,
            place if place > 1.0 - half => Anchor::End,
            _ => Anchor::Middle,
        }
    }
}

impl fmt::Display for Across {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}%", self.0 * 100.0)
    }
}

/// A height, in em.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Down(f64);

impl fmt::Display for Down {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}em", self.0)
    }
}

/// Which part of a label is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_drawn_stays_within_the_plot() {
        for share in [f64::NAN, f64::INFINITY, -1.0, 0.0, 0.5, 1.0, 7.0] {
            let at = Across::at(share);
            assert!((MARGIN..=1.0 - MARGIN).contains(&at.0), "{share}: {at}");
        }
        assert_eq!(Across::at(0.5).to_string(), "50.00%");
        assert_eq!(Across::at(0.9).to(Across::at(0.1)).to_string(), "0.00%");
    }

    #[test]
    fn a_label_at_an_end_reaches_inward() {
        assert_eq!(
            [0.0, 0.5, 1.0].map(|share| Across::at(share).anchor(0.3)),
            [Anchor::Start, Anchor::Middle, Anchor::End]
        );
    }
}
