//! Who is let in. Other pages in the same browser, other programs of the same machine and other machines can all reach a
//! port of this one: a page of another site by its name made to mean 127.0.0.1, or by a form that it sends here.
//!
//! So a request must name this machine as its host, what changes something must come from a page of this program, and
//! everything but the stylesheet and the scripts needs the cookie, which only the address that was printed gives.

use http::header::{COOKIE, HOST, ORIGIN};
use http::{HeaderMap, HeaderValue, Method, Request};

use crate::fields::Fields;

/// A random text that only the candidate's browser knows. It is never printed by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret of these random bytes.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(random)))
    }

    /// The secret as it was written by [`Secret::as_str`]; `None` where it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_one = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_one.then(|| Self(text.to_owned()))
    }

    /// The secret in letters and digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is the secret; how long it takes says nothing about where they differ.
    fn is(&self, text: &str) -> bool {
        let differing = self.0.bytes().zip(text.bytes()).fold(0, |differing, (own, other)| differing | (own ^ other));
        text.len() == self.0.len() && differing == 0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// The way in.
#[derive(Debug)]
pub struct Door {
    port: u16,
    token: Secret,
    cookie: Secret,
}

/// What the door says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Come in.
    In,
    /// Take the cookie, and come again without the token in the address.
    TakeCookie,
    /// It asks for another machine, or comes from another site.
    Foreign,
    /// It lacks the cookie, or has one of another run.
    Unknown,
}

impl Door {
    /// The door of a port. The token stands in the address that is printed, and gets the cookie.
    #[must_use]
    pub fn new(port: u16, token: Secret, cookie: Secret) -> Self {
        Self { port, token, cookie }
    }

    /// The address that gets in.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.token.as_str())
    }

    pub(crate) fn admit(&self, request: &Request<Vec<u8>>) -> Admission {
        let headers = request.headers();
        if !self.is_of_here(headers) || !is_from_here(headers, request.method()) {
            return Admission::Foreign;
        }
        if self.has_cookie(headers) {
            return Admission::In;
        }
        let fields = Fields::of(request.uri().query().unwrap_or_default());
        let has_token = fields.first("token").is_some_and(|token| self.token.is(token));
        if has_token && request.method() == Method::GET { Admission::TakeCookie } else { Admission::Unknown }
    }

    /// Whether it is for this machine by one of its own names.
    pub(crate) fn is_of_here(&self, headers: &HeaderMap) -> bool {
        let host = only(headers, &HOST);
        ["127.0.0.1", "localhost"].iter().any(|name| host.is_some_and(|host| host == format!("{name}:{}", self.port)))
    }

    /// Cookies are shared by all ports of a machine, so the name tells the port.
    fn cookie_name(&self) -> String {
        format!("examroom-{}", self.port)
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .any(|(found, value)| found == name && self.cookie.is(value))
    }

    /// The header that gives the cookie.
    pub(crate) fn set_cookie(&self) -> Option<HeaderValue> {
        let cookie = format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie_name(), self.cookie.as_str());
        HeaderValue::from_str(&cookie).ok()
    }
}

/// The value of a header that stands once; two would let one reader see what another does not.
fn only<'h>(headers: &'h HeaderMap, name: &http::HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

/// Whether it comes from a page of this program: browsers say so of every request that can change something.
fn is_from_here(headers: &HeaderMap, method: &Method) -> bool {
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let own = only(headers, &HOST).map(|host| format!("http://{host}"));
    if headers.contains_key(ORIGIN) { only(headers, &ORIGIN).map(str::to_owned) == own } else { reads }
}
