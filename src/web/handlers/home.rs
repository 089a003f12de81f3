//! Before a sitting: the exams, and the attempts that were left.

use http::StatusCode;

use crate::desk::{Drawn, Elsewhere, Trouble, Wanted};
use crate::fields::Fields;
use crate::reply::{self, Reply, see_other};
use crate::room::Room;
use crate::screens::{self, notice};
use crate::state::{Seat, State};
use examroom_app::live::LiveSession;
use examroom_app::view::{SafeText, sentence};
use examroom_core::form::code::CodeError;
use examroom_core::journal::AttemptId;
use examroom_core::session::{AwayPolicy, ConfidencePolicy, TimeAllowance};
use examroom_html::{TakeForm, Which};

/// The first page.
pub(crate) fn show(state: &mut State) -> Reply {
    state.tick();
    if matches!(state.seat, Seat::Taken(_)) {
        return see_other("/exam");
    }
    let said = state.said.take();
    match (state.desk.exams(), state.desk.attempts(), state.desk.history()) {
        (Ok(exams), Ok(attempts), Ok(past)) => {
            reply::page(screens::home::page(&exams, &attempts, past, said.as_deref()))
        }
        (Err(trouble), ..) | (_, Err(trouble), _) | (.., Err(trouble)) => notice::trouble(&trouble),
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
    let fields = Fields::of_body(body);
    let Some(form) = choices(&fields) else {
        return notice::page(StatusCode::BAD_REQUEST, "The form was not understood", &["Nothing was changed."]);
    };
    let drawn = match drawn(&form) {
        Ok(drawn) => drawn,
        Err(lines) => return reply::page_with(StatusCode::BAD_REQUEST, screens::home::choices(form, &lines)),
    };
    let (exam, time, clock, confidence) = (form.exam.to_string(), form.time, form.clock, form.confidence);
    let wanted = Wanted { exam, drawn, time, clock, confidence };
    sit_down(state, |state| state.desk.take(&wanted), |_, lines| Some(screens::home::choices(form, lines)))
}

/// The choices as a form has them; `None` where it is none of this program's.
fn choices(fields: &Fields<'_>) -> Option<TakeForm> {
    let text = |name| SafeText::new(fields.first(name).unwrap_or_default().trim());
    let named = |word: &str| Which::ALL.into_iter().find(|(name, _)| *name == word).map(|(_, which)| which);
    let time = fields.first("time").unwrap_or("1");
    Some(TakeForm {
        exam: SafeText::new(fields.first("exam")?),
        which: fields.first("which").map_or(Some(Which::Whole), named)?,
        items: text("items"),
        code: text("code"),
        time: TimeAllowance::ALL.into_iter().find(|(name, _)| *name == time)?.1,
        clock: if fields.first("strict").is_some() { AwayPolicy::ClockRuns } else { AwayPolicy::StopsClock },
        confidence: match fields.first("confidence") {
            Some(_) => ConfidencePolicy::Asked,
            None => ConfidencePolicy::NotAsked,
        },
    })
}

/// Which questions are wanted, or what was not understood of it, a sentence each.
fn drawn(form: &TakeForm) -> Result<Drawn, Vec<String>> {
    match form.which {
        Which::Whole => Ok(Drawn::Whole),
        Which::Rehearsal => match form.items.parse() {
            Ok(items) if items > 0 => Ok(Drawn::Rehearsal(items)),
            _ => Err(vec!["Give a number of questions, for example 20.".to_owned()]),
        },
        Which::Coded => form
            .code
            .parse()
            .map(Drawn::Coded)
            .map_err(|error: CodeError| vec![sentence(&error.to_string()), code_help(&error)]),
    }
}

/// What to do about a code that cannot be used.
fn code_help(error: &CodeError) -> String {
    match error {
        CodeError::Slip(slip) => sentence(&slip.help()),
        CodeError::Newer => "Use a newer examroom.".to_owned(),
        CodeError::Foreign => "Ask whoever gave you the code for it once more.".to_owned(),
    }
}

/// Continues an attempt; where one is on, that goes on.
pub(crate) fn resume(state: &mut State, body: &[u8]) -> Reply {
    let form = Fields::of_body(body);
    let Some(id) = form.number("attempt").map(AttemptId) else {
        return notice::page(StatusCode::BAD_REQUEST, "The form was not understood", &["Nothing was changed."]);
    };
    let elsewhere = if form.first("take-over").is_some() { Elsewhere::TakenOver } else { Elsewhere::Stays };
    sit_down(state, |state| state.desk.resume(id, elsewhere), |_, _| None)
}

/// Opens a sitting, where none is on. `again` is the page on which something else can be chosen, if there is one.
pub(super) fn sit_down(
    state: &mut State,
    open: impl FnOnce(&mut State) -> Result<LiveSession, Trouble>,
    again: impl FnOnce(&mut State, &[String]) -> Option<String>,
) -> Reply {
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
        Err(trouble) => {
            let page = if trouble.open_elsewhere.is_none() { again(state, &notice::told(&trouble)) } else { None };
            page.map_or_else(|| notice::trouble(&trouble), |page| reply::page_with(StatusCode::CONFLICT, page))
        }
    }
}
