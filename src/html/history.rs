//! What was sat, as a page and as parts of the first one: the progress of each exam, the weeks of practice, every attempt,
//! and how the real exam went.

use askama::Template;
use jiff::civil::Date;

use crate::frame::{Assets, Frame, STYLESHEET};
use crate::notice::Way;
use crate::plot::{ProgressPlot, ShareBar};
use crate::room::Banner;
use examroom_app::view::SafeText;
use examroom_app::view::history::{AttemptRow, ExamHistory, HistoryView, NOTHING_YET, PracticeWeek, WHISKERS};

/// What was sat, with its plots.
#[derive(Debug)]
pub struct PastView {
    /// The scores of each exam.
    pub exams: Vec<(ProgressPlot, ExamHistory)>,
    /// The weeks of practice.
    pub weeks: Vec<(ShareBar, PracticeWeek)>,
    /// The heading of the attempts.
    pub heading: &'static str,
    /// The attempts, the newest first.
    pub attempts: Vec<AttemptRow>,
    /// What is said of second results, a sentence or two each.
    pub regrades: Vec<String>,
    /// How real exams went, a sentence or two each.
    pub real_exams: Vec<SafeText>,
}

impl PastView {
    /// All of a history.
    #[must_use]
    pub fn new(view: HistoryView) -> Self {
        let most = view.weeks.iter().map(|week| week.answered).max().unwrap_or(1);
        Self {
            exams: view.exams.into_iter().map(|exam| (ProgressPlot::new(&exam), exam)).collect(),
            weeks: view.weeks.into_iter().map(|week| (ShareBar::new(week.right, week.answered, most), week)).collect(),
            heading: "Attempts",
            attempts: view.attempts,
            regrades: view.regrades,
            real_exams: view.real_exams,
        }
    }

    /// The last weeks and the last attempts of a history.
    #[must_use]
    pub fn recent(view: HistoryView) -> Self {
        const WEEKS: usize = 4;
        const ATTEMPTS: usize = 5;
        let mut past = Self { heading: "Last attempts", ..Self::new(view) };
        past.weeks.drain(..past.weeks.len().saturating_sub(WEEKS));
        past.attempts.truncate(ATTEMPTS);
        past.regrades.clear();
        past
    }
}

/// What a candidate can say of a real exam.
#[derive(Debug)]
pub struct RealExamForm {
    /// The exams, each with its id and name.
    pub exams: Vec<(SafeText, SafeText)>,
    /// The last day that there can be a result of.
    pub today: Date,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "history.html")]
pub struct HistoryPage<'p> {
    frame: Frame<'p>,
    ways: &'p [Way<'p>],
    told: Vec<Banner>,
    past: PastView,
    real: Option<RealExamForm>,
}

impl<'p> HistoryPage<'p> {
    /// The page of a history, with ways to go on from it.
    #[must_use]
    pub fn new(frame: Frame<'p>, view: HistoryView, ways: &'p [Way<'p>]) -> Self {
        Self { frame, ways, told: Vec::new(), past: PastView::new(view), real: None }
    }

    /// With what the candidate is told first.
    #[must_use]
    pub fn with_told(self, told: Vec<Banner>) -> Self {
        Self { told, ..self }
    }

    /// With a form to record how the real exam went.
    #[must_use]
    pub fn with_real_exam(self, form: RealExamForm) -> Self {
        Self { real: Some(form), ..self }
    }
}
