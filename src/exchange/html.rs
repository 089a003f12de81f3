//! HTML to plain text, and back. Learning systems keep every text as HTML; a bank has paragraphs, lists and tables, and no
//! bold, links or pictures, so what is lost is told.
//!
//! Nothing here trusts the HTML: tags may be open, wrong or nested without end, and unknown ones are left out.

use std::mem;

use quick_xml::escape::resolve_html5_entity;

use crate::raw::Rich;
use examroom_core::bank::{Exhibit, Table};

/// A text that may be HTML: it is taken for HTML only where it has tags or entities that nothing else has.
pub(crate) fn maybe_html(text: &str) -> Rich {
    if looks_like_html(text) { from_html(text) } else { text.into() }
}

/// Tags that no plain text has by accident.
const SURE: &[&str] = &[
    "<br",
    "</p>",
    "</b>",
    "</i>",
    "</u>",
    "</em>",
    "</strong>",
    "</div>",
    "</span>",
    "</li>",
    "</ul>",
    "</ol>",
    "</sub>",
    "</sup>",
    "</table>",
    "</a>",
    "</h1>",
    "</h2>",
    "</h3>",
    "</h4>",
    "</code>",
    "</pre>",
    "</font>",
    "<img ",
    "&nbsp;",
    "&lt;",
    "&gt;",
    "&amp;",
    "&quot;",
    "&#",
];

pub(crate) fn looks_like_html(text: &str) -> bool {
    if !text.contains(['<', '&']) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    SURE.iter().any(|sure| lower.contains(sure))
}

/// The plain text of HTML.
pub(crate) fn from_html(html: &str) -> Rich {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        reader.text(&rest[..open]);
        rest = &rest[open..];
        if let Some((tag, length)) = Tag::parse(rest) {
            rest = &rest[length..];
            if tag.is_raw() && !tag.closes {
                rest = behind_closing(rest, &tag.name);
            }
            reader.tag(&tag);
        } else {
            reader.text("<");
            rest = &rest[1..];
        }
    }
    reader.text(rest);
    reader.finish()
}

struct Tag<'h> {
    name: String,
    attributes: &'h str,
    closes: bool,
}

impl<'h> Tag<'h> {
    /// The tag or comment that a text begins with, and its length.
    fn parse(text: &'h str) -> Option<(Self, usize)> {
        let ignored = |length| Some((Self { name: String::new(), attributes: "", closes: false }, length));
        if let Some(comment) = text.strip_prefix("<!--") {
            return ignored(comment.find("-->").map_or(text.len(), |end| end + 7));
        }
        if text.starts_with("<!") || text.starts_with("<?") {
            return ignored(text.find('>').map_or(text.len(), |end| end + 1));
        }
        let closes = text.starts_with("</");
        let inner = &text[1 + usize::from(closes)..];
        let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != ':' && c != '-').unwrap_or(inner.len());
        let name = inner[..name_end].to_ascii_lowercase();
        let end = end_of_tag(&inner[name_end..])?;
        let attributes = &inner[name_end..name_end + end];
        let fits = attributes.is_empty() || attributes.starts_with([' ', '\t', '\n', '/']);
        (name.starts_with(|c: char| c.is_ascii_alphabetic()) && fits)
            .then(|| (Self { name, attributes, closes }, text.len() - inner.len() + name_end + end + 1))
    }

    /// Whether its content is no text.
    fn is_raw(&self) -> bool {
        matches!(self.name.as_str(), "script" | "style" | "head" | "title" | "noscript" | "template")
    }

    fn attribute(&self, name: &str) -> Option<&'h str> {
        let at = self.attributes.find(&format!("{name}="))?;
        let value = &self.attributes[at + name.len() + 1..];
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value[1..].split(quote).next()
    }
}

/// Where a tag ends: at the first `>` that does not stand in quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    const LONGEST: usize = 100_000;
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.find('>').filter(|end| *end < LONGEST)
}

fn behind_closing<'h>(text: &'h str, name: &str) -> &'h str {
    let closing = format!("</{name}");
    let at = text.to_ascii_lowercase().find(&closing).unwrap_or(text.len());
    &text[at..]
}

/// Where the text goes.
#[derive(Default)]
struct Reader {
    rich: Rich,
    /// Line ends that stand before the next text.
    breaks: usize,
    /// A blank that stands before the next text.
    blank: bool,
    /// The lists that are open: the number of the next entry, 0 for none.
    lists: Vec<usize>,
    /// What is collected for itself: the content of `sup`, `sub`, `pre` or a cell.
    inner: Vec<(Inner, String)>,
    tables: Vec<Vec<Vec<String>>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inner {
    Raised,
    Lowered,
    Listing,
}

impl Reader {
    fn text(&mut self, text: &str) {
        let text = entities(text);
        if let Some((kind, inner)) = self.inner.last_mut() {
            if *kind == Inner::Listing {
                inner.push_str(&text);
            } else {
                inner.push_str(text.trim_matches(is_blank));
            }
            return;
        }
        for (index, word) in text.split(is_blank).enumerate() {
            self.blank |= index > 0;
            if !word.is_empty() {
                self.word(word);
            }
        }
    }

    fn word(&mut self, word: &str) {
        let blank = mem::take(&mut self.blank);
        let breaks = mem::take(&mut self.breaks);
        let text = self.target();
        if !text.is_empty() {
            if breaks > 0 {
                text.extend(std::iter::repeat_n('\n', breaks));
            } else if blank && !text.ends_with(['\n', ' ']) {
                text.push(' ');
            }
        }
        text.push_str(word);
    }

    /// The cell that is open, or else the text.
    fn target(&mut self) -> &mut String {
        match self.tables.last_mut().and_then(|rows| rows.last_mut()).and_then(|row| row.last_mut()) {
            Some(cell) => cell,
            None => &mut self.rich.text,
        }
    }

    fn break_lines(&mut self, count: usize) {
        self.breaks = self.breaks.max(count);
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match tag.name.as_str() {
            "br" => self.breaks = (self.breaks + 1).min(2),
            "p" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "section" | "article" | "hr" => {
                self.break_lines(2);
            }
            "div" | "dt" | "dd" | "summary" | "details" | "figure" | "figcaption" | "caption" => self.break_lines(1),
            "ul" | "ol" => self.list(tag),
            "li" => self.entry(tag),
            "sup" => self.raised(tag, Inner::Raised),
            "sub" => self.raised(tag, Inner::Lowered),
            "pre" => self.listing(tag),
            "b" | "strong" | "i" | "em" | "u" | "s" | "strike" | "del" | "mark" => self.rich.lost.emphasis = true,
            "img" if self.formula(tag) => self.rich.lost.formulas = true,
            "img" | "svg" | "canvas" | "picture" => self.rich.lost.pictures = true,
            "audio" | "video" | "object" | "embed" | "iframe" => self.rich.lost.sound = true,
            "a" => self.rich.lost.links |= tag.attribute("href").is_some_and(|href| !href.starts_with('#')),
            "table" | "tr" | "td" | "th" => self.table(tag),
            _ => {}
        }
    }

    /// Writes the formula that an image shows, as Canvas sets them.
    fn formula(&mut self, tag: &Tag<'_>) -> bool {
        if !tag.attribute("class").is_some_and(|class| class.contains("equation_image")) {
            return false;
        }
        let latex = ["data-equation-content", "title", "alt"].into_iter().find_map(|name| tag.attribute(name));
        let Some(latex) = latex.map(|latex| entities(latex.trim_start_matches("LaTeX:").trim())) else { return false };
        self.word(&format!("\\({latex}\\)"));
        true
    }

    fn list(&mut self, tag: &Tag<'_>) {
        const DEEPEST: usize = 10;
        self.break_lines(1);
        if tag.closes {
            self.lists.pop();
        } else if self.lists.len() < DEEPEST {
            self.lists.push(usize::from(tag.name == "ol"));
        }
    }

    fn entry(&mut self, tag: &Tag<'_>) {
        self.break_lines(1);
        if tag.closes {
            return;
        }
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        let mark = match self.lists.last_mut() {
            None | Some(0) => "-".to_owned(),
            Some(number) => {
                *number += 1;
                format!("{}.", *number - 1)
            }
        };
        self.word(&format!("{indent}{mark}"));
        self.blank = true;
    }

    fn raised(&mut self, tag: &Tag<'_>, kind: Inner) {
        if !tag.closes {
            if !self.inner.iter().any(|(open, _)| *open == Inner::Listing) {
                self.inner.push((kind, String::new()));
            }
            return;
        }
        if let Some((_, inner)) = self.inner.pop_if(|(open, _)| *open == kind).filter(|(_, inner)| !inner.is_empty()) {
            let text = shifted(&inner, kind);
            match self.inner.last_mut() {
                Some((_, outer)) => outer.push_str(&text),
                None => self.word(&text),
            }
        }
    }

    fn listing(&mut self, tag: &Tag<'_>) {
        if !tag.closes {
            if self.inner.is_empty() {
                self.inner.push((Inner::Listing, String::new()));
            }
            return;
        }
        if let Some((_, listing)) = self.inner.pop_if(|(open, _)| *open == Inner::Listing) {
            self.break_lines(2);
            self.rich.listings.push(listing);
        }
    }

    fn table(&mut self, tag: &Tag<'_>) {
        match (tag.name.as_str(), tag.closes) {
            ("table", false) => {
                // A table within another becomes text of its cell.
                if self.tables.is_empty() {
                    self.tables.push(Vec::new());
                }
                self.blank = false;
            }
            ("table", true) => self.close_table(),
            ("tr", false) => {
                if let Some(rows) = self.tables.last_mut() {
                    rows.push(Vec::new());
                }
            }
            ("td" | "th", false) => {
                self.breaks = 0;
                self.blank = false;
                if let Some(row) = self.tables.last_mut().and_then(|rows| rows.last_mut()) {
                    row.push(String::new());
                }
            }
            _ => {
                self.blank = true;
                self.breaks = 0;
            }
        }
    }

    fn close_table(&mut self) {
        let Some(mut rows) = self.tables.pop() else { return };
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        self.break_lines(2);
        if columns < 2 || rows.len() < 2 {
            // It only lays out a text.
            for cell in rows.into_iter().flatten().filter(|cell| !cell.is_empty()) {
                self.break_lines(1);
                self.word(&cell);
            }
            self.break_lines(2);
            return;
        }
        let mut rows = rows.into_iter().map(|mut row| {
            row.resize(columns, String::new());
            row
        });
        let head = rows.next().unwrap_or_default();
        self.rich.tables.push(Table { columns: head, rows: rows.collect() });
    }

    fn finish(mut self) -> Rich {
        while let Some((_, inner)) = self.inner.pop() {
            self.word(&inner);
        }
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.rich
    }
}

fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace()
}

/// What stands for the superscript or subscript: ² for 2, and plain letters, as in 1st.
fn shifted(text: &str, kind: Inner) -> String {
    const PLAIN: &str = "0123456789+-=()n\u{2212}";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ⁻";
    const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ₋";
    let signs = if kind == Inner::Raised { RAISED } else { LOWERED };
    let sign = |c: char| PLAIN.chars().position(|plain| plain == c).and_then(|at| signs.chars().nth(at));
    if let Some(shifted) = text.chars().map(sign).collect::<Option<String>>() {
        return shifted;
    }
    let is_word = text.chars().all(char::is_alphabetic);
    match kind {
        _ if is_word => text.to_owned(),
        Inner::Raised => format!("^{text}"),
        _ => format!("_{text}"),
    }
}

/// A text with its entities replaced by their characters; what is no entity stays.
pub(crate) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        result.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let known = behind.find(';').filter(|end| *end <= 32).and_then(|end| Some((entity(&behind[..end])?, end)));
        if let Some((characters, end)) = known {
            result.push_str(&characters);
            rest = &behind[end + 1..];
        } else {
            result.push('&');
            rest = behind;
        }
    }
    result.push_str(rest);
    result
}

fn entity(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else { return resolve_html5_entity(name).map(str::to_owned) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0').map(String::from)
}

/// A plain text as HTML that shows it: paragraphs, line breaks and blanks stay.
pub(crate) fn to_html(text: &str) -> String {
    let paragraph = |paragraph: &str| {
        let lines: Vec<String> = paragraph.split('\n').map(|line| blanks_kept(&escaped(line))).collect();
        format!("<p>{}</p>", lines.join("<br>"))
    };
    text.split("\n\n").map(paragraph).collect()
}

/// A text of one line as HTML, without a paragraph around it where it needs none.
pub(crate) fn to_inline_html(text: &str) -> String {
    if text.contains("\n\n") { to_html(text) } else { blanks_kept(&escaped(text)).replace('\n', "<br>") }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Blanks that HTML would draw together, as blanks that it does not.
fn blanks_kept(line: &str) -> String {
    let kept = line.replace("  ", " &nbsp;");
    match kept.strip_prefix(' ') {
        Some(rest) => format!("&nbsp;{rest}"),
        None => kept,
    }
}

/// What stands under a stem, as HTML.
pub(crate) fn exhibit(exhibit: &Exhibit) -> String {
    match exhibit {
        Exhibit::Text(text) => format!("<pre>{}</pre>", escaped(text)),
        Exhibit::Table(rows) => table(rows),
    }
}

fn table(table: &Table) -> String {
    let row = |cells: &[String], tag: &str| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", to_inline_html(cell))).collect();
        format!("<tr>{}</tr>", cells.concat())
    };
    let rows: Vec<String> = table.rows.iter().map(|cells| row(cells, "td")).collect();
    format!("<table>{}{}</table>", row(&table.columns, "th"), rows.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::raw::Lost;

    fn text(html: &str) -> String {
        from_html(html).text
    }

    #[test]
    fn tags_become_paragraphs_lists_and_signs() {
        for (html, wanted) in [
            ("<p>Which   value\n is it?</p>", "Which value is it?"),
            ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
            ("one<br>two<br/>three", "one\ntwo\nthree"),
            ("It shows:<ul><li>one</li><li>two</li></ul>Why?", "It shows:\n- one\n- two\nWhy?"),
            ("<ol><li>one<li>two</ol>", "1. one\n2. two"),
            ("H<sub>2</sub>O, 10<sup>-3</sup>, 1<sup>st</sup>, x<sup>a b</sup>", "H₂O, 10⁻³, 1st, x^a b"),
            ("5 &lt; 6 &amp;&nbsp;caf&eacute; &#8804; &#x2264; &unknown; & so", "5 < 6 &\u{a0}café ≤ ≤ &unknown; & so"),
            ("a < b and c > d <3", "a < b and c > d <3"),
            ("<style>p { }</style>x<!-- no -->y<script>z</script>", "xy"),
            ("<b>not</b> normal", "not normal"),
            ("un<b>do</b>", "undo"),
        ] {
            assert_eq!(text(html), wanted, "{html}");
        }
    }

    #[test]
    fn what_is_lost_is_known() {
        let rich = from_html("<p><b>x</b><img src='a>b.png'><a href=\"https://x\">y</a></p>");
        assert_eq!(rich.lost, Lost { pictures: true, emphasis: true, links: true, sound: false, formulas: false });
        assert_eq!(rich.text, "xy");
        let rich = from_html("See:<table><tr><th>Part</th><th>Bones</th></tr><tr><td>Skull<td>22</table>Why?");
        assert_eq!(rich.text, "See:\n\nWhy?");
        assert_eq!(rich.tables[0].columns, ["Part", "Bones"]);
        assert_eq!(rich.tables[0].rows, [["Skull", "22"]]);
        let rich = from_html("Read:<pre>a = 1\n  b = 2</pre>");
        assert_eq!((rich.text.as_str(), &rich.listings[..]), ("Read:", &["a = 1\n  b = 2".to_owned()][..]));
    }

    #[test]
    fn only_what_is_html_for_sure_is_read_as_such() {
        for text in ["a < b", "p < 0.05 & so", "<name> and <dob>", "R&D; AT&T"] {
            assert_eq!(maybe_html(text).text, text);
        }
    }

    proptest! {
        #[test]
        fn a_text_is_shown_by_its_html(words in proptest::collection::vec("([a-z<>&;\"']|  |\\PC){1,8}", 1..6)) {
            let lines: Vec<String> = words.iter().map(|word| word.trim().replace('\u{a0}', "")).filter(|word| !word.is_empty()).collect();
            for between in ["\n", "\n\n"] {
                let text = lines.join(between);
                let found = from_html(&to_html(&text)).text.replace('\u{a0}', " ");
                prop_assert_eq!(found, text.replace('\u{a0}', " "));
            }
        }

        #[test]
        fn no_html_is_too_strange(html in "(<[a-z/!-]{0,4}|>|<table>|<tr>|<td>|</table>|<pre>|</pre>|<sup>|</sup>|&|;|[a-z\" ]){0,30}") {
            let _ = from_html(&html);
        }
    }
}
