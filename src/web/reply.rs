//! Answers, all with the headers that keep a page of this program to itself and out of every cache.

use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, SET_COOKIE,
};
use http::header::{X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use http::{HeaderName, HeaderValue, Response, StatusCode};

/// A whole answer.
pub type Reply = Response<Vec<u8>>;

/// Nothing is loaded from elsewhere, nothing runs but the program's own scripts, and nobody frames a page. Answers and
/// reasons stay in no cache. A form's origin is told only to this program itself.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "same-origin"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

fn reply(status: StatusCode, kind: &'static str, body: impl Into<Vec<u8>>) -> Reply {
    let mut reply = Response::new(body.into());
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.extend(HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value))));
    reply
}

/// A page.
pub(crate) fn page(html: String) -> Reply {
    page_with(StatusCode::OK, html)
}

/// A page with a status of its own.
pub(crate) fn page_with(status: StatusCode, html: String) -> Reply {
    reply(status, "text/html; charset=utf-8", html)
}

/// What a script asked for.
pub(crate) fn json(value: &serde_json::Value) -> Reply {
    reply(StatusCode::OK, "application/json", value.to_string())
}

/// A file of the candidate's, to be kept under this name.
pub(crate) fn download(name: &'static str, text: String) -> Reply {
    let mut reply = reply(StatusCode::OK, "application/toml; charset=utf-8", text);
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        reply.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    reply
}

/// A file of the program's own, which is the same for everybody.
pub(crate) fn asset(kind: &'static str, text: &'static str) -> Reply {
    let mut reply = reply(StatusCode::OK, kind, text);
    reply.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    reply
}

/// Sends the browser to another page.
pub(crate) fn see_other(to: &str) -> Reply {
    let mut reply = reply(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "");
    if let Ok(to) = HeaderValue::from_str(to) {
        reply.headers_mut().insert(LOCATION, to);
    }
    reply
}

/// The same answer with a cookie.
pub(crate) fn with_cookie(mut reply: Reply, cookie: Option<HeaderValue>) -> Reply {
    reply.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
    reply
}
