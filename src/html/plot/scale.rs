//! The total: the estimate on the scale, the pass mark, and below it the whisker of the real exam.

use askama::Template;

use super::{Across, Anchor};
use examroom_app::view::scale::ScaleView;

/// Half the width of labels on a phone, as shares of the plot's: a number, the pass mark, the words of the whisker.
const HALF_A_NUMBER: f64 = 0.06;
const HALF_A_MARK: f64 = 0.2;
const HALF_A_SENTENCE: f64 = 0.32;

/// What the pass mark's label and that of an end take together.
const ROOM: f64 = 0.3;

/// The plot.
#[derive(Debug, Template)]
#[template(path = "plot/scale.html")]
pub struct ScalePlot {
    summary: String,
    lowest: u32,
    highest: u32,
    scaled: u32,
    score: Across,
    score_anchor: Anchor,
    pass: Across,
    pass_anchor: Anchor,
    pass_mark: String,
    /// Whether the pass mark's label leaves room for those of the ends.
    is_apart: bool,
    whisker: Option<Whisker>,
}

#[derive(Debug)]
struct Whisker {
    low: Across,
    high: Across,
    label: String,
    label_at: Across,
    anchor: Anchor,
}

impl ScalePlot {
    /// Draws the scale.
    #[must_use]
    pub fn new(view: &ScaleView) -> Self {
        let at = |score: u32| Across::at(view.share(score));
        let whisker = view.range.zip(view.real_exam()).map(|((low, high), label)| {
            let (low, high) = (at(low), at(high));
            let middle = Across(f64::midpoint(low.0, high.0));
            let anchor = middle.anchor(HALF_A_SENTENCE);
            let label_at = match anchor {
                Anchor::Start => low,
                Anchor::Middle => middle,
                Anchor::End => high,
            };
            Whisker { low, high, label, label_at, anchor }
        });
        let (score, pass) = (at(view.scaled), at(view.pass));
        let figures: Vec<String> =
            view.figures().into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
        Self {
            summary: figures.join("; "),
            lowest: view.lowest,
            highest: view.highest,
            scaled: view.scaled,
            score,
            score_anchor: score.anchor(HALF_A_NUMBER),
            pass,
            pass_anchor: pass.anchor(HALF_A_MARK),
            is_apart: (ROOM..=1.0 - ROOM).contains(&pass.0),
            pass_mark: view.pass_mark(),
            whisker,
        }
    }
}
