//! A computed key is computed again.

use std::collections::BTreeSet;

use super::{Checker, Question};
use crate::arithmetic::{Error, evaluate as evaluate_formula};
use crate::bank::Calculation;
use crate::diagnostics::{Code, Diagnostic, codes};
use crate::id::ChoiceId;
use crate::text::nearest;

codes! {
    Error BAD_FORMULA "bad-formula"
    Error CALCULATION_DISAGREES "calculation-disagrees"
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    checker.report_all(disagreement(question));
}

fn disagreement(question: &Question<'_>) -> Option<Diagnostic> {
    let (calculation, choices, keys) =
        (question.calculation.as_ref()?, question.choices.as_ref()?, question.keys.as_ref()?);
    let name = &question.name;
    let decimals = calculation.value.decimals;
    let result = match evaluate(&calculation.value) {
        Ok(result) => rounded(result, decimals),
        Err(cause) => {
            let message = format!("the calculation of {name} cannot be evaluated: {cause}");
            let help = "use + - * / ^ ( ) % and the names under values, for example 100 * deaths / discharges";
            return Some(Diagnostic::new(Code::BAD_FORMULA, message).at(calculation.span).help(help));
        }
    };
    // Signs are no part of the numbers that a text shows.
    let says = |text: &str| numbers(text).iter().any(|number| (number - result.abs()).abs() < 1e-9);
    let is_key = |id: &str| keys.iter().any(|key| ChoiceId::new(key.value) == ChoiceId::new(id));
    let silent = choices.iter().find(|(id, text)| is_key(id.value) && !says(text.value));
    let loud = choices.iter().find(|(id, text)| !is_key(id.value) && says(text.value));
    let gives = format!("the calculation of {name} gives {result:.*}", decimals as usize);
    let disagrees = |message| Diagnostic::new(Code::CALCULATION_DISAGREES, message);
    let found = match (silent, loud) {
        (None, None) => return None,
        (Some((id, text)), loud) => {
            let found = disagrees(format!("{gives}, but its key `{}` does not say so", id.value)).at(text.span);
            match loud {
                Some((_, loud)) => found.related(loud.span, "this choice says it"),
                None => found,
            }
        }
        (None, Some((id, text))) => {
            disagrees(format!("{gives}, and choice `{}`, which is no key, says so too", id.value)).at(text.span)
        }
    };
    Some(found.help("mend the choice, the key, the formula or its values"))
}

/// More decimals than a person would write are a slip.
const MOST_DECIMALS: u32 = 12;

/// The result of the formula, unrounded.
pub(in crate::bank) fn evaluate(calculation: &Calculation) -> Result<f64, String> {
    if calculation.decimals > MOST_DECIMALS {
        return Err(format!("`decimals` is {}, and {MOST_DECIMALS} is the most", calculation.decimals));
    }
    let mut used = BTreeSet::new();
    let result = evaluate_formula(&calculation.formula, |name| {
        used.insert(name.to_owned());
        calculation.values.get(name).copied()
    })
    .map_err(|error| match error {
        Error::UnknownName(name) => nearest(&name, calculation.values.keys().map(String::as_str)).map_or_else(
            || format!("`{name}` has no value"),
            |near| format!("`{name}` has no value; did you mean `{near}`?"),
        ),
        error => error.to_string(),
    })?;
    match calculation.values.keys().find(|name| !used.contains(*name)) {
        Some(unused) => Err(format!("the formula does not use `{unused}`")),
        None => Ok(result),
    }
}

/// Half up, as people round; the small allowance keeps 2.675 from becoming 2.67 by its binary form.
fn rounded(number: f64, decimals: u32) -> f64 {
    let scale = 10_f64.powi(i32::try_from(decimals.min(MOST_DECIMALS)).unwrap_or(0));
    let shifted = number.abs() * scale;
    (shifted + 0.5 + 1e-9).floor() / scale * number.signum()
}

/// The numbers that a text shows: `1,250.5` is one number, and a minus or a dollar sign is not part of it.
fn numbers(text: &str) -> Vec<f64> {
    let mut found = Vec::new();
    let mut current = String::new();
    for (at, c) in text.char_indices() {
        let behind = &text[at + c.len_utf8()..];
        match c {
            '0'..='9' => current.push(c),
            '.' if digits(behind) > 0 && !current.contains('.') => current.push(c),
            // A comma groups thousands; elsewhere it stands between two numbers.
            ',' if digits(behind) == 3 && !current.is_empty() && !current.contains('.') => {}
            _ => found.extend(std::mem::take(&mut current).parse::<f64>()),
        }
    }
    found.extend(current.parse::<f64>());
    found
}

/// How many digits a text begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(numbers("$1,250.50 in 3 days, or .5"), [1250.5, 3.0, 0.5]);
        assert_eq!(numbers("about 2.4%."), [2.4]);
        assert_eq!(numbers("1,000,000 or 3,5 or 7,25,2019"), [1_000_000.0, 3.0, 5.0, 7.0, 25.0, 2019.0]);
    }

    #[test]
    fn rounding_is_half_up() {
        assert!((rounded(2.675, 2) - 2.68).abs() < 1e-12);
        assert!((rounded(4.5, 0) - 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_formula_uses_its_named_values() {
        let calculation = Calculation {
            formula: "100 * deaths / (discharges + deaths)".into(),
            decimals: 1,
            values: [("deaths".to_owned(), 12.0), ("discharges".to_owned(), 468.0)].into(),
        };
        assert_eq!(evaluate(&calculation), Ok(2.5));
    }

    #[test]
    fn a_value_is_itself_whatever_its_name_and_is_used() {
        let mut calculation =
            Calculation { formula: "e / 2".into(), decimals: 1, values: [("e".to_owned(), 50.0)].into() };
        assert_eq!(evaluate(&calculation), Ok(25.0));
        calculation.values.insert("PI".to_owned(), 3.0);
        assert_eq!(evaluate(&calculation).unwrap_err(), "the formula does not use `PI`");
        calculation.formula = "f / 2".into();
        assert_eq!(evaluate(&calculation).unwrap_err(), "`f` has no value; did you mean `e`?");
    }
}
