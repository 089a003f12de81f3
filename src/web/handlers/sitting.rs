//! The exam room.

use http::{Request, StatusCode};
use serde_json::json;

use crate::deed::{Deed, Written};
use crate::fields::Fields;
use crate::look::{Look, Over, Visibility, confirmation};
use crate::reply::{self, Reply, see_other};
use crate::room::Room;
use crate::screens;
use crate::screens::notice;
use crate::state::{Seat, State};
use examroom_app::view::announcement;
use examroom_app::view::confirmation::Confirmation;
use examroom_core::journal::Saved;
use examroom_core::session::{Mode, Phase};

/// Scripts send it with a form, to get the page at once and not the way to it.
pub(crate) const PART: &str = "x-part";

/// The screen that the exam is at.
pub(crate) fn show(state: &mut State, query: &str) -> Reply {
    state.tick();
    let look = Look::of(query);
    if let Some(room) = state.room() {
        room.follow_shelf(look.shelf);
    }
    match &state.seat {
        Seat::Taken(room) => reply::page(screens::screen(room, &look)),
        Seat::Left(_) | Seat::Free => see_other(&elsewhere(state)),
    }
}

/// Where a page of a sitting leads that is not on any more.
fn elsewhere(state: &State) -> String {
    state.ended.map_or_else(|| "/".to_owned(), |id| format!("/report/{id}"))
}

/// Does what a form of the exam room asks for.
pub(crate) fn act(state: &mut State, request: &Request<Vec<u8>>) -> Reply {
    let form = Fields::of_body(request.body());
    let Some(word) = form.first("do") else {
        return notice::page(StatusCode::BAD_REQUEST, "The form was not understood", &["Nothing was changed."]);
    };
    let look = Look::of(form.first("look").unwrap_or_default()).plain();
    let Some(room) = state.room() else {
        // The exam has ended meanwhile, or was left.
        return see_other(&elsewhere(state));
    };
    let sure = form.first("sure").is_some();
    if turned(&look, word).is_some() || confirmation(word).is_some() {
        keep_written(room, &form);
    }
    let next = match (turned(&look, word), confirmation(word)) {
        (Some(look), _) => look,
        (None, Some(of)) => match confirmed(room, of, sure) {
            Next::Ask => look.with(Over::Asked(of)),
            Next::Leave => {
                let left = left(room.session().rules().mode);
                state.leave(Some(left.to_owned()));
                state.settle();
                return see_other("/");
            }
            Next::Do => {
                if let Some(command) = of.command() {
                    do_deed(room, &form, &Deed::Send(command));
                }
                look
            }
        },
        (None, None) => match Deed::of(&form) {
            Some(deed) => {
                do_deed(room, &form, &deed);
                look
            }
            None => {
                return notice::page(StatusCode::BAD_REQUEST, "The form was not understood", &["Nothing was changed."]);
            }
        },
    };
    state.settle();
    match &state.seat {
        Seat::Taken(room) if request.headers().contains_key(PART) => reply::page(screens::screen(room, &next)),
        Seat::Taken(_) => see_other(&next.address()),
        Seat::Left(_) | Seat::Free => see_other(&elsewhere(state)),
    }
}

/// What is said when a sitting was left.
const fn left(mode: Mode) -> &'static str {
    match mode {
        Mode::Practice => "You left practice. It goes on where you left it.",
        Mode::Exam | Mode::Paper => "You left the exam. Your answers are kept, and nothing is submitted.",
    }
}

/// What a request for something that cannot be undone leads to.
enum Next {
    Ask,
    Do,
    Leave,
}

fn confirmed(room: &Room, of: Confirmation, sure: bool) -> Next {
    match (of, room.session().phase()) {
        (Confirmation::Leave, Phase::Ready | Phase::Finished { .. }) => Next::Leave,
        // Leaving practice costs nothing.
        (Confirmation::Leave, _) if room.session().rules().mode == Mode::Practice => Next::Leave,
        _ if !sure => Next::Ask,
        (Confirmation::Leave, _) => Next::Leave,
        _ => Next::Do,
    }
}

/// Keeps what is written on the page before it is left or looked at otherwise.
fn keep_written(room: &mut Room, form: &Fields<'_>) {
    let written = Written::of(form);
    if !written.commands(room.session()).is_empty() {
        room.act(form.number("after").unwrap_or(0), form.number("question"), |session| written.commands(session));
    }
}

fn do_deed(room: &mut Room, form: &Fields<'_>, deed: &Deed) {
    let written = Written::of(form);
    let after = form.number("after").unwrap_or(0);
    room.act(after, form.number("question"), |session| deed.commands(session, &written));
    if let (None, Some(words)) = (&room.message, deed.objection(&written)) {
        room.message = Some(words.to_owned());
    }
}

/// How the exam is looked at after a button that changes just that.
fn turned(look: &Look, word: &str) -> Option<Look> {
    let turn = |visibility| match visibility {
        Visibility::Shown => Visibility::Hidden,
        Visibility::Hidden => Visibility::Shown,
    };
    match word {
        "help" => Some(look.with(Over::Help)),
        "clock" => Some(Look { clock: turn(look.clock), ..look.clone() }),
        "number" => Some(Look { number: turn(look.number), ..look.clone() }),
        _ => None,
    }
}

/// How the exam stands, for the script of a page that is open.
pub(crate) fn pulse(state: &mut State) -> Reply {
    state.tick();
    let Some(room) = state.room() else { return reply::json(&json!({ "after": null })) };
    let saved = room.live.saved();
    let is_limited = room.session().rules().time_allowance.is_limited();
    let runs = is_limited && matches!(room.session().phase(), Phase::Section(_) | Phase::Break { .. });
    reply::json(&json!({
        "after": room.events(),
        "left": runs.then(|| u64::try_from(room.live.time_left().as_millis()).unwrap_or(u64::MAX)),
        "saved": announcement::saved_mark(&saved),
        "isSaved": saved == Saved::Yes,
        "isFailed": matches!(saved, Saved::No { .. } | Saved::TakenOver),
    }))
}
