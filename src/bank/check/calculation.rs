//! A computed key is computed again.

use exmex::Express;

use super::Question;
use crate::bank::Calculation;
use crate::document::{Code, Diagnostic, Findings, nearest};
use crate::id::ChoiceId;

pub(super) fn check(question: &Question<'_>, findings: &mut Findings) {
    let (Some(calculation), Some(choices), Some(keys)) = (question.calculation, question.choices, question.keys) else {
        return;
    };
    let name = question.name;
    let decimals = calculation.value.decimals;
    let result = match evaluate(&calculation.value) {
        Ok(result) => rounded(result, decimals),
        Err(cause) => {
            let message = format!("the calculation of {name} cannot be evaluated: {cause}");
            let help = "use + - * / ^ ( ) and the names under values, for example 100 * deaths / discharges";
            findings.add(Code::BadFormula, calculation.place, message, help);
            return;
        }
    };
    // Signs are no part of the numbers that a text shows.
    let says = |text: &str| numbers(text).iter().any(|number| (number - result.abs()).abs() < 1e-9);
    let is_key = |id: &str| keys.iter().any(|key| ChoiceId::new(key.value) == ChoiceId::new(id));
    let mut silent = choices.iter().filter(|(id, text)| is_key(id.value) && !says(text.value));
    let mut loud = choices.iter().filter(|(id, text)| !is_key(id.value) && says(text.value));
    let result = format!("{result:.*}", decimals as usize);
    let (message, place, related) = match (silent.next(), loud.next()) {
        (None, None) => return,
        (Some((id, text)), other) => (
            format!("the calculation of {name} gives {result}, but its key `{}` does not say so", id.value),
            text.place,
            other.map(|(_, text)| (text.place, "this choice says it".to_owned())),
        ),
        (None, Some((id, text))) => (
            format!(
                "the calculation of {name} gives {result}, and choice `{}`, which is no key, says so too",
                id.value
            ),
            text.place,
            None,
        ),
    };
    findings.push(Diagnostic {
        code: Code::CalculationDisagrees,
        message,
        place: Some(place),
        related,
        help: "mend the choice, the key, the formula or its values".to_owned(),
    });
}

/// More decimals than a person would write are a slip.
const MOST_DECIMALS: u32 = 12;
/// Longer than any formula of a question: what is longer is not taken apart at all.
const LONGEST: usize = 1000;

/// The result of the formula, unrounded.
pub(in crate::bank) fn evaluate(calculation: &Calculation) -> Result<f64, String> {
    if calculation.decimals > MOST_DECIMALS {
        return Err(format!("`decimals` is {}, and {MOST_DECIMALS} is the most", calculation.decimals));
    }
    if calculation.formula.len() > LONGEST {
        return Err(format!("the formula is longer than {LONGEST} characters"));
    }
    let formula = exmex::parse::<f64>(&calculation.formula).map_err(|error| error.to_string())?;
    let values: Vec<f64> = formula
        .var_names()
        .iter()
        .map(|name| {
            calculation.values.get(name).copied().ok_or_else(|| {
                nearest(name, calculation.values.keys().map(String::as_str)).map_or_else(
                    || format!("`{name}` has no value"),
                    |near| format!("`{name}` has no value; did you mean `{near}`?"),
                )
            })
        })
        .collect::<Result<_, _>>()?;
    // A value that the formula does not use was meant for a name that has a meaning of its own, such as `e`.
    if let Some(unused) = calculation.values.keys().find(|name| !formula.var_names().contains(name)) {
        return Err(format!(
            "the formula does not use `{unused}` (names such as e and PI are taken: choose a longer one)"
        ));
    }
    let result = formula.eval(&values).map_err(|error| error.to_string())?;
    if result.is_finite() { Ok(result) } else { Err("the result is not a number (a division by zero?)".to_owned()) }
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
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_follows = rest.peek().is_some_and(char::is_ascii_digit);
        match c {
            '0'..='9' => current.push(c),
            '.' if digit_follows && !current.contains('.') => current.push(c),
            ',' if digit_follows && !current.is_empty() => {}
            _ => found.extend(std::mem::take(&mut current).parse::<f64>()),
        }
    }
    found.extend(current.parse::<f64>());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(numbers("$1,250.50 in 3 days, or .5"), [1250.5, 3.0, 0.5]);
        assert_eq!(numbers("about 2.4%."), [2.4]);
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
    fn a_value_whose_name_is_taken_is_not_silently_something_else() {
        let calculation = Calculation { formula: "e / 2".into(), decimals: 1, values: [("e".to_owned(), 50.0)].into() };
        assert!(evaluate(&calculation).unwrap_err().contains('e'));
    }
}
