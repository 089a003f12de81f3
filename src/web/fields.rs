//! The fields of a form, or of the part of an address after the question mark.

use std::borrow::Cow;

/// Fields by name, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields<'f>(Vec<(Cow<'f, str>, Cow<'f, str>)>);

impl<'f> Fields<'f> {
    /// Reads them; what is no field has no name and no effect.
    pub fn of(text: &'f str) -> Self {
        Self(form_urlencoded::parse(text.as_bytes()).collect())
    }

    /// The fields of a form that was sent.
    pub fn of_body(body: &'f [u8]) -> Self {
        Self(form_urlencoded::parse(body).collect())
    }

    /// The first field of a name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| &**value)
    }

    /// A field that is a number.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.first(name)?.trim().parse().ok()
    }

    /// All fields of a name.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, value)| &**value)
    }
}

/// A text of several lines, as one.
pub(crate) fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\r', '\n'], " ")
}
