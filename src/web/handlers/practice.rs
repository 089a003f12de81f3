//! Practice: its choices, and its beginning.

use http::StatusCode;

use super::home::sit_down;
use crate::desk::PracticeWanted;
use crate::fields::Fields;
use crate::reply::{self, Reply};
use crate::screens::{self, notice};
use crate::state::State;
use examroom_app::view::practice_start::USUAL_COUNT;
use examroom_core::session::TimeAllowance;
use examroom_core::study::{Standing, Wish};

/// What can be practiced of an exam. The address may have choices that are made already.
pub(crate) fn choose(state: &mut State, exam: &str, query: &str) -> Reply {
    state.tick();
    let fields = Fields::of(query);
    let wish = Wish { count: fields.number("count").unwrap_or(USUAL_COUNT as usize), ..wish(&fields) };
    match state.desk.practice_start(exam) {
        Ok(view) => reply::page(screens::practice::page(view, wish, time(&fields), &[])),
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
        let view = state.desk.practice_start(&wanted.exam).ok()?;
        Some(screens::practice::page(view, wanted.wish.clone(), wanted.time, lines))
    };
    sit_down(state, |state| state.desk.practice(&wanted), choose_again)
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
