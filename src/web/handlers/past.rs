//! After a sitting: the report.

use http::StatusCode;

use crate::fields::Fields;
use crate::reply::{self, Reply};
use crate::screens::{self, notice};
use crate::state::{Seat, State};
use examroom_app::view::ending::report_line;
use examroom_app::view::explanation::ReviewFilter;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::score;

/// What was sat.
pub(crate) fn history(state: &mut State) -> Reply {
    state.tick();
    match state.desk.history() {
        Ok(view) => reply::page(screens::past::history(view)),
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
