//! Blackboard's text for upload: a question a line, its parts between tabs, the type first.

use crate::draft::Place;
use crate::html::maybe_html;
use crate::raw::{Raw, RawChoice};
use crate::reading::Reading;

/// Whether a line begins as a question of this format does.
pub(crate) fn is_line(line: &str) -> bool {
    line.split_once('\t').is_some_and(|(kind, _)| matches!(kind, "MC" | "MA" | "TF") || why_not(kind).is_some())
}

/// Why a type has no form here.
fn why_not(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "ESS" | "SR" => "its answer is written",
        "FIB" | "FIB_PLUS" | "FIL" => "its answer is typed",
        "NUM" => "its answer is a number to type",
        "MAT" => "it asks to match pairs",
        "ORD" => "it asks for an order",
        "JUMBLED_SENTENCE" | "QUIZ_BOWL" => "its answer is put together by the student",
        "OP" => "it asks for an opinion",
        _ => return None,
    })
}

/// Reads a text.
pub(crate) fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut cells = line.split('\t').map(str::trim);
        let (kind, stem) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        let place = Place::Line(index + 1);
        let rest: Vec<&str> = cells.collect();
        let mut raw = Raw::new(place);
        raw.stem = maybe_html(stem);
        match kind {
            "MC" | "MA" => {
                let choice = |pair: &[&str]| RawChoice {
                    text: maybe_html(pair[0]),
                    is_key: pair.get(1).is_some_and(|mark| mark.eq_ignore_ascii_case("correct")),
                    ..RawChoice::default()
                };
                raw.choices = rest.chunks(2).filter(|pair| !pair[0].is_empty()).map(choice).collect();
                reading.add(raw);
            }
            "TF" => {
                raw.true_or_false(rest.first().is_some_and(|word| word.eq_ignore_ascii_case("true")));
                reading.add(raw);
            }
            kind => match why_not(kind) {
                Some(why) => reading.leave_out(place, &raw.stem.text, why),
                None => reading.leave_out(place, line, "its line does not begin with a type, such as MC"),
            },
        }
    }
    reading
}
