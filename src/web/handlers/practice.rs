//! Practice: its choices, and its beginning.

use http::StatusCode;

use super::home::sit_down;
use crate::desk::PracticeWanted;
use crate::fields::Fields;
use crate::reply::{self, Reply, see_other};
use crate::screens::{self, notice};
use crate::state::{Seat, State};
use examroom_app::view::practice_start::USUAL_COUNT;
use examroom_core::session::TimeAllowance;
use examroom_core::study::{Standing, Wish};

/// What can be practiced of an exam. The address may have choices that are made already.
pub(crate) fn choose(state: &mut State, exam: &str, query: &str) -> Reply {
    state.tick();
    let fields = Fields::of(query);
    let wish = Wish { count: fields.number("count").unwrap_or(USUAL_COUNT as usize), ..wish(&fields) };
    match state.desk.practice_start(exam, &wish) {
        Ok(offer) => {
            let told: Vec<String> = state.said.take().into_iter().collect();
            reply::page(screens::practice::page(offer, wish, time(&fields), &told))
        }
        Err(trouble) => notice::trouble(&trouble),
    }
}

/// Asks whether practice is to start over.
pub(crate) fn ask_to_start_over(state: &mut State, exam: &str) -> Reply {
    match state.desk.practice_start(exam, &Wish::default()) {
        Ok(offer) => reply::page(screens::practice::reset(offer)),
        Err(trouble) => notice::trouble(&trouble),
    }
}

/// Lets practice start over.
pub(crate) fn start_over(state: &mut State, exam: &str) -> Reply {
    match state.desk.start_practice_over(exam) {
        Ok(said) => {
            state.said = Some(said);
            see_other(&format!("/practice/{exam}"))
        }
        Err(trouble) => notice::trouble(&trouble),
    }
}

/// Begins practice; where a sitting is on, that goes on.
pub(crate) fn begin(state: &mut State, body: &[u8]) -> Reply {
    let form = Fields::of_body(body);
    let (Some(exam), Some(count)) = (form.first("exam"), form.number("count").filter(|count| *count > 0)) else {
        let line = "Give a number of questions, for example 20.";
        return notice::page(StatusCode::BAD_REQUEST, "The number of questions was not understood", &[line]);
    };
    let wanted = PracticeWanted { exam: exam.to_owned(), wish: Wish { count, ..wish(&form) }, time: time(&form) };
    let choose_again = |state: &mut State, lines: &[String]| {
        let offer = state.desk.practice_start(&wanted.exam, &wanted.wish).ok()?;
        Some(screens::practice::page(offer, wanted.wish.clone(), wanted.time, lines))
    };
    let is_free = matches!(state.seat, Seat::Free);
    let reply = sit_down(state, |state| state.desk.practice(&wanted), choose_again);
    // Whoever was told the cost has seen what the start page says. What costs more is told there, before it begins.
    if let (true, Some(told), Some(room)) = (is_free, form.number("spends"), state.room())
        && room.session().form().new_questions().is_some_and(|new| new <= told)
    {
        room.begin();
    }
    reply
}

/// Which questions are wanted, without their number.
fn wish(fields: &Fields<'_>) -> Wish {
    Wish {
        domains: fields.all("domain").map(Into::into).collect(),
        topics: fields.all("topic").map(Into::into).collect(),
        standings: fields.all("only").filter_map(|word| word.parse::<Standing>().ok()).collect(),
        count: 0,
    }
}

fn time(fields: &Fields<'_>) -> TimeAllowance {
    if fields.first("timed").is_some() { TimeAllowance::Ordinary } else { TimeAllowance::Unlimited }
}
