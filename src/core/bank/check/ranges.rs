//! Numeric ranges among the choices do not overlap: of two that hold the same number, both or neither are right (advice).

use super::choices::MOST;
use super::sentences::question;
use super::tokens::tokens;
use super::{Checker, Question};
use crate::diagnostics::{Code, Diagnostic, codes};

codes! {
    Warning OVERLAPPING_RANGES "overlapping-ranges"
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let (Some(stem), Some(choices)) = (&question.stem, &question.choices) else { return };
    if choices.len() > MOST || asks_for_codes(stem.value) {
        return;
    }
    let ranges: Vec<(usize, Range)> =
        choices.iter().enumerate().filter_map(|(at, (_, text))| Some((at, Range::parse(text.value)?))).collect();
    let overlap = ranges.iter().enumerate().find_map(|(count, (at, range))| {
        let (earlier, _) = ranges[..count].iter().find(|(_, earlier)| earlier.overlaps(range))?;
        Some((&choices[*earlier], &choices[*at]))
    });
    let Some(((first_id, first), (id, text))) = overlap else { return };
    let message = format!(
        "choices `{}` and `{}` of {} overlap: \"{}\" and \"{}\" hold the same number",
        first_id.value,
        id.value,
        question.name,
        first.value.trim(),
        text.value.trim()
    );
    let finding = Diagnostic::new(Code::OVERLAPPING_RANGES, message)
        .at(text.span)
        .related(first.span, "the other one")
        .help("let each begin after the end of the one before, such as 10 to 19 and 20 to 29");
    checker.report(finding);
}

/// Whether the numbers are names: nobody counts or measures in codes.
fn asks_for_codes(stem: &str) -> bool {
    tokens(question(stem)).iter().any(|word| word.is_one_of(&["code", "codes"]))
}

/// The numbers that a choice stands for.
#[derive(Clone, Debug, PartialEq)]
struct Range {
    low: Bound,
    high: Bound,
    /// What they are numbers of, in the words around them.
    of: Vec<String>,
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    /// There is none.
    Open,
    /// The number belongs to it.
    With(f64),
    /// The number is the first that does not.
    Without(f64),
}

impl Range {
    /// Whether two choices, at least one of which is a range with two ends, or which are open toward each other, hold
    /// the same number. Limits such as `within 30 days` and `within 60 days` are two answers.
    fn overlaps(&self, other: &Self) -> bool {
        let has_ends = |range: &Self| range.low != Bound::Open && range.high != Bound::Open;
        let is_range = |range: &Self| has_ends(range) && range.low != range.high;
        let toward = (self.low == Bound::Open && other.high == Bound::Open)
            || (self.high == Bound::Open && other.low == Bound::Open);
        self.of == other.of
            && (is_range(self) || is_range(other) || toward)
            && reaches(self.low, other.high)
            && reaches(other.low, self.high)
    }
}

/// Whether something lies at or above `low`, and at or below `high`.
fn reaches(low: Bound, high: Bound) -> bool {
    match (low, high) {
        (Bound::Open, _) | (_, Bound::Open) => true,
        (Bound::With(low), Bound::With(high)) => low <= high,
        (Bound::With(low) | Bound::Without(low), Bound::With(high) | Bound::Without(high)) => low < high,
    }
}

/// What a choice that is a range is made of.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Number(f64),
    Word(String),
}

/// The words before a number, and the words after it, that make it the only end of a range, and that range.
type Pattern = (&'static [&'static str], &'static [&'static str], fn(f64) -> (Bound, Bound));

const BELOW: fn(f64) -> (Bound, Bound) = |number| (Bound::Open, Bound::Without(number));
const AT_MOST: fn(f64) -> (Bound, Bound) = |number| (Bound::Open, Bound::With(number));
const ABOVE: fn(f64) -> (Bound, Bound) = |number| (Bound::Without(number), Bound::Open);
const AT_LEAST: fn(f64) -> (Bound, Bound) = |number| (Bound::With(number), Bound::Open);

const PATTERNS: &[Pattern] = &[
    (&["less", "than"], &[], BELOW),
    (&["fewer", "than"], &[], BELOW),
    (&["under"], &[], BELOW),
    (&["below"], &[], BELOW),
    (&["<"], &[], BELOW),
    (&["at", "most"], &[], AT_MOST),
    (&["no", "more", "than"], &[], AT_MOST),
    (&["not", "more", "than"], &[], AT_MOST),
    (&["up", "to"], &[], AT_MOST),
    (&["within"], &[], AT_MOST),
    (&["\u{2264}"], &[], AT_MOST),
    (&[], &["or", "less"], AT_MOST),
    (&[], &["or", "fewer"], AT_MOST),
    (&[], &["or", "under"], AT_MOST),
    (&[], &["or", "below"], AT_MOST),
    (&[], &["or", "younger"], AT_MOST),
    (&[], &["and", "under"], AT_MOST),
    (&[], &["and", "younger"], AT_MOST),
    (&["more", "than"], &[], ABOVE),
    (&["greater", "than"], &[], ABOVE),
    (&["over"], &[], ABOVE),
    (&["above"], &[], ABOVE),
    (&[">"], &[], ABOVE),
    (&["at", "least"], &[], AT_LEAST),
    (&["no", "less", "than"], &[], AT_LEAST),
    (&["no", "fewer", "than"], &[], AT_LEAST),
    (&["\u{2265}"], &[], AT_LEAST),
    (&[], &["+"], AT_LEAST),
    (&[], &["or", "more"], AT_LEAST),
    (&[], &["or", "over"], AT_LEAST),
    (&[], &["or", "above"], AT_LEAST),
    (&[], &["or", "older"], AT_LEAST),
    (&[], &["and", "over"], AT_LEAST),
    (&[], &["and", "older"], AT_LEAST),
];
/// What may stand between the ends of a range.
const TO: &[&str] = &["to", "-", "\u{2013}", "\u{2014}", "\u{2212}", "through"];
/// Words around a number beyond which it is part of a sentence.
const MOST_WORDS: usize = 4;

impl Range {
    fn parse(choice: &str) -> Option<Self> {
        if !choice.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let parts = parts(choice)?;
        let numbers: Vec<usize> = (0..parts.len()).filter(|at| matches!(parts[*at], Part::Number(_))).collect();
        match (&*parts, &*numbers) {
            (_, [only]) => Self::of_one(&parts, *only),
            (_, [first, second]) => Self::of_two(&parts, *first, *second),
            _ => None,
        }
    }

    /// `more than 10 days`, `10 days`
    fn of_one(parts: &[Part], at: usize) -> Option<Self> {
        let Part::Number(number) = parts[at] else { return None };
        let (before, after) = (words(&parts[..at]), words(&parts[at + 1..]));
        for (lead, tail, bounds) in PATTERNS {
            let split = before.len().checked_sub(lead.len());
            let place = after.windows(tail.len().max(1)).position(|words| words == *tail);
            if let Some(split) = split.filter(|split| before[*split..] == **lead)
                && (tail.is_empty() || place.is_some())
            {
                let place = place.filter(|_| !tail.is_empty()).unwrap_or(after.len());
                let of = [&before[..split], &after[..place], &after[(place + tail.len()).min(after.len())..]].concat();
                let (low, high) = bounds(number);
                return Some(Self { low, high, of: units(&of) });
            }
        }
        let of = units(&[before, after].concat());
        (of.len() <= MOST_WORDS).then_some(Self { low: Bound::With(number), high: Bound::With(number), of })
    }

    /// `10 to 20 days`, `between 10 and 20 days`, `10 days to 20 days`
    fn of_two(parts: &[Part], first: usize, second: usize) -> Option<Self> {
        let (Part::Number(low), Part::Number(high)) = (&parts[first], &parts[second]) else { return None };
        let (before, between, after) =
            (words(&parts[..first]), words(&parts[first + 1..second]), words(&parts[second + 1..]));
        let (tie, unit) = between.split_last()?;
        let (before, is_tied) = match before.split_last() {
            Some((&"between", rest)) => (rest, *tie == "and"),
            Some((&"from", rest)) => (rest, TO.contains(tie)),
            _ => (&*before, TO.contains(tie)),
        };
        let is_repeated = unit.is_empty() || after.starts_with(unit);
        let of = units(&[before, &after].concat());
        (is_tied && is_repeated && low < high && of.len() <= MOST_WORDS).then_some(Self {
            low: Bound::With(*low),
            high: Bound::With(*high),
            of,
        })
    }
}

fn words(parts: &[Part]) -> Vec<&str> {
    let word = |part| match part {
        &Part::Number(_) => "",
        Part::Word(word) => word.as_str(),
    };
    parts.iter().map(word).collect()
}

/// What numbers are of: `day` and `days` are the same.
fn units(words: &[&str]) -> Vec<String> {
    words
        .iter()
        .filter(|word| **word != "." && **word != "about")
        .map(|word| word.trim_end_matches('s').to_owned())
        .collect()
}

/// The numbers, words and marks of a choice, in lower case; `None` where a number is no quantity, as `007` and `C50` are.
fn parts(choice: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let text = choice.trim().to_lowercase();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
            let number = rest[..length].trim_end_matches([',', '.']);
            let is_quantity = number == "0" || number.starts_with("0.") || !number.starts_with('0');
            let value = number.replace(',', "").parse().ok().filter(|_| is_quantity)?;
            parts.push(Part::Number(value));
            if rest[number.len()..].starts_with(char::is_alphabetic) {
                return None;
            }
            number.len()
        } else if c.is_alphabetic() {
            let length = rest.find(|c: char| !c.is_alphabetic() && c != '\'').unwrap_or(rest.len());
            if rest[length..].starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            parts.push(Part::Word(rest[..length].to_owned()));
            length
        } else {
            // Money is told by its mark, which stands before each number.
            if !c.is_whitespace() && !matches!(c, '$' | '\u{20ac}' | '\u{a3}') {
                parts.push(Part::Word(c.to_string()));
            }
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::Range;

    fn overlap(one: &str, other: &str) -> bool {
        let parse = |choice: &str| Range::parse(choice).unwrap_or_else(|| panic!("{choice} is no range"));
        let (one, other) = (parse(one), parse(other));
        assert_eq!(one.overlaps(&other), other.overlaps(&one));
        one.overlaps(&other)
    }

    #[test]
    fn ranges_that_share_a_number_overlap() {
        for (one, other) in [
            ("10 to 20 days", "20 to 30 days"),
            ("10-20%", "15\u{2013}30%"),
            ("Between 1,000 and 2,000 cases", "1,500 through 2,500 cases"),
            ("Under 20", "10 to 30"),
            ("20 or more", "20 or less"),
            ("More than 10 years", "Less than 20 years"),
            ("18 years or older", "16 to 18 years"),
            ("65+", "60 to 70"),
            ("10 days to 20 days", "15 days"),
            ("From 0.5 to 1.5 mg.", "1 to 2 mg"),
            ("$100 to $200", "$150 to $250"),
        ] {
            assert!(overlap(one, other), "{one} | {other}");
        }
    }

    #[test]
    fn limits_and_ranges_that_only_adjoin_do_not() {
        for (one, other) in [
            ("10 to 19 days", "20 to 29 days"),
            ("Under 20", "20 to 30"),
            ("10 to 20", "More than 20"),
            ("20 or more", "Fewer than 20"),
            ("Within 30 days", "Within 60 days"),
            ("At least 5 years", "At least 10 years"),
            ("30 days", "At least 10 days"),
            ("5 days", "5 weeks"),
            ("10 to 20 days", "2 to 12 weeks"),
            ("10", "10.0"),
        ] {
            assert!(!overlap(one, other), "{one} | {other}");
        }
    }

    #[test]
    fn codes_dates_and_sentences_are_no_ranges() {
        for choice in [
            "00 through 22",
            "C00-C14",
            "2024-01-15",
            "8000/3",
            "Two primaries: 2020 and 2021",
            "41 and 89 years",
            "Problems 1 to 3 stay, and uremia is named in the notes",
            "Race 1 06, Race 3-5 88",
            "20 to 10",
            "Ten days",
            "3rd",
        ] {
            assert_eq!(Range::parse(choice), None, "{choice}");
        }
    }
}
