//! The estimate on the exam's scale, for a plot and for the table beside it.

use super::report::ReportView;
use examroom_core::form::Kind;
use examroom_core::scoring::ScoreReport;

/// Where a score, the pass mark and what may come of the real exam stand on the scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleView {
    /// The lowest score.
    pub lowest: u32,
    /// The score that passes.
    pub pass: u32,
    /// The highest score.
    pub highest: u32,
    /// What is said after the pass mark where it had to be assumed.
    note: &'static str,
    /// The estimate.
    pub scaled: u32,
    /// The scores of the real exam that would be no surprise.
    pub range: Option<(u32, u32)>,
}

impl ScaleView {
    /// The scale of a score; a rehearsal has none.
    #[must_use]
    pub fn new(report: &ReportView, score: &ScoreReport) -> Option<Self> {
        (score.kind == Kind::Mock).then_some(Self {
            lowest: score.scale.lowest,
            pass: score.scale.pass,
            note: report.pass_mark_note,
            highest: score.scale.highest,
            scaled: score.scaled,
            range: score.real_exam.map(|forecast| (forecast.low, forecast.high)),
        })
    }

    /// How far along the scale a score is, 0 to 1.
    #[must_use]
    pub fn share(&self, score: u32) -> f64 {
        let span = f64::from(self.highest.saturating_sub(self.lowest).max(1));
        ((f64::from(score) - f64::from(self.lowest)) / span).clamp(0.0, 1.0)
    }

    /// `pass mark 300`
    #[must_use]
    pub fn pass_mark(&self) -> String {
        format!("pass mark {}{}", self.pass, self.note)
    }

    /// `281 to 342 on the real exam`
    #[must_use]
    pub fn real_exam(&self) -> Option<String> {
        self.range.map(|(low, high)| format!("{low} to {high} on the real exam"))
    }

    /// What the plot shows, as label and value.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static str, String)> {
        let range = self.range.map(|(low, high)| ("Expected on the real exam", format!("{low} to {high}")));
        let fixed = [
            ("Estimated scaled score", self.scaled.to_string()),
            ("Pass mark", format!("{}{}", self.pass, self.note)),
            ("Scale", format!("{} to {}", self.lowest, self.highest)),
        ];
        fixed.into_iter().chain(range).collect()
    }
}
