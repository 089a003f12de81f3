//! What was sat: the history, and the report of a finished attempt.

use jiff::civil::Date;

use super::{LINKS, assets, links_at};
use crate::desk::ExamLine;
use examroom_app::view::SafeText;
use examroom_app::view::explanation::ReviewFilter;
use examroom_app::view::history::HistoryView;
use examroom_app::view::problem::Problems;
use examroom_core::id::ItemId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Change, ScoreReport};
use examroom_core::session::Session;
use examroom_html::room::{Banner, Tone};
use examroom_html::{Frame, HistoryPage, ProblemsPage, RealExamForm, ReportPage, Way, render};

/// The attempts with their progress.
pub(crate) fn history(view: HistoryView, exams: &[ExamLine], today: Date, said: Option<&str>) -> String {
    let links = links_at("/history");
    let frame = Frame { title: "History", assets: assets(), links: &links };
    let named = |exam: &ExamLine| (SafeText::new(&exam.id), SafeText::new(&exam.name));
    let form = RealExamForm { exams: exams.iter().map(named).collect(), today };
    let told = said.map(|text| Banner { text: SafeText::new(text), tone: Tone::Plain }).into_iter().collect();
    render(&HistoryPage::new(frame, view, &[]).with_told(told).with_real_exam(form))
}

/// What was noted as wrong with questions.
pub(crate) fn problems(problems: Problems) -> String {
    let links = links_at("/problems");
    let frame = Frame { title: "Problems", assets: assets(), links: &links };
    render(&ProblemsPage { frame, problems, file: "/problems.toml" })
}

/// The report, with the questions that a filter admits, and which of them the bank has otherwise now. It is shown of finished attempts alone.
pub(crate) fn report(
    id: AttemptId,
    (session, score): (&Session, &ScoreReport),
    questions: Option<(ReviewFilter, &[(ItemId, Change)])>,
    said: Option<&str>,
    alarm: Option<&str>,
) -> String {
    let title = format!("Report of attempt {id}");
    let frame = Frame { title: &title, assets: assets(), links: &LINKS };
    let [all, wrong, flagged] =
        [ReviewFilter::All, ReviewFilter::Wrong, ReviewFilter::Flagged].map(|only| address(id, only) + "#questions");
    let again = format!("/practice/{}?only=missed", session.form().exam);
    let ways = [
        Way { to: &wrong, text: "Questions that you missed" },
        Way { to: &flagged, text: "Flagged questions" },
        Way { to: &again, text: "Practice what you missed" },
        Way { to: &all, text: "All questions with their reasons" },
    ];
    let alarm = alarm.map(|text| Banner { text: SafeText::new(text), tone: Tone::Alarm });
    let said = said.map(|text| Banner { text: SafeText::new(text), tone: Tone::Plain });
    let occasion = format!("Attempt {id}");
    let page = ReportPage::new(frame, &occasion, session, score)
        .with_told(alarm.into_iter().chain(said).collect())
        .with_ways(&ways);
    render(&match questions {
        Some((only, changes)) => {
            page.with_questions(session, score, only, changes).with_problems_to(&address(id, only))
        }
        None => page,
    })
}

/// The address of a report with the questions that a filter admits.
pub(crate) fn address(id: AttemptId, only: ReviewFilter) -> String {
    let word = match only {
        ReviewFilter::All => "all",
        ReviewFilter::Wrong => "wrong",
        ReviewFilter::Flagged => "flagged",
    };
    format!("/report/{id}?only={word}")
}
