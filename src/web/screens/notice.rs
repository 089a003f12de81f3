//! Pages that say one thing.

use http::StatusCode;

use super::help::{self, HelpLink};
use super::{LINKS, assets};
use crate::desk::Trouble;
use crate::reply::{Reply, page_with};
use examroom_html::{Frame, NoticePage, Way, render};

/// A page that says one thing, with a way home.
pub(crate) fn page(status: StatusCode, heading: &str, lines: &[&str]) -> Reply {
    with_ways(status, heading, lines, &[HOME])
}

const HOME: Way<'static> = Way { to: "/", text: "Home" };

fn with_ways(status: StatusCode, heading: &str, lines: &[&str], ways: &[Way<'_>]) -> Reply {
    let frame = Frame { title: heading, assets: assets(), links: &LINKS };
    page_with(status, render(&NoticePage { frame, heading, lines, ways }))
}

/// What could not be done, and why.
pub(crate) fn trouble(trouble: &Trouble) -> Reply {
    if let Some(id) = trouble.open_elsewhere {
        return super::home::open_elsewhere(id);
    }
    let told = told(trouble);
    let lines: Vec<&str> = told.iter().map(String::as_str).collect();
    let helping: Vec<HelpLink> = trouble.helps.iter().filter_map(help::link).collect();
    let ways: Vec<Way<'_>> = helping.iter().map(|link| Way { to: &link.to, text: link.text }).chain([HOME]).collect();
    with_ways(StatusCode::CONFLICT, "That could not be done", &lines, &ways)
}

/// What is said of it, a sentence each.
pub(crate) fn told(trouble: &Trouble) -> Vec<String> {
    trouble.lines.iter().cloned().chain(trouble.helps.iter().filter_map(help::words)).collect()
}

/// For those without the cookie.
pub(crate) fn unknown() -> Reply {
    outside(
        "This page is not open here",
        &[
            "It is open in the browser that examroom opened. To open it in this one, use the whole address that examroom \
             printed when it started.",
            "If you started examroom again since, use the address that it printed last.",
        ],
    )
}

/// For those who come from elsewhere.
pub(crate) fn foreign() -> Reply {
    outside(
        "This request came from another site",
        &["examroom answers only its own pages. Use the address that it printed when it started."],
    )
}

fn outside(heading: &str, lines: &[&str]) -> Reply {
    let frame = Frame { title: heading, assets: assets(), links: &[] };
    page_with(StatusCode::FORBIDDEN, render(&NoticePage { frame, heading, lines, ways: &[] }))
}

/// For a form that is larger than any of this program.
#[cfg(feature = "server")]
pub(crate) fn too_large() -> Reply {
    page(StatusCode::PAYLOAD_TOO_LARGE, "That is too large", &["No form of examroom is so large. Nothing was changed."])
}

/// When the program itself has failed.
#[cfg(feature = "server")]
pub(crate) fn broken() -> Reply {
    let lines = ["This is a fault of the program. What was marked as saved is saved."];
    page(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", &lines)
}
