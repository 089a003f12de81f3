//! What was sat: the history, and the report of a finished attempt.

use super::{LINKS, assets};
use examroom_app::view::SafeText;
use examroom_app::view::explanation::ReviewFilter;
use examroom_app::view::history::HistoryView;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::ScoreReport;
use examroom_core::session::Session;
use examroom_html::room::{Banner, Tone};
use examroom_html::{Frame, HistoryPage, Link, ReportPage, Way, render};

/// The attempts with their progress.
pub(crate) fn history(view: HistoryView) -> String {
    let links = LINKS.map(|link| Link { is_here: link.to == "/history", ..link });
    let frame = Frame { title: "History", assets: assets(), links: &links };
    render(&HistoryPage::new(frame, view, &[]))
}

/// The report, with the questions that `only` admits. It is shown of finished attempts alone.
pub(crate) fn report(
    id: AttemptId,
    session: &Session,
    score: &ScoreReport,
    only: Option<ReviewFilter>,
    said: Option<&str>,
    alarm: Option<&str>,
) -> String {
    let title = format!("Report of attempt {id}");
    let frame = Frame { title: &title, assets: assets(), links: &LINKS };
    let address = |word| format!("/report/{id}?only={word}#questions");
    let (wrong, flagged, all) = (address("wrong"), address("flagged"), address("all"));
    let again = format!("/practice/{}?only=missed", session.form().exam);
    let ways = [
        Way { to: &wrong, text: "Questions not answered right" },
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
    render(&match only {
        Some(only) => page.with_questions(session, score, only),
        None => page,
    })
}
