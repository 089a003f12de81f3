//! After a sitting: the report, the history with how the real exam went, and what is wrong with questions.

use http::StatusCode;

use crate::desk::Trouble;
use crate::fields::{Fields, one_line};
use crate::reply::{self, Reply, see_other};
use crate::screens::{self, notice};
use crate::state::State;
use examroom_app::view::announcement::refusal;
use examroom_app::view::ending::report_line;
use examroom_app::view::explanation::ReviewFilter;
use examroom_app::view::problem::problems_file;
use examroom_core::form::Slot;
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
    let Ok(id) = attempt.parse().map(AttemptId) else { return no_such_attempt() };
    let only = filter(query);
    let changes = only.map_or_else(Vec::new, |_| state.desk.changes(id));
    let questions = only.map(|only| (only, &changes[..]));
    let said = state.said.take();
    if let Some(left) = state.left(id) {
        // The store does not have all of it yet.
        let alarm = report_line(&left.durability());
        let marks = score(left.session());
        let past = (left.session(), &marks);
        return reply::page(screens::past::report(id, past, questions, said.as_deref(), alarm.as_deref()));
    }
    match state.desk.finished(id) {
        Ok((session, marks)) => {
            reply::page(screens::past::report(id, (&session, &marks), questions, said.as_deref(), None))
        }
        Err(trouble) => notice::trouble(&trouble),
    }
}

fn no_such_attempt() -> Reply {
    notice::page(StatusCode::NOT_FOUND, "There is no such attempt", &[])
}

fn filter(query: &str) -> Option<ReviewFilter> {
    match Fields::of(query).first("only") {
        Some("all") => Some(ReviewFilter::All),
        Some("wrong") => Some(ReviewFilter::Wrong),
        Some("flagged") => Some(ReviewFilter::Flagged),
        _ => None,
    }
}

/// Notes what is wrong with a question that is looked back on.
pub(crate) fn note_problem(state: &mut State, attempt: &str, query: &str, body: &[u8]) -> Reply {
    state.tick();
    let form = Fields::of_body(body);
    let Ok(id) = attempt.parse().map(AttemptId) else { return no_such_attempt() };
    let (Some(slot), Some(text)) = (form.number("question").map(Slot), form.first("problem")) else {
        return notice::page(StatusCode::BAD_REQUEST, "The form was not understood", &["Nothing was changed."]);
    };
    let text = one_line(text);
    let noted = match state.left(id) {
        Some(left) => left
            .note_problem(slot, &text)
            .map_err(|refused| Trouble { lines: vec![refusal(refused)], ..Trouble::default() }),
        None => state.desk.note_problem(id, slot, &text),
    };
    match noted {
        Ok(()) => {
            let place = form.number::<usize>("place").map_or_else(String::new, |place| format!("#q{place}"));
            let to = filter(query).map_or_else(|| format!("/report/{id}"), |only| screens::past::address(id, only));
            see_other(&(to + &place))
        }
        Err(trouble) => notice::trouble(&trouble),
    }
}
