//! What is around every page: its head, where its stylesheet is, and the pages that can be gone to from it.
//!
//! A page is a struct with a `frame` and a template that extends `layout.html` and fills its blocks `main` and, where it
//! needs to, `bar`, `foot`, `body_class` (`is-room` in the exam) and `page_class` (`page-wide`). A part that is swapped
//! by itself is such a block, or a template without a frame. Either is rendered by [`render`].

use askama::Template;

/// The one stylesheet; which classes it has is told at its head.
pub const STYLESHEET: &str = include_str!("style.css");

/// The icon of the pages, an SVG: a filled bubble of an answer sheet.
pub const ICON: &str = include_str!("icon.svg");

/// What is around a page.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'f> {
    /// The page's title, as tabs and histories show it.
    pub title: &'f str,
    /// Where its stylesheet and scripts are.
    pub assets: Assets<'f>,
    /// Where one can go from it; nowhere from the exam room and from a file.
    pub links: &'f [Link<'f>],
}

/// Where what a page needs is.
#[derive(Clone, Copy, Debug)]
pub enum Assets<'f> {
    /// In the page itself, which loads nothing and runs nothing, and says so to the browser.
    Within,
    /// At these addresses.
    At {
        /// Of [`STYLESHEET`].
        stylesheet: &'f str,
        /// Of [`ICON`].
        icon: &'f str,
        /// Of the scripts, in their order.
        scripts: &'f [&'f str],
    },
}

/// A page that can be gone to.
#[derive(Clone, Copy, Debug)]
pub struct Link<'f> {
    /// Its address.
    pub to: &'f str,
    /// Its name.
    pub text: &'f str,
    /// Whether it is the page that is shown.
    pub is_here: bool,
}

/// A page, or a part of one, as HTML.
#[must_use]
pub fn render(page: &impl Template) -> String {
    // Only a value that cannot be formatted fails, and views hold none.
    page.render().unwrap_or_default()
}
