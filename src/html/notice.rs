//! A page that says one thing: that there is no such page, that a question was already answered, that an exam is open in
//! another window.

use askama::Template;

use crate::frame::{Assets, Frame, STYLESHEET};

/// The page.
#[derive(Debug, Template)]
#[template(path = "notice.html")]
pub struct NoticePage<'p> {
    /// What is around it.
    pub frame: Frame<'p>,
    /// What happened.
    pub heading: &'p str,
    /// What it means and what to do, a paragraph each.
    pub lines: &'p [&'p str],
    /// Where to go from here.
    pub ways: &'p [Way<'p>],
}

/// A link that is offered as a button.
#[derive(Clone, Copy, Debug)]
pub struct Way<'p> {
    /// Its address.
    pub to: &'p str,
    /// What it says.
    pub text: &'p str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{Link, render};

    fn page<'p>(frame: Frame<'p>, lines: &'p [&'p str]) -> String {
        render(&NoticePage { frame, heading: "There is no such page", lines, ways: &[Way { to: "/", text: "Home" }] })
    }

    #[test]
    fn whatever_a_text_holds_is_text_on_the_page() {
        let frame = Frame { title: "</title><script>", assets: Assets::Within, links: &[] };
        let html = page(frame, &["<img src=x onerror=alert(1)> & \"quotes\""]);
        assert!(!html.contains("<img") && !html.contains("<script"), "{html}");
        assert!(html.contains("&#60;img src=x onerror=alert(1)&#62; &#38; &#34;quotes&#34;"), "{html}");
    }

    #[test]
    fn a_page_within_a_file_loads_nothing_and_a_served_one_holds_no_style() {
        let within = page(Frame { title: "Notice", assets: Assets::Within, links: &[] }, &[]);
        assert!(within.contains("default-src 'none'") && within.contains("<style>"), "{within}");
        assert!(!within.contains("<link") && !within.contains("<script") && !within.contains("<header"), "{within}");
        let assets = Assets::At { stylesheet: "/style.css", icon: "/icon.svg", scripts: &["/a.js", "/b.js"] };
        let links = [Link { to: "/history", text: "History", is_here: true }];
        let served = page(Frame { title: "Notice", assets, links: &links }, &[]);
        assert!(!served.contains("<style") && !served.contains("style="), "{served}");
        for part in [
            r#"<link rel="stylesheet" href="/style.css">"#,
            r#"<script src="/b.js" defer></script>"#,
            r#"<li><a href="/history" aria-current="page">History</a></li>"#,
        ] {
            assert!(served.contains(part), "{part} in {served}");
        }
    }
}
