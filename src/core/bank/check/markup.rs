//! Markup that is pasted from a learning platform and shown as it stands (advice): tags, entities, Markdown, LaTeX.
//!
//! Medical texts are full of the same signs (`p < 0.05`, `$5`, `CYP2D6*4`, `a_b`), so each kind is looked for in its
//! whole form and not by its first sign.

use super::Question;
use super::shown::{Layout, Role, Shown};
use super::tokens::tokens;
use crate::diagnostics::{Code, Diagnostic, codes};

codes! {
    Warning MARKUP_AS_TEXT "markup-as-text"
}

/// The first markup in a text that is shown.
pub(super) fn check(shown: &Shown<'_>) -> Option<Diagnostic> {
    let (markup, kind) = find(shown.text.value, shown.layout)?;
    let quoted = markup.lines().next().unwrap_or("");
    let message = format!("{} holds {}, which is shown as it stands: {quoted}", shown.what, kind.name());
    Some(Diagnostic::new(Code::MARKUP_AS_TEXT, message).at(shown.span_of(quoted)).help(kind.help()))
}

/// Whether a question is about such signs, and has to show them.
pub(super) fn is_subject(question: &Question<'_>) -> bool {
    const SUBJECTS: &[&str] = &[
        "html", "xhtml", "xml", "sgml", "css", "markdown", "latex", "tex", "markup", "tag", "tags", "entity",
        "wildcard", "regex",
    ];
    let stem = question.texts().filter(|(role, _)| *role == Role::Stem).map(|(_, text)| text.value);
    stem.chain(question.case_text.as_deref()).any(|text| tokens(text).iter().any(|token| token.is_one_of(SUBJECTS)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Tag,
    Entity,
    Latex,
    Markdown,
    Link,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Tag => "a tag",
            Self::Entity => "an entity of HTML",
            Self::Latex => "LaTeX",
            Self::Markdown => "Markdown",
            Self::Link => "a link",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Tag => {
                "leave it out: a blank line parts paragraphs, \"- \" begins an entry of a list, and there is no bold"
            }
            Self::Entity => "write the character itself, such as ≤, – or é",
            Self::Latex => "write it in plain characters, such as 5 × 3 ≠ 12, H₂O, 10³ or α",
            Self::Markdown => "leave the marks out: there is no bold or italic; a word can be stressed by CAPITALS",
            Self::Link => "write the words alone; an address can stand in `source`",
        }
    }
}

/// Whether a text has any of the signs that markup is made of. Most have none.
pub(super) fn has_signs(text: &str) -> bool {
    text.bytes().any(|byte| b"<&\\${[@*_~`#|".contains(&byte))
}

fn find(text: &str, layout: Layout) -> Option<(&str, Kind)> {
    if !has_signs(text) {
        return None;
    }
    let html = || tag(text, layout).map(|tag| (tag, Kind::Tag)).or_else(|| Some((entity(text)?, Kind::Entity)));
    match layout {
        // In a report or a message that is shown as it was typed, other signs are part of it.
        Layout::AsTyped => html(),
        Layout::Flowing => html()
            .or_else(|| Some((latex(text)?, Kind::Latex)))
            .or_else(|| Some((link(text)?, Kind::Link)))
            .or_else(|| Some((markdown(text)?, Kind::Markdown))),
    }
}

const TAGS: &str = "a b big blockquote br center code div em font h1 h2 h3 h4 h5 h6 hr i img li ol p pre q s small \
                    span strike strong sub sup table tbody td th thead tr u ul";

fn tag(text: &str, layout: Layout) -> Option<&str> {
    let tags = || text.match_indices('<').filter_map(|(at, _)| Some((at, tag_at(text, at)?)));
    let is_known = |name: &str| TAGS.split(' ').any(|known| known.eq_ignore_ascii_case(name));
    // What closes tags of its own is a document that is meant to be seen.
    let is_document = tags().any(|(_, (tag, name))| tag.starts_with("</") && !is_known(name)) || text.contains("<?xml");
    if layout == Layout::AsTyped && is_document {
        return None;
    }
    let has_closing = tags().any(|(_, (tag, name))| tag.starts_with("</") && is_known(name));
    tags().filter(|(_, (_, name))| is_known(name)).find_map(|(at, (tag, name))| {
        // "a<b>c" compares three numbers.
        let compares = name.len() == 1 && text[..at].ends_with(char::is_alphanumeric) && !tag.starts_with("</");
        (!compares || has_closing).then_some(tag)
    })
}

/// The tag that begins at a `<`, and its name.
fn tag_at(text: &str, at: usize) -> Option<(&str, &str)> {
    const LONGEST: usize = 300;
    let rest = head(&text[at..], LONGEST);
    let name_at = if rest.starts_with("</") { 2 } else { 1 };
    let length = rest[name_at..].find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = &rest[name_at..name_at + length];
    let end = rest.find('>')?;
    let attributes = rest.get(name_at + length..end)?.trim_end_matches('/');
    let is_tag =
        attributes.trim().is_empty() || (attributes.starts_with(char::is_whitespace) && attributes.contains('='));
    (is_tag && name.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| (&rest[..=end], name))
}

const ENTITIES: &str = "amp apos alpha asymp beta bull cent chi copy darr deg delta divide emsp ensp epsilon equiv \
                        euro frac12 frac14 frac34 gamma ge gt harr hellip infin lambda laquo larr ldquo le lsquo lt \
                        mdash micro middot minus mu nbsp ndash ne omega para phi pi plusmn pound prime psi quot \
                        radic raquo rarr rdquo reg rho rsquo sect shy sigma sim sum sup1 sup2 sup3 szlig tau theta \
                        thinsp times trade uarr yen zwj zwnj";
const ACCENTS: &str = "acute grave uml circ tilde cedil ring slash";

fn entity(text: &str) -> Option<&str> {
    text.match_indices('&').find_map(|(at, _)| {
        let rest = head(&text[at + 1..], 9);
        let name = &rest[..rest.find(';').filter(|end| *end > 1)?];
        let is_number = name.strip_prefix('#').is_some_and(|number| {
            let digits = number.trim_start_matches(['x', 'X']);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let is_name = ENTITIES.split(' ').any(|known| known.eq_ignore_ascii_case(name));
        let is_letter = name.get(1..).is_some_and(|accent| ACCENTS.split(' ').any(|known| known == accent));
        (is_number || is_name || is_letter).then(|| &text[at..at + name.len() + 2])
    })
}

fn latex(text: &str) -> Option<&str> {
    const LONGEST: usize = 100;
    if let Some(formula) = between(text, "\\(", "\\)").or_else(|| between(text, "\\[", "\\]")) {
        return Some(formula);
    }
    let command = text.match_indices('\\').find_map(|(at, _)| {
        let run = tail(&text[..at], LONGEST).rsplit(char::is_whitespace).next().unwrap_or("");
        let is_path = run.contains(':') || run.contains('\\') || text[at + 1..].starts_with('\\');
        let rest = &text[at + 1..];
        let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let is_command = length > 1 && rest[length..].starts_with('{');
        let escapes = length == 0 && rest.starts_with(['%', '$', '&', '#', '_', '*']);
        (!is_path && (is_command || escapes)).then(|| &text[at..at + 1 + length.max(1)])
    });
    command.or_else(|| math(text)).or_else(|| script(text))
}

/// A formula between dollar signs, which are no prices.
fn math(text: &str) -> Option<&str> {
    const LONGEST: usize = 80;
    let signs: Vec<usize> = text.match_indices('$').map(|(at, _)| at).collect();
    signs.windows(2).find_map(|pair| {
        let inner = &text[pair[0] + 1..pair[1]];
        let outside = !text[..pair[0]].ends_with(|c: char| c.is_alphanumeric() || c == '\\')
            && !text[pair[1] + 1..].starts_with(char::is_alphanumeric);
        let whole = !inner.is_empty() && inner.trim() == inner && inner.len() <= LONGEST && !inner.contains('\n');
        let is_name = inner.len() <= 2 && inner.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_formula = inner.contains(['^', '{', '\\'])
            || (!inner.starts_with(|c: char| c.is_ascii_digit()) && inner.contains(['_', '=']));
        (outside && whole && (is_name || is_formula)).then(|| &text[pair[0]..=pair[1]])
    })
}

/// `x^{2}` and `H_{2}O`.
fn script(text: &str) -> Option<&str> {
    ["^{", "_{"].iter().find_map(|open| {
        let at = text.find(open)?;
        let end = text[at..].find('}')?;
        Some(&text[at..=at + end])
    })
}

fn link(text: &str) -> Option<&str> {
    const LONGEST: usize = 300;
    let markdown = text.match_indices("](").find_map(|(at, _)| {
        let words = tail(&text[..at], LONGEST);
        let open = at - (words.len() - words.rfind('[')?);
        let target = &text[at + 2..at + 2 + head(&text[at + 2..], LONGEST).find(')')?];
        let is_target = !target.contains(char::is_whitespace) && target.contains(['.', '/', '#', ':']);
        let open = open - usize::from(text[..open].ends_with('!'));
        is_target.then(|| &text[open..at + 3 + target.len()])
    });
    markdown.or_else(|| text.find("@@PLUGINFILE@@").map(|at| &text[at..at + 14]))
}

fn markdown(text: &str) -> Option<&str> {
    let closing = ["[/b]", "[/i]", "[/u]", "[/s]", "[/url]", "[/img]", "[/code]", "[/quote]", "[/sub]", "[/sup]"];
    ["**", "__", "~~", "*", "_"]
        .iter()
        .find_map(|mark| emphasis(text, mark))
        .or_else(|| between(text, "```", "```"))
        .or_else(|| code(text))
        .or_else(|| text.lines().find(|line| is_heading(line) || is_rule_of_table(line)))
        .or_else(|| closing.iter().find_map(|tag| Some(&text[text.find(tag)?..][..tag.len()])))
}

/// Words between two marks, as a Markdown reader would take them: `*word*`, and not `2 * 3 * 4` or `a_b_c`.
fn emphasis<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    const LONGEST: usize = 120;
    text.match_indices(mark).find_map(|(at, _)| {
        let inner = &text[at + mark.len()..];
        let opens = !text[..at].ends_with(|c: char| c.is_alphanumeric() || mark.contains(c))
            && inner.starts_with(|c: char| c.is_alphanumeric());
        let end = inner.find(mark).filter(|end| opens && (1..=LONGEST).contains(end))?;
        let (words, behind) = (&inner[..end], &inner[end + mark.len()..]);
        let closes = !words.ends_with(char::is_whitespace)
            && !behind.starts_with(|c: char| c.is_alphanumeric() || mark.contains(c))
            && words.contains(char::is_alphabetic)
            && !words.contains('\n');
        // One star before a number and one after another are notes.
        let is_word = mark.len() > 1 || words.starts_with(char::is_alphabetic);
        (closes && is_word).then(|| &text[at..at + end + 2 * mark.len()])
    })
}

fn code(text: &str) -> Option<&str> {
    let found = between(text, "`", "`")?;
    let inner = found.trim_matches('`');
    (!inner.is_empty() && inner.trim() == inner && !inner.contains('\n')).then_some(found)
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (2..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
}

/// `|---|:--|`
fn is_rule_of_table(line: &str) -> bool {
    line.contains("---") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The first bytes of a text: so that what begins nothing costs no more, however long the text is.
fn head(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// The last bytes of a text.
fn tail(text: &str, length: usize) -> &str {
    let start = (text.len().saturating_sub(length)..text.len()).find(|start| text.is_char_boundary(*start));
    &text[start.unwrap_or(text.len())..]
}

/// The first stretch from one mark to another.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let at = text.find(open)?;
    let end = text[at + open.len()..].find(close)?;
    Some(&text[at..at + open.len() + end + close.len()])
}

#[cfg(test)]
mod tests {
    use super::{Kind, Layout, find};

    fn kind(text: &str) -> Option<Kind> {
        find(text, Layout::Flowing).map(|(_, kind)| kind)
    }

    #[test]
    fn markup_of_each_kind_is_found() {
        for (text, wanted) in [
            ("<p>Which value?</p>", Kind::Tag),
            ("not <b>normal</b>", Kind::Tag),
            ("one<br>two", Kind::Tag),
            ("one<br/>two", Kind::Tag),
            ("CO<sub>2</sub>", Kind::Tag),
            ("x<i>y</i>", Kind::Tag),
            ("<IMG SRC=\"scan.png\">", Kind::Tag),
            ("<span style=\"color: red\">red", Kind::Tag),
            ("</ul>", Kind::Tag),
            ("Which&nbsp;value", Kind::Entity),
            ("&lt; 5 and &GT; 3", Kind::Entity),
            ("caf&eacute; and &Uuml;ber", Kind::Entity),
            ("&#8804; 3", Kind::Entity),
            ("&#x2264; 3", Kind::Entity),
            ("$x^2$ is", Kind::Latex),
            ("is $x$ more", Kind::Latex),
            ("$\\frac{1}{2}$", Kind::Latex),
            ("$n = 5$", Kind::Latex),
            ("\\(x\\) is", Kind::Latex),
            ("\\textbf{not}", Kind::Latex),
            ("95\\% of them", Kind::Latex),
            ("H_{2}O and x^{2}", Kind::Latex),
            ("Which is **not** normal?", Kind::Markdown),
            ("Which is __not__ normal?", Kind::Markdown),
            ("Which is *not* normal?", Kind::Markdown),
            ("(*E. coli*)", Kind::Markdown),
            ("the _best_ answer", Kind::Markdown),
            ("`SELECT` is", Kind::Markdown),
            ("```sql\nSELECT 1\n```", Kind::Markdown),
            ("## Findings\n\nNone", Kind::Markdown),
            ("| a | b |\n|---|---|\n| 1 | 2 |", Kind::Markdown),
            ("[b]not[/b]", Kind::Markdown),
            ("see [the page](https://example.org)", Kind::Link),
            ("![scan](scan.png)", Kind::Link),
        ] {
            assert_eq!(kind(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn signs_of_medicine_money_and_arithmetic_are_no_markup() {
        for text in [
            "<5 mg",
            "p < 0.05 and > 3",
            "a<b>c",
            "x <b and y> 3",
            "if a < b and c > d",
            "<name> and <dob>",
            "a_b and a_b_c",
            "snake_case_name",
            "_____ is the answer",
            "The ____ of the __",
            "$5 and $10",
            "$5-$10, US$5 or $1,000.00",
            "$1.2 million of $3 million",
            "costs $a$b",
            "R&D; AT&T; Q&A; M&Ms;",
            "Smith & Jones; Brown",
            "2 * 3 * 4",
            "2*3*4",
            "2**3**4",
            "CYP2D6*4 and *5",
            "*1/*2 and *A/*B",
            "HLA-B*57:01",
            "Albumin* and globulin* are higher",
            "*P < .05, **P < .01",
            "#1 and # of records",
            "# of records",
            "10^3 and H_2O",
            "a [1] (see b)",
            "[sic] (that is)",
            "f[i](x)",
            "'quoted' \"text\"",
            "the patient`s",
            "C:\\new\\text and \\\\server\\to",
            "- one\n- two",
            "5' 3\" and ~ 20",
            "I–III; § 164.524(b)(2)",
            "x ^ y {z}",
            "\\neq and \\times are signs",
        ] {
            assert_eq!(find(text, Layout::Flowing), None, "{text}");
        }
    }

    #[test]
    fn a_message_that_is_shown_as_it_was_typed_may_have_tags_of_its_own() {
        let message = "<?xml version=\"1.0\"?>\n<patient><b>x</b></patient>";
        assert_eq!(find(message, Layout::AsTyped), None);
        assert_eq!(find("<patient><table>x</table></patient>", Layout::AsTyped), None);
        assert!(find("Day 1<br>Day 2", Layout::AsTyped).is_some());
        assert_eq!(find("a  *b*  `c`  $d$", Layout::AsTyped), None);
    }
}
