//! The progress: the scores of an exam one after another, each with its error, and the pass mark across them.

use askama::Template;

use super::{Across, Anchor, Down};
use examroom_app::view::history::{ExamHistory, GRID};
use examroom_core::arithmetic::as_f64;
use examroom_core::scoring::Outcome;

/// The highest and the lowest place of the axis, in em.
const TOP: f64 = 1.2;
const BOTTOM: f64 = 12.2;

/// What the numbers of the axis take at the left, as a share of a narrow plot's width.
const AXIS: f64 = 0.12;

/// The plot.
#[derive(Debug, Template)]
#[template(path = "plot/progress.html")]
pub struct ProgressPlot {
    summary: String,
    grid: Vec<GridLine>,
    pass: Down,
    scores: Vec<Score>,
}

#[derive(Debug)]
struct GridLine {
    y: Down,
    label: u32,
}

#[derive(Debug)]
struct Score {
    x: Across,
    y: Down,
    low: Down,
    high: Down,
    label: u32,
    anchor: Anchor,
    attempt: String,
    passed: bool,
}

impl ProgressPlot {
    /// Draws the scores of an exam.
    #[must_use]
    pub fn new(history: &ExamHistory) -> Self {
        let (bottom, top) = history.axis();
        let (_, pass, _) = history.scale;
        let span = f64::from((top - bottom).max(1));
        let down = |score: u32| {
            let share = (f64::from(score) - f64::from(bottom)) / span;
            Down(BOTTOM - share.clamp(0.0, 1.0) * (BOTTOM - TOP))
        };
        let steps = as_f64(history.scores.len().max(1));
        let scores = history.scores.iter().enumerate().map(|(index, score)| {
            let x = Across::at(AXIS + (1.0 - AXIS) * (as_f64(index) + 0.5) / steps);
            Score {
                x,
                y: down(score.scaled),
                low: down(score.low),
                high: down(score.high),
                label: score.scaled,
                anchor: if index + 1 == history.scores.len() && steps > 1.0 { Anchor::End } else { Anchor::Start },
                attempt: score.attempt.to_string(),
                passed: score.outcome == Outcome::Pass,
            }
        });
        let lines = (bottom..=top).step_by(GRID as usize);
        Self {
            summary: history.summary(),
            grid: lines.map(|label| GridLine { y: down(label), label }).collect(),
            pass: down(pass),
            scores: scores.collect(),
        }
    }

    /// Whether each score has room for its number.
    fn is_roomy(&self) -> bool {
        self.scores.len() <= 8
    }
}
