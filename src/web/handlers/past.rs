//! After a sitting: the report, the history with how the real exam went, and what is wrong with questions.

use http::StatusCode;

use crate::fields::Fields;
use crate::reply::{self, Reply, see_other};
use crate::screens::{self, notice};
use crate::state::{Seat, State};
use examroom_app::view::ending::report_line;
use examroom_app::view::explanation::ReviewFilter;
use examroom_app::view::problem::problems_file;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Outcome, score};

/// What was sat.
pub(crate) fn history(state: &mut State) -> Reply {
    state.tick();
    let today = state.desk.today();
    match (state.desk.history(), state.desk.exams()) {
        (Ok(view), Ok(exams)) => reply::page(screens::past::history(view, &exams, today, state.said.take().as_deref())),
        (Err(trouble), _) | (_, Err(trouble)) => notice::trouble(&trouble),
    }
}

/// Records how a real exam went.
pub(crate) fn result(state: &mut State, body: &[u8]) -> Reply {
    let form = Fields::of_body(body);
    let outcome = match form.first("outcome") {
        Some("pass") => Some(Outcome::Pass),
        Some("fail") => Some(Outcome::Fail),
        _ => None,
    };
    let (Some(exam), Some(outcome)) = (form.first("exam"), outcome) else {
        return notice::page(StatusCode::BAD_REQUEST, "The form was not understood", &["Nothing was changed."]);
    };
    let Some(day) = form.number("day") else {
        let line = "Give the day of the exam as year, month and day, for example 2026-11-24.";
        return notice::page(StatusCode::BAD_REQUEST, "The day was not understood", &[line]);
    };
    match state.desk.record(exam, outcome, day) {
        Ok(said) => {
            state.said = Some(said);
            see_other("/history")
        }
        Err(trouble) => notice::trouble(&trouble),
    }
}

/// What was noted as wrong with questions.
pub(crate) fn problems(state: &mut State) -> Reply {
    match state.desk.problems() {
        Ok(problems) => reply::page(screens::past::problems(problems)),
        Err(trouble) => notice::trouble(&trouble),
    }
}

/// The same as a file for the author of the questions.
pub(crate) fn problems_for_author(state: &mut State) -> Reply {
    match state.desk.problems() {
        Ok(problems) => reply::download("examroom-problems.toml", problems_file(&problems.listed)),
        Err(trouble) => notice::trouble(&trouble),
    }
}

/// The report of a finished attempt.
pub(crate) fn report(state: &mut State, attempt: &str, query: &str) -> Reply {
    state.tick();
    let Ok(id) = attempt.parse().map(AttemptId) else {
        return notice::page(StatusCode::NOT_FOUND, "There is no such attempt", &[]);
    };
    let only = match Fields::of(query).first("only") {
        Some("all") => Some(ReviewFilter::All),
        Some("wrong") => Some(ReviewFilter::Wrong),
        Some("flagged") => Some(ReviewFilter::Flagged),
        _ => None,
    };
    let said = state.said.take();
    if let Seat::Left(left) = &state.seat
        && left.id() == id
        && left.session().is_finished()
    {
        // The store does not have all of it yet.
        let alarm = report_line(&left.durability());
        let session = left.session();
        return reply::page(screens::past::report(
            id,
            session,
            &score(session),
            only,
            said.as_deref(),
            alarm.as_deref(),
        ));
    }
    match state.desk.finished(id) {
        Ok((session, marks)) => reply::page(screens::past::report(id, &session, &marks, only, said.as_deref(), None)),
        Err(trouble) => notice::trouble(&trouble),
    }
}
