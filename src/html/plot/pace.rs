//! The pace of a section: a bar for each question as high as the time that it took, and the even pace across them.

use std::time::Duration;

use askama::Template;

use super::{Across, Down};
use examroom_app::view::pacing::PacingView;
use examroom_core::arithmetic::as_f64;
use examroom_core::scoring::Mark;
use examroom_core::time::ClockFace;

/// Where the bars stand, and how high the highest is, in em.
const GROUND: f64 = 8.0;
const HIGHEST: f64 = 6.5;

/// What took longer than so many times the even pace is drawn no higher, so that one long question does not flatten all.
const TALLEST: f64 = 3.5;

/// The plot.
#[derive(Debug, Template)]
#[template(path = "plot/pace.html")]
pub struct PacePlot {
    summary: String,
    bars: Vec<Bar>,
    even: Down,
    even_label: String,
    first: usize,
    last: usize,
}

#[derive(Debug)]
struct Bar {
    x: Across,
    width: Across,
    top: Down,
    height: Down,
    /// The class of its color.
    class: &'static str,
    /// Right answers stand on the line; the others reach below it too, for those who do not see the color.
    is_right: bool,
    /// Whether it is cut off at the top.
    is_longer: bool,
}

impl PacePlot {
    /// Draws the pace of a section.
    #[must_use]
    pub fn new(view: &PacingView) -> Self {
        let even = view.even.as_secs_f64().max(1.0);
        let longest = view.questions.iter().map(|question| question.time.as_secs_f64()).fold(0.0, f64::max);
        let top = longest.clamp(even * 1.5, even * TALLEST);
        let height = |time: Duration| (time.as_secs_f64() / top).min(1.0) * HIGHEST;
        let count = as_f64(view.questions.len().max(1));
        let bars = view.questions.iter().enumerate().map(|(index, question)| {
            let (from, until) = (Across::at(as_f64(index) / count), Across::at((as_f64(index) + 0.78) / count));
            let height = height(question.time);
            Bar {
                x: from,
                width: from.to(until),
                top: Down(GROUND - height),
                height: Down(height),
                class: match question.mark {
                    Mark::Right => "plot-right",
                    Mark::Wrong => "plot-wrong",
                    Mark::Omitted | Mark::NotReached => "plot-blank",
                },
                is_right: question.mark == Mark::Right,
                is_longer: question.time.as_secs_f64() > top,
            }
        });
        Self {
            summary: view.summary(),
            bars: bars.collect(),
            even: Down(GROUND - height(view.even)),
            even_label: ClockFace(view.even).to_string(),
            first: view.questions.first().map_or(1, |question| question.number),
            last: view.questions.last().map_or(1, |question| question.number),
        }
    }
}
