//! The history as a page: scores with their errors against the pass mark, practice by week, and every attempt.

use std::sync::Arc;

use examroom_app::view::exam::ExamView;
use examroom_app::view::history::{CameTo, HistoryView, Past};
use examroom_core::form::{Form, Plan};
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{ScoreSummary, score};
use examroom_core::session::{Command, Mode, Rules, Session};
use examroom_core::time::{Timestamp, minutes};
use examroom_html::{Assets, ExamPage, Frame, HistoryPage, Way, render};
use jiff::tz::TimeZone;

use crate::reports::{Candidate, GOOD, RULES, form, sit};
use crate::support::shipped;

const FRAME: Frame<'_> = Frame { title: "History", assets: Assets::Within, links: &[] };

/// Practice of which the first two questions are answered, one of them right.
fn practice(form: Form) -> Session {
    let mut session = Session::new(Arc::new(form), Rules { mode: Mode::Practice, ..RULES });
    session.apply(Command::Begin, Timestamp(0)).unwrap();
    let form = Arc::clone(session.form());
    for (slot, right) in session.slots(0).take(2).zip([true, false]) {
        session.apply(Command::GoTo(slot), Timestamp(0)).unwrap();
        let question = form.question(slot).unwrap();
        let picked = question.order.iter().find(|choice| question.item.is_key(choice) == right).unwrap();
        session.apply(Command::Select(picked.clone()), Timestamp(0)).unwrap();
    }
    session.apply(Command::Submit, Timestamp(0)).unwrap();
    session
}

/// Three mocks, each better than the one before, then practice, then a mock that is not finished and an attempt that
/// cannot be read.
fn history() -> HistoryView {
    let whole = form("rhit", Plan::mock);
    let sat: Vec<Session> = [2, 3, 5]
        .map(|wrong| sit(whole.clone(), Candidate { wrong, ..GOOD }))
        .into_iter()
        .chain([practice(form("rhit", |blueprint| Plan::rehearsal(blueprint, 10)))])
        .chain([Session::new(Arc::new(whole.clone()), RULES)])
        .collect();
    let exam = &whole.exam;
    let score = |session: &Session| session.is_finished().then(|| ScoreSummary::of(session, &score(session)));
    let scores: Vec<Option<ScoreSummary>> = sat.iter().map(score).collect();
    let came_to = scores.iter().map(|score| score.as_ref().map_or(CameTo::Nothing, CameTo::Score));
    let past = |(number, (session, came_to)): (u32, (&Session, _))| Past {
        attempt: AttemptId(number.into()),
        exam,
        kind: Some(session.kind()),
        created_at: Timestamp(1_700_000_000_000) + minutes(number * 1440 * 3),
        came_to,
    };
    let mut attempts: Vec<Past<'_>> = (1..).zip(sat.iter().zip(came_to)).map(past).collect();
    attempts.push(Past {
        attempt: AttemptId(6),
        exam,
        kind: None,
        created_at: Timestamp(1_702_000_000_000),
        came_to: CameTo::Unreadable,
    });
    attempts.reverse();
    HistoryView::new(&attempts, &TimeZone::UTC, |_| Some(shipped("rhit").0))
}

#[test]
fn scores_stand_with_their_errors_and_practice_apart_from_them() {
    let view = history();
    let [exam] = &view.exams[..] else { panic!("{:?}", view.exams) };
    assert_eq!(exam.scale, (100, 300, 400));
    assert!(exam.scores.is_sorted_by_key(|score| (score.attempt, score.scaled)), "the oldest first");
    assert!(exam.scores.iter().all(|score| score.low < score.scaled && score.scaled < score.high));
    let [week] = &view.weeks[..] else { panic!("{:?}", view.weeks) };
    assert_eq!((week.words(), week.monday.to_string()), ("1 of 2 right".to_owned(), "2023-11-20".to_owned()));
    let told: Vec<_> = view.attempts.iter().map(|row| (row.attempt.0, row.kind, row.state, row.is_finished)).collect();
    assert_eq!(
        told,
        [
            (6, "", "cannot be read", false),
            (5, "mock exam", "not finished", false),
            (4, "practice", "", true),
            (3, "mock exam", "above the pass mark", true),
            (2, "mock exam", "above the pass mark", true),
            (1, "mock exam", "below the pass mark", true),
        ]
    );
}

#[test]
fn the_history_as_a_page() {
    let ways = [Way { to: "/", text: "Sit an exam" }];
    let page = render(&HistoryPage::new(FRAME, history(), &ways));
    insta::assert_snapshot!(page.split("<main").nth(1).unwrap());
    let none = render(&HistoryPage::new(FRAME, HistoryView::default(), &ways));
    assert!(none.contains("You have not sat an exam yet.") && !none.contains("<table"), "{none}");
}

#[test]
fn what_an_exam_is_made_of_as_a_page() {
    let (blueprint, _) = shipped("ctr");
    let view = ExamView::new(&blueprint);
    let page = render(&ExamPage { frame: FRAME, view: view.clone(), ways: &[] });
    for row in &view.figures {
        assert!(page.contains(row.value.as_str()) && page.contains(&row.source), "{row:?}");
    }
    assert_eq!(page.matches("<tr role=\"row\">").count(), view.figures.len() + 1);
}
