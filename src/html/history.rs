//! What was sat, as a page: the progress of each exam, the weeks of practice, and every attempt.

use askama::Template;

use crate::frame::{Assets, Frame, STYLESHEET};
use crate::notice::Way;
use crate::plot::{ProgressPlot, ShareBar};
use examroom_app::view::history::{AttemptRow, ExamHistory, HistoryView, NOTHING_YET, PracticeWeek, WHISKERS};

/// The page.
#[derive(Debug, Template)]
#[template(path = "history.html")]
pub struct HistoryPage<'p> {
    frame: Frame<'p>,
    ways: &'p [Way<'p>],
    exams: Vec<(ProgressPlot, ExamHistory)>,
    weeks: Vec<(ShareBar, PracticeWeek)>,
    attempts: Vec<AttemptRow>,
}

impl<'p> HistoryPage<'p> {
    /// The page of a history, with ways to go on from it.
    #[must_use]
    pub fn new(frame: Frame<'p>, view: HistoryView, ways: &'p [Way<'p>]) -> Self {
        let most = view.weeks.iter().map(|week| week.answered).max().unwrap_or(1);
        Self {
            frame,
            ways,
            exams: view.exams.into_iter().map(|exam| (ProgressPlot::new(&exam), exam)).collect(),
            weeks: view.weeks.into_iter().map(|week| (ShareBar::new(week.right, week.answered, most), week)).collect(),
            attempts: view.attempts,
        }
    }
}
