//! The first page, and what stands in the way of an attempt.

use http::StatusCode;

use super::{LINKS, assets, links_at};
use crate::desk::{AttemptLine, ExamLine};
use crate::reply::{Reply, page_with};
use examroom_app::view::SafeText;
use examroom_app::view::exam::ExamView;
use examroom_app::view::history::HistoryView;
use examroom_core::journal::AttemptId;
use examroom_html::room::{Banner, Tone};
use examroom_html::{
    AttemptChoice, ExamChoice, ExamPage, Frame, PastView, StartPage, TakeForm, TakeOverPage, TakePage, Way, render,
};

/// The exams, what is open, and what was sat.
pub(crate) fn page(exams: &[ExamLine], attempts: &[AttemptLine], past: HistoryView, said: Option<&str>) -> String {
    let open = attempts.iter().filter(|attempt| !attempt.is_finished);
    let open = open.map(|attempt| AttemptChoice { id: attempt.id.0, text: SafeText::new(&described(attempt)) });
    let choice = |exam: &ExamLine| ExamChoice {
        id: SafeText::new(&exam.id),
        name: SafeText::new(&exam.name),
        summary: SafeText::new(&exam.summary),
        in_force: exam.in_force.as_deref().map(SafeText::new),
        offered: exam.offered.clone(),
        form: TakeForm::new(SafeText::new(&exam.id)),
    };
    let (mut offered, others): (Vec<_>, Vec<_>) = exams.iter().map(choice).partition(|exam| exam.offered.is_some());
    let (older, in_force): (_, Vec<_>) = others.into_iter().partition(|exam| exam.in_force.is_some());
    // Whoever names a bank with a form has come for that one.
    offered.extend(in_force);
    let links = links_at("/");
    render(&StartPage {
        frame: Frame { title: "examroom", assets: assets(), links: &links },
        said: said.map(SafeText::new),
        exams: offered,
        older,
        unfinished: open.collect(),
        past: PastView::recent(past),
    })
}

/// `Attempt 3: rhit, practice, begun 2026-11-24 09:30`
fn described(attempt: &AttemptLine) -> String {
    let AttemptLine { id, exam, kind, begun, .. } = attempt;
    if kind.is_empty() {
        format!("Attempt {id}: {exam}, begun {begun}")
    } else {
        format!("Attempt {id}: {exam}, {kind}, begun {begun}")
    }
}

/// What an exam is made of.
pub(crate) fn exam(view: ExamView) -> String {
    let title = view.title.to_string();
    let frame = Frame { title: &title, assets: assets(), links: &LINKS };
    render(&ExamPage { frame, view, ways: &[Way { to: "/", text: "Take an exam" }] })
}

/// The choices before an exam, and why they lead nowhere.
pub(crate) fn choices(form: TakeForm, told: &[String]) -> String {
    let title = format!("How to sit {}", form.exam);
    let frame = Frame { title: &title, assets: assets(), links: &LINKS };
    let told = told.iter().map(|line| Banner { text: SafeText::new(line), tone: Tone::Plain }).collect();
    render(&TakePage { frame, told, form })
}

/// An attempt that is open in another window.
pub(super) fn open_elsewhere(id: AttemptId) -> Reply {
    let title = format!("Attempt {id} is open in another window");
    let frame = Frame { title: &title, assets: assets(), links: &LINKS };
    page_with(StatusCode::CONFLICT, render(&TakeOverPage { frame, id: id.0 }))
}
