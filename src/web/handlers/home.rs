//! Before a sitting: the exams, and the attempts that were left.

use http::StatusCode;

use crate::desk::{Elsewhere, Trouble, Wanted};
use crate::fields::Fields;
use crate::reply::{self, Reply, see_other};
use crate::room::Room;
use crate::screens::{self, notice};
use crate::state::{Seat, State};
use examroom_app::live::LiveSession;
use examroom_core::journal::AttemptId;
use examroom_core::session::{AwayPolicy, TimeAllowance};

/// The first page.
pub(crate) fn show(state: &mut State) -> Reply {
    state.tick();
    if matches!(state.seat, Seat::Taken(_)) {
        return see_other("/exam");
    }
    let said = state.said.take();
    match (state.desk.exams(), state.desk.attempts()) {
        (Ok(exams), Ok(attempts)) => reply::page(screens::home::page(&exams, &attempts, said.as_deref())),
        (Err(trouble), _) | (_, Err(trouble)) => notice::trouble(&trouble),
    }
}

/// What an exam is made of.
pub(crate) fn exam(state: &mut State, id: &str) -> Reply {
    match state.desk.exam(id) {
        Ok(view) => reply::page(screens::home::exam(view)),
        Err(trouble) => notice::trouble(&trouble),
    }
}

/// Starts an exam; where one is on, that goes on.
pub(crate) fn take(state: &mut State, body: &[u8]) -> Reply {
    let form = Fields::of_body(body);
    let allowance = form.first("time").unwrap_or("1");
    let allowance = TimeAllowance::ALL.into_iter().find(|(name, _)| *name == allowance);
    let (Some(exam), Some((_, time))) = (form.first("exam"), allowance) else {
        return notice::page(StatusCode::BAD_REQUEST, "The form was not understood", &["Nothing was changed."]);
    };
    let items = match form.first("items").map(str::trim).filter(|items| !items.is_empty()).map(str::parse::<u32>) {
        None => None,
        Some(Ok(items)) if items > 0 => Some(items),
        Some(_) => {
            let line = "Give a number of questions, for example 20.";
            return notice::page(StatusCode::BAD_REQUEST, "The number of questions was not understood", &[line]);
        }
    };
    let clock = if form.first("strict").is_some() { AwayPolicy::ClockRuns } else { AwayPolicy::StopsClock };
    let wanted = Wanted { exam: exam.to_owned(), items, time, clock };
    sit_down(state, |state| state.desk.take(&wanted))
}

/// Continues an attempt; where one is on, that goes on.
pub(crate) fn resume(state: &mut State, body: &[u8]) -> Reply {
    let form = Fields::of_body(body);
    let Some(id) = form.number("attempt").map(AttemptId) else {
        return notice::page(StatusCode::BAD_REQUEST, "The form was not understood", &["Nothing was changed."]);
    };
    let elsewhere = if form.first("take-over").is_some() { Elsewhere::TakenOver } else { Elsewhere::Stays };
    sit_down(state, |state| state.desk.resume(id, elsewhere))
}

/// Opens a sitting, where none is on.
pub(super) fn sit_down(state: &mut State, open: impl FnOnce(&mut State) -> Result<LiveSession, Trouble>) -> Reply {
    state.tick();
    match &state.seat {
        Seat::Taken(_) => return see_other("/exam"),
        Seat::Left(_) => {
            let line = "The last exam is still being saved. Try again in a moment.";
            return notice::page(StatusCode::CONFLICT, "Please wait", &[line]);
        }
        Seat::Free => {}
    }
    match open(state) {
        Ok(live) => {
            state.said = None;
            state.ended = None;
            state.seat = Seat::Taken(Room::new(live));
            see_other("/exam")
        }
        Err(trouble) => notice::trouble(&trouble),
    }
}
