//! What an instructor is asked who writes a question.

use crate::exchange::{Field, NewQuestion};
use examroom_core::diagnostics::{Diagnostic, Severity};

/// What is said before the first prompt.
pub const OPENING: &str = "An answer of one line ends with Enter, one of several lines with an empty line. A line with only < \
                           asks the one before again. Nothing is written before the last answer: Ctrl-C leaves everything as \
                           it is.";

/// What a field is for, what there is to choose from, and whether it may stay empty.
#[must_use]
pub fn prompt(question: &NewQuestion<'_>, field: Field) -> String {
    let options = question.options(field);
    let listed: String = (1..).zip(&options).map(|(number, option)| listed(number, option)).collect();
    match field {
        Field::Stem => "Stem: what is asked. Several lines; an empty line ends it.".to_owned(),
        Field::Choices => "Choices: one a line, two or more; an empty line ends them. Their letters are A, B and so on; in a \
                           sitting they are shuffled."
            .to_owned(),
        Field::Key => "Key: the letter of the right choice, or of several, such as B or A, D.".to_owned(),
        Field::Level => format!("Level: what it takes to answer, by number or word. May stay empty: recall.{listed}"),
        Field::Domain => format!("Domain: the part of the exam that it belongs to, by number or id.{listed}"),
        Field::Section => format!("Section: where in the exam it may stand, by number or id.{listed}"),
        Field::Topic => format!("Topic: its subject within the domain, by number or id.{listed}"),
        Field::Explanation => "Explanation: why the key is right and the others are wrong, for after the answer. A choice is \
                               called by its letter (B), which follows it when the choices are shuffled. Several lines; an \
                               empty line ends it. May stay empty."
            .to_owned(),
        Field::Source => "Source: where the answer can be looked up. May stay empty.".to_owned(),
        Field::Rating => "Rating: how many of 100 candidates who are just good enough answer it right, such as 65; several \
                          raters: 60 65 70. May stay empty."
            .to_owned(),
    }
}

/// What is wrong with an answer, and what to do about it at the prompt, where nobody writes the lines of a bank file.
#[must_use]
pub fn finding_and_help(question: &NewQuestion<'_>, field: Field, finding: &Diagnostic) -> (String, String) {
    let message = finding.message.clone();
    match (finding.severity(), field) {
        (Severity::Error, Field::Stem) => (message, "type what is asked".to_owned()),
        (Severity::Error, Field::Key) => {
            let to = question.last_letter().map_or_else(String::new, |last| format!(", A to {last}"));
            (message, format!("type the letter of the right choice{to}; to change the choices, type <"))
        }
        (Severity::Error, Field::Rating) => (
            "this is no rating: a rating is a number from 0 to 100".to_owned(),
            "type one, such as 65, or one for each rater, such as 60 65 70; an empty line leaves it out".to_owned(),
        ),
        _ => (message, finding.help.clone()),
    }
}

/// `  2  coding, Coding and billing`, on a line of its own.
fn listed(number: usize, (id, name): &(String, String)) -> String {
    let said = match id.as_str() {
        "recall" if name.is_empty() => ": one remembered fact",
        "application" if name.is_empty() => ": a rule applied to facts, a sum, or a look-up",
        "analysis" if name.is_empty() => ": several facts weighed against each other",
        _ => "",
    };
    let name = if name.is_empty() { String::new() } else { format!(", {name}") };
    format!("\n  {number}  {id}{name}{said}")
}
