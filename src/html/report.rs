//! The report of a finished attempt, as a page or as a file of its own: the estimate, the domains, the pace, the facts of
//! the sitting, and the questions with the reason for each choice where they are wanted.

use askama::Template;

use crate::explanation::Explained;
use crate::frame::{Assets, Frame, STYLESHEET};
use crate::notice::Way;
use crate::plot::{DomainBar, PacePlot, ScalePlot};
use crate::room::Banner;
use examroom_app::view::explanation::{ReviewFilter, explanations, shown};
use examroom_app::view::look_ups::TITLE;
use examroom_app::view::pacing::{PacingView, mark_word};
use examroom_app::view::report::{BARS, DomainRow, ReportView};
use examroom_app::view::scale::ScaleView;
use examroom_app::view::{percent, sentence};
use examroom_core::id::ItemId;
use examroom_core::scoring::{Change, Mark, Outcome, ScoreReport};
use examroom_core::session::Session;

/// The page.
#[derive(Debug, Template)]
#[template(path = "report.html")]
pub struct ReportPage<'r> {
    frame: Frame<'r>,
    occasion: &'r str,
    ways: &'r [Way<'r>],
    told: Vec<Banner>,
    view: ReportView,
    scale: Option<(ScalePlot, ScaleView)>,
    domains: Vec<(DomainBar, DomainRow)>,
    pacing: Vec<(PacePlot, PacingView)>,
    review: Option<Review>,
}

/// The questions that are looked back on.
#[derive(Debug)]
struct Review {
    which: ReviewFilter,
    questions: Vec<Explained>,
}

impl<'r> ReportPage<'r> {
    /// The report of a finished session; `occasion` says which attempt it is.
    #[must_use]
    pub fn new(frame: Frame<'r>, occasion: &'r str, session: &Session, score: &ScoreReport) -> Self {
        let mut view = ReportView::new(session, score);
        let pacing = PacingView::sections(session, score).into_iter();
        Self {
            frame,
            occasion,
            ways: &[],
            told: Vec::new(),
            scale: ScaleView::new(&view, score).map(|scale| (ScalePlot::new(&scale), scale)),
            domains: std::mem::take(&mut view.domains).into_iter().map(|row| (DomainBar::new(&row), row)).collect(),
            pacing: pacing.map(|view| (PacePlot::new(&view), view)).collect(),
            view,
            review: None,
        }
    }

    /// With the questions that a filter admits; `changes` are those that the bank has otherwise now.
    #[must_use]
    pub fn with_questions(
        mut self,
        session: &Session,
        score: &ScoreReport,
        which: ReviewFilter,
        changes: &[(ItemId, Change)],
    ) -> Self {
        let questions = explanations(session, score, which).map(|view| view.with_changes(changes)).enumerate();
        let questions = questions.map(|(index, view)| Explained::new(view, index + 1)).collect();
        self.review = Some(Review { which, questions });
        self
    }

    /// With a form under each question for what is wrong with it; `address` is where they are sent.
    #[must_use]
    pub fn with_problems_to(mut self, address: &str) -> Self {
        if let Some(review) = &mut self.review {
            let questions = std::mem::take(&mut review.questions).into_iter();
            review.questions = questions.map(|question| question.with_problem_to(address.to_owned())).collect();
        }
        self
    }

    /// With what the candidate is told before anything else.
    #[must_use]
    pub fn with_told(mut self, told: Vec<Banner>) -> Self {
        self.told = told;
        self
    }

    /// With buttons that lead on from it.
    #[must_use]
    pub fn with_ways(mut self, ways: &'r [Way<'r>]) -> Self {
        self.ways = ways;
        self
    }

    /// Each mark that the plots of the pace have, for their legend.
    const LEGEND: [(&'static str, Mark); 3] =
        [("plot-right", Mark::Right), ("plot-wrong", Mark::Wrong), ("plot-blank", Mark::Omitted)];
}
