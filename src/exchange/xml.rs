//! XML as a small tree. Nothing in it is expanded but characters: a document that declares entities of its own is refused,
//! and so is one that nests without end.

use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::Unreadable;
use crate::format::Format;
use crate::html::entities;

/// Deeper than any question is nested.
const DEEPEST: usize = 100;

/// A named part of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    /// Without the prefix of its namespace, in small letters.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub nodes: Vec<Node>,
    /// The line that it begins in.
    pub line: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An attribute; empty where there is none.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    /// Whether an attribute says no, as QTI writes it in one version or the other.
    pub(crate) fn says_no(&self, attribute: &str) -> bool {
        matches!(self.attribute(attribute).to_ascii_lowercase().as_str(), "no" | "false")
    }

    pub(crate) fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children().filter(move |child| child.name == name)
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    /// What a path of names leads to.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Every element of a name, however deep, in the order of the document.
    pub(crate) fn find_all<'e>(&'e self, name: &str) -> Vec<&'e Self> {
        let mut found = Vec::new();
        self.add_all(name, &mut found);
        found
    }

    fn add_all<'e>(&'e self, name: &str, found: &mut Vec<&'e Self>) {
        if self.name == name {
            found.push(self);
        }
        self.children().for_each(|child| child.add_all(name, found));
    }

    /// The first of them.
    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        if self.name == name { Some(self) } else { self.children().find_map(|child| child.find(name)) }
    }

    /// All text in it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => element.add_text(text),
            }
        }
    }

    /// Its content as HTML: tags within it and text, which is escaped.
    pub(crate) fn inner_html(&self) -> String {
        let mut html = String::new();
        self.add_html(&mut html);
        html
    }

    fn add_html(&self, html: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => {
                    html.push_str(&text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
                }
                Node::Element(element) => {
                    html.push('<');
                    html.push_str(&element.name);
                    for (name, value) in &element.attributes {
                        let _ = write!(html, " {name}=\"{}\"", value.replace('"', "&quot;"));
                    }
                    html.push('>');
                    element.add_html(html);
                    let _ = write!(html, "</{}>", element.name);
                }
            }
        }
    }
}

/// Whether a value is a number above 0.
pub(crate) fn is_positive(value: &str) -> bool {
    value.trim().parse::<f64>().is_ok_and(|value| value > 0.0)
}

/// Reads a document.
///
/// # Errors
/// When it is not well formed, or declares entities, or nests without end.
pub(crate) fn parse(text: &str, format: Format) -> Result<Element, Unreadable> {
    each(text, format, &[], |_, _| {})
}

/// Reads a document part by part: each element of some names is given away as soon as it ends, with those that it stands
/// in, and is no part of the tree. So a document of 10,000 questions never stands in memory as a whole.
///
/// # Errors
/// As [`parse`], also after elements were given.
pub(crate) fn each(
    text: &str,
    format: Format,
    names: &[&str],
    mut give: impl FnMut(&Element, &[Element]),
) -> Result<Element, Unreadable> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_unmatched_ends = false;
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let begins = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        let line = lines.of(begins);
        let event = event.map_err(|error| {
            let line = lines.of(usize::try_from(reader.error_position()).unwrap_or(usize::MAX));
            Unreadable::Malformed { format, why: format!("line {line}: {error}") }
        })?;
        let Some(top) = open.last_mut() else { break };
        match event {
            Event::Start(start) => {
                let element = opened(&start, line);
                if open.len() > DEEPEST {
                    return Err(Unreadable::Hostile(format!("in line {line} it nests more than {DEEPEST} parts")));
                }
                open.push(element);
            }
            Event::End(_) => {
                let Some(element) = open.pop() else { break };
                if names.contains(&element.name.as_str()) {
                    give(&element, &open);
                } else if let Some(parent) = open.last_mut() {
                    parent.nodes.push(Node::Element(element));
                }
            }
            Event::Text(part) => push_text(top, &part),
            Event::GeneralRef(name) => push_text(top, &entities(&format!("&{};", &*name))),
            Event::CData(part) => push_text(top, &part),
            Event::DocType(declared) if declared.contains('[') || declared.to_ascii_uppercase().contains("ENTITY") => {
                return Err(Unreadable::Hostile(format!("in line {line} it declares entities of its own")));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if open.len() > 1 {
        let last = open.last().map_or("", |element| element.name.as_str()).to_owned();
        return Err(Unreadable::Malformed { format, why: format!("it ends before <{last}> is closed") });
    }
    Ok(open.pop().unwrap_or_default())
}

fn push_text(element: &mut Element, text: &str) {
    match element.nodes.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => element.nodes.push(Node::Text(text.to_owned())),
    }
}

fn opened(start: &BytesStart<'_>, line: usize) -> Element {
    // As a browser reads them: some writers leave out the quotes.
    let mut attributes = start.html_attributes();
    let attributes = attributes.with_checks(false).flatten();
    let attributes = attributes.map(|attribute| (local(attribute.key.into_inner()), entities(&attribute.value)));
    Element { name: local(start.name().into_inner()), attributes: attributes.collect(), nodes: Vec::new(), line }
}

/// A name without the prefix of its namespace.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// Counts lines on the way through a text.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if at > self.at {
            self.line += self.text.get(self.at..at).map_or(0, |passed| passed.matches('\n').count());
            self.at = at;
        }
        self.line
    }
}

/// A text for between tags or in an attribute, without the characters that XML cannot hold.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_a_tree_with_lines() {
        let text = "<?xml version=\"1.0\"?>\n<quiz>\n<question type=multichoice a='&lt;'>\n<text><![CDATA[<p>x &amp; y</p>]]></text> &amp;&#65;\n</question></quiz>";
        let root = parse(text, Format::MoodleXml).unwrap();
        let question = root.find("question").unwrap();
        assert_eq!((question.line, question.attribute("type"), question.attribute("a")), (3, "multichoice", "<"));
        assert_eq!(question.child("text").unwrap().text(), "<p>x &amp; y</p>");
        assert!(question.text().ends_with(" &A\n"));
    }

    #[test]
    fn what_is_made_to_do_harm_is_refused() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        assert!(matches!(parse(bomb, Format::MoodleXml), Err(Unreadable::Hostile(_))));
        let deep = "<a>".repeat(100_000);
        assert!(matches!(parse(&deep, Format::MoodleXml), Err(Unreadable::Hostile(_))));
        for broken in ["<a><b></a>", "<a>", "<a", "</a>"] {
            assert!(matches!(parse(broken, Format::MoodleXml), Err(Unreadable::Malformed { .. })), "{broken}");
        }
    }
}
