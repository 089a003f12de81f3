//! What authors write who come from another format: its names for the fields of a question, and its ways of writing them.
//!
//! "Remove it" is no help for a field that another format calls `answer`. Here is what such names stand for, so that the
//! check says what to write, and does not also call it missing.

use crate::diagnostics::{Recognized, Value};

/// Names, as they are compared, and what is said about them.
struct Rule {
    /// Parted by blanks.
    names: &'static str,
    meant: Option<&'static str>,
    help: &'static str,
}

const fn rule(names: &'static str, meant: Option<&'static str>, help: &'static str) -> Rule {
    Rule { names, meant, help }
}

const QUESTION: &[Rule] = &[
    rule(
        "answer answers answerid answerkey correct correctanswer correctanswers correctchoice correctoption \
         correctresponse keys right rightanswer solution solutions",
        Some("key"),
        "it names the right choice by its id, as in key = \"b\"; several: key = [\"a\", \"d\"]",
    ),
    rule(
        "answerindex correctindex correctanswerindex",
        Some("key"),
        "it names the right choice by its id and not by a number, as in key = \"b\"",
    ),
    rule("body prompt question questiontext stimulus text", Some("stem"), "it is the question"),
    rule("cognitive cognitivelevel bloom bloomlevel taxonomy", Some("level"), "it is recall, application or analysis"),
    rule(
        "difficulty facility hardness pvalue",
        Some("angoff"),
        "take care: it is the share of minimally competent candidates who get the question right, as judged by a person, \
         between 0 and 1; leave it out where nobody has judged",
    ),
    rule(
        "area categories category chapter lesson objective skill subject subtopic tag tags topics unit",
        Some("topic"),
        "it names one of the domain's topics in exam.toml by its id",
    ),
    rule(
        "bibliography citation cite link ref refs url",
        Some("source"),
        "it says where a student can look it up; sheets of the reference shelf are named by `references`",
    ),
    rule(
        "reference",
        Some("references"),
        "it names sheets of the reference shelf; where a student can look it up is `source`",
    ),
    rule(
        "fixed fixedorder lockorder random randomize shuffle shuffleanswers shufflechoices",
        Some("keep_order"),
        "choices are shuffled unless it is true",
    ),
    rule(
        "identifier itemid name nr number qid questionid slug title uid uuid",
        Some("id"),
        "it is unique in the exam, and may be a number in quotes",
    ),
    rule(
        "active disabled draft enabled retired state",
        Some("status"),
        "it is operational (the default), pretest or retired",
    ),
    rule(
        "expires validfrom validuntil validity",
        Some("valid"),
        "the days on which it is drawn, as in valid = { from = 2026-10-01 }",
    ),
    rule(
        "code data report snippet table",
        Some("exhibit"),
        "it is shown under the stem as it was typed; with columns and rows it is a table",
    ),
    rule(
        "background casetext context passage scenario vignette",
        None,
        "put it at the top of `stem`; if several questions share it, into a [[case]] that they name: case = \"case-1\"",
    ),
    rule(
        "credit defaultgrade grade mark marks partialcredit penalty point points score weight",
        None,
        "remove it: every question counts the same, and is right or wrong as a whole",
    ),
    rule(
        "format itemtype kind qtype questiontype type",
        None,
        "remove it: a question has one right choice, or several with key = [\"a\", \"d\"], and there is no other type",
    ),
    rule(
        "attachment audio figure file image images img media photo picture sound video",
        None,
        "remove it: pictures and sound are not shown; what can be put into words or a table can be an `exhibit`",
    ),
    rule("duration seconds time timelimit timer", None, "remove it: the time is that of the section, in exam.toml"),
    rule(
        "author authors created date lang language modified note notes remark remarks todo updated version",
        None,
        "remove it, or keep it as a remark, which begins with #",
    ),
];

/// What `explanation` and `[item.why]` are called elsewhere.
const REASONS: &str = "comment comments explain explanations feedback generalfeedback hint hints justification \
                       rationale rationales reason reasons";

/// What `[item.choices]` is called elsewhere.
const CHOICES: &str = "alternatives answerchoices answeroptions choice distractors option options responses variants";

const CASE: &[Rule] = &[
    rule("body content passage scenario stem vignette", Some("text"), "it is what the questions share"),
    rule("name number title", Some("id"), "questions name it: case = \"case-1\""),
];

const ENTRY: &[Rule] = &[
    rule("name title", Some("heading"), "it is what the entry is called"),
    rule("header headers", Some("columns"), "it names the columns of a table"),
    rule("cells data table", Some("rows"), "each is a list of cells: rows = [[\"S10\", \"Frontal bone\"]]"),
    rule("body content description", Some("text"), "it stands above the table"),
];

const CALCULATION: &[Rule] = &[
    rule("calc equation expression", Some("formula"), "it uses the names under `values`"),
    rule("inputs parameters params variables vars", Some("values"), "as in values = { deaths = 12 }"),
    rule("digits places precision round rounding", Some("decimals"), "the result is rounded to so many"),
    rule("answer result", None, "remove it: it is computed, and looked for in the key"),
];

const VALIDITY: &[Rule] = &[
    rule("begin since start validfrom", Some("from"), "it is the first day"),
    rule("end expires through till to validuntil", Some("until"), "it is the last day"),
];

/// The top of a file: its lists.
const FILE: &[Rule] = &[
    rule("items mcq mcqs question questions quiz", Some("item"), "open each question by a line [[item]]"),
    rule("cases passage scenario scenarios vignette", Some("case"), "open each by a line [[case]]"),
];

pub(super) fn case(name: &str, _: &Value<'_>) -> Option<Recognized> {
    by_rules(name, CASE)
}

pub(super) fn entry(name: &str, _: &Value<'_>) -> Option<Recognized> {
    by_rules(name, ENTRY)
}

pub(super) fn calculation(name: &str, _: &Value<'_>) -> Option<Recognized> {
    by_rules(name, CALCULATION)
}

pub(super) fn validity(name: &str, _: &Value<'_>) -> Option<Recognized> {
    by_rules(name, VALIDITY)
}

/// A field at the top of a bank file; `fields` are those of a question, and `tables` its tables.
pub(super) fn file(name: &str, value: &Value<'_>, fields: &[&str], tables: &[&str]) -> Option<Recognized> {
    let told = |help| Some(Recognized { meant: None, help });
    if matches!(name, "exam" | "domain" | "section" | "allow" | "item" | "case") {
        return None;
    }
    let bare = bare(name);
    if tables.contains(&name) || is_one_of(&bare, CHOICES) || is_one_of(&bare, REASONS) {
        let table = if is_one_of(&bare, CHOICES) { "choices" } else { name };
        let table = if is_one_of(&bare, REASONS) { "why" } else { table };
        return told(format!(
            "write [item.{table}], which follows its [[item]]: with `item.` it belongs to that question"
        ));
    }
    if fields.contains(&name) {
        return told(format!("`{name}` belongs to a question: write it below a line [[item]]"));
    }
    by_rules(name, FILE).filter(|_| value.is_list() || value.is_table())
}

/// A field of a question; `fields` and `tables` are those that it may have.
pub(super) fn question(
    name: &str,
    value: &Value<'_>,
    fields: &[&'static str],
    tables: &[&'static str],
) -> Option<Recognized> {
    match name {
        "choices" if !value.is_table() => return Some(choices("choices", value)),
        "why" if value.as_text().is_some() => {
            let help = "for one text about the whole question write explanation = \"…\"; for one a choice write a line \
                        [item.why], and below it a = \"…\", b = \"…\"";
            return Some(Recognized { meant: Some("why"), help: help.to_owned() });
        }
        "why" if !value.is_table() => return Some(lettered("why", "why", value)),
        "explanation" if value.is_table() => {
            let help =
                "did you mean [item.why]? it has one text a choice, and `explanation` is one for the whole question";
            return Some(Recognized { meant: Some("explanation"), help: help.to_owned() });
        }
        _ if fields.contains(&name) || tables.contains(&name) => return None,
        _ => {}
    }
    let bare = bare(name);
    if let Some(meant) = fields.iter().chain(tables).copied().find(|field| self::bare(field) == bare) {
        return Some(Recognized { meant: Some(meant), help: format!("did you mean `{meant}`?") });
    }
    let many = value.is_table() || value.is_list();
    if is_one_of(&bare, CHOICES) || (bare == "answers" && many) {
        return Some(choices(name, value));
    }
    if is_one_of(&bare, REASONS) {
        let help = "did you mean `explanation`? it is one text about the whole question; a line [item.why] opens those of \
                    the choices: a = \"…\", b = \"…\"";
        let (meant, help) =
            if many { ("why", lettered(name, "why", value).help) } else { ("explanation", help.to_owned()) };
        return Some(Recognized { meant: Some(meant), help });
    }
    if bare.len() == 1 && value.as_text().is_some() {
        let help = "a choice stands below a line [item.choices], and its reason below a line [item.why]".to_owned();
        return Some(Recognized { meant: Some("choices"), help });
    }
    by_rules(name, QUESTION)
}

/// What to write where the choices have another name or another form.
fn choices(name: &str, value: &Value<'_>) -> Recognized {
    lettered(name, "choices", value)
}

/// What to write where a table of lettered texts has another name or form.
fn lettered(name: &str, meant: &'static str, value: &Value<'_>) -> Recognized {
    let texts = value.as_texts().unwrap_or_default();
    let quoted = |at: usize| texts.get(at).map_or("…".to_owned(), |text| shortened(text));
    let help = if value.is_table() && name != meant {
        format!("did you mean [item.{meant}]?")
    } else {
        format!(
            "write a line [item.{meant}] below the other lines of the question, and below it a = \"{}\", b = \"{}\" and so \
             on, each on its own line",
            quoted(0),
            quoted(1)
        )
    };
    Recognized { meant: Some(meant), help }
}

/// The beginning of a text, as it may stand between double quotes.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 24;
    let line = text.lines().next().unwrap_or("").replace('\\', "\\\\").replace('"', "\\\"");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", line[..at].trim_end_matches('\\')),
        None => line,
    }
}

fn by_rules(name: &str, rules: &[Rule]) -> Option<Recognized> {
    let bare = bare(name);
    let rule = rules.iter().find(|rule| is_one_of(&bare, rule.names))?;
    let help = match rule.meant {
        Some(meant) => format!("did you mean `{meant}`? {}", rule.help),
        None => rule.help.to_owned(),
    };
    Some(Recognized { meant: rule.meant, help })
}

fn is_one_of(name: &str, names: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// A name as it is compared: `Correct_Answer` is `correct-answer`.
fn bare(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_bare_and_stand_in_one_rule() {
        for rules in [QUESTION, CASE, ENTRY, CALCULATION, VALIDITY, FILE] {
            let names: Vec<&str> = rules.iter().flat_map(|rule| rule.names.split(' ')).collect();
            for (index, name) in names.iter().enumerate() {
                assert_eq!(bare(name), *name);
                assert!(!names[..index].contains(name), "{name} twice");
            }
        }
        assert_eq!(bare("Correct-Answer_"), "correctanswer");
    }
}
