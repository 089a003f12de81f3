//! The router: from a request to the handler of its page, after the door has let it in.

use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{Method, Request, StatusCode};

use crate::desk::Desk;
use crate::door::{Admission, Door};
use crate::handlers::sitting::PART;
use crate::handlers::{home, past, practice, sitting};
use crate::reply::{self, Reply, see_other, with_cookie};
use crate::room::Room;
use crate::screens::notice;
use crate::state::{Seat, State};
use examroom_app::live::{LeftSession, LiveSession};
use examroom_html::{ICON, STYLESHEET};

/// The pages, with the door before them and the sitting behind.
pub struct Site {
    door: Door,
    state: Mutex<State>,
}

impl Site {
    /// The pages of a program, at which nobody sits yet.
    #[must_use]
    pub fn new(door: Door, desk: Box<dyn Desk>) -> Self {
        Self { door, state: Mutex::new(State::new(desk)) }
    }

    /// The address that lets a browser in.
    #[must_use]
    pub fn address(&self) -> String {
        self.door.address()
    }

    /// Seats a sitting that is to go on at once: one that a program was killed in.
    pub fn seat(&self, live: LiveSession) {
        let mut state = self.state();
        state.seat = Seat::Taken(Room::new(live));
        state.settle();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the clock: call it once a second. So time runs out whether or not the page is open.
    pub fn tick(&self) {
        self.state().tick();
    }

    /// Ends: the sitting that was on, if one was.
    #[must_use]
    pub fn close(&self) -> Option<LeftSession> {
        let mut state = self.state();
        state.leave(None);
        match std::mem::replace(&mut state.seat, Seat::Free) {
            Seat::Left(left) => Some(left),
            Seat::Taken(_) | Seat::Free => None,
        }
    }

    /// Answers a request.
    #[must_use]
    pub fn respond(&self, request: &Request<Vec<u8>>) -> Reply {
        if self.door.is_of_here(request.headers())
            && request.method() == Method::GET
            && let Some(asset) = asset(request.uri().path())
        {
            return asset;
        }
        match self.door.admit(request) {
            Admission::In => route(&mut self.state(), request),
            Admission::TakeCookie => with_cookie(see_other("/"), self.door.set_cookie()),
            Admission::Foreign => notice::foreign(),
            Admission::Unknown => notice::unknown(),
        }
    }
}

fn asset(path: &str) -> Option<Reply> {
    Some(match path {
        "/style.css" => reply::asset("text/css; charset=utf-8", STYLESHEET),
        "/room.js" => reply::asset("text/javascript; charset=utf-8", include_str!("room.js")),
        "/icon.svg" => reply::asset("image/svg+xml", ICON),
        _ => return None,
    })
}

fn route(state: &mut State, request: &Request<Vec<u8>>) -> Reply {
    let path = request.uri().path();
    let query = request.uri().query().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    if request.headers().contains_key(PART) && request.method() == Method::GET && parts != ["exam"] {
        // The script has been sent out of the room and will go there itself: what is told there once is told then.
        return reply::page(String::new());
    }
    match (request.method(), parts.as_slice()) {
        (&Method::GET, [""]) => home::show(state),
        (&Method::POST, ["take"]) => home::take(state, request.body()),
        (&Method::POST, ["resume"]) => home::resume(state, request.body()),
        (&Method::GET, ["practice", exam]) => practice::choose(state, exam, query),
        (&Method::GET, ["practice", exam, "reset"]) => practice::ask_to_start_over(state, exam),
        (&Method::POST, ["practice", exam, "reset"]) => practice::start_over(state, exam),
        (&Method::POST, ["practice"]) => practice::begin(state, request.body()),
        (&Method::GET, ["exam"]) => sitting::show(state, query),
        (&Method::POST, ["exam"]) => sitting::act(state, request),
        (&Method::GET, ["exam", "pulse"]) => sitting::pulse(state),
        (&Method::GET, ["history"]) => past::history(state),
        (&Method::POST, ["result"]) => past::result(state, request.body()),
        (&Method::GET, ["problems"]) => past::problems(state),
        (&Method::GET, ["problems.toml"]) => past::problems_for_author(state),
        (&Method::GET, ["exams", exam]) => home::exam(state, exam),
        (&Method::POST, ["report", attempt]) => past::note_problem(state, attempt, query, request.body()),
        (&Method::GET, ["report", attempt]) => past::report(state, attempt, query),
        (
            _,
            ["" | "take" | "resume" | "practice" | "exam" | "history" | "result" | "problems" | "problems.toml"]
            | ["exam", "pulse"]
            | ["report" | "exams" | "practice", _]
            | ["practice", _, "reset"],
        ) => notice::page(StatusCode::METHOD_NOT_ALLOWED, "That cannot be done here", &["Nothing was changed."]),
        _ => notice::page(StatusCode::NOT_FOUND, "There is no such page", &["Nothing was changed."]),
    }
}
